"""Pages keep their budgets of bytes, elements and requests; counts, so that they do not depend on the machine."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from site_builder.published.addresses import COMPARE_BOROUGHS as COMPARE
from site_builder.published.addresses import SEARCH

# kind: pattern, KB of HTML, KB compressed, elements
BUDGETS = {
    "home": ("index.html", 50, 10, 1200),
    "theme": ("themes/*.html", 50, 10, 1200),
    "data": ("data/index.html", 64, 11, 1400),  # every form of every indicator, checksums, and what each column holds
    "data for programs": ("data/api.html", 50, 10, 1200),
    "article": ("about/**/*.html", 50, 15, 1200),
    "indicator": ("indicators/[snp][0-9g]*.html", 94, 18, 2200),  # of these 3 KB describe the page to programs
    "revisions": ("indicators/*-revisions.html", 50, 8, 1200),
    "borough": ("boroughs/*.html", 85, 16, 2000),
    "borough x indicator": ("boroughs/*/[nsp]*[0-9]*.html", 30, 7, 600),
    "profile": ("boroughs/*/profile.html", 60, 9, 1800),
    "journey": ("boroughs/*/journey.html", 30, 7, 600),
    "journey of London": ("journey.html", 50, 10, 1200),
    "stands out": ("stands-out.html", 130, 16, 4000),
    "predicted": ("predicted.html", 170, 23, 4000),
    "challenge": ("boroughs/*/challenge.html", 60, 12, 1200),
    "score card": ("boroughs/*/scorecards/*.html", 30, 7, 600),
    "board": ("boroughs/*/boards/*.html", 50, 7, 1200),
    "pack": ("boroughs/*/pack.html", 250, 22, 4000),
    "questions": ("questions.html", 50, 10, 1200),
    "map": ("map.html", 110, 14, 2500),
    "coverage": ("coverage.html", 110, 14, 2500),
    "coverage of a round": ("coverage/*.html", 110, 14, 2500),
    "readiness": ("readiness.html", 110, 14, 2500),
    "calendar": ("calendar.html", 50, 10, 1200),
    "difficulties": ("challenges.html", 50, 10, 1200),
    "model": ("model.html", 50, 10, 1200),
    "matrix": ("compare/t*.html", 110, 14, 2500),
    "compare": ("compare/[bi]*.html", 50, 10, 1200),
    "release": ("releases/*/index.html", 50, 10, 1500),
    "changes": ("releases/changes.html", 50, 8, 1500),
    "report": ("reports/*.html", 85, 16, 2000),
    "report of a release": ("releases/*/report.html", 50, 10, 1500),
    "handbook": ("indicators/handbook.html", 240, 46, 5400),  # 93 definitions in one, to print
    "common ground": ("indicators/common-ground.html", 50, 10, 1200),
    "review": ("indicators/review/*.html", 50, 10, 1200),
    "proposal": ("proposals/*.html", 50, 10, 1200),
    "reconciliation": ("reconciliation.html", 50, 10, 1500),
    "embed": ("embed/*/*.html", 60, 12, 800),
}
STYLE = (24, 7)
# KB, KB compressed, and the page that reads it; without a name: every page
SCRIPTS = {
    "site": (5, 2.5, ""),
    "search": (3, 1.6, SEARCH),
    "search-index": (48, 17, SEARCH),
    "compare": (5, 2.5, COMPARE),
    "compare-data": (90, 30, COMPARE),
}
REQUESTS = 4  # the page, its style sheet, its icon, its script; search and compare have a script more and its data
SECOND = re.compile(r"/(?:papers|filters|grids)\.")  # a second sheet, where a kind of page needs one
SHEETS = (5, 2)  # KB, KB compressed, of each second sheet: papers for a meeting, grids and small maps


@pytest.mark.parametrize("kind", BUDGETS)
def test_the_heaviest_page_of_a_kind_keeps_its_budget(built_site: Path, kind: str) -> None:
    pattern, plain, packed, elements = BUDGETS[kind]
    pages = sorted(built_site.glob(pattern))
    assert pages
    for page in pages:
        data, name = page.read_bytes(), page.relative_to(built_site).as_posix()
        assert len(data) <= plain * 1024, f"{name}: {len(data)} bytes"
        assert len(gzip.compress(data, 6)) <= packed * 1024, f"{name}: {len(gzip.compress(data, 6))} bytes compressed"
        assert len(re.findall(rb"<[a-zA-Z]", data)) <= elements, name


def test_the_style_sheet_keeps_its_budget(built_site: Path) -> None:
    (style,) = built_site.glob("assets/site.*.css")
    assert len(style.read_bytes()) <= STYLE[0] * 1024
    assert len(gzip.compress(style.read_bytes(), 6)) <= STYLE[1] * 1024


@pytest.mark.parametrize("name", ["papers", "grids"])
def test_a_second_sheet_keeps_its_budget(built_site: Path, name: str) -> None:
    (style,) = built_site.glob(f"assets/{name}.*.css")
    assert len(style.read_bytes()) <= SHEETS[0] * 1024
    assert len(gzip.compress(style.read_bytes(), 6)) <= SHEETS[1] * 1024


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_keeps_its_budget_and_is_read_where_it_should_be(built_site: Path, name: str) -> None:
    (script,) = built_site.glob(f"assets/{name}.*.js")
    data = script.read_bytes()
    assert len(data) <= SCRIPTS[name][0] * 1024
    assert len(gzip.compress(data, 6)) <= SCRIPTS[name][1] * 1024
    read_by = SCRIPTS[name][2]
    for page in ("index.html", "404.html", "boroughs/camden/sg08.html", SEARCH, COMPARE):
        assert (script.name in (built_site / page).read_text()) is (read_by in ("", page)), page
    assert hashlib.sha256(data).hexdigest().startswith(script.name.split(".")[1])


def test_a_page_asks_for_little_and_for_nothing_from_elsewhere(built_site: Path) -> None:
    for page in sorted(built_site.rglob("*.html")):
        text = page.read_text()
        asked = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|<(?:img|script)[^>]* src="([^"]+)"', text)
        asked = [one or other for one, other in asked]
        scripts = [address for address in asked if address.endswith(".js")]
        more = 2 if page in (built_site / COMPARE, built_site / SEARCH) else 0
        ours = 0 if "/embed/" in page.as_posix() else 1  # an embed has no script
        assert len(scripts) == len(re.findall('<script(?! type="application/ld)', text)) == ours + more, page.name
        assert 1 + len(asked) - more <= REQUESTS + len(SECOND.findall(text)), page.name
        if page.name != "404.html":  # served at any depth, so its own files are named in full
            assert not [address for address in asked if address.startswith(("http", "//"))], page.name


def test_the_site_keeps_the_size_of_the_settings(built_site: Path) -> None:
    size = sum(path.stat().st_size for path in built_site.rglob("*") if path.is_file())
    assert size <= 300_000_000


def test_every_page_has_the_signpost_one_heading_and_a_title_of_its_own(built_site: Path) -> None:
    titles: dict[str, str] = {}
    for page in sorted(built_site.rglob("*.html")):
        text, name = page.read_text(), page.relative_to(built_site).as_posix()
        assert "Worried about a child?" in text, name
        assert len(re.findall(r"<h1[ >]", text)) == 1, name
        (title,) = re.findall(r"<title>(.*?)</title>", text)
        assert title not in titles, f"{name} and {titles.get(title)}"
        titles[title] = name
        assert ' style="' not in text, name
        assert "integrity=" not in text, name
