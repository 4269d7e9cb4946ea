"""What the search knows: titles, addresses, one line and other words of everything that can be looked for.

It is an ordinary script that sets one frozen name, because a page that is opened from a disk may not fetch a file. Nothing
in it comes from a figure: all words stand in ``content/``, the reference packages and the list of topics.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple

from site_builder.published import addresses
from site_builder.published.content import Content
from site_builder.published.inputs import Inputs
from site_builder.published.topics import OTHER_WORDS, Topic, places, topics
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words

NAME = "searchIndex"
PARTED = "|"  # between other words of an entry, in which it does not stand
SAID = {
    "start": f"Everyday words do, and {HERE.an_area} with a subject: {HERE.asked}.",
    "many": "Pages found: {many}.",
    "most": "Pages found: {many}, of which {MOST} are shown. One more word narrows it.",
    "none": f"Nothing is called “{{typed}}”. The search looks at names, codes and other words of indicators, {HERE.areas}, topics, "
    "pages, rules, decisions and the glossary, and not at the text of pages. All of it stands below from A to Z.",
    "near": "Did you mean ",
}
# Words that hold others together: they are passed over where a query has any other.
JOINING = ("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "upon", "with", HERE.name.lower())


class Entry(NamedTuple):
    """One thing to be found. ``also``: its code and other words."""

    title: str
    address: str
    line: str
    also: tuple[str, ...] = ()


def entries(inputs: Inputs, paths: Container[str]) -> dict[str, tuple[Entry, ...]]:
    """Everything that can be found by its kind, in the order in which kinds are offered. ``paths``: pages of the site."""
    content = inputs.content
    return {
        "Indicator": tuple(_indicator(one, inputs) for one in inputs.catalogue.values()),
        HERE.area_head: tuple(_borough(one, inputs.areas.by_code[one.region].name) for one in inputs.areas.boroughs),
        "Topic": (*_themes(content), *map(_topic, topics(paths)), *_documents(inputs)),
        "Page": (
            *(
                Entry(one.title, one.path, one.summary, (*OTHER_WORDS.get(one.path, ()), *HERE.also.get(one.path, ())))
                for one in content.articles
            ),
            *map(_topic, places(paths)),
            *(
                Entry(
                    f"Release {one.id}",
                    addresses.release(str(one.id)),
                    f"Published on {day_in_words(one.published_on)}.",
                )
                for one in inputs.releases
            ),
        ),
        "Glossary": tuple(
            Entry(
                one.term,
                f"{addresses.GLOSSARY}#{addresses.anchor(one.term)}",
                one.text.replace("*", "").replace("`", ""),
            )
            for one in content.glossary
        ),
        "Rule": tuple(Entry(f"{one.code} {one.title}", addresses.rule(one.code), "") for one in content.rules),
        "Decision": tuple(
            Entry(f"{one.number:04d} {one.title}", addresses.decision(one.stem), "") for one in content.decisions
        ),
    }


def _documents(inputs: Inputs) -> tuple[Entry, ...]:
    """Reports and proposals, each by its own title."""
    held = inputs.documents
    return (
        *(Entry(one.title, addresses.report(one.slug), "Report", one.aliases) for one in held.reports),
        *(Entry(one.title, addresses.proposal(one.stem), "Proposal") for one in held.proposals),
    )


def search_script(inputs: Inputs, paths: Container[str]) -> bytes:
    """The index as a script: of each kind its name, how its addresses begin and end, and for each entry its title, the
    middle of its address, its line and its other words. ``pairs``: indicators that every borough has a page of."""
    made = {
        "said": SAID,
        "joining": list(JOINING),
        "pairs": [code.lower() for code in inputs.figures],
        "kinds": [_kind(name, held) for name, held in entries(inputs, paths).items()],
    }
    return f"const {NAME}=Object.freeze({json.dumps(made, ensure_ascii=False, separators=(',', ':'))});\n".encode()


def _kind(name: str, held: Sequence[Entry]) -> list[Any]:
    folders = {one.address.rpartition("/")[0] + "/" for one in held}
    start, end = (folders.pop() if len(folders) == 1 else ""), ".html"
    if all("#" in one.address for one in held):
        start, end = f"{addresses.GLOSSARY}#", ""
    return [name, start, end, [list(_fields(one, start, end)) for one in held]]


def _fields(one: Entry, start: str, end: str) -> Iterator[str]:
    yield from (one.title, one.address.removeprefix(start).removesuffix(end), one.line)
    if one.also:
        yield PARTED.join(one.also)


def _indicator(one: Indicator, inputs: Inputs) -> Entry:
    held = inputs.figures.get(one.code)
    source = (
        "no figures yet"
        if held is None
        else "national figures"
        if held.source.national
        else f"from {HERE.area} returns"
    )
    return Entry(one.title, addresses.indicator(one.code), f"{one.code}, {source}", (one.code, *one.aliases))


def _borough(one: Area, part: str) -> Entry:
    return Entry(one.name, addresses.borough(one.slug), part, HERE.also.get(one.slug, ()))


def _themes(content: Content) -> Iterator[Entry]:
    for one in content.themes.values():
        yield Entry(one.title, addresses.theme(one.code), "Theme", (one.code, *(o.title for o in one.objectives)))


def _topic(one: Topic) -> Entry:
    return Entry(one.title, one.address, one.line, tuple(filter(None, one.also.split(", "))))
