"""Every release in every format, read back: the same numbers, and what is hidden is hidden. The table says how many."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.published import addresses
from site_builder.published.downloads import screen
from site_builder.published.write import Site
from site_builder.release.reference import load_areas
from tests.building import ROOT
from tests.published import back
from tests.published.back import Tally, Truth
from tests.published.held import as_real
from tests.published.test_feeds import made as feeds_of

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib itself
TABLE = Path(__file__).with_name("READ_BACK.md")
Reader = Callable[[Tally, Truth, Path], None]


class Form(NamedTuple):
    """A format of every release. ``against``: what it is held beside."""

    name: str
    library: str
    against: str
    reader: Reader


FORMS = (
    Form("Release package", "frictionless", "package", back.in_package),
    Form("CSV on the Web", "csvw", "package", back.in_csvw),
    Form("Parquet", "pyarrow", "package", back.in_parquet),
    Form("Tables, CSV", "csv", "package", back.in_tables),
    Form("JSON with its schema", "json, jsonschema", "tables", back.in_json),
    Form("Workbooks", "openpyxl", "tables", back.in_workbooks),
    Form("Pairs as the DfE has them", "csv", "tables", back.in_pairs),
    Form("Lines for pandas", "pandas", "tables", back.by_lines("Python with pandas", back.with_pandas)),
    Form("Lines for DuckDB", "duckdb", "tables", back.by_lines("DuckDB", back.with_duckdb)),
)
HEAD = """\
# Read back

Every release of the repository in every format that the built site offers, read by a library that we did not write, or by
a reader that shares nothing with the writer. This table is written by the tests (`pytest tests/published/test_read_back.py
--update-golden -n 0`) from what they count. *Package*: each cell of the table of observations in the repository; for tables
the counts, and values worked out from them again. *Tables*: each number or letter of the table of the same indicator, area
and period, which the package was held against. Hidden cells are those with the letter c in the release: every one of them
is hidden in the format too, or it would be a difference. No file of these formats is left out, but tables of comparators,
funnels and coverage, and the revisions, pictures and archives, have tests of their own.

| Format | Release | Read by | Held against | Files | Cells | Differences | Hidden, all of them hidden |
|---|---|---|---|---|---|---|---|
"""
SCREENED = """
The checks that the Department for Education's service makes of a pair of files, as `downloads/screen.py` restates them, over
all pairs of all releases:

| Check | What it would say | Pairs | Said |
|---|---|---|---|
"""


def releases() -> list[str]:
    """The names of the releases, in the order in which they came."""
    entries = back.rows_of((ROOT / "datapackages/releases/ledger.csv").read_bytes())
    return list(dict.fromkeys(one["id"] for one in entries if one["kind"] == "release"))


def line(form: str, release: str, library: str, against: str, tally: Tally) -> str:
    counts = " | ".join(f"{one:,}" for one in (tally.files, tally.cells, tally.differing, tally.hidden))
    return f"| {form} | {release} | {library} | {against} | {counts} |"


def read(site: Path, real_site: Site) -> Iterator[tuple[str, Tally]]:
    """Every line of the table with what was counted for it."""
    truths = {name: Truth(name) for name in releases()}
    for form in FORMS:
        for name, truth in truths.items():
            tally = Tally()
            form.reader(tally, truth, site / "releases" / name)
            yield line(form.name, name, form.library, form.against, tally), tally
    tally = Tally()
    back.in_feeds(tally, feeds_of(as_real()), truths)
    yield line("Feeds, Atom", "all, as if real", "feedparser", "package", tally), tally
    tally = Tally()
    back.in_calendars(tally, site)
    yield line("Calendars", "none", "icalendar", "collection", tally), tally
    tally = Tally()
    base = as_real().content.settings.base_url
    back.in_catalogue(tally, real_site[addresses.CATALOG](), lambda path: real_site[path](), base)
    yield line("Catalogue, DCAT", "one, as if real", "rdflib", "files", tally), tally


def checks() -> dict[str, str]:
    """The codes of the service's checks, in order, with the words of each, from the program's text."""
    found: dict[str, str] = {}
    nodes = ast.walk(ast.parse(Path(screen.__file__).read_text(encoding="utf-8")))
    for node in sorted((n for n in nodes if isinstance(n, ast.Call | ast.Tuple)), key=lambda one: one.lineno):
        parts = node.args if isinstance(node, ast.Call) else node.elts
        if parts:
            first, last = parts[0], parts[-1]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value[:1] == "O":
                found.setdefault(first.value, _words(last))
    return dict(sorted(found.items()))


def _words(node: ast.AST) -> str:
    """The words of a text, with dots for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values)


def screened(site: Path) -> tuple[int, Mapping[str, int]]:
    """How many pairs there are, and how often each check has something to say; all are asked of every pair."""
    said = dict.fromkeys(checks(), 0)
    areas, pairs = load_areas(ROOT), 0
    for path in sorted(site.glob("releases/*/ees/*.csv")):
        meta = path.with_suffix(".meta.csv")
        if meta.is_file():
            pairs += 1
            for remark in screen.screen(screen.Pair(path.name, path.read_bytes(), meta.name, meta.read_bytes(), areas)):
                said[remark.code] += 1
    return pairs, said


@pytest.fixture(scope="module")
def found(built_site: Path, real_site: Site) -> list[tuple[str, Tally]]:
    return list(read(built_site, real_site))


def test_every_format_reads_back_without_a_difference_as_the_table_says(
    found: list[tuple[str, Tally]], built_site: Path, request: pytest.FixtureRequest
) -> None:
    assert [(text, tally.wrong) for text, tally in found if tally.differing] == []
    pairs, said = screened(built_site)
    assert {code: times for code, times in said.items() if times} == {}
    rules = "\n".join(f"| {code} | {words} | {pairs} | {said[code]} |" for code, words in checks().items())
    written = f"{HEAD}{chr(10).join(text for text, _ in found)}\n{SCREENED}{rules}\n"
    if request.config.getoption("--update-golden"):
        TABLE.write_text(written, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == written


SMALLEST = "2023-24-Q4"


@pytest.mark.parametrize("form", [one for one in FORMS if one.against == "package"], ids=lambda one: one.name)
def test_a_reader_sees_that_a_hidden_count_is_told(built_site: Path, form: Form) -> None:
    """As if the release hid what the format prints."""
    truth, tally = Truth(SMALLEST), Tally()
    row = next(row for row in truth.rows if row["measure"] == "numerator" and row["value"] and row["coverage"] == "all")
    row["value"], row["withheld"] = "", "c"
    truth.counts[row["indicator"], row["area"], row["period"], "numerator"] = {"c"}
    form.reader(tally, truth, built_site / "releases" / SMALLEST)
    assert tally.differing >= 1
    assert row["indicator"] in str(tally.wrong)


@pytest.mark.parametrize("form", FORMS[4:7], ids=lambda one: one.name)
def test_a_reader_sees_a_cell_that_is_not_the_one_of_the_table(built_site: Path, tmp_path: Path, form: Form) -> None:
    folder = tmp_path / "releases" / SMALLEST
    shutil.copytree(built_site / "schemas", tmp_path / "schemas")
    shutil.copytree(
        built_site / "releases" / SMALLEST, folder, ignore=shutil.ignore_patterns("*.html", "*.svg", "*.png")
    )
    tally = Tally()
    table = folder / "csv/illustrative-sg01.csv"
    text = table.read_text()
    assert ",numerator_withheld," in text
    rows = back.rows_of(text.encode())
    shown = next(row for row in rows if row["numerator"])
    table.write_text(text.replace(f",{shown['numerator']},", ",4321,", 1))
    form.reader(tally, Truth(SMALLEST), folder)
    assert tally.differing >= 1
    assert "SG01" in str(tally.wrong)


def test_lines_that_load_another_figure_are_seen(built_site: Path) -> None:
    tally = Tally()
    reader = back.by_lines("DuckDB", lambda code: [{**row, "value": 4321.0} for row in back.with_duckdb(code)])
    reader(tally, Truth(SMALLEST), built_site / "releases" / SMALLEST)
    assert tally.differing > 1000
