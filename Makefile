# The set-up and the checks, each one command. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE := kg-store
EXPORTS := exports
CREATED := $(VENV)/created
INSTALLED := $(VENV)/installed
TOOLS := $(VENV)/tools
SOURCES := $(shell find kg ontology seeds -type f ! -path '*/__pycache__/*' ! -name '.*')

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# A store or an ontology of the user's own stays out of the example.
unexport KG_STORE KG_ONTOLOGY
.DELETE_ON_ERROR:
.PHONY: all exports docs test check clean help

all: $(STORE)/store.json $(EXPORTS)/semipack.html  ## set up, build the graph from seeds/, show a first answer
	@echo
	@echo 'Who packages for NVIDIA?   ($(BIN)/kg query packages-for NVIDIA)'
	@echo
	@$(BIN)/kg query packages-for NVIDIA
	@echo
	@echo 'The picture:  $(EXPORTS)/semipack.html   (open it in a browser)'
	@echo 'The exports:  $(EXPORTS)/semipack.ttl, .trig, .claims.jsonl'
	@echo 'The store:    $(STORE)/'
	@echo
	@echo 'Next:'
	@echo '  . $(BIN)/activate             have kg at hand'
	@echo '  kg queries                    see what can be asked'
	@echo '  kg show Amkor                 see all that is known of one organisation, with the sentences'
	@echo '  kg build PATH...              build the graph from documents of your own'
	@echo '  make test                     run the checks'

$(CREATED):
	@command -v '$(PYTHON)' >/dev/null || { echo 'Error: there is no $(PYTHON); install Python 3.11 or later, or name one: make PYTHON=python3.12' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Error: $(PYTHON) is $$('$(PYTHON)' --version 2>&1), 3.11 or later is needed; name one: make PYTHON=python3.12" >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { echo 'Error: $(PYTHON) lacks its venv module; install it (Debian: apt-get install python3-venv)' >&2; exit 1; }
	@rm -rf $(VENV)
	@echo 'Creating the environment $(VENV)'
	@'$(PYTHON)' -m venv $(VENV)
	@touch $@

$(INSTALLED): pyproject.toml $(CREATED)
	@echo 'Installing semipack and what it needs'
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# pip knows dependency groups since 25.1.
$(TOOLS): $(INSTALLED)
	@echo 'Installing the test tools'
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(STORE)/store.json: $(INSTALLED) $(SOURCES)
	@$(BIN)/kg build seeds --store $(STORE) --exports $(EXPORTS)

# Written by the build above; again only where somebody has removed it.
$(EXPORTS)/semipack.html: $(STORE)/store.json
	@test -e $@ || $(BIN)/kg build seeds --store $(STORE) --exports $(EXPORTS)

exports: $(INSTALLED)  ## build the graph from seeds/ and write exports/ anew
	@$(BIN)/kg build seeds --store $(STORE) --exports $(EXPORTS)

docs: $(TOOLS)  ## write what the commands shown in README.md and docs/ print into these pages anew
	@$(BIN)/python tests/shown.py

test: $(TOOLS)  ## set up with the test tools, then run every check
	@.ci/programs
	@$(MAKE) --no-print-directory check

check:  ## run every check without installing anything: ruff, mypy, pytest
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile -m 'not alone'
	$(BIN)/python -m pytest -m alone

clean:  ## remove the environment, the store and what the tools left behind
	@rm -rf $(VENV) $(STORE) build dist .mypy_cache .pytest_cache .ruff_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done
