# Everything happens in .venv/ of this folder; nothing else on the machine is touched.
# Another Python: make install PYTHON=python3.12

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

ARCHIVE ?= archive.db
# folders of saved pages beside the project's own
PAGES ?= local-pages

.DEFAULT_GOAL := help
.PHONY: help install demo test test-slow lint bench accuracy accuracy-floors fuzz lock clean

help: ## this list
	@echo "make demo       crawl a small newspaper on this machine into archive.db (ARCHIVE=demo.db: into another file)"
	@echo "make test       linters, types and all tests"
	@echo "make test-slow  the tests that take minutes: crawls killed at fifty random moments"
	@echo "make install    what the others need, into .venv/ (PYTHON=python3.12: with that Python)"
	@echo "make lint       put the code into its format and check it"
	@echo "make bench      speed of extraction and of whole crawls, beside others on the same pages; ten minutes"
	@echo "make accuracy   extraction against saved pages with expected output (PAGES=\"folder …\")"
	@echo "make accuracy-floors   raise the floors of that to what is measured now (LOWER=1: lower them too)"
	@echo "make fuzz       N=1000000 invented inputs through extraction (SEED=2: others)"
	@echo "make lock       requirements.txt anew from pyproject.toml"
	@echo "make clean      remove .venv/ and caches; archives stay"

install: $(INSTALLED)

$(INSTALLED): requirements.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found; name one: make install PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) does not run or is older than Python 3.11; name another: make install PYTHON=/path/to/python3"; exit 1; }
	@echo "Installing into $(VENV)/ (a minute or two, once) ..."
	@# a folder made by another Python version would mix two sets of packages
	@test ! -x $(BIN)/python || \
		test "$$($(BIN)/python -c 'import sys; print(sys.version_info[:2])' 2>/dev/null)" = \
		"$$($(PYTHON) -c 'import sys; print(sys.version_info[:2])')" || rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

demo: $(INSTALLED)
	@BAOTINH_ARCHIVE="$(ARCHIVE)" $(BIN)/python -m crawler.demo

test: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@# a process a core; a file's tests stay in one, since some share a server or an archive
	$(BIN)/pytest --numprocesses auto --dist loadfile

test-slow: $(INSTALLED)
	$(BIN)/pytest --numprocesses auto -m slow

lint: $(INSTALLED)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/mypy

bench: $(INSTALLED)
	$(BIN)/python -m tests.bench

accuracy: $(INSTALLED)
	$(BIN)/python -m tests.accuracy $(PAGES)

accuracy-floors: $(INSTALLED)
	$(BIN)/python -m tests.accuracy $(PAGES) --pin $(if $(LOWER),--allow-lower)

fuzz: $(INSTALLED)
	$(BIN)/python -m tests.fuzz $(N) $(if $(SEED),--seed $(SEED))

# One file for Python 3.11 to 3.14 on every system; the tools' own environment needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --upgrade --group dev \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --output-file requirements.txt

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
