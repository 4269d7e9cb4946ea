"""Home, lists and the data page from the committed packages: figures as worked out, files that are there, no claim too
many."""

from __future__ import annotations

import dataclasses
import json
import posixpath
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import html5lib
import pytest

from site_builder.published import addresses
from site_builder.published.build import Builder
from site_builder.published.compose import data, home, lists
from site_builder.published.compose.theme import theme
from site_builder.published.compose.values import shown
from site_builder.published.downloads import lists as lists_for_programs
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages import Page
from site_builder.published.pages_indicator import IndicatorLine
from site_builder.published.pages_site import DataPage
from site_builder.published.render import Renderer
from site_builder.published.sections.releases import forms
from site_builder.release.package import sha256
from site_builder.release.policy import load_policy
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.trends import Trend
from site_builder.vocabulary.planes import Classification

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates")
BASE = "https://benchmarks.example.org"
_ELEMENT = re.compile(rb"<[a-z]")
_CLEAR = (Trend.INCREASING, Trend.DECREASING)


@pytest.fixture(scope="module")
def national(everything: Inputs) -> Inputs:
    """The same before the first release."""
    return dataclasses.replace(everything, releases=())


def frames_of(inputs: Inputs) -> Frames:
    latest = inputs.latest
    dated = (str(latest.id), latest.published_on) if latest else None
    return Frames.of(inputs.content.settings, inputs.areas, RENDERER.assets, dated)


def pages_of(inputs: Inputs) -> list[Page]:
    frames = frames_of(inputs)
    made: list[Page] = [home.home(frames, inputs, archived), lists.indicators(frames, inputs)]
    made.append(lists.themes(frames, inputs))
    return made + [theme(frames, inputs, one) for one in inputs.content.themes.values()]


def archived(path: str) -> bytes:
    """What stands at a path, where only its size is asked for."""
    return b"packed" * len(path)


def data_page_of(builder: Builder) -> DataPage:
    return data.data_page(builder.frames, builder.inputs, forms(builder.inputs), lambda path: builder.site[path]())


def lines_of(inputs: Inputs) -> list[IndicatorLine]:
    return [line for group in lists.indicators(frames_of(inputs), inputs).groups for line in group.lines]


# ---- every list


def test_pages_are_valid_within_their_budget_with_and_without_a_release(everything: Inputs, national: Inputs) -> None:
    for page in (*pages_of(everything), *pages_of(national)):
        rendered = RENDERER.render(page)
        html5lib.HTMLParser(strict=True).parse(rendered)
        assert len(rendered) <= 50 * 1024
        assert len(_ELEMENT.findall(rendered)) <= 1200


def test_every_indicator_stands_once_with_the_figure_that_was_worked_out(everything: Inputs) -> None:
    lines = lines_of(everything)
    assert sorted(line.code for line in lines) == sorted(everything.catalogue)
    for line in lines:
        one = everything.figures.get(line.code)
        if one is None or one.headline is None:
            assert line.london is None
            assert line.status
            continue
        figure = shown(one.points[LONDON, one.headline], one)
        assert line.london is not None
        assert line.london.text == figure.text
        assert line.period
        assert bool(line.tag) is (one.source.classification == "synthetic")


def test_lists_say_nothing_of_invented_figures_before_there_are_any(national: Inputs) -> None:
    for page in pages_of(national):
        text = RENDERER.render(page).decode()
        assert "nvented" not in text
        assert "noindex" not in text
    assert all(not line.tag for line in lines_of(national))


def test_a_theme_keeps_national_figures_apart_and_asks(everything: Inputs) -> None:
    for one in everything.content.themes.values():
        page = theme(frames_of(everything), everything, one)
        listed = [line.code for line in page.awaited.lines] if page.awaited else []
        assert not [code for code in listed if code in everything.figures]
        for table in page.tables:
            assert table.rows
            assert bool(table.tag) is bool(table.came) is (table.slug == "returns")
            for row in table.rows:
                assert table.slug == ("national" if everything.figures[row.code].source.national else "returns")
                listed.append(row.code)
        assert sorted(listed) == sorted(i.code for i in everything.catalogue.values() if i.theme == one.code)


def test_a_theme_draws_and_counts_what_pages_print_of_every_borough(everything: Inputs) -> None:
    rows = [
        row
        for one in everything.content.themes.values()
        for table in theme(frames_of(everything), everything, one).tables
        for row in table.rows
    ]
    assert {row.code for row in rows} == set(everything.figures)
    for row in rows:
        data = everything.figures[row.code]
        assert data.headline is not None
        points = [point for point in data.at(data.headline) if point.variation]
        beyond = [point.variation.split("-")[1] for point in points if point.variation != "within"]
        sides = (f"{beyond.count('low')} lower", f"{beyond.count('high')} higher") if points else ("", "")
        assert (row.lower, row.higher) == sides
        if row.spread:
            printed = {p.value.plain: p.value.text for p in data.at(data.headline) if p.value.is_shown}
            ends = [printed[plain] for plain in (min(printed, key=float), max(printed, key=float))]
            shown_of = sum(p.value.is_shown for p in data.at(data.headline))
            assert row.spread.words == f"{shown_of} boroughs, from {ends[0]} to {ends[1]}"
    assert sum(row.spread is not None for row in rows) > 40


# ---- home


def test_home_shows_national_figures_alone_and_may_be_indexed(everything: Inputs) -> None:
    page = home.home(frames_of(everything), everything, archived)
    assert not page.frame.noindex
    assert page.frame.notices == ()
    front = {everything.catalogue[code].title: code for code in everything.content.settings.front_page}
    assert page.moved
    for row in page.moved:
        one = everything.figures[front[row.title]]
        assert one.source.national
        assert one.trends[LONDON].verdict in _CLEAR
        assert row.london.text == one.series(LONDON)[-1].value.text
        assert row.period.endswith(str(one.series(LONDON)[-1].period.end.year))
        assert row.period.startswith(("per ", "%"))


def test_what_did_not_clearly_move_is_left_out(everything: Inputs) -> None:
    titles = {row.title for row in home.home(frames_of(everything), everything, archived).moved}
    still = [
        code
        for code in everything.content.settings.front_page
        if code in everything.figures and everything.figures[code].trends[LONDON].verdict is Trend.NO_CLEAR_CHANGE
    ]
    assert still
    assert titles.isdisjoint(everything.catalogue[code].title for code in still)


def test_an_invented_figure_that_clearly_moved_stays_off_the_first_page(everything: Inputs) -> None:
    moved = [row.title for row in home.home(frames_of(everything), everything, archived).moved]
    code = next(c for c in everything.content.settings.front_page if everything.catalogue[c].title == moved[0])
    one = everything.figures[code]
    source = dataclasses.replace(one.source, national=False, classification="synthetic")
    inputs = dataclasses.replace(everything)
    vars(inputs)["figures"] = {**everything.figures, code: dataclasses.replace(one, source=source)}
    assert [row.title for row in home.home(frames_of(inputs), inputs, archived).moved] == moved[1:]


def test_home_counts_and_says_which_figures_are_invented(everything: Inputs, national: Inputs) -> None:
    page = home.home(frames_of(everything), everything, archived)
    assert page.lead.startswith(f"{len(everything.catalogue)} indicators for 33 boroughs")
    assert "invented for now" in page.standing
    latest = everything.latest
    assert latest is not None
    assert f"release {latest.id}" in page.standing
    assert home.home(frames_of(national), national, archived).standing.endswith("No borough has sent a return yet.")


def test_home_gives_analysts_everything_with_its_size_and_checksum(builder: Builder) -> None:
    page = home.home(builder.frames, builder.inputs, lambda path: builder.site[path]())
    (panel,) = [one for one in page.panels if one.heading == "For analysts"]
    packed, sums = panel.links[:2]
    assert packed.label.endswith(f", {data.size(len(builder.site[packed.href]()))}")
    assert packed.href.rpartition("/")[2] in builder.site[sums.href]().decode()


def test_home_leads_to_every_borough_twice(everything: Inputs) -> None:
    page = home.home(frames_of(everything), everything, archived)
    wanted = {addresses.borough(area.slug) for area in everything.areas.boroughs}
    assert {link.href for link in page.boroughs} == wanted
    assert {tile.href for tile in page.finder.tiles} == wanted


# ---- data


def test_every_file_of_the_data_page_is_there_with_its_size(builder: Builder) -> None:
    page = data_page_of(builder)
    sized = 0
    files = [file for one in page.whole for file in one.files]
    for file in files:
        path = posixpath.normpath(posixpath.join("data", file.href))
        assert path in builder.site
        content = builder.site[path]()
        rows = f"{len(content.splitlines()) - 1:,} rows, " if path.endswith(".csv") else ""
        assert file.size == rows + data.size(len(content))
        assert f"{sha256(content)}  {path}" in page.checksums.splitlines()
        sized += 1
    assert sized == len(files) == len(page.checksums.splitlines())
    for row in (row for group in page.indicators for row in group.rows):
        for link in row.files:
            assert posixpath.normpath(posixpath.join("data", link.href)) in builder.site


def test_the_data_page_is_valid_within_its_budget_and_names_its_sources(builder: Builder) -> None:
    page = data_page_of(builder)
    rendered = RENDERER.render(page)
    html5lib.HTMLParser(strict=True).parse(rendered)
    assert len(rendered) <= 64 * 1024
    for package in builder.inputs.nationals:
        assert all(line in page.licence for line in package.attribution)
    latest = builder.inputs.latest
    assert latest is not None
    assert addresses.release(str(latest.id)) in page.cite
    assert [recipe.tool for recipe in page.recipes] == ["Python with pandas", "R", "Excel", "DuckDB"]


def test_files_of_invented_figures_say_so(builder: Builder) -> None:
    page = data_page_of(builder)
    for row in (row for group in page.indicators for row in group.rows):
        invented = not builder.inputs.figures[row.code].source.national
        assert all((re.search("/illustrative[-_]", link.href) is not None) is invented for link in row.files)
    for one in page.whole:
        assert all(("(invented figures)" in one.title) is ("/releases/" in file.href) for file in one.files)


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 KB"), (1999, "1 KB"), (52_000, "52 KB"), (999_999, "999 KB"), (4_123_456, "4.1 MB")]
)
def test_sizes_in_words(count: int, words: str) -> None:
    assert data.size(count) == words


# ---- lists for machines


def test_versions_stand_newest_first_with_their_chain(everything: Inputs) -> None:
    table = json.loads(lists_for_programs.versions_json(everything, BASE))
    entries = table["releases"]
    names = [str(release.id) for release in everything.releases]
    assert [entry["id"] for entry in entries] == names[::-1]
    assert table["latest"] == names[-1]
    assert [entry["supersedes"] for entry in entries] == [*names[-2::-1], None]
    assert [entry["superseded_by"] for entry in entries] == [None, *names[:0:-1]]
    assert [entry["status"] for entry in entries] == ["current"] + ["superseded"] * (len(names) - 1)
    for entry, release in zip(entries, reversed(everything.releases), strict=True):
        assert entry["datapackage_sha256"] == sha256(release.files["datapackage.json"])
        assert entry["url"] == f"{BASE}/releases/{release.id}/index.html"
        assert entry["note"] == ("Correction" if release.id.correction else "")


def test_versions_before_the_first_release(national: Inputs) -> None:
    assert json.loads(lists_for_programs.versions_json(national, BASE)) == {
        "schema": "lsb-versions/1", "kind": "releases", "latest": None, "releases": []
    }  # fmt: skip


def test_the_sitemap_is_sorted_escaped_and_complete(national: Inputs) -> None:
    made = ElementTree.fromstring(lists_for_programs.sitemap(national, ["b.html", "a&c.html"], BASE))
    assert [place.text for place in made.iter() if place.tag.endswith("loc")] == [f"{BASE}/a&c.html", f"{BASE}/b.html"]


def test_robots_name_the_sitemap() -> None:
    assert lists_for_programs.robots(BASE).decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {BASE}/sitemap.xml",
    ]


def test_real_figures_are_called_invented_nowhere(everything: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of a release of real returns, made here of the invented ones under another name."""
    monkeypatch.setattr("site_builder.published.build.held", lambda _: ())  # the archive, whose size stands on a page
    real = tuple(
        dataclasses.replace(one, classification=Classification.DISCLOSURE_CONTROLLED) for one in everything.releases
    )
    site = Builder(ROOT, dataclasses.replace(everything, releases=real), load_policy(ROOT)).site
    for path in ("index.html", "indicators/index.html", "indicators/sg01.html", "indicators/n17.html",
                 "boroughs/index.html", "boroughs/camden.html", "boroughs/camden/sg01.html"):  # fmt: skip
        text = re.sub(r"<[^>]*>", " ", site[path]().decode())
        assert not re.search("illustrative|invented", text, re.IGNORECASE), path
