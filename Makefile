# Two commands matter: `make run` and `make test`. Everything is set up in .venv, nothing outside the folder.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := corpora/documents/plan.docx
SEEDS ?= ../shared/eval/seeds.jsonl
HOST ?= 127.0.0.1
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run serve test lint bench train evaluate few-shot recipes clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed-run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[train,bulk,dev]'
	@touch $@ $(VENV)/.installed-run

setup: $(VENV)/.installed-run ## install what running needs

setup-dev: $(VENV)/.installed-dev ## install what testing and training need, too

run: setup ## analyse the sample plan, then serve on http://127.0.0.1:8000
	$(BIN)/mingze analyze $(SAMPLE)
	$(BIN)/mingze serve --host $(HOST) --port $(PORT)

serve: setup ## serve on http://127.0.0.1:8000
	$(BIN)/mingze serve --host $(HOST) --port $(PORT)

lint: setup-dev ## ruff, mypy and the import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint ## lint, then all tests
	$(BIN)/python -m pytest -q

bench: setup-dev ## speed and memory, side by side in one run
	$(BIN)/python tests/bench/run.py

train: setup-dev ## train the released model
	$(BIN)/mingze train --config models/configs/base.toml

evaluate: setup-dev ## our model beside the baselines; SEEDS are used if the file is there
	$(BIN)/mingze evaluate $(if $(wildcard $(SEEDS)),--seeds $(SEEDS))

few-shot: setup-dev ## how well labels of a user's own are learnt from a few examples
	$(BIN)/mingze train --config models/configs/left-out.toml --output out/left-out
	$(BIN)/python -m models.evaluation.few_shot out/left-out

recipes: setup-dev ## what was tried beside the released recipe (an hour or two)
	$(BIN)/python -m models.evaluation.recipes

clean: ## remove caches and the virtual environment
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
