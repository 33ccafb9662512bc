# `make help` lists the targets. The first one that needs the virtual environment sets it up.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
SPECS  ?= specs
PYTEST_ARGS ?=

# Stamps: what is installed is as new as the lock and the project file.
RUN := $(VENV)/.ready-to-run
DEV := $(VENV)/.ready-to-develop
BENCH := $(VENV)/.ready-to-measure

# One version of each package for every Python and platform; hashes, and nothing that names an address.
LOCK := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
        --generate-hashes --no-annotate --custom-compile-command "make lock"

# Every command here starts many Pythons: without compiled modules each of them compiles ours anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help check test suites proofs fuzz test-all lint format lock upgrade bench mutation pages dist clean
.DELETE_ON_ERROR:

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

check: $(RUN)  ## check the corpus in specs/ and show the findings (SPECS=path for another)
	@$(BIN)/guiju --help >/dev/null || exit 3  # a Python that cannot start also exits with 1
	@$(BIN)/guiju check $(SPECS); status=$$?; \
	case $$status in \
	    0) echo "make check: guiju ran (exit status 0): no finding at or above the level asked for." ;; \
	    1) echo "make check: guiju ran (exit status 1): the findings above are what it is for." ;; \
	    *) echo "make check: guiju failed (exit status $$status): it could not do its work." >&2; exit $$status ;; \
	esac

test: $(DEV)  ## run the fast tests on all processors (PYTEST_ARGS="-k dates" to choose)
	$(BIN)/pytest -n auto $(PYTEST_ARGS)

suites: $(DEV)  ## make the test suite of the whole corpus and put it to every backend and the service
	$(BIN)/pytest -n 0 -m suites tests/suites $(PYTEST_ARGS)

proofs:  ## compile the proofs about the calculus (needs coqc: Debian's package coq)
	@command -v coqc >/dev/null || { echo "make proofs needs coqc: apt-get install coq" >&2; exit 1; }
	$(MAKE) --no-print-directory -C proofs

fuzz: $(DEV)  ## run only the slow tests: long random searches, whole-corpus comparisons
	$(BIN)/pytest -n auto -m slow --hypothesis-profile=thorough $(PYTEST_ARGS)

test-all: $(DEV)  ## run every test, fast and slow
	$(BIN)/pytest -n auto -m "slow or suites or not slow" --hypothesis-profile=thorough $(PYTEST_ARGS)

lint: $(DEV)  ## check style, types, the direction of imports, the locks, and that src/ knows no domain
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@! grep -rniE --include='*.py' --include='*.lark' --include='*.md' --include='*.json' \
	    'expert|专家|常州|安全' src/guiju \
	    || { echo "the engine names a domain or a region: that belongs in specs/ (ARCHITECTURE.md)" >&2; exit 1; }
	@! grep -nE '://|^-' requirements.lock requirements-dev.lock requirements-bench.lock \
	    || { echo "a lock names an address or an option: see docs/adr/0003-locks-without-registry-addresses.md" >&2; exit 1; }

format: $(DEV)  ## rewrite the Python sources in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(DEV)  ## bring the locks up to date with pyproject.toml, moving as few versions as possible
	$(LOCK) --group build --output-file requirements.lock pyproject.toml
	$(LOCK) --group build --group dev --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(LOCK) --extra bench --constraints requirements-dev.lock --output-file requirements-bench.lock pyproject.toml

upgrade: LOCK += --upgrade
upgrade: lock  ## like lock, with the newest versions that pyproject.toml allows

bench: $(BENCH)  ## run the benchmarks (benchmarks/README.md)
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit; done

mutation: $(BENCH)  ## make small mistakes in the checker and see which the tests notice (hours; ARGS="--minutes 60")
	$(BIN)/python benchmarks/mutation/run.py $(ARGS)

pages: $(DEV)  ## write the outputs and pictures that the documentation shows anew
	$(BIN)/python tests/shown.py
	$(BIN)/python docs/images/make_pictures.py

dist: $(DEV)  ## build the wheel and the source archive into dist/
	$(BIN)/python -m hatchling build

clean:  ## remove the virtual environment, caches and built files
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist

# pip is what venv puts there last: a half-made environment is made again.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "guiju needs Python 3.11 or newer: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(BIN)/pip
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(BENCH): requirements-bench.lock $(DEV)
	$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@
