"""Pages of each kind as rendered from samples: whole, valid, within their budgets, and blind to what is hidden."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import html5lib
import pytest

from tests.browser import samples

BUDGETS = {
    "indicator": (90, 2200),
    "borough": (85, 2000),
    "borough_indicator": (30, 600),
    "matrix": (110, 2500),
    "document": (85, 2000),
    "coverage": (110, 2500),
    "readiness": (110, 2500),
    "map": (110, 2500),
}  # kilobytes and elements by kind; every other kind has the smallest budget of prose
_ELEMENT = re.compile(rb"<[a-z]")


def _all() -> Iterator[tuple[str, str, bytes]]:
    for path, page in samples.pages().items():
        yield path, page.template, samples.RENDERER.render(page)


PAGES = list(_all())
IDS = [path for path, _, _ in PAGES]


@pytest.mark.parametrize(("path", "kind", "data"), PAGES, ids=IDS)
def test_a_page_is_valid_html_within_its_budget(path: str, kind: str, data: bytes) -> None:
    html5lib.HTMLParser(strict=True).parse(data)
    kilobytes, elements = BUDGETS.get(kind, (50, 1200))
    assert len(data) <= kilobytes * 1024
    assert len(_ELEMENT.findall(data)) <= elements


@pytest.mark.parametrize(("path", "kind", "data"), PAGES, ids=IDS)
def test_a_page_has_its_frame(path: str, kind: str, data: bytes) -> None:
    text = data.decode()
    assert text.count("<h1>") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert text.index("Worried about a child?") < text.index("<main")
    runs, sends = ("", "'none'") if kind == "embed" else ("script-src 'self'; ", "'self'")  # an embed has no script
    policy = f"default-src 'none'; {runs}style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action {sends}"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in text
    assert '<html lang="en-GB">' in text
    assert len(re.findall(r"<title>[^<]+</title>", text)) == 1
    scripts = re.findall(r"<script[^>]*>.*?</script>", text, re.DOTALL)
    assert len(scripts) == {"compare_boroughs": 3, "search": 3, "embed": 0}.get(kind, 1)
    assert all(
        re.fullmatch(r'<script defer src="(\.\./)*assets/[\w.-]+\.[0-9a-f]{10}\.js"></script>', one) for one in scripts
    )
    assert not re.search(r"\sstyle=|integrity=|\son[a-z]+=|https?://(?!example\.org|www\.w3\.org)", text)
    assert len(re.findall(r'\sid="([^"]+)"', text)) == len(set(re.findall(r'\sid="([^"]+)"', text)))


@pytest.mark.parametrize(("path", "kind", "data"), PAGES, ids=IDS)
def test_links_name_files_and_anchors_that_are_there(path: str, kind: str, data: bytes) -> None:
    text = data.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', text))
    for href in re.findall(r'href="([^"]*)"', text):
        if href.startswith("#"):
            assert href[1:] in ids
        elif not href.startswith(("tel:", "https://")):
            assert re.search(r"\.(html|css|svg|csv|ics|json|zip|bib|parquet|atom)(\?with=[a-z-]+)?(#|$)", href)


@pytest.mark.parametrize(("path", "kind", "data"), PAGES, ids=IDS)
def test_every_table_has_a_caption_and_scoped_headers(path: str, kind: str, data: bytes) -> None:
    text = data.decode()
    for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
        if 'class="' in table[:30]:
            assert "<caption" in table
            assert not re.findall(r"<th(?![^>]*scope=)[ >]", table)


def test_hidden_rows_look_alike_and_carry_nothing() -> None:
    text = samples.RENDERER.render(samples.indicator()).decode()
    found = {}
    for slug in ("city-of-london", "richmond-upon-thames"):
        match = re.search(rf'<tr id="{slug}">.*?</tr>', text, re.DOTALL)
        assert match is not None
        row = re.sub(r"<th.*?</th>", "", match.group().replace(slug, "slug"))
        found[slug] = row
        assert "data-" not in row
        assert row.count("Hidden to protect children") == 1
    assert len(set(found.values())) == 1


def test_words_of_people_are_escaped() -> None:
    page = samples.borough_indicator()
    object.__setattr__(page, "note", "<b>bold</b> & more")
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in samples.RENDERER.render(page).decode()


def test_an_illustrative_page_keeps_search_engines_out_and_says_so() -> None:
    text = samples.RENDERER.render(samples.indicator()).decode()
    assert '<meta name="robots" content="noindex">' in text
    assert "og:title" not in text
    assert text.count("Illustrative") >= 4


def test_a_page_without_trend_or_twin_has_no_empty_section() -> None:
    page = samples.indicator()
    object.__setattr__(page, "trend", None)
    object.__setattr__(page, "twin", None)
    text = samples.RENDERER.render(page).decode()
    assert 'id="trend"' not in text
    assert "twin" not in text
