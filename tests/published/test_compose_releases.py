"""Pages of releases: two numbers side by side only where both were printed, and nothing counted of what is hidden but the
marks that anybody can count."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import html5lib
import pytest

from site_builder.published import addresses
from site_builder.published.compose import data, release_changes, release_report, releases
from site_builder.published.figures import thousands
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages import Page
from site_builder.published.pages_site import ChangeGroup, ReleasePage
from site_builder.published.render import Renderer
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.releases import Release
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates")
CAMDEN, HACKNEY, ALL_LONDON = "E09000007", "E09000012", "E12000007"
FIRST, SECOND = "2023-24-Q4", "2024-25-Q1"
_ELEMENT = re.compile(rb"<[a-z]")


@pytest.fixture(scope="module")
def frames(everything: Inputs) -> Frames:
    latest = everything.latest
    assert latest is not None
    dated = (str(latest.id), latest.published_on)
    return Frames.of(everything.content.settings, everything.areas, RENDERER.assets, dated)


@pytest.fixture(scope="module")
def pages(everything: Inputs, frames: Frames) -> dict[str, ReleasePage]:
    return {str(one.id): releases.release(frames, everything, one) for one in everything.releases}


def cell(value: str, withheld: str = "", *, area: str = CAMDEN, period: str = FIRST, coverage: str = "all") -> Cell:
    return Cell(CellKey("SG01", 1, area, period, "total", "numerator", coverage), value, withheld, "")


def group_of(everything: Inputs, old: Sequence[Cell], new: Sequence[Cell]) -> ChangeGroup:
    """The changes between two invented releases. They stand for real ones in what is read of them: a real one does not
    exist without its certificate."""
    pair = [
        cast(
            Release,
            SimpleNamespace(
                id=ReleaseId.parse(name),
                cells=PublicCells.of(cells),
                notes=(),
                classification=Classification.SYNTHETIC,
                files={"indicators.csv": b"indicator\n", "areas.csv": b"area\n"},
            ),
        )
        for name, cells in ((FIRST, old), (SECOND, new))
    ]
    inputs = dataclasses.replace(everything, releases=tuple(pair))
    return release_changes.group(inputs, pair[1], addresses.CHANGES)


# ---- changes of invented releases


def test_a_revised_figure_stands_with_both_numbers(everything: Inputs) -> None:
    (row,) = group_of(everything, [cell("8127")], [cell("8130")]).rows
    assert (row.area, row.period, row.old.text, row.new.text) == ("Camden", "January to March 2024", "8,127", "8,130")


def test_a_revised_total_says_that_it_follows_from_its_boroughs(everything: Inputs) -> None:
    (row,) = group_of(everything, [cell("8127", area=ALL_LONDON)], [cell("8130", area=ALL_LONDON)]).rows
    assert row.reason == "Follows from its boroughs."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (cell("8127"), cell("", "c"), "No longer shown: Camden,"),
        (cell("8127"), cell("", "x"), "No longer shown: Camden,"),
        (cell("", "c"), cell("8127"), "Shown for the first time: Camden,"),
        (cell("", "x"), cell("8127"), "Returns that came late: Camden (January to March 2024)."),
        (cell("", "c"), cell("", "x"), "Not shown for another reason than before: Camden,"),
    ],
    ids=["now hidden", "withdrawn", "hidden before", "late", "never shown"],
)
def test_a_figure_that_only_one_release_prints_is_named_without_it(
    everything: Inputs, old: Cell, new: Cell, words: str
) -> None:
    same = cell("41", area=HACKNEY)
    group = group_of(everything, [old, same], [new, same])
    assert words in group.text
    assert group.rows == ()
    assert "127" not in repr(group)
    assert group.empty == "No printed figure was changed."


def test_a_total_of_other_boroughs_is_made_anew_and_not_revised(everything: Inputs) -> None:
    old = [cell("8127", area=ALL_LONDON, coverage="n32-a1575ea9")]
    group = group_of(everything, old, [cell("8130", area=ALL_LONDON)])
    assert group.rows == ()
    assert "Totals now hold other boroughs: London (January to March 2024)" in group.text
    assert "New periods" not in group.text
    assert "Removed" not in group.text
    assert "8" not in group.text.replace(FIRST, "")
    assert group.version == "Version 1.0.1, a patch change: no figure differs."


def test_a_figure_that_is_gone_for_good_is_removed(everything: Inputs) -> None:
    same = cell("41", area=HACKNEY)
    assert "Removed: Camden," in group_of(everything, [cell("8127"), same], [same]).text


def test_additions_are_told_by_period(everything: Inputs) -> None:
    old = [cell("41")]
    added = [cell("52", period=SECOND), cell("53", period=SECOND, area=HACKNEY), cell("9", period="2024-06-30")]
    group = group_of(everything, old, [*old, *added])
    assert group.text == f"Set beside release {FIRST}. New periods: 30 June 2024 and April to June 2024."
    assert group.rows == ()


# ---- the committed releases


def test_every_row_repeats_what_both_releases_print(everything: Inputs, pages: dict[str, ReleasePage]) -> None:
    seen = 0
    for old, new in itertools.pairwise(everything.releases):
        before = {c.key: c for c in old.cells}
        expected = [
            (
                everything.areas.by_code[c.key.area].name,
                Period.parse(c.key.period).label,
                thousands(before[c.key].value),
                thousands(c.value),
            )
            for c in new.cells
            if c.value and c.key in before and before[c.key].value and before[c.key].value != c.value
        ]
        rows = pages[str(new.id)].changes.rows
        assert sorted((r.area, r.period, r.old.text, r.new.text) for r in rows) == sorted(expected)
        seen += len(rows)
    assert seen > 0


def test_new_periods_are_those_that_no_earlier_release_held(everything: Inputs, pages: dict[str, ReleasePage]) -> None:
    for old, new in itertools.pairwise(everything.releases):
        fresh = {c.key.period for c in new.cells} - {c.key.period for c in old.cells}
        said = re.search(r"New periods: (\d+)\.", pages[str(new.id)].lead)
        assert (int(said[1]) if said else 0) == len(fresh)


def test_pages_are_valid_within_their_budget(everything: Inputs, frames: Frames, pages: dict[str, ReleasePage]) -> None:
    made: list[Page] = [releases.releases(frames, everything), releases.changed(frames, everything), *pages.values()]
    for page in made:
        rendered = RENDERER.render(page)
        html5lib.HTMLParser(strict=True).parse(rendered)
        assert len(rendered) <= 50 * 1024
        assert len(_ELEMENT.findall(rendered)) <= 1200
        assert b"Illustrative data" in rendered


def test_coverage_holds_every_period_and_adds_up(everything: Inputs, pages: dict[str, ReleasePage]) -> None:
    for one in everything.releases:
        table = pages[str(one.id)].coverage
        assert table is not None
        cells = [text for row in table.rows for text in row[1:] if text != "–"]
        counts = [tuple(map(int, str(text).split(" of "))) for text in cells]
        applies = [s for s in one.coverage if s.state != "not-applicable"]
        assert sum(asked for _, asked in counts) == len(applies)
        assert sum(came for came, _ in counts) == sum(
            s.state in ("reported", "unreliable", "withheld") for s in applies
        )
        assert [row[0] for row in table.rows] == sorted({s.indicator for s in one.coverage})
        assert all(asked <= 33 for _, asked in counts)


def test_a_snapshot_stands_under_the_quarter_that_it_ends(pages: dict[str, ReleasePage]) -> None:
    table = pages["2024-25-Q4"].coverage
    assert table is not None
    assert table.columns == (
        "Indicator", *(f"{year}{end}" for year in ("2023‑24", "2024‑25") for end in (" Q1", " Q2", " Q3", " Q4", "")),
    )  # fmt: skip
    (snapshots,) = [row for row in table.rows if row[0] == "SG08"]
    assert [text == "–" for text in snapshots[1:]] == [False] * 4 + [True] + [False] * 4 + [True]


def test_an_older_release_leads_to_the_latest_and_a_wrong_one_to_its_correction(pages: dict[str, ReleasePage]) -> None:
    told = {
        name: [(notice.tag, notice.link.label) for notice in page.frame.notices if notice.link]
        for name, page in pages.items()
    }
    assert told == {
        "2023-24-Q4": [("Older release", "Release 2024-25-Q4")],
        "2024-25-Q2": [("Corrected", "Release 2024-25-Q2.1")],
        "2024-25-Q2.1": [("Older release", "Release 2024-25-Q4")],
        "2024-25-Q4": [],
    }


def test_the_latest_stands_first(everything: Inputs, frames: Frames) -> None:
    page = releases.releases(frames, everything)
    assert [line.id for line in page.releases] == [str(one.id) for one in reversed(everything.releases)]
    assert [line.kind for line in page.releases] == [
        "Release", "Correction of 2024-25-Q2", "Release, corrected since", "Release",
    ]  # fmt: skip
    groups = releases.changed(frames, everything).groups
    assert [group.heading for group in groups] == [f"Changes in {one.id}" for one in reversed(everything.releases[1:])]
    assert [group.text.partition(".")[0] for group in groups if "Q2.1" not in group.text] == [
        "Set beside release 2024-25-Q2", "Set beside release 2023-24-Q4",
    ]  # fmt: skip


def test_files_stand_with_their_sizes_and_protection_counts_nothing(
    everything: Inputs, pages: dict[str, ReleasePage]
) -> None:
    for one in everything.releases:
        page = pages[str(one.id)]
        assert sorted((file.name, file.size) for file in page.files) == [
            (name, data.size(len(content))) for name, content in sorted(one.files.items())
        ]
        assert page.files[0].name == "observations.csv"
        assert all(file.text for file in page.files)
        protection = " ".join(str(row.text) for row in page.protection)
        assert set(re.findall(r"\d+", protection.replace("SHA256SUMS", ""))) == {"1", str(one.policy.threshold)}
        assert "site-builder audit" in protection


def test_a_release_leads_to_its_own_indicators_by_the_titles_that_it_gave_them(
    everything: Inputs, frames: Frames, pages: dict[str, ReleasePage]
) -> None:
    catalogue = {code: dataclasses.replace(one, title="Renamed") for code, one in everything.catalogue.items()}
    today = dataclasses.replace(everything, catalogue=catalogue)
    for one in everything.releases:
        held = one.cells.indicators()
        links = releases.release(frames, today, one).indicators
        assert links == pages[str(one.id)].indicators
        assert {link.href for link in links} == {f"indicators/{code.lower()}.html" for code in held}
        report = RENDERER.render(release_report.release_report(frames, everything, one)).decode()
        assert not [code for code in held if f'href="../../indicators/{code.lower()}.html"' in _movements_of(report)]
        assert all(f'href="indicators/{code.lower()}.html"' in report for code in held)


def _movements_of(report: str) -> str:
    """The part of a report from its movements on, with old figures beside the names of indicators."""
    return report[report.index("Movements</h2>") :]
