# 均衡 Junheng. Thin: every target is one command a person could type. `make help` lists them.
PY ?= python3
BIN := .venv/bin

.PHONY: help demo serve frontend test test-long check fix bench docs pictures lock system clean

help:            ## list the targets
	@grep -E '^[a-z-]+: .*##' Makefile | sed 's/:.*##/  ·/'

# Two stages, so that trying the product does not download what only its tests need (Spark is 450 MB).
.venv/.ready: pyproject.toml uv.lock requirements.txt
	@if command -v uv >/dev/null 2>&1; then \
	    uv sync --locked --quiet --no-dev --group frontend --inexact; \
	else \
	    $(PY) -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt && \
	    $(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch .venv/.ready

.venv/.ready-dev: .venv/.ready requirements-dev.txt
	@if command -v uv >/dev/null 2>&1; then \
	    uv sync --locked --quiet --all-groups; \
	else \
	    $(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt ; \
	fi
	@touch .venv/.ready-dev

FRONTEND := src/junheng/web/frontend
$(FRONTEND)/dist/site/manifest.json: $(addprefix $(FRONTEND)/,package-lock.json vite.config.js) $(wildcard $(addprefix $(FRONTEND)/,public/* src/*.* src/*/*)) | .venv/.ready
	cd $(FRONTEND) && export PATH="$(CURDIR)/$(BIN):$$PATH" && npm ci --silent --no-fund --no-audit && npx vite build --logLevel error
	@touch $@

frontend: $(FRONTEND)/dist/site/manifest.json  ## build the site's front end (node comes from PyPI)

serve: frontend  ## run the site on ./data at 127.0.0.1:8000
	$(BIN)/junheng serve --data data

demo: frontend  ## make a synthetic province, evaluate it, write the reports
	$(BIN)/junheng demo demo

PACKAGES := openjdk-17-jre-headless chromium fonts-noto-cjk libreoffice-writer libreoffice-calc
system:          ## what only the tests need of the system (apt, where we may): Java for Spark, a browser, fonts, LibreOffice
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; } || \
	    echo "没有装齐 $(PACKAGES)：用到它们的测试会跳过并说明原因"

test: .venv/.ready-dev frontend  ## all tests but the long ones
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not long"

test-long: .venv/.ready-dev  ## the long ones: thousands of generated counties, large files
	$(BIN)/python -m pytest -m long

check: .venv/.ready-dev  ## style, types, layers, generated docs; changes nothing
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

lock: ## renew the locks after a change of dependencies (needs uv)
	uv lock
	uv export --locked --no-hashes --no-emit-project --no-dev --group frontend --no-annotate --no-header -q -o requirements.txt
	uv export --locked --no-hashes --no-emit-project --all-groups --no-annotate --no-header -q -o requirements-dev.txt

fix: .venv/.ready-dev  ## what can be mended automatically
	$(BIN)/ruff check --fix .

docs: .venv/.ready-dev  ## regenerate docs/generated from the declarations
	$(BIN)/python docs/generate.py

pictures: .venv/.ready-dev frontend  ## the pictures of the user guide, out of a run of the browser tests
	@folder=$$(mktemp -d) && JUNHENG_SHOTS=$$folder $(BIN)/python -m pytest -q tests/web/evaluation/test_evaluation_in_the_browser.py \
	    tests/web/reporting/test_reporting_in_the_browser.py tests/web/whole/test_every_page_looked_at.py -k "browser or phone"; \
	    $(BIN)/python docs/pictures.py $$folder; rm -rf $$folder

bench: .venv/.ready-dev  ## side-by-side benchmarks; prints ratios
	$(BIN)/python bench/run_all.py

clean:           ## remove what can be made again
	rm -rf .venv demo .mypy_cache .ruff_cache .pytest_cache .hypothesis $(FRONTEND)/dist $(FRONTEND)/node_modules
