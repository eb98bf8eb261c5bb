# make run [REPO=path-or-URL] [SERVE=0]   make test [FULL=1]   make env lint bench soak

PYTHON ?= python3
BIN := .venv/bin
SERVE ?= 1
export REPO FULL

.PHONY: run test lint env bench soak lock

run: .venv/.run
	@if [ -n "$$REPO" ]; then $(BIN)/mldebt scan -- "$$REPO"; else $(BIN)/mldebt example; fi
	@if [ "$(SERVE)" = 0 ]; then echo "Now yours: make run REPO=…"; \
	else exec $(BIN)/mldebt serve --ready "Now yours: make run REPO=…"; fi

test: .venv/.test lint
	@rm -rf .run && mkdir -p .run
	$(BIN)/pytest -q -n 2 --dist loadfile --cov --cov-report=term-missing:skip-covered
	@cat .run/not-run 2>/dev/null || echo "Everything was run."

lint: .venv/.test
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

env: .venv/.test

bench: .venv/.test
	$(BIN)/python -m benchmarks

soak: .venv/.test
	@rm -rf .run && mkdir -p .run
	MLDEBT_SOAK=1 $(BIN)/pytest -q -m soak
	@cat .run/not-run 2>/dev/null || echo "Everything was run."

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q --group build --group dev \
		pyproject.toml -c requirements.lock -o requirements-dev.lock

# Running needs the first environment only; testing adds to the same one. The locks are complete, so pip resolves nothing:
# with dependencies on, a newer release than the locked one can be met first and fails the hash check.
.venv/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "mldebt needs Python 3.11 to 3.13: make run PYTHON=python3.12"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3 lacks venv: install python3-venv"; exit 2; }
	@echo "Installing into .venv (once; a minute or so)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: requirements-dev.lock .venv/.run
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
