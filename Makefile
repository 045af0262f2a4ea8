# The two commands a newcomer needs are `make run` and `make test`; `make help` lists the rest.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
SAMPLE ?= workflows_samples/orders-daily.json
TESTS ?= tests

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check format bench bench-peers drive screenshots venv venv-dev clean

help: ## Show this list.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: venv ## Open the editor on a sample; without a display, show the same job headless.
	@$(BIN)/casare --tour $(SAMPLE) out/$(notdir $(basename $(SAMPLE))).png

test: venv-dev ## Run the tests, offscreen, on all cores (TESTS=tests/cli for a part).
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m casare.cli.qt_check
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto $(TESTS)

check: venv-dev ## Check format, lint, types and layers.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

drive: venv-dev ## Drive the real window by real mouse and key events, under Xvfb (AREAS="wires editing" for a part).
	$(BIN)/python -m tests.window $(AREAS)

format: venv-dev ## Format the code and mend what the linter can mend.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: venv-dev ## Run the benchmarks and write tests_performance/REPORT.md.
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m casare.cli.qt_check
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests_performance

bench-peers: venv-dev ## Install the other editors beside casare and measure all of them in one run.
	$(BIN)/python -m tests_performance.peers
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests_performance peers

screenshots: venv ## Draw the README's screenshots anew, and all others into out/screenshots.
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m casare.cli.qt_check
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m casare.ui.shell.screenshots resources/screenshots start profiler
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m casare.ui.shell.screenshots out/screenshots

venv: ## Make .venv with what casare needs to run.
	@.ci/bootstrap run

venv-dev: ## Make .venv with what the checks and tests need too.
	@.ci/bootstrap dev

clean: ## Remove what can be made again, but not .venv.
	rm -rf out build dist .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
