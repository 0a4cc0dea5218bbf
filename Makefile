# Everything that is done with this repository. Needs git, make, Python 3.11 with venv, and apt for the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
ARGS ?=
# The tests of one file share servers and films, so they stay together; SIDE_BY_SIDE= runs them one by one.
SIDE_BY_SIDE ?= -n auto --maxprocesses 4 --dist loadfile

# The prompt reaches the shell by the environment and unexpanded: it may hold quotes, dollars and any script.
unexport PROMPT
film: export FILM_PROMPT = $(value PROMPT)

.PHONY: film
film: .venv/.film  ## PROMPT="…"  make a film; the last line tells where it is
	@[[ -n "$${FILM_PROMPT// /}" ]] || { echo 'usage: make film PROMPT="A 12-second teaser for …"' >&2; exit 2; }
	@$(BIN)/director make $(ARGS) -- "$$FILM_PROMPT"

.PHONY: serve
serve: .venv/.film  ## start the server and the studio page on this machine
	@$(BIN)/director serve $(ARGS)

.PHONY: test
test: .venv/.test  ## run all tests; ARGS="tests/unit -k name" for some
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(ARGS)

.PHONY: slow
slow: .venv/.test  ## run the tests that take long, those on a Docker engine among them; ARGS="-k docker" for some
	@$(BIN)/python -m pytest -m slow $(ARGS)

.PHONY: check
check: .venv/.test  ## formatting, lint, types, import contracts, bars of the house, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q tests/house

.PHONY: quick
quick: .venv/.test  ## the checks that take seconds, for a commit hook
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

.PHONY: fix
fix: .venv/.test  ## format, and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: gallery
gallery: .venv/.test  ## draw docs/gallery anew: a frame and a clip of every word; ARGS="glow" for some
	@$(BIN)/python -m docs.gallery $(ARGS)

.PHONY: bench
bench: .venv/.test  ## measure, print a table, write reports/bench.json
	@mkdir -p reports
	@$(BIN)/python -m bench $(ARGS)

.PHONY: bench-peers
bench-peers: .venv/.test  ## films A and C here, in MoviePy and in Manim, side by side: reports/peers.json
	@$(BIN)/python -m bench.peers

.PHONY: senses
senses: .venv/.test  ## measure what the checks catch, and hearing and looking: reports/senses.json
	@$(BIN)/python -m bench.senses $(ARGS)

.PHONY: chaos
chaos: .venv/.test  ## kill -9 at seeded random moments, and compare with a run that was left alone
	@mkdir -p reports
	@$(BIN)/python -m bench.chaos $(ARGS)

.PHONY: abuse
abuse: .venv/.test  ## try every attack on every kind of box, and on none: reports/abuse.json; ARGS="bubblewrap" for some
	@$(BIN)/python -m tests.abuse.report $(ARGS)

.PHONY: mcp-report
mcp-report: .venv/.test  ## play a film over MCP, run the conformance suite (needs npm), write reports/mcp.json
	@$(BIN)/python -m tests.mcp.report $(ARGS)

.PHONY: stack
stack: .venv/.test  ## contract suites, one film, kills and a crowd on PostgreSQL, Redis, RQ, Chroma, Docker: reports/stack.json
	@mkdir -p reports
	@$(BIN)/python -m bench.stack $(ARGS)

.PHONY: memory-report
memory-report: .venv/.test  ## measure what memory keeps, costs and lets through: reports/memory.json
	@$(BIN)/python -m bench.memory $(ARGS)

.PHONY: db
db: .venv/.film  ## bring the database to the newest schema
	@$(BIN)/director db upgrade $(ARGS)

.PHONY: docs
docs: .venv/.test  ## write the generated pages of docs/ anew
	@$(BIN)/python -m docs

# No index address, no local mirror and no path of the machine that compiles them may land in the locks.
COMPILE := env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_INDEX_URL -u UV_DEFAULT_INDEX -u UV_FIND_LINKS UV_NO_CONFIG=1 \
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: lock
lock: | .venv/bin/uv  ## resolve pyproject.toml into its lock files; ARGS=--upgrade for newer versions
	$(COMPILE) $(ARGS) --extra build -o requirements.lock pyproject.toml
	$(COMPILE) $(ARGS) --extra build --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(COMPILE) $(ARGS) -c requirements.lock -o sandbox/requirements.lock sandbox/requirements.in
	$(COMPILE) $(ARGS) -o tests/engines/moto.lock tests/engines/moto.in

.venv/bin/uv: | .venv/bin/python
	@$(PIP) install 'uv>=0.13.8,<0.14'

.PHONY: image
image:  ## build the image of Docker boxes; ARGS="--build-arg BASE_IMAGE=…" builds on another Debian 12
	docker build --network host -t director-sandbox -f sandbox/Dockerfile $(ARGS) .

.PHONY: images
images: image  ## build all images of docker-compose.yml that are ours
	docker build --network host -t director $(ARGS) .

.PHONY: secrets
secrets:  ## draw the passwords of the stack's parts into secrets/, once
	@.ci/secrets

.PHONY: clean
clean:  ## remove the environment and caches; films, data and projects stay
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help:  ## this list
	@awk -F ':.*## *' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# The environment: exactly the locked files, checked by hash, then the project itself.
.venv/bin/python:
	@python=$$(PYTHON="$(PYTHON)" .ci/python) && echo "making .venv with $$python" && "$$python" -m venv .venv

.venv/.film: requirements.lock packages.txt | .venv/bin/python
	@[[ -n "$${NO_PACKAGES:-}" ]] || .ci/packages packages.txt
	@echo "installing Python packages (once)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: requirements-dev.lock tests/engines/moto.lock packages-test.txt .venv/.film
	@[[ -n "$${NO_PACKAGES:-}" ]] || .ci/packages packages-test.txt
	@echo "installing Python packages for tests and checks (once)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m venv .venv/moto  # the S3 simulator of the tests cannot share an environment with us
	@.venv/moto/bin/python -m pip --disable-pip-version-check --no-input -q install --require-hashes \
		-r tests/engines/moto.lock
	@touch $@
