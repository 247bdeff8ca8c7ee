# Needs Python 3.11 or newer, make, and a package index. `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test soak bench score lint format clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "tracker needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# A stamp for each set of packages; it is older than the files that name them whenever those change.
$(VENV)/run: $(VENV)/made pyproject.toml constraints.txt
	@echo "installing what tracker needs ..." >&2
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/test: $(VENV)/run
	@echo "installing what its tests need ..." >&2
	@$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

$(VENV)/bench: $(VENV)/run
	@echo "installing what the benchmarks compare with ..." >&2
	@$(PIP) install --constraint constraints.txt --editable '.[bench]'
	@touch $@

run: $(VENV)/run ## ingest the seed documents and show the status board
	@$(BIN)/tracker ingest seeds
	@echo
	@$(BIN)/tracker status
	@echo "Next:  $(BIN)/tracker status LUPEX"
	@echo "       $(BIN)/tracker history mission/lupex"
	@echo "       $(BIN)/tracker explain mission/lupex launch_date"
	@echo "       $(BIN)/tracker ingest FILE-OR-FOLDER"

test: $(VENV)/test lint ## everything that must hold: style, types, import stairs, all tests
	@$(BIN)/python -m pytest -n auto

soak: $(VENV)/test ## the long runs: hundreds of kills, minutes of writers
	@$(BIN)/python -m pytest -m soak

bench: $(VENV)/bench ## how fast, beside the raw driver; BENCH='log --quick' chooses
	@$(BIN)/python -m bench $(BENCH)

score: $(VENV)/run ## how well documents are read, against gold claims; SCORE='FOLDER --errors' chooses
	@$(BIN)/python -m bench.score $(SCORE)

lint: $(VENV)/test ## style, types, import stairs
	@mkdir -p build
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache >build/imports.log 2>&1 || { cat build/imports.log; exit 1; }

format: $(VENV)/test ## put the code in its format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

clean: ## remove everything that was made, but not the database under var/
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis
