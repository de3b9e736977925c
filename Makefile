# What people do here. `make demo` and `make test` need Python 3.11, make and npm; everything else is set up on the way.
PYTHON ?= python3
BIN := .venv/bin
NPM := tests/counterparts/npm
ARGS ?=
GATED := tests/core tests/pipeline tests/history
LOCKED := --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11

.PHONY: help demo test check format bench soak counterparts lock words docs clean

help:            ## this list
	@grep -hE '^[a-z.]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

.venv: requirements.txt   ## an own Python with the pinned parts
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Candor needs Python 3.11 or newer (make PYTHON=python3.11 …).")'
	$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt && \
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e . && touch .venv || { rm -rf .venv; exit 1; }  # never half of it

.venv/dev: requirements-dev.txt | .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch .venv/dev

$(NPM)/node_modules: $(NPM)/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix $(NPM) --no-audit --no-fund --loglevel=error && touch $@; \
	else echo "npm is not here: the tests against local-slack, aimock and axe will be skipped"; fi

demo: .venv      ## a small company's day that turns bad, on the web desk (ARGS=--once ends by itself)
	@$(BIN)/candor demo $(ARGS)

counterparts: $(NPM)/node_modules  ## servers written by others, for the tests

test: .venv/dev counterparts  ## the whole suite; every branch of core and pipeline must be walked (ARGS=… runs a part, without that gate)
ifeq ($(strip $(ARGS)),)
	$(BIN)/python -m pytest $(GATED) --cov
	$(BIN)/python -m pytest $(addprefix --ignore=,$(GATED))
else
	$(BIN)/python -m pytest $(ARGS)
endif

check: .venv/dev ## format, lint, types, floors, docs; no tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/cog --check README.md

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/dev  ## write the generated parts of the README anew
	$(BIN)/cog -r README.md

words: .venv/dev ## approve changed templates and cards: look at the difference in git
	CANDOR_APPROVE=1 $(BIN)/python -m pytest -q tests/drafting tests/approvals/slack

bench: .venv/dev counterparts  ## the figures, with this machine's facts
	$(BIN)/python -m benchmarks $(ARGS)

soak: .venv/dev counterparts   ## long reliability runs
	$(BIN)/python -m pytest -m soak --override-ini addopts="-ra --strict-markers" $(ARGS)

lock:            ## pin every part anew, with hashes
	uv pip compile $(LOCKED) --group dev pyproject.toml -o requirements-dev.txt
	uv pip compile $(LOCKED) --group build -c requirements-dev.txt pyproject.toml -o requirements.txt

clean:
	rm -rf .venv build dist *.egg-info $(NPM)/node_modules
