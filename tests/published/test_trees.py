"""Every release stands for good: its pages, tables and drawings below its own address, of its own figures."""

from __future__ import annotations

import csv
import dataclasses
import io
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from site_builder.published import inputs as loading
from site_builder.published.build import Builder
from site_builder.published.inputs import Inputs, load_inputs
from site_builder.published.rebase import rebased
from site_builder.published.sections import api, ees
from site_builder.published.tables import Tables
from site_builder.release.policy import load_policy
from site_builder.vocabulary.areas import Area, Areas, Level
from site_builder.vocabulary.refusals import ConfigurationError
from tests.building import ROOT
from tests.published.held import everything

BASE = "https://london-safeguarding-benchmarks.example"


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return everything()


class Rows(HTMLParser):
    """First cell and first number of each row of the table of boroughs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += data


def test_a_page_of_a_release_shows_the_figures_of_that_release(built_site: Path, inputs: Inputs) -> None:
    for release in inputs.releases:
        folder = built_site / "releases" / str(release.id)
        for code in release.cells.indicators():
            rows = list(csv.DictReader(io.StringIO((folder / f"csv/illustrative-{code.lower()}.csv").read_text())))
            led = str(inputs.as_of(release).figures[code].headline)
            last = [row for row in rows if row["period"] == led and row["area"].startswith("E09")]
            assert len(last) == 33
            shown = Rows((folder / f"indicators/{code.lower()}.html").read_text()).cells
            for row in last:
                found = [cells for cells in shown if cells and cells[0].strip().startswith(row["area_name"])]
                printed = " ".join(found[0])
                if row["value"]:
                    assert f"{Decimal(row['value']):,}" in printed, (code, row["area"])
                elif row["withheld"] == "c":
                    assert "Hidden to protect children" in printed, (code, row["area"])


def test_an_older_page_says_so_and_leads_to_the_newest(built_site: Path, inputs: Inputs) -> None:
    first, last = inputs.releases[0], inputs.releases[-1]
    old = (built_site / f"releases/{first.id}/indicators/sg08.html").read_text()
    assert f"This is release {first.id}, published 18 July 2024." in old
    assert f'<a href="../../../indicators/sg08.html">The same page in release {last.id}</a>' in old
    assert f'<link rel="canonical" href="{BASE}/indicators/sg08.html">' in old
    new = (built_site / f"releases/{last.id}/indicators/sg08.html").read_text()
    assert "There is a newer one" not in new


def test_the_newest_page_leads_to_the_one_that_stays(built_site: Path, inputs: Inputs) -> None:
    name = str(inputs.releases[-1].id)
    page = (built_site / "indicators/sg08.html").read_text()
    assert f'<a href="../releases/{name}/indicators/sg08.html">The page of release {name}</a> stays as it is.' in page
    assert f"{BASE}/releases/{name}/indicators/sg08.html" in page  # as it is cited
    assert "stays as it is" not in (built_site / "indicators/n06.html").read_text()


def test_a_correction_is_told_on_the_release_that_it_corrects(built_site: Path) -> None:
    page = (built_site / "releases/2024-25-Q2/boroughs/camden.html").read_text()
    assert "Release 2024-25-Q2.1 corrected it on 20 February 2025." in page


def test_figures_of_a_release_do_not_change_with_those_that_came_later(inputs: Inputs) -> None:
    first = inputs.releases[0]
    then = inputs.as_of(first)
    assert then.latest is first
    assert then.as_of(inputs.releases[-1]).latest is inputs.releases[-1]
    assert not then.nationals
    assert set(then.figures) == set(first.cells.indicators())


CAMDEN, NEWTOWN = "E09000007", Area("E09000034", "Newtown", "newtown", Level.LOCAL_AUTHORITY, region="E13000001")


def with_places(inputs: Inputs, areas: Areas) -> Inputs:
    """The same inputs on another day, when the list of places is another one."""
    return dataclasses.replace(inputs, areas=areas)


def test_a_place_that_is_renamed_moved_or_new_changes_no_release_that_stands(inputs: Inputs) -> None:
    renamed = dataclasses.replace(inputs.areas.by_code[CAMDEN], name="Camdenshire", region="E13000002")
    others = [area for area in inputs.areas.all if area.code != CAMDEN]
    later = with_places(inputs, Areas.of([*others, renamed, NEWTOWN]))
    release = inputs.releases[0]
    then, now = Tables(inputs.as_of(release)), Tables(later.as_of(release))
    for code in release.cells.indicators():
        assert now.indicator_csv(code) == then.indicator_csv(code)
    assert set(now.files) == set(then.files)
    builders = [Builder(ROOT, one, load_policy(ROOT)) for one in (inputs, later)]
    for section, named in ((ees, "plans"), (api, f"{release.id}/api/areas.json")):
        same, other = (section.files(one.making) for one in builders)
        assert set(same) == set(other)
        assert [same[path]() == other[path]() for path in same if named in path].count(False) == 0
        assert any(named in path for path in same)
    assert later.as_of(release).areas.by_code[CAMDEN].region == "E13000001"


def test_a_place_that_has_gone_is_asked_for(inputs: Inputs) -> None:
    later = with_places(inputs, Areas.of(area for area in inputs.areas.all if area.code != CAMDEN))
    with pytest.raises(ConfigurationError) as told:
        later.as_of(inputs.releases[0])
    assert CAMDEN in told.value.findings[0].problem


def test_a_place_that_no_release_has_is_refused_before_pages_look_for_its_figures(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "load_areas", lambda _: Areas.of([*inputs.areas.all, NEWTOWN]))
    with pytest.raises(ConfigurationError) as told:
        load_inputs(ROOT)
    assert "Newtown (E09000034) is no place of release 2024-25-Q4" in told.value.findings[0].problem


@pytest.mark.parametrize(
    ("link", "led"),
    [
        ("../boroughs/camden.html", "../boroughs/camden.html"),  # within the release
        ("../boroughs/camden.html#done", "../boroughs/camden.html#done"),
        ("../boroughs/camden/sg08.html#x", "../boroughs/camden.html"),  # a page that the release has not: its borough
        ("../boroughs/camden/sg09.html", "sg09.html"),  # or its indicator
        ("../themes/t1.html", "../../../themes/t1.html"),  # out of it
        ("../compare/boroughs.html?with=camden&amp;a=b#c", "../../../compare/boroughs.html?with=camden&amp;a=b#c"),
        ("../releases/R/csv/sg08.csv", "../csv/sg08.csv"),
        ("latest:indicators/sg08.html", "../../../indicators/sg08.html"),
        ("#top", "#top"),
        ("https://example.org/a", "https://example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("", ""),
    ],
)
def test_each_link_of_a_page_that_moves_leads_to_what_it_named(link: str, led: str) -> None:
    own = {"indicators/sg08.html", "indicators/sg09.html", "boroughs/camden.html"}
    page = f'<p title="href=x"><a class="a" href="{link}">a</a></p>'
    moved = rebased(page.encode(), "indicators/sg08.html", "releases/R/", own).decode()
    assert moved == f'<p title="href=x"><a class="a" href="{led}">a</a></p>'
