"""Promise: each sentence with a figure or a comparison is true of the packages, as an independent reader finds."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest

from tests.building import ROOT
from tests.reader.pages import sentences
from tests.reader.record import LONDON, Record
from tests.reader.sentences import FORMS, Place, Reader, read

PAGES = 200
# what says something of figures: a digit, a place against others, a change, a reason for silence
_CLAIM = re.compile(
    r"\d|higher|lower|similar|stands? out|edge|usual|improv|worsen|increas|decreas|clear change|hidden|not available|"
    r"median|neighbour|average|expect",
    re.IGNORECASE,
)
# words that stand on pages whatever the figures are
_ALWAYS = (
    "Places most like it, closest first: the order says nothing about the figures.",
    "Boroughs’ own returns on the same subject stand apart, and are invented for now.",
    "The figures that the Department for Education publishes on the same subject are real, and stand apart.",
    "About three in thirty lie beyond the 95% limits without any reason.",
    "Not available: the figure was not returned, or is not collected there.",
    "Each row has its own scale: London stands in the middle, and the shaded middle half of boroughs is always as wide.",
    "The set of 2008 counts need and time limits, and hardly any help given, so there is less to show here.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Record(ROOT))


@cache
def prose() -> str:
    """Everything that people wrote by hand, without its markup."""
    files = [*ROOT.glob("content/**/*.md"), *ROOT.glob("content/**/*.toml"), *ROOT.glob("templates/**/*.html")]
    files += [*ROOT.glob("datapackages/**/notes.csv"), *ROOT.glob("datapackages/**/datapackage.json")]
    bare = (re.sub(r"<[^>]+>|[*_`]|\{[%{].*?[%}]\}", " ", path.read_text(encoding="utf-8")) for path in files)
    return " ".join(" ".join(text.split()) for text in bare)


def test_every_sentence_of_many_pages_is_true(built_site: Path, reader: Reader) -> None:
    pages = {path: place for path in sorted(built_site.rglob("*.html")) if (place := _place(reader, built_site, path))}
    slugs, codes = _slugs(reader), _codes(reader)
    unknown, wrong, count = set(), [], 0
    for page in random.Random(20260101).sample(sorted(pages), PAGES):
        for said in sentences(page, pages[page], slugs, codes):
            try:
                known = read(reader, said.place, said.sentence)
            except (AssertionError, KeyError, StopIteration, ValueError) as error:
                wrong.append(f"{page.relative_to(built_site)}: {said.sentence} ({error!r})")
                continue
            count += known
            if not known and _claims(reader, said.sentence):
                unknown.add(f"{page.relative_to(built_site)}: {said.sentence}")
    assert not wrong, "\n".join(wrong)
    assert not unknown, "\n".join(sorted(unknown))
    assert count > 10 * PAGES


def _place(reader: Reader, site: Path, page: Path) -> Place | None:
    parts = page.relative_to(site).with_suffix("").parts
    slugs, codes = _slugs(reader), _codes(reader)
    if parts[0] == "indicators":
        code = codes.get(parts[-1].removesuffix("-by-rate"), "")
        return Place(code, LONDON) if code in reader.record.periods else None
    if parts[0] == "boroughs" and parts[1] in slugs:
        return Place(codes.get(parts[-1], ""), slugs[parts[1]])
    return None


def _slugs(reader: Reader) -> dict[str, str]:
    return {row["slug"]: code for code, row in reader.record.areas.items() if row["slug"]}


def _codes(reader: Reader) -> dict[str, str]:
    return {code.lower(): code for code in reader.record.catalogue}


def _claims(reader: Reader, sentence: str) -> bool:
    """Whether a sentence that no form fits says something of figures: not when it is prose, or names alone."""
    if sentence in _ALWAYS or sentence.rstrip(".") in prose():
        return False
    names = [head["title"] for head in reader.record.catalogue.values()] + [*reader.record.catalogue]
    names += [row["name"] for row in reader.record.areas.values()]
    for name in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(name, "")
    sentence = re.sub(
        r"release \d{4}-\d{2}-Q\d(\.\d)?|reporting year \d{4}|v3\.0|since \d+ \w+ \d{4}|version \d", "", sentence
    )
    return bool(_CLAIM.search(sentence))


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
