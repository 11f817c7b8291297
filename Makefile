# `make test` does all set-up itself: cargo fetches what the workspace names, pip what
# bindings-python/requirements.txt names, npm what bindings-node/package-lock.json names. It needs Rust,
# Python 3.10 or later, and Node.js 20 or later with npm.
.PHONY: test lint demo docs coverage nightly bench instructions fuzz fuzz-smoke fuzz-replay rust-test rust-lint \
	python-build python-test python-lint python-bench node-build node-test node-lint node-bench command \
	conformance conformance-smoke conformance-test conformance-record

PYTHON ?= python3
PYTHON_TARGET := target/python
VENV := $(abspath $(PYTHON_TARGET)/venv)
MATURIN := VIRTUAL_ENV=$(VENV) $(VENV)/bin/maturin

demo:
	cargo run -p gateway-cli -- route -f examples/shop https://api.example.com/v2/users --explain

# All of Rust but the package for Python, which maturin builds.
RUST := --workspace --exclude gateway-core-python --exclude gateway-core-python-floor

test: python-test node-test rust-test

rust-test: command
	cargo test $(RUST)
	cargo check -p gateway-core --no-default-features

# What the official suite asks, and the answers that it accepts, for the tests of both bindings. Nothing
# where the suite's data is not beside the repository.
conformance-record:
	rm -rf target/conformance
	GATEWAY_CORE_RECORD=$(abspath target/conformance) cargo test -q $(RUST) --test conformance official_suite > /dev/null

# The command, which the tests of both bindings compare with, and the proxy. Built along with the tests: alone
# they would be built with other features, and everything below them twice.
command:
	cargo test $(RUST) --no-run

# The npm package. Its addon is built along with the tests, as the command is.
node-build: bindings-node/node_modules command
	cd bindings-node && ADDON_WITH="$(RUST) --lib --tests --examples" npm run build

node-test: node-build conformance-record
	cd bindings-node && npm test

bindings-node/node_modules: bindings-node/package-lock.json
	cd bindings-node && npm ci
	touch $@

# The types say what they should; they need the addon's.
node-lint: node-build
	cd bindings-node && npm run types

node-bench: bindings-node/node_modules
	cd bindings-node && npm run bench

# The tools of the package for Python.
$(VENV)/ready: bindings-python/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r bindings-python/requirements.txt
	touch $@

# The wheel of a debug build, installed: it is there much sooner, and the tests spend their time elsewhere.
python-build: $(VENV)/ready
	rm -rf $(PYTHON_TARGET)/wheels
	$(MATURIN) build --manifest-path bindings-python/Cargo.toml --out $(PYTHON_TARGET)/wheels
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(PYTHON_TARGET)/wheels/*.whl

# SPARK=1 installs PySpark too, which needs Java to run.
python-test: python-build command conformance-record
	$(if $(SPARK),$(VENV)/bin/pip install --quiet pyspark==4.3.0)
	$(VENV)/bin/python -m pytest --config-file bindings-python/pyproject.toml bindings-python/tests examples/python

python-lint: $(VENV)/ready
	$(VENV)/bin/ruff format --check --config bindings-python/pyproject.toml bindings-python examples/python
	$(VENV)/bin/ruff check --config bindings-python/pyproject.toml bindings-python examples/python
	MYPYPATH=bindings-python/python:bindings-python/tests $(VENV)/bin/mypy --config-file bindings-python/pyproject.toml \
		bindings-python/python bindings-python/tests bindings-python/benches examples/python

python-bench: $(VENV)/ready
	$(MATURIN) develop --release --manifest-path bindings-python/Cargo.toml
	$(MATURIN) develop --release --manifest-path bindings-python/benches/floor/Cargo.toml
	$(VENV)/bin/python bindings-python/benches/calls.py

lint: python-lint node-lint rust-lint

rust-lint:
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

# Times next to others, memory, changes: docs/benchmarks.md with its table and plots. About ten minutes.
# Cargo builds the report along with the benchmarks.
bench:
	rm -rf target/benchmarks
	cargo bench -p benches --bench routing --bench building --bench memory --bench changes --bench readers --bench hostile
	$(or $(CARGO_TARGET_DIR),target)/release/report

# Instructions of a match against the baseline in benches/benches; skips where valgrind is not installed.
instructions:
	@if command -v valgrind > /dev/null; then cargo bench -q -p benches --bench instructions --profile instructions; \
	else echo "skipped: instructions of a match (valgrind is not installed)"; fi

# The laws of `make test` over many more cases: engine = oracle, rebuilt = built, index = table.
nightly:
	GATEWAY_ORACLE_PAIRS=2000000 cargo test --release -p gateway-oracle --test engine
	GATEWAY_REBUILD_CHANGES=1000000 cargo test --release -p gateway-oracle --test rebuild_law
	GATEWAY_CORE_LAW_CASES=1000000 cargo test --release -p gateway-core --test compile_law

FUZZ_SECONDS ?= 1200

# See fuzz/README.md: on any toolchain.
fuzz:
	fuzz/run $(FUZZ_SECONDS) $(FUZZ_TARGETS)

fuzz-smoke:
	FUZZ_PROFILE=smoke fuzz/run 6

# All seeds and past findings once, without libFuzzer.
fuzz-replay:
	cd fuzz && cargo test --no-default-features

# The official conformance suite against gateway-proxy, with all features and without some, and docs/conformance.md. It needs Go 1.26, Linux and
# ports below 1024 (conformance/README.md).
conformance: command
	cd conformance && go run ./cmd/conformance -proxy ../target/debug/gateway-proxy -page ../docs/conformance.md -out ../target/conformance

# Statuses and HTTP routing of it, in a minute.
conformance-smoke: command
	cd conformance && go run ./cmd/conformance -smoke -proxy ../target/debug/gateway-proxy -out ../target/conformance-smoke

# The simulated cluster's own tests.
conformance-test:
	cd conformance && test -z "$$(gofmt -l .)" && go vet ./... && go test ./...
