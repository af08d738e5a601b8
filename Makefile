# `make` runs the main job on the shipped data; `make test` runs the tests. Both set up everything themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DOCUMENTS ?= ../shared/documents
export PYTHONUTF8 := 1

.PHONY: all setup site test sweep lint data docs serve soak verdicts bench accuracy mutate answers conformance iris release spark clean

all: setup
	$(BIN)/yusuan build --no-site
	$(BIN)/yusuan query change-from-last-year
	$(BIN)/yusuan query targets-at-least --param minimum=100
	$(BIN)/yusuan query where-printed --param printed=62

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: setup lint
	$(BIN)/pytest -n auto --dist loadfile

# Schema verdicts against Frictionless' own on ten thousand generated packages (the tests try a hundred).
verdicts: setup
	VERDICTS=10000 $(BIN)/pytest tests/test_verdicts.py

# yusuan beside its peers; writes docs/performance.md. SIZES="--size 100000 --times 1" for a short look.
bench: setup
	$(BIN)/python benchmarks/run.py $(SIZES)

# On a Spark cluster of two processes beside this one, one of them killed in the middle: as on one machine. Needs Java 17.
spark: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[spark]'
	YUSUAN_SPARK=1 $(BIN)/pytest tests/test_spark.py

# Every shipped filing in every format, and two thousand made-up ones, rendered and read again: about an hour.
# Thirty made budgets in each family's dress and every format, and copies of five that LibreOffice makes: as long.
sweep: setup
	YUSUAN_SWEEP=1 $(BIN)/pytest tests/test_render.py tests/test_dresses.py

# The shipped data read afresh from the documents, checked, and the docs made from them.
data: setup
	$(BIN)/yusuan read $(DOCUMENTS)
	-$(BIN)/yusuan check --save

# Documents read afresh against expectations made without the reader, and against pdfplumber for time.
accuracy: setup
	$(BIN)/python -m benchmarks.accuracy $(DOCUMENTS)

# A thousand defects planted one at a time in clean filings: how many the rules find. Writes docs/mutations.md.
mutate: setup
	$(BIN)/python -m benchmarks.mutate $(wildcard $(DOCUMENTS)) --write

# The derived pages of the docs, and all pages as a site in build/docs.
docs: setup
	$(BIN)/python docs/build.py

# The site in build/site; npm fetches the scripts of its pages once.
site: setup
	$(BIN)/yusuan build

# The query editor is installed where npm is there; without it the page to ask has a plain text box.
serve: setup
	-$(BIN)/yusuan serve --install-editor
	$(BIN)/yusuan serve

# Five minutes of hostile queries and slow connections beside plain requests.
soak: setup
	$(BIN)/python benchmarks/soak.py

# What the questions of the library answer on the shipped data: shows each difference and keeps it in tests/answers.
answers: setup
	$(BIN)/python -m tests.answers

# The names of things that a release promises to keep, in tests/iris.txt; run it when a release is made.
iris: setup
	$(BIN)/python -m tests.iris

# The graph judged by other people's validators: a table, a row each. `make conformance JUDGES="cube lists"` runs some.
conformance: setup
	$(BIN)/python -m tests.conformance $(JUDGES)

# A release in dist: sdist and wheel, the data as CSV, Parquet and N-Quads, the site, what changed, checksums; then the wheel
# is installed where nothing else is and does the main job. TAG=data-2026.11.0 holds versions and changelog to that tag.
release: setup
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	$(BIN)/yusuan release --to dist $(if $(TAG),--tag '$(TAG)')
	$(BIN)/python -m tests.proof dist

clean:
	rm -rf build $(VENV)
