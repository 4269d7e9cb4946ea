"""Charts that stand alone: whole, small, without script, and with the code that shows them elsewhere."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from site_builder.published import addresses
from site_builder.published.build import CHARTS
from site_builder.published.compose.embed import code, offered, pages, views
from site_builder.published.compose.indicator import indicator_page
from site_builder.published.compose.values import Drawn
from site_builder.published.pages import EmbedPage, IndicatorPage
from site_builder.published.tokens import read_tokens
from tests.published.held import RENDERER, ROOT, everything, frames_of

LIGHT = read_tokens((ROOT / "templates/assets/site.css").read_text(encoding="utf-8")).light
BASE = everything().content.settings.base_url


class Frame(HTMLParser):
    """The attributes of the first frame in a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.given: dict[str, str | None] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.given = dict(attrs)


def page_of(name: str) -> IndicatorPage:
    inputs = everything()
    return indicator_page(frames_of(inputs), inputs, inputs.figures[name], Drawn(ROOT / CHARTS, LIGHT))


def embeds(name: str) -> dict[str, EmbedPage]:
    inputs, page = everything(), page_of(name)
    made = pages(frames_of(inputs), inputs.figures[name], lambda: page, views(page))
    return {path: one() for path, one in made.items()}


def test_every_embed_of_the_site_is_whole(built_site: Path) -> None:
    found = sorted((built_site / "embed").rglob("*.html"))
    assert len(found) >= 2 * len(everything().figures)
    for path in found:
        text = path.read_text()
        name = path.relative_to(built_site).as_posix()
        indicator = addresses.indicator(path.parent.name)
        assert len(text) <= 60 * 1024
        assert '<meta name="robots" content="noindex">' in text
        assert f'<link rel="canonical" href="{BASE}/{indicator}">' in text
        assert not re.search(r"<script|\sstyle=|og:", text), name
        assert text.index("Worried about a child?") < text.index("<main")
        assert "Open Government Licence v3.0" in text
        assert "<details><summary>Show this chart as a table</summary>" in text
        assert len(re.findall(r"<tbody>.*?</tbody>", text, re.DOTALL)) == 1
        invented = "Illustrative" in (built_site / indicator).read_text().partition("<main")[0]
        assert ("Every figure on this page is invented" in text) is invented, name
        assert ('<strong class="tag">Illustrative</strong>' in text) is invented, name
        framed = [Frame(unescape(code)).given for code in re.findall(r"<code>(.*?)</code>", text)]
        kept = [f"{BASE}/releases/{everything().releases[-1].id}/{name}"] if invented else []
        assert [one["src"] for one in framed] == [*kept, f"{BASE}/{name}"]
        title = unescape(re.findall(r"<title>(.*?) – London Safeguarding", text)[0])
        assert {one["title"] for one in framed} == {title}


def test_each_chart_of_a_page_leads_to_its_embed_and_no_other(built_site: Path) -> None:
    every = {path.relative_to(built_site).as_posix() for path in (built_site / "embed").rglob("*.html")}
    named: set[str] = set()
    for name in everything().figures:
        text = (built_site / addresses.indicator(name)).read_text()
        links = re.findall(r'href="\.\./(embed/[^"]+)">Open or embed ', text)
        drawn = ('id="trend"', 'id="unusual"', 'class="spread"', 'class="map"')
        assert len(links) == sum(mark in text for mark in drawn), name
        named |= set(links)
    assert named == every


@pytest.mark.parametrize("name", ["SG08", "N16", "SG14"])
def test_an_embed_has_the_words_and_the_table_of_its_page(name: str) -> None:
    page, made = page_of(name), embeds(name)
    trend = made.get(addresses.embed(name, "trend"))
    assert (trend is None) is (page.trend is None)
    if trend and page.trend:
        assert (trend.chart, trend.heading) == (page.trend.chart, page.trend.heading)
        assert trend.table == page.trend.chart.table
    for view in ("spread", "map"):
        one = made.get(addresses.embed(name, view))
        if one is not None:
            names = [str(row[0]).partition(" (")[0] for row in one.table.rows]
            assert names == [row.name for row in page.boroughs.table.rows]
            assert [row[1] for row in one.table.rows] == [row.value for row in page.boroughs.table.rows]
    for one in made.values():
        html5lib.HTMLParser(strict=True).parse(RENDERER.render(one))


def test_squares_lead_to_the_boroughs_own_pages() -> None:
    squares = embeds("N06")["embed/n06/map.html"].squares
    assert squares
    assert {tile.href for tile in squares.tiles} == {
        f"../../boroughs/{area.slug}/n06.html" for area in everything().areas.boroughs
    }


def test_hidden_rows_of_an_embed_look_alike() -> None:
    rows = [row for row in embeds("SG08")["embed/sg08/spread.html"].table.rows if getattr(row[1], "state", "") == "c"]
    assert rows
    assert len({row[1:] for row in rows}) == 1


def test_a_draft_says_so_once() -> None:
    inputs = everything()
    frames = dataclasses.replace(frames_of(inputs), draft=True)
    page = indicator_page(frames, inputs, inputs.figures["SG08"], Drawn(ROOT / CHARTS, LIGHT))
    (one, *_) = pages(frames, inputs.figures["SG08"], lambda: page, views(page)).values()
    assert [notice.tag for notice in one().frame.notices] == ["DRAFT, not published", "Illustrative data"]


def test_what_is_pasted_is_one_element_whatever_a_title_holds() -> None:
    made = code("https://example.org/a.html?x=1&y=2", 'A "quoted" <title> & more', 500)
    assert Frame(made).given == {
        "src": "https://example.org/a.html?x=1&y=2",
        "title": 'A "quoted" <title> & more',
        "loading": "lazy",
        "width": "100%",
        "height": "500",
    }
    assert made.count("<") == 2


def test_a_page_without_a_chart_offers_none() -> None:
    page = dataclasses.replace(page_of("SG08"), trend=None, funnel=None)
    bare = dataclasses.replace(page, boroughs=page.boroughs._replace(strip=None))
    assert views(bare) == ("map",)
    made = offered(bare, "SG08")
    assert [link.label for link in made.boroughs.tools.links][-1] == "Open or embed the map"
    assert made.trend is None
