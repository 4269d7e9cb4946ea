# Two commands: `make site` and `make test`. They need Python 3.11 or later, make, and a package index.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PRIVATE := templates/returns-repository/.github
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: site test serve audit check-return verify-release install lock clean

site: $(VENV)/site.installed ## check the returns, release what is due, build the site
	$(BIN)/site-builder check
	$(BIN)/site-builder release
	$(BIN)/site-builder build

test: $(VENV)/test.installed ## everything a reviewer needs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet --persona pedantic .github $(PRIVATE)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml $(PRIVATE)/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml $(PRIVATE)/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/mypy & types=$$!; $(SUITE); suite=$$?; wait $$types && exit $$suite

# A module is run by one process; tests/conftest.py puts the longest first. Types are checked meanwhile.
SUITE = $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

# In a pipeline this checkout is what stood before the proposal; HEAD is the proposal beside it, which judges nothing.
HEAD ?= .
DATE := $(firstword $(subst T, ,$(UPDATED_AT)))

check-return: $(VENV)/site.installed ## check the returns of a proposal, and what its sender may change
	$(BIN)/site-builder --format github check --returns "$(HEAD)/datapackages/returns" --each \
	  --changed-since "$$BASE_SHA" --author "$$AUTHOR" $(if $(DATE),--on "$(DATE)") \
	  $(if $(GITHUB_STEP_SUMMARY),--report "markdown:$(GITHUB_STEP_SUMMARY)")

verify-release: $(VENV)/site.installed ## no published release of a proposal is changed, and each proves itself
	$(BIN)/site-builder --root "$(HEAD)" --format github audit --before datapackages/releases

audit: $(VENV)/site.installed ## prove every release again from its public files, and look for leaks in the built site
	$(BIN)/site-builder audit
	$(BIN)/site-builder build
	$(BIN)/site-builder audit --site build

serve: $(VENV)/site.installed ## build, watch and reload in the browser
	$(BIN)/site-builder serve

install: $(VENV)/site.installed ## the command itself, without making anything

lock: $(VENV)/bin/python ## rewrite the lock files; the only command that resolves versions
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra build --extra dev --output-file requirements-dev.lock $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --extra build --constraint requirements-dev.lock --output-file requirements.lock $(LOCK)

LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

clean: ## remove what was built and cached
	rm -rf build build.next .cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The project goes in without its dependencies and without an isolated build: both are locked already.
# Nothing is compiled beforehand: most of it is never imported.
$(VENV)/site.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test.installed: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/site.installed
