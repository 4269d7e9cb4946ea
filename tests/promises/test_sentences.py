"""Promise: each sentence with a figure or a comparison is true of the packages, as an independent reader finds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.building import ROOT
from tests.reader.forms import FORMS
from tests.reader.pages import LONDON_WIDE, codes_of, place_of, sentences, slugs_of
from tests.reader.reader import WORDS, Check, Place, Reader, read
from tests.reader.record import LONDON, Record
from tests.reader.standing import ALWAYS

PAGES, SEED = 200, 20260101
# where sentences stand that few pages have
RARE = (
    "boroughs/camden/pack.html",
    "boroughs/city-of-london/journey.html",
    "boroughs/city-of-london/scorecards/neglect.html",
    "coverage/2024-25-q3.html",
    "indicators/index.html",
    "indicators/n26.html",
    "indicators/p2e1.html",
    "indicators/sg14.html",
    "indicators/review/2025.html",
    "indicators/sg33.html",
    "reports/index.html",
    "reports/runaways.html",
)
TRUE_ONES = 3  # sentences of each form that are made untrue
REFUSED = (ArithmeticError, AssertionError, KeyError, IndexError, StopIteration, ValueError)
# what says something of figures: a digit, a place against others, a change, a reason for silence
_CLAIM = re.compile(
    r"\d|higher|lower|similar|stands? out|edge|usual|improv|worsen|increas|decreas|clear change|hidden|not available|"
    r"median|neighbour|average|expect",
    re.IGNORECASE,
)
_OPPOSITES = (
    ("higher", "lower"), ("Higher", "Lower"), ("increasing", "decreasing"), ("improving", "worsening"), ("risen", "fallen"),
    ("rose", "fell"), ("highest", "lowest"), ("within", "higher than"), ("A to Z", "by rate, those without one last"),
    ("hidden to protect children", "not available"), ("Hidden to protect children", "Not available"),
    ("Most differences", "All differences"), ("No clear change", "A clear change"), ("open", "closed"), ("kept", "changed"),
    ("included", "deferred"), ("Inner", "Outer"), ("rate", "percentage"), ("Rate", "Percentage"), ("arcsine", "square root"),
    ("London’s figure", "the figures of these boroughs together"), ("Camden", "Brent"), ("Barnet", "Bexley"),
    ("City of London", "Camden"), ("safe from abuse and neglect", "settled at school"),
    ("similar to", "higher than"), ("as 0", "too"),
)  # fmt: skip


class Told(NamedTuple):
    """A true sentence, where it stands, and the page."""

    page: str
    place: Place
    sentence: str


class Sample(NamedTuple):
    """What was read of some pages: by form (its place among the forms), what is wrong, and what no form fits."""

    told: dict[int, list[Told]]
    wrong: list[str]
    unknown: list[str]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Record(ROOT))


@pytest.fixture(scope="module")
def sample(built_site: Path, reader: Reader) -> Sample:
    return sample_of(built_site, reader, SEED)


def sample_of(site: Path, reader: Reader, seed: int) -> Sample:
    """200 random pages; besides them each page on London as a whole, and each on a borough or what to ask of it."""
    pages = {path: place for path in sorted(site.rglob("*.html")) if (place := place_of(reader.record, site, path))}
    single = [site / path for path in RARE]
    single += [
        path
        for path in pages
        if path.stem in (*LONDON_WIDE, "challenge", "leadership") or path.parent.name in ("boroughs", "compare")
    ]
    single += [path for path in pages if path.parents[1].name == "camden"]
    papers = {path for path in pages if path.stem == "pack" or path.parent.name in ("boards", "scorecards")}
    drawn = random.Random(seed).sample(sorted(set(pages) - set(single) - papers), PAGES)
    found = Sample({}, [], [])
    for page in [*single, *drawn]:
        where = str(page.relative_to(site))
        for said in sentences(page, pages[page], slugs_of(reader.record), codes_of(reader.record)):
            _read(reader, Told(where, *said), found)
    return found


def _read(reader: Reader, told: Told, found: Sample) -> None:
    fits = [number for number, (pattern, _) in enumerate(FORMS) if pattern.fullmatch(told.sentence)]
    try:
        read(reader, told.place, told.sentence)
    except REFUSED as error:
        found.wrong.append(f"{told.page}: {told.sentence} ({error!r})")
        return
    for number in fits:
        found.told.setdefault(number, []).append(told)
    if not fits and claims(reader, told.sentence):
        found.unknown.append(f"{told.page}: {told.sentence}")


@cache
def prose() -> str:
    """Everything that people wrote by hand, without its markup."""
    files = [*ROOT.glob("content/**/*.md"), *ROOT.glob("content/**/*.toml"), *ROOT.glob("templates/**/*.html")]
    files += [*ROOT.glob("datapackages/**/notes.csv"), *ROOT.glob("datapackages/**/datapackage.json")]
    # words of the place stand in templates by name
    said = (re.sub(r"\{\{ here\.areas \}\}", "boroughs", path.read_text(encoding="utf-8")) for path in files)
    bare = (re.sub(r"<[^>]+>|[*_`]|\{[%{].*?[%}]\}", " ", text) for text in said)
    return " ".join(" ".join(text.split()) for text in bare)


@cache
def names(record: Record) -> list[str]:
    """What indicators and places are called, the longest first."""
    found = [head["title"] for head in record.catalogue.values()] + [*record.catalogue]
    found += [row["name"] for row in record.areas.values()]
    return sorted(found, key=len, reverse=True)


@cache
def claims(reader: Reader, sentence: str) -> bool:
    """Whether a sentence that no form fits says something of figures: not when it is prose, or names alone."""
    if sentence in ALWAYS or sentence.rstrip(".") in prose():
        return False
    for name in names(reader.record):
        sentence = sentence.replace(name, "")
    sentence = re.sub(
        r"release \d{4}-\d{2}-Q\d(\.\d)?|reporting year \d{4}|v3\.0|since \d+ \w+ \d{4}|version \d|.*, CSV(\d+ KB)?", "",
        sentence,
    )  # fmt: skip
    return bool(_CLAIM.search(sentence))


def test_every_sentence_of_many_pages_is_true(sample: Sample) -> None:
    assert not sample.wrong, "\n".join(sample.wrong)
    assert not sample.unknown, "\n".join(sorted(set(sample.unknown)))
    assert sum(map(len, sample.told.values())) > 10 * PAGES


def _named(check: Check) -> str:
    return f"{check.__module__.rpartition('.')[2]}.{check.__name__.strip('_')}"


@pytest.mark.parametrize("number", range(len(FORMS)), ids=[_named(check) for _, check in FORMS])
def test_no_form_takes_a_lie(sample: Sample, reader: Reader, number: int) -> None:
    """A true sentence with one figure or one word changed is refused."""
    pattern, check = FORMS[number]
    accepted, tried = [], 0
    for told in sample.told.get(number, [])[:TRUE_ONES]:
        for lie in lies(told.sentence):
            found = pattern.fullmatch(lie)
            if found is None:
                continue
            tried += 1
            try:
                check(reader, told.place, found)
            except REFUSED:
                continue
            accepted.append(f"{told.page}: {told.sentence} -> {lie}")
    assert not accepted, "\n".join(accepted)
    some = sample.told.get(number, [])[:TRUE_ONES]
    assert some, f"no page of the sample has a sentence for {pattern.pattern}"
    assert tried or any(_refuses_elsewhere(reader, check, told, pattern) for told in some), pattern.pattern


def _refuses_elsewhere(reader: Reader, check: Check, told: Told, pattern: re.Pattern[str]) -> bool:
    """Whether words without a figure are refused on some page of another borough or indicator."""
    found = pattern.fullmatch(told.sentence)
    assert found
    others = [told.place._replace(area=area) for area in reader.record.boroughs]
    others += [told.place._replace(code=code) for code in reader.record.periods]
    for place in others:
        try:
            check(reader, place, found)
        except REFUSED:
            return True
    return False


def lies(sentence: str) -> Iterator[str]:
    """The sentence with one digit, one number in words, or one direction changed."""
    for found in re.finditer(r"\d", sentence):
        yield f"{sentence[: found.start()]}{(int(found[0]) + 1) % 10 or 1}{sentence[found.end() :]}"
    for found in re.finditer(rf"\b({'|'.join(WORDS)})\b", sentence, re.IGNORECASE):
        other = WORDS[(WORDS.index(found[0].lower()) + 3) % len(WORDS)]
        yield f"{sentence[: found.start()]}{other.capitalize() if found[0][0].isupper() else other}{sentence[found.end() :]}"
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            for found in re.finditer(rf"\b{re.escape(one)}\b", sentence):
                yield f"{sentence[: found.start()]}{other}{sentence[found.end() :]}"


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Camden is similar to London", Place("N17", "E09000007")),
        (
            "Camden stands out: the figure is higher than the usual variation between boroughs.",
            Place("N17", "E09000007"),
        ),
        ("England’s was 24.8%.", Place("N17", LONDON)),
        ("London’s percentage is improving: 18.0 in 2020, 21.2 in 2024", Place("N17", LONDON)),
        ("Seven are towards the edge.", Place("N17", LONDON)),
        ("London: 21.3%.", Place("N17", "E09000007")),
    ],
)
def test_the_reader_finds_what_is_not_true(reader: Reader, sentence: str, place: Place) -> None:
    with pytest.raises(AssertionError):
        read(reader, place, sentence)


def test_no_form_swallows_every_sentence() -> None:
    assert FORMS
    for pattern, _ in FORMS:
        assert not pattern.fullmatch("All boroughs moved."), pattern.pattern
