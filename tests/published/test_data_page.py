"""What the page of downloads promises an analyst: the lines it prints load the figures, and its dictionary is true."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from site_builder.published.downloads.table import DESCRIPTIONS, HEADER, NUMBERS, schema

WORDS = tuple(name for name in HEADER if name not in NUMBERS)
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def page(built_site: Path) -> str:
    return (built_site / "data/index.html").read_text()


def snippets_of(site: Path) -> dict[str, str]:
    """Tool to its lines as the page prints them, with files of the built site for addresses."""
    page = (site / "data/index.html").read_text()
    found = re.findall(r"<h3>([^<]+)</h3><pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    base = json.loads((site / "releases/versions.json").read_text())["releases"][0]["url"].partition("/releases/")[0]
    assert all(base in code for _, code in found)
    return {tool: html.unescape(code).replace(base, site.as_posix()) for tool, code in found}


@pytest.fixture
def snippets(built_site: Path) -> dict[str, str]:
    return snippets_of(built_site)


@pytest.fixture
def rows(snippets: dict[str, str]) -> Rows:
    """The table that the lines load, read as plain text."""
    (path,) = {address for code in snippets.values() for address in re.findall(r"/[^\"']+\.csv", code)}
    found = list(csv.DictReader(io.StringIO(Path(path).read_text())))
    assert {row["withheld"] for row in found} >= {"", "c"}
    return found


def same(loaded: list[dict[str, Any]], rows: Rows) -> None:
    """Every cell: a number is a number, a blank one is no value, and codes and letters are text."""
    assert len(loaded) == len(rows)
    for got, row in zip(loaded, rows, strict=True):
        assert list(got) == list(HEADER)
        for name in NUMBERS:
            assert (got[name] if got[name] is not None else "") == (float(row[name]) if row[name] else ""), name
        for name in WORDS:
            assert isinstance(got[name] or "", str)
            assert (got[name] or "") == row[name], name


def test_the_lines_for_pandas_load_every_cell(snippets: dict[str, str], rows: Rows) -> None:
    held: dict[str, Any] = {}
    exec(snippets["Python with pandas"], held)
    figures = held["figures"]
    assert all(figures[name].dtype.kind in "fi" for name in NUMBERS)
    same([{k: None if pd.isna(v) else v for k, v in row.items()} for row in figures.to_dict("records")], rows)


def test_the_lines_for_duckdb_load_every_cell(snippets: dict[str, str], rows: Rows) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    with duckdb.connect() as base:
        base.execute(snippets["DuckDB"])
        found = base.execute("SELECT * FROM figures")
        names = [one[0] for one in found.description]
        same([dict(zip(names, row, strict=True)) for row in found.fetchall()], rows)


def test_the_lines_for_excel_name_every_column_of_numbers_and_no_other(snippets: dict[str, str]) -> None:
    code = snippets["Excel"]
    typed = dict(re.findall(r'\{"(\w+)", type (\w+)\}', code))
    assert typed == {one["name"]: "number" for one in schema() if one["type"] == "number"}
    steps = re.findall(r"(?:let|,\n)\s*(\w+) = ([\w.]+)\(", code)
    assert [call for _, call in steps] == [
        "Csv.Document", "Table.PromoteHeaders", "Table.ReplaceValue", "Table.TransformColumnTypes",
    ]  # fmt: skip
    assert re.findall(r"\((Source|Named|Blank)", code) == [name for name, _ in steps[:-1]]  # each takes the one before
    blanked = re.findall(r"Replacer\.ReplaceValue, \{([^}]*)\}", code)
    assert blanked == [", ".join(f'"{name}"' for name in typed)]
    assert code.rstrip().endswith(f"in {steps[-1][0]}")
    assert all(code.count(a) == code.count(b) for a, b in ("()", "[]", "{}"))
    assert code.count('"') % 2 == 0


def test_a_spreadsheet_opens_the_workbook_with_the_figures_of_the_table(built_site: Path, tmp_path: Path) -> None:
    command = shutil.which("soffice")
    if command is None:
        pytest.skip("LibreOffice is not installed")
    (path,) = built_site.glob("releases/2024-25-Q4/xlsx/illustrative-sg09.xlsx")
    done = subprocess.run(
        [command, f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", str(tmp_path), str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.glob("*All periods.csv")
    lines = list(csv.reader(made.read_text().splitlines()))
    table = path.parents[1] / "csv/illustrative-sg09.csv"
    rows = list(csv.DictReader(table.read_text().splitlines()))
    shown = [(line[0], line[3], line[6]) for line in lines[-len(rows) :]]
    assert [(a, p, v if v.startswith("[") else float(v)) for a, p, v in shown] == [
        (row["area"], row["period"], float(row["value"]) if row["value"] else f"[{row['withheld']}]") for row in rows
    ]


def test_the_dictionary_is_true_of_every_table(built_site: Path) -> None:
    fields = {one["name"]: one for one in schema()}
    assert tuple(fields) == HEADER == tuple(DESCRIPTIONS)
    for path in [*built_site.glob("releases/*/csv/*sg*[0-9].csv"), *built_site.glob("national/*/*/csv/n*[0-9a-z].csv")]:
        rows = list(csv.DictReader(path.read_text().splitlines()))
        if tuple(rows[0]) != HEADER:
            continue
        for name, field in fields.items():
            held = [row[name] for row in rows]
            assert "constraints" not in field or all(held), (path, name)
            if field["type"] != "string":
                assert all(re.fullmatch(r"-?\d+(\.\d+)?", text) for text in held if text), (path, name)


def test_the_page_prints_every_column_with_its_type(page: str, built_site: Path) -> None:
    latest = json.loads((built_site / "releases/versions.json").read_text())["latest"]
    descriptor = json.loads((built_site / f"releases/{latest}/datapackage.json").read_text())
    (table,) = [one["schema"] for one in descriptor["resources"] if one["path"] == "observations.csv"]
    text = html.unescape(page)
    for field in (*schema(), *table["fields"]):
        assert f'<th scope="row">{field["name"]}</th>' in text
        assert field["description"] in text
