"""The search in words of its own: what a query finds and in which order, from the index alone."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from site_builder.published.search import NAME


class Found(NamedTuple):
    """What is offered: its words and where it leads."""

    title: str
    address: str


class Known(NamedTuple):
    """An entry of the index, read."""

    kind: int
    place: int
    stem: str
    title: str
    address: str
    others: tuple[str, ...]

    def words(self) -> set[str]:
        """All words of its title, code and other words."""
        return {word for words in (plain(self.title), *self.others) for word in words.split()}


class Index:
    """The index of a site, and what a query finds in it."""

    def __init__(self, script: bytes) -> None:
        match = re.fullmatch(rf"const {NAME}=Object\.freeze\((.*)\);\n", script.decode())
        assert match is not None
        self.held: dict[str, Any] = json.loads(match[1])
        self.entries = [
            Known(
                kind, place, middle, title, start + middle + end, tuple(plain(one) for one in "".join(more).split("|"))
            )
            for kind, (_, start, end, held) in enumerate(self.held["kinds"])
            for place, (title, middle, _, *more) in enumerate(held)
        ]

    def find(self, query: str) -> list[Found]:
        """A borough with a subject first; then by how the title or another word fits, by kind, by title."""
        asked = plain(query)
        words = [word for word in asked.split() if word not in self.held["joining"]] or asked.split()
        if not words:
            return []
        alone = [(1, *rank(one, asked), Found(one.title, one.address)) for one in self.entries if fits(one, words)]
        return [
            found[-1] for found in sorted([*self._together(words), *alone], key=lambda one: (one[:-1], one[-1].address))
        ]

    def _together(self, words: list[str]) -> Iterator[tuple[int, int, int, str, int, Found]]:
        for subject in self.entries:
            if subject.kind != 0 or subject.stem not in self.held["pairs"]:
                continue
            own = [word for word in words if begins(subject, word)]
            rest = [word for word in words if word not in own]
            for place in self.entries:
                if place.kind == 1 and own and rest and all(len(word) > 2 and begins(place, word) for word in rest):
                    address = f"boroughs/{place.stem}/{subject.stem}.html"
                    yield 0, *rank(subject, " ".join(own)), Found(f"{place.title}: {subject.title}", address)


def plain(text: str) -> str:
    """Small letters and digits, one space between words."""
    letters = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not "\u0300" <= c <= "\u036f")
    return " ".join(re.findall(r"[a-z0-9]+", letters.replace("'", "").replace("’", "")))


def begins(one: Known, word: str) -> bool:
    """Whether a word, or the singular of it, begins a word of the entry."""
    singular = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return any(own.startswith(singular) for own in one.words())


def fits(one: Known, words: list[str]) -> bool:
    """Whether every word begins a word of the entry."""
    return all(begins(one, word) for word in words)


def rank(one: Known, asked: str) -> tuple[int, int, str, int]:
    """Exact title, exact other word, how a title or another word begins, any; then kind, title, and place in the index."""
    name = plain(one.title)
    tests = (
        name == asked,
        asked in one.others,
        name.startswith(asked),
        any(other.startswith(asked) for other in one.others),
        True,
    )
    return tests.index(True), one.kind, name, one.place
