# Two commands matter: `make graph` and `make test`. Both set up their own environment in .venv and reuse it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help graph test lint types check bench bench-scale docs site explorer-bundle clean

help:
	@echo "make graph   build the graph of seeds/ into exports/"
	@echo "make test    every check that CI runs"
	@echo "make site    the docs as a site that opens from disk: build/site/index.html"
	@echo "make bench-scale   building again, with two processes, ten times as much (CORPUS=folder)"
	@echo "make bench   speed against jieba.posseg and rdflib in the same run (CORPUS=folder)"

# Set up once, again when pyproject.toml changes; a half-made environment is made anew. The graph needs no torch.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("policykg needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q kg extractors  # pip does it for what it copies, and points to these
	@touch $@

# The tests need torch, for the extra hanlp: of this version, so that a new one comes with a commit.
TORCH ?= torch==2.13.0
$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,hanlp]' '$(TORCH)'
	@touch $@

graph: $(VENV)/.ready
	$(BIN)/kg build seeds --out exports
	@echo
	@echo "Look at exports/graph.ttl (RDF), exports/graph.gexf (open in Gephi), exports/figures.csv (spreadsheet)."
	@echo "Ask it:  $(BIN)/kg explain 科技部    $(BIN)/kg query targets-due"

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	$(BIN)/mypy

check: $(VENV)/.ready-dev
	$(BIN)/pytest

test: lint types check

bench: $(VENV)/.ready-dev
	$(BIN)/python -m tests.bench $(CORPUS)
	$(BIN)/python -m tests.bench_rdf $(CORPUS)

bench-scale: $(VENV)/.ready-dev
	$(BIN)/python -m tests.bench_scale $(CORPUS)

# The drawing library of the explorer, from npm, with pinned versions; needed only when those change.
EXPLORER := kg/explorer/vendor
explorer-bundle:
	mkdir -p build/explorer
	cp $(EXPLORER)/package.json $(EXPLORER)/package-lock.json $(EXPLORER)/entry.js $(EXPLORER)/bundle.mjs build/explorer
	cd build/explorer && npm ci --ignore-scripts --no-audit --no-fund && node bundle.mjs ../../$(EXPLORER)/sigma.min.js

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build *.egg-info

docs: $(VENV)/.ready-dev
	$(BIN)/python -m tests.clidocs
	$(BIN)/python -m tests.vocabdocs
	$(BIN)/python -m tests.readmeparts
	$(BIN)/python -m tests.servedocs
	$(BIN)/python -m tests.docsessions
	$(BIN)/python docs/charts.py
	$(BIN)/python -m tests.docruns

# Pages that the site makes of other files than docs/*.md, and links to those: docs/outside.py.
site: $(VENV)/.ready-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Open build/site/index.html"
