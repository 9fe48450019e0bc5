# make demo, make test: everything else is below, one line each.
# Variables: PORT=8080 DATA=folder RESET=1 for the demo, ARGS="…" for the tests.

.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=

.PHONY: help install demo test stress check e2e bench screenshots messages lock

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: ## .venv with the locked dependencies, hashes checked
	@bash settings/install.sh

demo: install ## everything on this machine, at http://localhost:8000
	@exec $(BIN)/python manage.py demo $(if $(PORT),--port $(PORT)) $(if $(DATA),--data "$(DATA)") $(if $(RESET),--reset) $(ARGS)

test: install ## the tests, on real engines
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

stress: install ## races with their controls, crashes
	$(BIN)/python -m pytest tests/stress $(ARGS)

e2e: install ## journeys in a real browser
	$(BIN)/python -m pytest tests/e2e $(ARGS)

check: install ## ruff, mypy, the house, migrations, Django's checks, templates, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py templates
	$(BIN)/python manage.py messages --check

bench: install ## the benchmarks, each beside its limit
	$(BIN)/python manage.py bench $(ARGS)

screenshots: install ## what every page looks like, into docs/images and the data folder, and how soon it is there
	$(BIN)/python manage.py screenshots $(ARGS)

messages: install ## collect the texts to translate into every locale folder
	$(BIN)/python manage.py messages

lock: install ## resolve the dependencies again
	@bash settings/lock.sh "$(BIN)/uv"
