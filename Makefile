# `make test` does all set-up itself: cargo fetches what the workspace names. It needs Rust alone.
.PHONY: test lint demo docs coverage nightly

demo:
	cargo run -p gateway-cli -- route -f examples/shop https://api.example.com/v2/users --explain

test:
	cargo test --workspace
	cargo check -p gateway-core --no-default-features

lint:
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

# The same comparison with the oracle as in `make test`, over two million pairs and more.
nightly:
	GATEWAY_ORACLE_PAIRS=2000000 cargo test --release -p gateway-oracle --test engine
