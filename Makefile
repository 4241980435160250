# What can be done with a clone of Sinergia: `make help`.

PYTHON ?= python3
PORT ?= 8000
SIZE ?= small
BIN := .venv/bin
DEMO := SINERGIA_DATA_DIR=var/demo SINERGIA_DEMO=1

# The wheel's hook and everything it reads: a change of any makes messages and styles anew.
SOURCES := $(shell find src/sinergia -name '*.po' -o -path '*/ui/css/*.css' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset run setup test test-full bench messages format lint clean

help:  ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/made  ## Start the demo on http://127.0.0.1:8000 (PORT=8080, SIZE=large)
	@exec env $(DEMO) $(BIN)/sinergia demo --size $(SIZE) --port $(PORT)

demo-reset: .venv/made  ## Throw the demo away and start it anew
	@rm -rf var/demo
	@exec env $(DEMO) $(BIN)/sinergia demo --size $(SIZE) --port $(PORT)

run: .venv/made  ## Start the site on your own data in var/run
	@exec env SINERGIA_DATA_DIR=var/run $(BIN)/sinergia serve --port $(PORT)

setup: .venv/made .venv/tested  ## Install everything that developing needs
	@echo "Ready: make test, make run, make demo."

test: setup  ## Check everything that every change must pass
	@$(BIN)/python tools/parts.py

test-full: setup  ## The same, with every variant and the slow tests
	@$(BIN)/python tools/parts.py --full

bench: setup  ## Measure speed at full size; the results go to docs/benchmarks.md
	@$(BIN)/python tools/bench.py

messages: setup  ## Gather the messages of the code into the Russian catalogue
	@$(BIN)/python tools/messages.py

format: setup  ## Set the code in the house form
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

lint: setup  ## The quick checks alone
	@$(BIN)/python tools/parts.py --quick

clean:  ## Remove everything that was made here, the demo and its data too
	@rm -rf .venv var dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests tools -name __pycache__ -prune -exec rm -rf {} +

# Each stamp says: done, and nothing it depends on has changed since.
.venv/bin/python:
	@echo "Making the virtual environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run: requirements/run.txt | .venv/bin/python
	@echo "Installing what it runs on (about a minute)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt \
		|| $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/made: .venv/run pyproject.toml build_assets.py $(SOURCES)
	@echo "Making messages, styles and fonts"
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/tested: requirements/test.txt | .venv/run
	@echo "Installing what checks it"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt \
		|| $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@
