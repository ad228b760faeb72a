# One word for each chore, the same at home and in continuous integration (.ci/run).
# Every word sets up what it needs: `make lab` on a fresh clone is enough.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
LESSONS = $(wildcard notebooks/*.ipynb)
WORKERS ?= 2
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile
NBVAL = $(PYTEST) -p tests.lessons.training_time --nbval --nbval-current-env \
    --nbval-sanitize-with tests/nbval_sanitize.cfg

# The oldest version that pyproject.toml allows; a test sees that it is.
OLDEST_KERAS := 3.12.0
OLDEST := $(CURDIR)/build/keras-$(OLDEST_KERAS)

# TensorFlow without its start-up remarks, on the processor, and with one order of
# additions: the same digits on each machine. tests/conftest.py says the same.
export CUDA_VISIBLE_DEVICES ?= -1
export KERAS_BACKEND ?= tensorflow
export TF_CPP_MIN_LOG_LEVEL ?= 3
export TF_ENABLE_ONEDNN_OPTS ?= 0
export PIP_DISABLE_PIP_VERSION_CHECK ?= 1
export PIP_NO_INPUT ?= 1

.DEFAULT_GOAL := help
.NOTPARALLEL:  # the first fault ends the run, and output stays in order
.PHONY: help setup lab test lint unit lessons oldest tools bench screenshots fmt clean

help:  ## tell these words
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

setup: $(READY)  ## make the environment .venv, with exactly the versions of constraints.txt

$(READY): pyproject.toml constraints.txt
	@$(BIN)/python -c 'import pip' 2>/dev/null || { \
	    python=$$(sh scripts/find_python.sh) \
	    && echo "Making $(VENV) with $$python ..." \
	    && "$$python" -m venv --clear $(VENV); }
	@echo 'Installing teachkit and what it needs: some minutes the first time ...'
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[lab,test,lint]' || { \
	    echo 'pip could not install everything: see above, then try again.' >&2; exit 1; }
	@touch $@

lab: $(READY)  ## open the lessons in JupyterLab; DIR=folder chooses where your copies go
	@$(BIN)/teachkit lab $(DIR)

test: lint tools unit lessons oldest  ## all that must hold before a commit

lint: $(READY)  ## style, types, the direction of imports, and slips of the pen
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell

unit: $(READY)  ## tests, properties and the examples in docstrings
	$(PYTEST)

lessons: $(READY)  ## run the lessons, compare their outputs, tell how long they train
	$(NBVAL) $(LESSONS)

oldest: $(READY) $(OLDEST)  ## the same with the oldest Keras that is supported
	PYTHONPATH=$(OLDEST) $(NBVAL) --keras $(OLDEST_KERAS) $(LESSONS)

$(OLDEST): | $(READY)
	@$(BIN)/python -m pip install --quiet --no-deps --target $@ keras==$(OLDEST_KERAS)

tools: $(READY)  ## the programs dot and Chromium, which some tests use, where they can be had
	@$(BIN)/python scripts/tools_of_tests.py

# glibc keeps what was freed, so that page faults of the system do not blur the times.
bench: $(READY)  ## measure against the peers (minutes)
	@MALLOC_TRIM_THRESHOLD_=1000000000 MALLOC_MMAP_THRESHOLD_=33554432 \
	    $(BIN)/python -m benchmarks

screenshots: $(READY) tools  ## photograph the views, in build/screenshots or FOLDER=...
	$(BIN)/python -m scripts.take_screenshots $(FOLDER)

fmt: $(READY)  ## format, and mend what ruff can mend
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

clean:  ## remove what these words made, .venv too; a learner's copies stay
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
	    .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
