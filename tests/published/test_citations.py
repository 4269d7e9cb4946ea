"""Citations: read back by small readers of their own, always with the address of the release, and the same on the page."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.published.downloads.citations import Cited, bibtex, cff, csl_json, of_indicator, of_release, titles
from site_builder.release.releases import Release
from site_builder.vocabulary.planes import Classification
from tests.published.held import as_real, everything

SETTINGS = everything().content.settings
RELEASES = everything().releases
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
ENTRY = re.compile(r"@misc\{([^\s,{}]+),\n(.*)\}\n", re.DOTALL)
FIELD = re.compile(r"  ([a-z]+) = (.*),")
UNESCAPED = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}


def read_bibtex(data: bytes) -> dict[str, str]:
    """The fields of one entry, as TeX would set them. Raises AssertionError where BibTeX would stumble."""
    whole = ENTRY.fullmatch(data.decode())
    assert whole
    found = {"key": whole[1]}
    for line in whole[2].splitlines():
        field = FIELD.fullmatch(line)
        assert field, line
        name, value = field[1], field[2]
        assert name not in found
        if value in MONTHS:
            found[name] = str(MONTHS.index(value) + 1)
            continue
        assert value[0] == "{"
        assert value[-1] == "}"
        inner = value[1:-1]
        found[name] = inner if name == "url" else _set(inner)
    return found


def _set(text: str) -> str:
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1]
    parts = re.findall(r"\\text[a-z]+\{\}|\\[{}&%$#_]|[^\\{}&%$#_~^]", text)
    assert "".join(parts) == text, text
    return "".join(UNESCAPED.get(part, part[1:] if part[0] == "\\" else part) for part in parts)


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: str(one.id))
def test_every_form_says_the_same(built_site: Path, release: Release) -> None:
    folder = built_site / f"releases/{release.id}"
    codes = sorted(release.cells.indicators())
    assert sorted(path.stem for path in folder.glob("citation/*.bib")) == sorted(code.lower() for code in codes)
    whole = [(folder / "citation.bib", folder / "citation.json", f"releases/{release.id}/index.html")]
    for code in codes:
        place = folder / "citation" / code.lower()
        page = f"releases/{release.id}/indicators/{code.lower()}.html"
        whole.append((place.with_suffix(".bib"), place.with_suffix(".json"), page))
    keys = set()
    for book, tree, page in whole:
        entry, (item,) = read_bibtex(book.read_bytes()), json.loads(tree.read_bytes())
        assert entry["url"] == item["URL"] == f"{SETTINGS.base_url}/{page}"
        assert entry["title"] == item["title"]
        assert entry["author"] == item["author"][0]["literal"] == SETTINGS.publisher
        assert date(*item["issued"]["date-parts"][0]) == release.published_on
        assert (int(entry["year"]), int(entry["month"]), int(entry["day"])) == release.published_on.timetuple()[:3]
        assert entry["version"] == item["version"] == str(release.id)
        assert entry["note"] == item["note"]
        assert item["note"].startswith("Illustrative: every figure is invented.")
        assert item["type"] == "dataset"
        assert entry["key"] == item["id"]
        keys.add(entry["key"])
    assert len(keys) == len(whole)


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: str(one.id))
def test_the_citation_file_has_what_its_format_asks_for(built_site: Path, release: Release) -> None:
    """The Citation File Format 1.2.0: four keys are required, values of a few are bound, no key may be unknown."""
    path = built_site / f"releases/{release.id}/CITATION.cff"
    made = yaml.safe_load(path.read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(made)
    assert set(made) <= {"cff-version", "message", "title", "authors", "type", "abstract", "version", "date-released",
                         "url", "license"}  # fmt: skip
    assert made["cff-version"] == "1.2.0"
    assert made["type"] in ("software", "dataset")
    assert made["license"] == "OGL-UK-3.0"
    assert all(set(author) == {"name"} and author["name"] for author in made["authors"])
    date.fromisoformat(made["date-released"])
    assert urlsplit(made["url"]).scheme == "https"
    assert "invented" in made["abstract"]
    assert made["version"] in made["title"]


def test_a_real_release_is_not_called_invented() -> None:
    one = as_real().releases[-1]
    for cited in (of_release(SETTINGS, one), of_indicator(SETTINGS, one, "SG08")):
        for made in (bibtex(cited), csl_json(cited)):
            assert b"invented" not in made
            assert b"llustrative" not in made
    assert one.classification is Classification.DISCLOSURE_CONTROLLED


def test_a_title_is_that_of_the_release_and_not_of_today() -> None:
    one = RELEASES[0]
    files = {
        **one.files,
        "indicators.csv": one.files["indicators.csv"].replace(b"Referrals to", b"Referrals once to", 1),
    }
    older = dataclasses.replace(one, files=files)
    assert titles(older)["SG01"].startswith("Referrals once to")
    assert of_indicator(SETTINGS, older, "SG01").title.startswith("Referrals once to")
    with pytest.raises(KeyError):
        of_indicator(SETTINGS, one, "N06")


def test_a_page_offers_the_files_of_its_own_release(built_site: Path) -> None:
    latest = RELEASES[-1]
    for page, names in {
        "indicators/sg08.html": ("citation/sg08.bib", "citation/sg08.json"),
        f"releases/{latest.id}/index.html": ("citation.bib", "citation.json"),
        "data/index.html": ("citation.bib", "citation.json"),
    }.items():
        text = (built_site / page).read_text()
        for name in names:
            (link,) = re.findall(rf'href="([^"]*{re.escape(name)})"', text)
            target = (built_site / page).parent / link
            assert target.resolve() == (built_site / f"releases/{latest.id}" / name).resolve()
        assert f"release {latest.id}" in text
    assert f"releases/{latest.id}/indicators/sg08.html" in (built_site / "indicators/sg08.html").read_text()
    assert "citation/" not in (built_site / "indicators/n06.html").read_text()


@given(st.text(st.characters(exclude_categories=("C", "Z")), max_size=30))
def test_no_title_breaks_a_citation(title: str) -> None:
    cited = Cited("k", title, "A & B", "r", date(2025, 1, 2), "https://example.org/a_b", "n")
    assert read_bibtex(bibtex(cited))["title"] == title
    assert json.loads(csl_json(cited))[0]["title"] == title
    assert yaml.safe_load(cff(cited))["title"] == title
