# The two that matter: `make run` and `make test`. Everything they need is made here, on a bare Debian or Ubuntu.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Every process would compile every module anew: twice the time of a start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run demo-empty test nightly check fix bench lock assets clean

help:  ## What there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(BIN)/ready: requirements.lock pyproject.toml
	@scripts/environment $(PYTHON)
	@touch $@

$(BIN)/ready-dev: $(BIN)/ready requirements-dev.lock
	@scripts/environment $(PYTHON) dev
	@touch $@

run: $(BIN)/ready  ## Start Alongside with an invented partnership on 127.0.0.1:8000
	@exec alongside serve --demo

demo-empty: $(BIN)/ready  ## The invented agencies and workers without lists, to bring your own
	@alongside demo --no-lists

test: $(BIN)/ready-dev  ## Run everything that decides whether a change may land
	@scripts/browser
	@$(MAKE) --no-print-directory check
	@pytest -n 2 --dist loadfile -q --ignore=tests/house

nightly: $(BIN)/ready-dev  ## What takes hours: thousands of bad nights, orders of sharing and rushes for a bed; a restore; kill -9
	@SCHEDULES=5000 SHARING_RUNS=10000 REFERRAL_WALKS=10000 REFERRAL_STEPS=50 ALONGSIDE_YEARS=500 ALONGSIDE_NIGHTLY=1 \
		DRILL_CONTACTS=1000000 pytest -q --timeout 0 tests/faults/restore tests/faults/phone tests/faults/beds alongside/register/people/tests/test_sharing_machine.py \
		alongside/casework/referrals/tests/test_machine.py alongside/insight/monitoring/tests/test_releases.py
	@python -m tests.faults.phone.kills --acks 100000 --kills 20

check: $(BIN)/ready-dev  ## Style, types, who may import whom, budgets
	@ruff format --check . && ruff check .
	@mypy alongside
	@lint-imports
	@pytest -q tests/house

fix: $(BIN)/ready-dev  ## Mend what a machine can mend
	@ruff check --fix . ; ruff format .

bench: $(BIN)/ready-dev  ## Measure speed, memory and accuracy; writes docs/benchmarks.md
	@python -m benchmarks

lock:  ## Pin every package with its hash
	@echo uv | $(BIN)/uv pip compile -q --generate-hashes --no-annotate --no-header - -o requirements-uv.lock
	@$(BIN)/uv pip compile -q --generate-hashes --no-annotate --no-header --extra build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --generate-hashes --no-annotate --no-header --extra build --extra dev pyproject.toml -o requirements-dev.lock

assets:  ## Compile the front end (developers only: needs Node)
	@cd frontend && npm ci --silent && npm run --silent build

clean:  ## Remove the environment and what tests left behind
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
