"""The lines for R that the page of downloads prints, run by R itself on every table of every release and national package."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.published.downloads.recipes import recipes
from site_builder.published.downloads.table import HEADER, NUMBERS

# Runs the lines once for each address, and writes what they loaded in a form that loses nothing: a head for each table, then
# its rows, numbers with all their digits, missing ones as NA and missing words as an error.
LOADER = r"""
said <- commandArgs(trailingOnly = TRUE)
code <- paste(readLines(said[1]), collapse = "\n")
out <- file(said[3], open = "wb")
for (address in readLines(said[2])) {
  held <- new.env()
  eval(parse(text = gsub("ADDRESS", address, code, fixed = TRUE)), envir = held)
  figures <- held$figures
  told <- lapply(figures, function(column) {
    if (is.numeric(column)) return(ifelse(is.na(column), "NA", sprintf("%.17g", column)))
    stopifnot(is.character(column), !anyNA(column))
    enc2utf8(column)
  })
  kinds <- vapply(figures, function(column) class(column)[1], "")
  head <- c(address, nrow(figures), paste(names(figures), collapse = "\t"), paste(kinds, collapse = "\t"))
  writeLines(c(head, do.call(paste, c(unname(told), sep = "\t"))), out, useBytes = TRUE)
}
close(out)
"""
ODD = {  # words that a reader of tables likes to take for something else
    "release": "1e3", "classification": "TRUE", "indicator": "NA", "area": "007", "area_name": "Kéñ “North”, O'Brien \"\"s",
    "period": "2024/25", "breakdown": "# total", "caution": " spaced ", "withheld": "NULL", "numerator": "0",
    "denominator": "1234567", "value": "0.1", "lower_95": "-0.5", "upper_95": "",
}  # fmt: skip


class Loaded(NamedTuple):
    """A table as R holds it: the class of each column by its name, and its cells as text."""

    kinds: dict[str, str]
    rows: list[list[str]]


@pytest.fixture(scope="module")
def rscript() -> str:
    """The command of R. Without it: skipped by hand, failed where CI=true."""
    command = shutil.which("Rscript")
    if command is None:
        reason = "no R found; install your system's r-base-core package"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return command


def loaded(command: str, addresses: list[str], folder: Path, locale: str) -> dict[str, Loaded]:
    """What the printed lines load from each address, in one process of R."""
    (code,) = (one.code for one in recipes("ADDRESS") if one.tool == "R")
    for name, text in (("lines.R", code), ("loader.R", LOADER), ("addresses.txt", "\n".join(addresses))):
        (folder / name).write_text(f"{text}\n")
    done = subprocess.run(
        [command, "--vanilla", "loader.R", "lines.R", "addresses.txt", "out.txt"],
        cwd=folder, env={**os.environ, "LC_ALL": locale}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr  # a warning is a cell that was guessed
    return dict(_read((folder / "out.txt").read_text(encoding="utf-8").split("\n")))


def _read(lines: list[str]) -> Iterator[tuple[str, Loaded]]:
    at = 0
    while lines[at]:
        address, count, names, kinds = lines[at : at + 4]
        rows = lines[at + 4 : at + 4 + int(count)]
        yield (
            address,
            Loaded(dict(zip(names.split("\t"), kinds.split("\t"), strict=True)), [r.split("\t") for r in rows]),
        )
        at += 4 + int(count)


def same(got: Loaded, rows: Iterable[list[str]]) -> None:
    """Every cell: a number is that number, a blank one is missing, and all else is the text, letter by letter."""
    assert got.kinds == {name: "numeric" if name in NUMBERS else "character" for name in HEADER}
    for cells, row in zip(got.rows, rows, strict=True):
        for name, cell, text in zip(HEADER, cells, row, strict=True):
            if name not in NUMBERS:
                assert cell == text, name
            elif text:
                assert float(cell) == float(text), name
            else:
                assert cell == "NA", name


def tables(site: Path) -> dict[str, list[list[str]]]:
    """Path to the rows of every table by indicator or area on the site."""
    found = {}
    for path in (*sorted(site.glob("releases/*/csv/**/*.csv")), *sorted(site.glob("national/*/*/csv/**/*.csv"))):
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        if tuple(header) == HEADER:
            found[path.as_posix()] = rows
    return found


def test_the_lines_for_r_load_every_cell_of_every_table(rscript: str, built_site: Path, tmp_path: Path) -> None:
    expected = tables(built_site)
    releases = {path.name for path in (built_site / "releases").iterdir() if (path / "datapackage.json").is_file()}
    assert {Path(path).relative_to(built_site).parts[1] for path in expected} >= releases
    mark, value = HEADER.index("withheld"), HEADER.index("value")
    assert any(row[mark] == "c" and not row[value] for rows in expected.values() for row in rows)
    got = loaded(rscript, list(expected), tmp_path, "C.UTF-8")
    assert list(got) == list(expected)
    for path, rows in expected.items():
        same(got[path], rows)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name that it overrides)
        """Says nothing: what a test prints is of the test."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a table of odd words on this machine, as a host would give it."""
    row = [ODD.get(name, "") for name in HEADER]
    with (tmp_path / "odd.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows((HEADER, row))
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    serving = threading.Thread(target=host.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{host.server_port}/odd.csv"
    host.shutdown()
    serving.join()
    host.server_close()


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_words_that_look_like_something_else_stay_words(rscript: str, served: str, tmp_path: Path, locale: str) -> None:
    (got,) = loaded(rscript, [served], tmp_path, locale).values()
    same(got, [[ODD.get(name, "") for name in HEADER]])
