"""Revisions: the triangle gives every release back, and a count that the newest release hides has no number anywhere."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.published import addresses, feeds
from site_builder.published.build import Builder
from site_builder.published.changes import Change, Place, place_of
from site_builder.published.compose import national_changes, release_changes, release_report, releases
from site_builder.published.compose.news import News
from site_builder.published.compose.revisions import every_series, is_revision, revisions_page
from site_builder.published.corrections import corrected_pages
from site_builder.published.downloads.revisions import Line, changes_csv, triangle, triangle_csv
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages import Page
from site_builder.published.revisions import HIDDEN_SINCE, Revisions, hidden_in, may_be_told
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.policy import load_policy
from site_builder.release.releases import NationalPackage, Release, load_releases
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId
from tests.factories import BOROUGHS, CODE, ROOT, areas, cell, indicator
from tests.factories import releases as sealed
from tests.published.held import RENDERER, everything, frames_of

A, B, C, D = BOROUGHS[:4]
DAY = "2024-06-30"
FIRST, SECOND, AGAIN = "8127", "8131", "8139"
GONE = (FIRST, SECOND, "8,127", "8,131")
HERE = Place(CODE, C, DAY, "total", "numerator")


def snapshot(of_c: str) -> list[Cell]:
    return [cell(area, DAY, value) for area, value in zip((A, B, C, D), ("c", "c", of_c, "40"), strict=True)]


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, ...]:
    """One count is shown, revised, hidden, and shown again."""
    tables = [(snapshot(value), ()) for value in (FIRST, SECOND, "c", AGAIN)]
    return sealed(tmp_path_factory.mktemp("revisions") / "r", *tables)


def inputs_of(some: Sequence[Release]) -> Inputs:
    """The committed inputs with other releases, of one count."""
    one = dataclasses.replace(indicator("count"), theme=next(iter(everything().content.themes)))
    made = dataclasses.replace(everything(), releases=tuple(some), catalogue={CODE: one})
    made.__dict__["figures"] = {}
    made.__dict__["_as_of"] = {str(release.id): made for release in some}
    return made


def told(some: Sequence[Release]) -> Iterator[tuple[str, str]]:
    """Everything that the newest of some releases leads to, by name: pages, feeds, words."""
    inputs = inputs_of(some)
    frames = frames_of(inputs)
    series = every_series(some)
    pages: dict[str, Page] = {
        "changes": releases.changed(frames, inputs),
        "list": releases.releases(frames, inputs),
        "triangle": revisions_page(frames, inputs, inputs.catalogue[CODE], series[CODE]),
        **{f"release {one.id}": releases.release(frames, inputs, one) for one in some},
        **{f"report {one.id}": release_report.release_report(frames, inputs, one) for one in some},
    }
    yield from ((name, RENDERER.render(page).decode()) for name, page in pages.items())
    for feed in News(inputs_of([as_if_real(one) for one in some])).feeds():
        yield from ((path, data.decode()) for path, data in feeds.files(inputs.content.settings, feed).items())
    yield "file", triangle_csv(some).decode()


def as_if_real(one: Release) -> Release:
    """The same release, not marked as invented: only such a one stands in a feed."""
    return dataclasses.replace(one, classification=Classification.DISCLOSURE_CONTROLLED)


def test_what_the_newest_release_hides_has_no_number_in_what_is_made_from_it(four: tuple[Release, ...]) -> None:
    seen = dict(told(four[:3]))
    assert any(path.startswith("feeds/") and f"{HIDDEN_SINCE}: " in words for path, words in seen.items())
    assert f"{HIDDEN_SINCE}: " in seen["changes"]
    for name, words in seen.items():
        assert not [number for number in GONE if number in words], name


def test_a_revision_stands_with_both_numbers_before_it_is_hidden_and_once_it_is_shown_again(
    four: tuple[Release, ...],
) -> None:
    for some in (four[:2], four):
        seen = dict(told(some))
        for name in ("changes", "release 2024-25-Q2", "triangle"):
            assert all(number in seen[name] for number in ("8,127", "8,131")), name
        assert "8127" in seen["file"]
        assert any(path.startswith("feeds/") and "8,127 became 8,131" in words for path, words in seen.items())


def test_the_files_of_an_older_release_stay_as_they_were_published(four: tuple[Release, ...]) -> None:
    for some in (four[:2], four[:3], four):
        revisions = Revisions(some)
        assert changes_csv(revisions, four[1]) == changes_csv(Revisions(four[:2]), four[1])
        assert b"8127,8131,,,revised," in changes_csv(revisions, four[1])
        assert len(changes_csv(revisions, four[0]).splitlines()) == 1
    assert b"8127" in triangle_csv(four[:2])
    assert b"8127" not in triangle_csv(four[:3])


def test_the_kinds_of_a_hidden_count_are_told_still(four: tuple[Release, ...]) -> None:
    lines = [one for one in triangle(four[:3]) if place_of(one.key) == HERE]
    assert [(one.release, one.value, one.withheld, one.kind) for one in lines] == [
        ("2024-25-Q1", "", "c", "added"),
        ("2024-25-Q2", "", "c", "revised"),
        ("2024-25-Q3", "", "c", "now-withheld"),
    ]
    assert [one.kind for one in triangle(four) if place_of(one.key) == HERE][-1] == "now-shown"


# ---- the triangle and its oracle


def standing(lines: Sequence[Line], order: Mapping[str, int], release: str) -> dict[CellKey, tuple[str, str, str]]:
    """What a release printed, by the rule that readers are told: the last line at or before it."""
    found: dict[CellKey, tuple[str, str, str]] = {}
    for one in sorted(lines, key=lambda line: order[line.release]):
        if order[one.release] <= order[release]:
            if one.kind == "removed":
                found.pop(one.key, None)
            else:
                found[one.key] = (one.value, one.withheld, one.obs_status)
    return found


def expected(one: Release, newest: Release) -> dict[CellKey, tuple[str, str, str]]:
    """What it printed, with the mark where the newest release hides a number."""
    hidden = hidden_in(newest)
    return {
        c.key: ("", "c", c.obs_status) if place_of(c.key) in hidden and c.value else (c.value, c.withheld, c.obs_status)
        for c in one.cells
    }


def test_every_committed_release_is_a_filter_of_the_triangle() -> None:
    made = load_releases(ROOT / "datapackages/releases")
    order = {str(one.id): at for at, one in enumerate(made)}
    lines = list(triangle(made))
    for one in made:
        assert standing(lines, order, str(one.id)) == expected(one, made[-1])
    assert len(lines) < sum(len(one.cells) for one in made) / 2
    rows = list(csv.DictReader(io.StringIO(triangle_csv(made).decode())))
    assert [(r["release"], r["value"], r["withheld"], r["kind"]) for r in rows] == [
        (one.release, one.value, one.withheld, one.kind) for one in lines
    ]
    assert {r["classification"] for r in rows} == {"synthetic"}


KEYS = [
    CellKey(code, version, area, DAY, "total", "numerator", coverage)
    for code in ("T1", "T2")
    for version in (1, 2)
    for area in (A, B)
    for coverage in ("all", "n32")
]
STATES = st.sampled_from([("7", "", ""), ("9", "", ""), ("9", "", "r"), ("0", "", ""), ("", "c", ""), ("", "x", ""), ("", "u", "b")])  # fmt: skip
TABLES = st.lists(st.dictionaries(st.sampled_from(KEYS), STATES, min_size=1), min_size=1, max_size=5)


def stand_ins(tables: Sequence[Mapping[CellKey, tuple[str, str, str]]]) -> list[Release]:
    """What a triangle reads of releases: for sequences that need not be safe."""
    return [
        cast(
            Release,
            SimpleNamespace(
                id=ReleaseId.parse(f"20{20 + at}-{21 + at}-Q1"),
                cells=PublicCells.of(Cell(key, *state) for key, state in table.items()),
                notes=(),
                classification=Classification.SYNTHETIC,
            ),
        )
        for at, table in enumerate(tables)
    ]


@settings(max_examples=80, deadline=None)
@given(TABLES)
def test_any_sequence_of_releases_is_given_back(tables: list[dict[CellKey, tuple[str, str, str]]]) -> None:
    made = stand_ins(tables)
    lines = list(triangle(made))
    order = {str(one.id): at for at, one in enumerate(made)}
    full = {str(one.id): expected(one, made[-1]) for one in made}  # the long form that would repeat every cell
    for one in made:
        assert standing(lines, order, str(one.id)) == full[str(one.id)]
    hidden = hidden_in(made[-1])
    assert not [line for line in lines if line.value and place_of(line.key) in hidden]
    assert len({(line.release, line.key) for line in lines}) == len(lines)
    # No line repeats what stood: each tells of a cell that its release prints otherwise than the one before.
    for line in lines:
        at = order[line.release]
        before = tables[at - 1].get(line.key) if at else None
        assert tables[at].get(line.key) != before
    assert [line.key for line in lines] == sorted(line.key for line in lines)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_no_change_tells_a_number_of_what_the_newest_release_hides(
    tables: list[dict[CellKey, tuple[str, str, str]]],
) -> None:
    made = stand_ins(tables)
    revisions = Revisions(made)
    hidden = hidden_in(made[-1])
    for one in made:
        for change in revisions.changes(one):
            assert bool(change.old_value) is bool(change.new_value)
            assert not (change.old_value and place_of(change.key) in hidden)
        kinds = [change.kind for change in revisions.changes(one)]
        assert kinds == [change.kind for change in revisions.as_published(one)]


def test_no_words_stand_beside_what_the_newest_release_hides() -> None:
    key = KEYS[0]
    base, other = key._replace(measure="denominator"), key._replace(area=B)
    made = [Change(one, "revised", "7", "9", "", "", "Counted twice.") for one in (key, base, other)]
    told = may_be_told(made, frozenset({place_of(key)}))
    assert [(one.new_value, one.reason) for one in told] == [("", ""), ("9", ""), ("9", "Counted twice.")]


# ---- the page of an indicator


@pytest.mark.parametrize(
    ("before", "now", "revised"),
    [
        (("7", "", ""), ("9", "", "r"), True),
        (("7", "", ""), ("9", "", "b"), False),
        (("", "x", ""), ("9", "", ""), False),
        (("", "c", ""), ("9", "", ""), True),
        (("7", "", ""), ("", "c", ""), True),
        (("7", "", "p"), ("7", "", ""), False),
    ],
    ids=["revised", "break", "late", "shown", "hidden", "marked"],
)
def test_what_is_a_revision(before: tuple[str, str, str], now: tuple[str, str, str], *, revised: bool) -> None:
    first, second = triangle(stand_ins([{KEYS[0]: before}, {KEYS[0]: now}]))
    assert is_revision(first, second) is revised


def test_the_latest_revision_is_marked_and_no_other(four: tuple[Release, ...]) -> None:
    inputs = inputs_of(four)
    page = revisions_page(frames_of(inputs), inputs, inputs.catalogue[CODE], every_series(four)[CODE])
    (table,) = [part.table for section in page.sections for part in section.parts if part.table]
    assert table.columns == ("Place and period", *(str(one.id) for one in four))
    name = areas().by_code[C].name
    (row,) = [row for row in table.rows if str(row[0]).startswith(name)]
    assert [getattr(one, "text", one) for one in row[1:]] == ["8,127", "8,131", "", "8,139"]
    assert [getattr(one, "marks", "") for one in row[1:]] == ["", "", "", "r"]
    assert not [row for row in table.rows if str(row[0]).startswith(areas().by_code[D].name)]  # never revised


def test_a_new_definition_begins_another_count() -> None:
    version = [KEYS[0], KEYS[0]._replace(definition_version=2)]
    made = stand_ins([{version[0]: ("7", "", "")}, {version[1]: ("9", "", "")}])
    (series,) = every_series(made)["T1"]
    assert series.latest == ""
    assert [line.value for line in series.lines.values()] == ["7", "9"]


# ---- notices of corrections


def corrected(*names: str) -> tuple[Release, ...]:
    """Releases of these names that differ in one count of one borough."""
    made = stand_ins([{KEYS[0]: (str(7 + at), "", "")} for at in range(len(names))])
    day = everything().releases[0].published_on
    for one, name in zip(made, names, strict=True):
        one.__dict__.update(id=ReleaseId.parse(name), published_on=day)
    return tuple(made)


def test_a_correction_is_told_on_the_pages_it_reaches_until_the_next_planned_release() -> None:
    slug = areas().by_code[A].slug
    published = day_in_words(everything().releases[0].published_on)
    found = corrected_pages(Revisions(corrected("2024-25-Q2", "2024-25-Q2.1")), areas())
    assert {addresses.indicator("T1"), addresses.borough(slug), addresses.borough_indicator(slug, "T1")} <= set(found)
    assert not [path for path in found if areas().by_code[B].slug in path or "t2" in path]
    (said,) = found[addresses.borough(slug)]
    assert said.text == f"On {published}: T1."
    assert said.target == "releases/changes.html#r2024-25-q2-1"
    twice = corrected_pages(Revisions(corrected("2024-25-Q2", "2024-25-Q2.1", "2024-25-Q2.2")), areas())
    assert len(twice[addresses.indicator("T1")]) == 2
    assert corrected_pages(Revisions(corrected("2024-25-Q2", "2024-25-Q2.1", "2024-25-Q3")), areas()) == {}
    assert corrected_pages(Revisions(()), areas()) == {}


def test_the_notice_stands_on_the_built_pages_of_a_site_that_ends_with_a_correction() -> None:
    until = [one for one in everything().releases if str(one.id) <= "2024-25-Q2.1"]
    builder = Builder(ROOT, dataclasses.replace(everything(), releases=tuple(until)), load_policy(ROOT))
    for path, has in {
        "indicators/sg01.html": True,
        "indicators/sg08.html": False,
        "boroughs/camden.html": True,
        "boroughs/camden/sg01.html": True,
        "boroughs/barnet.html": False,
    }.items():
        page = builder.making.paths()[path]().frame  # type: ignore[index]
        assert [one.tag for one in page.notices].count("Corrected") == has, path


# ---- publishers


def vintage(release: str, value: str, mark: str = "") -> NationalPackage:
    """A publisher's package of one count."""
    one = everything().nationals[0]
    code = one.cells.indicators()[0]
    cells = [
        Cell(CellKey(code, 1, area, "2022-23", "total", "numerator", "all"), *given, "")
        for area, given in ((A, (value, mark)), (B, ("41", "")))
    ]
    return dataclasses.replace(one, release=release, cells=PublicCells.of(cells))


def test_a_page_on_publishers_stands_once_two_releases_of_a_source_do() -> None:
    old, new, hides = vintage("2023", FIRST), vintage("2024", SECOND), vintage("2025", "", "c")
    assert national_changes.vintages(everything().nationals) == ()
    assert national_changes.vintages((old, new)) == ((old, new),)
    inputs = dataclasses.replace(everything(), nationals=(old, new))
    words = RENDERER.render(national_changes.national_changes(frames_of(everything()), inputs)).decode()
    assert "8,127" in words
    assert "8,131" in words
    inputs = dataclasses.replace(everything(), nationals=(old, new, hides))
    words = RENDERER.render(national_changes.national_changes(frames_of(everything()), inputs)).decode()
    assert not [number for number in GONE if number in words]


def test_rows_of_a_release_are_few_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_changes, "_MOST", 3)
    inputs = everything()
    (one,) = [release for release in inputs.releases if release.id.correction]
    group = release_changes.group(inputs, one, addresses.CHANGES)
    assert len(group.rows) == 3
    assert "Of 15 revised figures the first 3 stand here; the file holds all." in group.version


def test_frames_without_corrections_have_no_notice() -> None:
    frames: Frames = frames_of(everything())
    assert frames.frame("boroughs/camden.html", "Camden", "Camden.").notices == ()
