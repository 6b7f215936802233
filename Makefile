# Needs GNU make, a POSIX shell and Python >= 3.11 with its standard venv module; every target sets
# itself up in .venv. Another interpreter: make solve PYTHON=python3.12

PYTHON ?= python3
SCENARIO ?= scenari/pergine-2026.yaml
OUT ?= out/$(basename $(notdir $(SCENARIO)))
WORKERS ?= 2
UV_VERSION ?= 0.13.9

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --require-virtualenv
# Wheels only: no set-up code of a dependency runs, no compiler is needed. The lock is complete, so pip resolves
# nothing (--no-deps): older pips refuse it as soon as a newer release of a package named with an extra is out.
INSTALL := $(PIP) install --quiet --only-binary :all: --require-hashes --no-deps
LOCK_FLAGS := --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet

.DEFAULT_GOAL := help
.PHONY: help solve test lint prove bench pictures lock clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

solve: $(VENV)/.solve  ## solve SCENARIO (the district's case) into OUT
	$(PY) -m nido solve $(SCENARIO) --out $(OUT) --force

test: $(VENV)/.dev  ## run the tests with branch coverage
	$(PY) -m pytest -n $(WORKERS) --cov --cov-report=term

lint: $(VENV)/.dev  ## style, types and the order of the rooms
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo

prove: $(VENV)/.dev  ## the long comparison with brute force and other solvers (resumable)
	$(PY) tests/support/prove.py

bench: $(VENV)/.dev  ## time and memory of the shipped scenarios and of the documents
	$(PY) tests/support/bench.py
	$(PY) tests/support/bench_documents.py

pictures: $(VENV)/.dev solve  ## solve SCENARIO and draw docs/immagini from its HTML report (needs Chromium)
	$(PY) tests/support/pictures.py $(OUT)

lock: $(VENV)/.lock  ## renew requirements.lock and requirements-dev.lock from pyproject.toml
	$(VENV)/lock/bin/uv pip compile pyproject.toml --group build $(LOCK_FLAGS) --upgrade -o requirements.lock
	$(VENV)/lock/bin/uv pip compile pyproject.toml --group dev -c requirements.lock $(LOCK_FLAGS) --upgrade \
		-o requirements-dev.lock

clean:  ## remove the environment and every cache (results in out/ stay)
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A half-made environment would pass for a good one: it is removed.
$(PY):
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "nido: '$(PYTHON)' non trovato: serve Python >= 3.11 (make ... PYTHON=python3.12)." >&2; \
		echo "nido: '$(PYTHON)' not found: Python >= 3.11 is needed (make ... PYTHON=python3.12)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "nido: serve Python >= 3.11, trovato $$($(PYTHON) -V 2>&1) (make ... PYTHON=python3.12)." >&2; \
		echo "nido: Python >= 3.11 is needed, found $$($(PYTHON) -V 2>&1) (make ... PYTHON=python3.12)." >&2; exit 1; }
	@echo "Preparo l'ambiente in $(VENV) (solo la prima volta)..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.solve: requirements.lock pyproject.toml | $(PY)
	$(INSTALL) -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.solve
	$(INSTALL) -r requirements-dev.lock
	@touch $@

$(VENV)/.lock: | $(PY)
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)
	@touch $@
