"""Promise 8: illustrative data says so, on its page, in its files and to search engines; national figures are sourced."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

NOTICE = "Illustrative data"
LICENCE_LINE = "Contains public sector information licensed under the Open Government Licence v3.0"


def pages(site: Path, pattern: str) -> list[Path]:
    found = sorted(site.glob(pattern))
    assert found, pattern
    return found


def test_every_page_of_an_illustrative_indicator_says_so_and_asks_not_to_be_indexed(built_site: Path) -> None:
    marked = [p for p in pages(built_site, "indicators/*.html") if "illustrative-" in p.read_text()]
    assert len(marked) >= 22
    for page in marked:
        text = page.read_text()
        assert NOTICE in text, page.name
        assert '<meta name="robots" content="noindex">' in text, page.name


def test_a_national_page_names_its_source_and_licence_and_is_not_called_illustrative(built_site: Path) -> None:
    for page in pages(built_site, "indicators/n*.html"):
        text = page.read_text()
        if "/national/" not in text:
            continue  # announced: no figure yet, so no source to print
        assert LICENCE_LINE in text, page.name
        assert "Department for Education" in text, page.name
        assert NOTICE not in text, page.name
        assert 'content="noindex"' not in text, page.name


def test_every_file_made_from_invented_figures_says_so_in_its_name_and_in_each_row(built_site: Path) -> None:
    files = pages(built_site, "releases/*/csv/*.csv")
    for path in files:
        assert path.name.startswith("illustrative-"), path
        rows = list(csv.DictReader(io.StringIO(path.read_text())))
        assert {row["classification"] for row in rows} == {"synthetic"}, path


@pytest.mark.parametrize("name", ["sitemap.xml"])
def test_no_illustrative_page_is_offered_to_search_engines(built_site: Path, name: str) -> None:
    for address in re.findall(r"<loc>[^<]*?//[^/<]*/([^<]*)</loc>", (built_site / name).read_text()):
        assert 'content="noindex"' not in (built_site / address).read_text(), address


def test_every_drawing_that_can_be_downloaded_says_whose_figures_it_shows_and_whether_they_are_invented(
    built_site: Path,
) -> None:
    invented = pages(built_site, "releases/*/charts/*")
    national = pages(built_site, "national/*/*/charts/*")
    for path in (*invented, *national, *pages(built_site, "data/journey/*")):
        if path.suffix == ".png":
            assert path.with_suffix(".svg").is_file(), path  # the sweep compares the two
            continue
        words = readable(path)
        assert ("Illustrative: invented figures" in words) == (path in invented), path
        assert re.search(r"release \d{4}-\d\d-Q\d" if path in invented else r"reporting year \d{4}", words), path


def readable(path: Path) -> str:
    """The words of a drawing that anybody sees, in a line."""
    text = path.read_text()
    if path.suffix == ".svg":
        return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", text))
    loaded = json.loads(text)
    assert "Illustrative" not in loaded["description"] or path.name.startswith("illustrative-"), path
    return " ".join((*loaded["title"]["text"], *loaded["title"]["subtitle"]))
