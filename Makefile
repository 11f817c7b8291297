# `make test` does all set-up itself: cargo and npm fetch what is named. It needs Rust, and Node.js with npm.
.PHONY: test node-test node-lint lint demo docs coverage

demo:
	cargo run -p gateway-cli -- route -f examples/shop https://api.example.com/v2/users --explain

test:
	cargo test --workspace
	cargo check -p gateway-core --no-default-features
	$(MAKE) node-test

# The npm package. Its tests compare with the command.
node-test: bindings-node/node_modules
	cargo build -p gateway-cli
	cd bindings-node && npm run build && npm test

bindings-node/node_modules: bindings-node/package-lock.json
	cd bindings-node && npm ci
	touch $@

# The types say what they should; they need the addon's.
node-lint: bindings-node/node_modules
	cd bindings-node && npm run build && npm run types

lint: node-lint
	rustup component add rustfmt clippy
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# The generated parts of docs/.
docs: coverage
	cargo run -q -p gateway-cli -- lint --list-rules=markdown > docs/lint-rules.md
	GATEWAY_CORE_WRITE_DOCS=1 cargo test -p gateway-core --test semantics

# docs/coverage.md, from what the tests cite and the rulebook beside the repository.
coverage:
	GATEWAY_CORE_WRITE_COVERAGE=1 cargo test -p gateway-cli --test coverage the_list_is_what
