"""Feeds: valid by RFC 4287, without a clock, and blind to what is hidden or invented."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from site_builder.published import addresses
from site_builder.published.compose.news import News
from site_builder.published.feeds import MOST, Entry, Feed, files, tag
from site_builder.published.inputs import Inputs
from site_builder.release.cells import Cell, PublicCells
from site_builder.release.releases import Note, Release
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId
from tests.factories import BOROUGHS, CODE, areas, cell, indicator, releases
from tests.published.held import everything

ATOM, XHTML, HISTORY = (
    "{http://www.w3.org/2005/Atom}",
    "{http://www.w3.org/1999/xhtml}",
    "{http://purl.org/syndication/history/1.0}",
)
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")  # RFC 3339
ONCE = {"id", "title", "updated", "subtitle", "rights", "logo", "icon", "generator", "published", "content", "summary"}
KNOWN_FEED = ONCE - {"content", "summary", "published"} | {"author", "link", "entry", "category", "contributor"}
KNOWN_ENTRY = {
    "id",
    "title",
    "updated",
    "author",
    "link",
    "content",
    "summary",
    "rights",
    "published",
    "category",
    "source",
}
SETTINGS = everything().content.settings
A, B, C, D, E = BOROUGHS[:5]
DAY = "2024-06-30"


def check(data: bytes) -> ET.Element:
    """The feed. Raises AssertionError where it breaks a MUST of RFC 4287."""
    feed = ET.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    _names(feed, KNOWN_FEED)
    entries = feed.findall(f"{ATOM}entry")
    authors = feed.findall(f"{ATOM}author")
    assert authors or all(entry.findall(f"{ATOM}author") for entry in entries)
    assert all((author.findtext(f"{ATOM}name") or "").strip() for author in authors)
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1, name
            assert (part.findtext(f"{ATOM}{name}") or "").strip(), name
        assert STAMP.fullmatch(part.findtext(f"{ATOM}updated") or "")
        assert re.fullmatch(r"(?:https|tag):[^\s<>]+", part.findtext(f"{ATOM}id") or "")
        for link in part.findall(f"{ATOM}link"):
            assert re.fullmatch(r"https://[^\s]+", link.get("href") or "")
            assert link.get("rel") in ("self", "alternate", "current", "prev-archive")
    for entry in entries:
        _names(entry, KNOWN_ENTRY)
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "xhtml"
        assert [inner.tag for inner in content] == [f"{XHTML}div"]
        assert {one.tag for one in content[0].iter()} <= {f"{XHTML}div", f"{XHTML}p"}
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    return feed


def _names(part: ET.Element, known: set[str]) -> None:
    names = [child.tag.removeprefix(ATOM) for child in part if child.tag.startswith(ATOM)]
    assert set(names) <= known
    assert [name for name in ONCE if names.count(name) > 1] == []


def words(data: bytes) -> str:
    return " ".join(" ".join(ET.fromstring(data).itertext()).split())


def made(inputs: Inputs) -> dict[str, bytes]:
    return {path: data for feed in News(inputs).feeds() for path, data in files(SETTINGS, feed).items()}


def of(cells: list[Release], **others: object) -> Inputs:
    """The committed inputs with other releases, of one count."""
    return dataclasses.replace(everything(), releases=tuple(cells), catalogue={CODE: indicator("count")}, **others)  # type: ignore[arg-type]


def snapshot(**table: str) -> list[Cell]:
    return [cell(area, DAY, value) for area, value in zip((A, B, C, D, E), table.values(), strict=True)]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """Two releases as if they were not invented: one count is revised, one that was missing comes, two stay hidden."""
    note = Note(C, CODE, DAY, "A miscount was put right.")
    two = releases(
        tmp_path_factory.mktemp("feeds") / "r",
        (snapshot(a="c", b="c", c="12", d="x", e="30"), ()),
        (snapshot(a="c", b="c", c="14", d="9", e="30"), (note,)),
    )
    return [dataclasses.replace(one, classification=Classification.DISCLOSURE_CONTROLLED) for one in two]


def test_every_feed_of_the_site_is_valid_and_of_a_page_that_is_there(built_site: Path) -> None:
    found = sorted((built_site / "feeds").rglob("*.atom"))
    assert len(found) >= 3 + 33 + len(everything().catalogue)
    base = f"{SETTINGS.base_url}/"
    every: list[str] = []
    for path in found:
        feed = check(path.read_bytes())
        name = path.relative_to(built_site).as_posix()
        links = {link.get("rel"): link.get("href", "").removeprefix(base) for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == name
        for link in feed.iter(f"{ATOM}link"):
            assert (built_site / link.get("href", "").removeprefix(base)).is_file()
        every += [entry.findtext(f"{ATOM}id", "") for entry in feed.findall(f"{ATOM}entry")]
        if not feed.findall(f"{ATOM}entry"):
            assert "invented so far" in feed.findtext(f"{ATOM}subtitle", "") or name.startswith("feeds/indicators/")
    assert len(every) == len(set(every))


def test_a_page_names_the_feed_on_its_subject(built_site: Path) -> None:
    asked = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">')
    assert asked.findall((built_site / "index.html").read_text()) == ["feeds/releases.atom", "feeds/revisions.atom"]
    assert asked.findall((built_site / "boroughs/camden.html").read_text()) == ["../feeds/areas/camden.atom"]
    assert asked.findall((built_site / "indicators/sg08.html").read_text()) == ["../feeds/indicators/sg08.atom"]
    assert asked.findall((built_site / addresses.DECISIONS).read_text()) == ["../../feeds/decisions.atom"]


def test_invented_releases_stand_in_no_feed_and_an_empty_one_says_why() -> None:
    inputs = everything()
    assert all(one.classification is Classification.SYNTHETIC for one in inputs.releases)
    for path, data in made(inputs).items():
        assert not [str(one.id) for one in inputs.releases if f"/{one.id}<" in data.decode()], path
    releases_feed = made(inputs)[addresses.RELEASES_FEED]
    assert "invented" in words(releases_feed)
    assert check(releases_feed).findall(f"{ATOM}entry") == []


def test_a_release_and_a_revised_figure_appear_with_both_numbers(real: list[Release]) -> None:
    found = made(of(real))
    feed = check(found[addresses.RELEASES_FEED])
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    host = "tag:london-safeguarding-benchmarks.example,2024:releases/"
    assert ids == [f"{host}{one.id}" for one in reversed(real)]
    assert feed.findtext(f"{ATOM}updated") == f"{real[-1].published_on}T00:00:00Z"
    revised = words(found[addresses.REVISIONS_FEED])
    name = areas().by_code[C].name
    assert f"{name}, Children seen (T1), {DAY}, numerator: 12 became 14. A miscount was put right." in revised
    assert "12 became 14" in words(found[addresses.area_feed(areas().by_code[C].slug)])
    assert "12 became 14" in words(found[addresses.indicator_feed(CODE)])
    assert "12 became 14" not in words(found[addresses.area_feed(areas().by_code[E].slug)])


def test_what_came_to_be_hidden_is_named_and_never_shows_its_number(real: list[Release]) -> None:
    """No safe sequence of releases hides what it has printed, so the second release is set before the first."""
    turned = [dataclasses.replace(real[1], id=real[0].id), dataclasses.replace(real[0], id=real[1].id)]
    for path, data in made(of(turned)).items():
        assert not re.search(r"\b9\b", words(data)), path
    assert f"No longer shown: {areas().by_code[D].name}" in words(made(of(turned))[addresses.REVISIONS_FEED])


def test_a_figure_that_stays_hidden_is_not_spoken_of(real: list[Release]) -> None:
    for path, data in made(of(real)).items():
        for area in (A, B):
            said = (
                words(data)
                .replace(f"{areas().by_code[area].name} – ", "")
                .replace(f"figures of {areas().by_code[area].name}", "")
            )
            assert areas().by_code[area].name not in said, path


def test_a_real_release_is_not_set_beside_an_invented_one(real: list[Release]) -> None:
    first = dataclasses.replace(real[0], classification=Classification.SYNTHETIC)
    found = made(of([first, real[1]]))
    assert "became" not in words(found[addresses.REVISIONS_FEED])
    assert len(check(found[addresses.RELEASES_FEED]).findall(f"{ATOM}entry")) == 1


def test_a_draft_stands_in_no_feed(real: list[Release]) -> None:
    found = made(of(real, draft=True))
    assert len(check(found[addresses.RELEASES_FEED]).findall(f"{ATOM}entry")) == 1
    assert "12 became 14" not in words(found[addresses.REVISIONS_FEED])


def test_a_publishers_release_with_a_day_has_an_entry() -> None:
    inputs = everything()
    dated = dataclasses.replace(inputs.nationals[0], published_on="2024-10-31")
    found = made(dataclasses.replace(inputs, nationals=(dated, *inputs.nationals[1:])))
    (entry,) = check(found[addresses.RELEASES_FEED]).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == dated.title
    assert entry.findtext(f"{ATOM}updated") == "2024-10-31T00:00:00Z"
    code = dated.cells.indicators()[0]
    assert dated.title in words(found[addresses.indicator_feed(code)])


def test_a_number_that_the_latest_release_hides_leaves_the_older_entries_too(real: list[Release]) -> None:
    """Revised in the second release, hidden in the third: the entry of the second stays, under its id, without a number."""
    third = _with(real[1], "2024-25-Q3", {C: ""})
    inputs = of([*real, third])
    before_, after = made(of(real)), made(inputs)
    assert "12 became 14" in words(before_[addresses.REVISIONS_FEED])
    for path, data in after.items():
        assert not re.search(r"\b(?:12|14)\b", words(data).replace("2024-12", "")), path
        old = feedparser.parse(before_[path]).entries
        ids = [entry.id for entry in feedparser.parse(data).entries]
        assert [entry.id for entry in old] == ids[len(ids) - len(old) :], path
    name = areas().by_code[C].name
    told = words(after[addresses.REVISIONS_FEED])
    assert f"Revised, and hidden since: {name}, Children seen (T1), {DAY}." in told
    assert f"No longer shown: {name}" in told
    assert "A miscount" not in told
    for area in (D, E):
        assert areas().by_code[area].name not in told.partition("Revised, and hidden since")[2].partition(".")[0]


def test_a_number_stays_away_when_the_hidden_figure_is_of_another_definition(real: list[Release]) -> None:
    third = _with(real[1], "2024-25-Q3", {C: ""}, version=2)
    assert "became" not in words(made(of([*real, third]))[addresses.REVISIONS_FEED])


def test_a_correction_is_called_one_and_a_reader_of_feeds_finds_nothing_wrong(real: list[Release]) -> None:
    corrected = _with(real[1], "2024-25-Q2.1", {E: "31"})
    for path, data in made(of([*real, corrected])).items():
        read = feedparser.parse(data)
        assert not read.bozo, path
        assert read.version == "atom10"
        for entry in read.entries:
            assert entry.link.startswith(SETTINGS.base_url)
            assert entry.updated_parsed[3:6] == (0, 0, 0)
            assert entry.content[0].type == "application/xhtml+xml"
    entries = feedparser.parse(made(of([*real, corrected]))[addresses.REVISIONS_FEED]).entries
    assert "30 became 31" in entries[0].content[0].value
    releases_ = feedparser.parse(made(of([*real, corrected]))[addresses.RELEASES_FEED]).entries
    assert [entry.title for entry in releases_] == [
        "Correction 2024-25-Q2.1",
        "Release 2024-25-Q2",
        "Release 2024-25-Q1",
    ]


def test_ids_are_those_that_were_given(real: list[Release]) -> None:
    """They are written out here: a reader who has seen an entry must not be told of it again."""
    corrected = _with(real[1], "2024-25-Q2.1", {E: "31"})
    host = "tag:london-safeguarding-benchmarks.example,2024"
    found = made(of([*real, corrected]))
    slug = areas().by_code[C].slug
    for path, ids in {
        addresses.RELEASES_FEED: [f"{host}:releases/2024-25-Q{name}" for name in ("2.1", "2", "1")],
        addresses.REVISIONS_FEED: [f"{host}:revisions/2024-25-Q{name}" for name in ("2.1", "2")],
        addresses.area_feed(slug): [f"{host}:areas/2024-25-Q{name}/{slug}" for name in ("2.1", "2", "1")],
        addresses.indicator_feed(CODE): [f"{host}:indicators/2024-25-Q{name}/t1" for name in ("2.1", "2", "1")],
    }.items():
        assert [entry.id for entry in feedparser.parse(found[path]).entries] == ids


def _with(one: Release, name: str, values: Mapping[str, str], version: int = 1) -> Release:
    """A later release in which a few figures are others; without a value a figure is hidden. It has no proof of its own."""
    cells = [
        c._replace(value=values[c.key.area], withheld="" if values[c.key.area] else "c") if c.key.area in values else c
        for c in one.cells
    ]
    cells = [c._replace(key=c.key._replace(definition_version=version)) for c in cells]
    made_ = copy.copy(one)
    for field, value in {
        "id": ReleaseId.parse(name),
        "published_on": one.published_on + timedelta(30),
        "notes": (),
        "edition": one.edition._replace(cells=PublicCells.of(cells)),
    }.items():
        object.__setattr__(made_, field, value)
    return made_


# ---- the format


def many(count: int) -> Feed:
    first = date(2024, 1, 1)
    entries = tuple(
        Entry(f"t/{number}", first + timedelta(number), f"Entry <{number}> & more", "index.html", ("a", "", "b < c"))
        for number in range(count)
    )
    return Feed("feeds/t.atom", "index.html", "T & t", "Some <words>.", entries, first)


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 1, 2 * MOST + 3])
def test_older_entries_stand_in_whole_archives_that_never_change(count: int) -> None:
    found = files(SETTINGS, many(count))
    whole = [check(found[path]) for path in found]
    assert sum(len(one.findall(f"{ATOM}entry")) for one in whole) == count
    for path, one in zip(found, whole, strict=True):
        archive = path != "feeds/t.atom"
        assert (one.find(f"{HISTORY}archive") is not None) is archive
        assert not archive or len(one.findall(f"{ATOM}entry")) == MOST
    more = files(SETTINGS, many(count + MOST))
    assert all(more[path] == data for path, data in found.items() if path != "feeds/t.atom")
    assert list(_chain(found)) == [f"t/{number}" for number in reversed(range(count))]


def _chain(found: Mapping[str, bytes]) -> Iterator[str]:
    """Every entry, from the feed through its archives."""
    path = "feeds/t.atom"
    while path:
        feed = ET.fromstring(found[path])
        for entry in feed.findall(f"{ATOM}entry"):
            yield entry.findtext(f"{ATOM}id", "").rpartition(":")[2]
        links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
        path = links.get("prev-archive", "").removeprefix(f"{SETTINGS.base_url}/")


def test_an_id_is_of_the_host_the_year_and_the_name() -> None:
    assert tag("https://example.org/sub", date(2025, 5, 1), "releases/x") == "tag:example.org,2025:releases/x"


@pytest.mark.parametrize(
    "wrong",
    [
        b"<feed/>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><id>https://a</id><title>t</title><updated>2024</updated></feed>',
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><updated>2024-01-01T00:00:00Z</updated></feed>',
    ],
)
def test_the_check_of_a_feed_finds_what_is_wrong(wrong: bytes) -> None:
    with pytest.raises(AssertionError):
        check(wrong)
