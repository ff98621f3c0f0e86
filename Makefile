# What can be done here; `make` lists it.
.DEFAULT_GOAL := help
.PHONY: help run test check check-server check-pages servers test-pages bench benchsearch bench-pages soak format
.PHONY: venv web types stickers clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: ## install what is needed, build the pages, migrate, serve on http://127.0.0.1:8081 (HOST, PORT, FASTIM_*)
	@tools/run.sh

test: ## everything that CI runs: checks, the pages' unit tests, pytest (ARGS="-k name" for some)
	@$(BESIDE) check-server servers check-pages test-pages
	@.venv/bin/pytest -n 3 --dist worksteal $(ARGS)

check: ## lint, formatting and types, of the server and of the pages
	@$(BESIDE) check-server check-pages

# One lane for the server and one for the pages, and what each has to say in one piece.
BESIDE = $(MAKE) --no-print-directory --jobs 2 --output-sync=target

venv:
	@tools/venv.sh dev

check-server: venv
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

servers: check-server
	@tools/servers.sh

check-pages:
	@tools/web.sh check

test-pages: check-pages
	@tools/web.sh build
	@tools/web.sh test

bench: ## compare with other servers, an hour (ARGS="--scenes single --rows fastim-sqlite,node-ws" for some)
	@tools/bench.sh $(ARGS)

bench-pages: ## measure the pages in Chromium (ARGS="weight scroll --messages 10000" for some)
	@tools/bench_pages.sh $(ARGS)

soak: ## break servers at random while people chat, half an hour, on both databases (ARGS="--minutes 5")
	@tools/venv.sh dev
	@tools/servers.sh
	@PATH=$$PATH:/usr/sbin:/usr/local/sbin .venv/bin/python -m tests.faults.soak $(ARGS)

benchsearch: ## time searches among a million messages, a quarter of an hour (ARGS="--databases sqlite" for some)
	@tools/venv.sh bench
	@.venv/bin/python -m bench.search $(ARGS)

format: ## put the server's sources into shape
	@tools/venv.sh dev
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

web: ## build the pages into fastim/static/dist
	@tools/web.sh build

types: ## write the pages' types of frames and answers anew (they are in git)
	@tools/venv.sh
	.venv/bin/python -m tools.page_types

stickers: ## draw the stickers again (they are in git)
	@tools/venv.sh
	.venv/bin/python -m tools.stickers

clean: ## remove what can be made again; data in instance/ and resource/ stays
	rm -rf .venv .node web/node_modules bench/servers/node_modules fastim/static/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
