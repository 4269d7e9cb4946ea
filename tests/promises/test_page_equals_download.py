"""Promise 7: a page's numbers are in its download, digit for digit; hidden ones read "[c]" on both."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
HTML = "{http://www.w3.org/1999/xhtml}"
COUNTED = (
    "numerator", "denominator", "value", "expected", "lower_95", "upper_95", "neighbours_median",
    "funnel_lower_95", "funnel_upper_95", "funnel_lower_998", "funnel_upper_998",
)  # fmt: skip
MARKS = re.compile(r"\[(c|x|z|u|low)\]")


def pages(site: Path, pattern: str) -> list[Path]:
    """Pages that have a download of their own."""
    found = [path for path in sorted(site.glob(pattern)) if downloads(path)]
    assert found, pattern
    return found


def downloads(page: Path) -> list[Path]:
    """The tables that a page offers."""
    return [page.parent / href for href in sorted(set(re.findall(r'href="([^"]+\.csv)"', page.read_text())))]


def cells(page: Path) -> Iterator[str]:
    """The words of every data cell of every table, without what is said to screen readers alone."""
    tree = html5lib.parse(page.read_text(), namespaceHTMLElements=True)
    for cell in tree.iter(f"{HTML}td"):
        yield " ".join(words(cell))


def words(element) -> Iterator[str]:  # type: ignore[no-untyped-def]  # an element of a tree without types
    if element.get("class") not in ("vh", "ob", "dag") and element.tag != f"{HTML}svg":
        yield element.text or ""
        for child in element:
            yield from words(child)
            yield child.tail or ""


def printed(page: Path) -> tuple[set[str], set[str]]:
    """Numbers and marks in the tables of a page, numbers without their commas."""
    text = [cell for cell in cells(page)]
    numbers = {match.replace(",", "") for cell in text for match in NUMBER.findall(without_periods(cell))}
    return numbers, {match for cell in text for match in MARKS.findall(cell)}


def without_periods(cell: str) -> str:
    """A cell without dates, years and codes, which are names and not figures."""
    return re.sub(
        r"\b(?:19|20)\d\d(?:[-/]\d\d)?(?:-Q\d)?\b|\b\d{1,2} (?=[A-Z][a-z]+)|\b[A-Z]+\d+\w*\b|\b\d+ of \d+\b|per [\d,]+",
        " ",
        cell,
    )


def in_downloads(files: list[Path]) -> tuple[set[str], set[str]]:
    """Values and marks in the tables that a page offers."""
    numbers: set[str] = set()
    marks: set[str] = set()
    for path in files:
        for row in csv.DictReader(io.StringIO(path.read_text())):
            numbers |= {row[name] for name in COUNTED if row.get(name)}
            marks |= {row[name] for name in ("numerator_withheld", "denominator_withheld", "withheld") if row.get(name)}
    return numbers, marks


@pytest.mark.parametrize(
    "pattern",
    [
        "indicators/*.html",
        "boroughs/*.html",
        "boroughs/camden/*.html",
        "boroughs/city-of-london/*.html",
        "predicted.html",
        "compare/t*.html",
    ],
)
def test_every_number_in_a_table_is_in_the_pages_download(built_site: Path, pattern: str) -> None:
    for page in pages(built_site, pattern):
        numbers, marks = printed(page)
        known, known_marks = in_downloads(downloads(page))
        assert numbers - known == set(), f"{page.relative_to(built_site)}: not in its download"
        assert marks - known_marks == set(), f"{page.relative_to(built_site)}: a mark that its download does not have"


def test_every_hidden_cell_of_a_download_is_a_hidden_cell_of_the_page(built_site: Path) -> None:
    for page in pages(built_site, "indicators/sg*.html"):
        (file,) = [path for path in downloads(page) if "-funnel" not in path.name]
        hidden = any(row["withheld"] == "c" for row in csv.DictReader(io.StringIO(file.read_text())))
        assert ("Hidden to protect children" in page.read_text()) >= hidden or "[c]" not in page.read_text()


def test_the_tally_on_a_releases_page_is_its_download(built_site: Path) -> None:
    for page in sorted(built_site.glob("releases/*/index.html")):
        (file,) = [path for path in downloads(page) if path.name.endswith("what-is-hidden.csv")]
        rows = list(csv.DictReader(io.StringIO(file.read_text())))
        known = {row[column] for row in rows for column in ("figures", "printed", "hidden", "other")}
        tree = html5lib.parse(page.read_text(), namespaceHTMLElements=True)
        (section,) = [part for part in tree.iter(f"{HTML}section") if part.get("id") == "hidden"]
        shown = [" ".join(words(cell)).strip().replace(",", "") for cell in section.iter(f"{HTML}td")]
        assert len(shown) == 6 * len({row["indicator"] for row in rows})
        assert set(shown) - {"–"} <= known, page
        first = " ".join(words(next(section.iter(f"{HTML}p"))))
        assert {number.replace(",", "") for number in NUMBER.findall(first)} <= known, page
