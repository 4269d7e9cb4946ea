"""The place that a site is about, and what it calls its parts and its people: the table ``[place]`` of the settings.

A process works on one checkout. The command line settles the place before any other zone is imported, and nothing
changes it afterwards; so what is written in terms of ``HERE`` (``site_builder.vocabulary.here``) is constant.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from site_builder.vocabulary.frontmatter import mistake

FILE = "content/site.toml"
# What rests on series of the Department for Education: steps from referral to plan, what deprivation leads one to expect,
# our figures beside the published ones, and files in the form of its own open data.
SECTIONS = ("journey", "predicted", "reconciliation", "pairs")


def _headed(words: str) -> str:
    """Words as they begin a line; capitals further on stay."""
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Place:
    """The words and codes of an instance. Without settings they are neutral, so that a package can be audited alone.

    ``short``: what names of packages and keys of citations begin with. ``code``, ``name``: the whole, such as one city. ``parts``: codes of its parts that stand between it and its areas;
    ``parts_name``: all of these in one breath.
    ``levels``: what counts are printed by, from one area up. ``country``, ``country_code``: what the whole is compared with.
    ``area``, ``areas``: one authority that sends figures, and many. ``people``, ``person``: whom the figures are about.
    ``ages``, ``ages_of``, ``ages_name``: which of them an area's size is measured by, as in the populations and in words.
    ``all_areas``: the areas of the whole, as a sentence begins. ``subject``: what the figures are about, and the
    words that lead from it to the people (``subject_of``); ``aim``, ``aim_plain``: what areas do, in the field's word and in a
    plain one. ``hub``: slug of the area in the middle of the mark; ``squares``: whose the layout of the squares
    is, in a sentence, or nothing. ``asked``: examples of what one may search for. ``sections``: of SECTIONS, those that are offered. ``letters``: in the square of an area, by its slug
    (the first three of the slug where none are given). ``also``: other words for an area or a page, by slug or address.
    """

    title: str = "Benchmarks"
    short: str = "lsb"
    code: str = "WHOLE"
    name: str = "The whole"
    parts: tuple[str, ...] = ()
    parts_name: str = "the parts"
    levels: str = "area and for all"
    country: str = "The country"
    country_code: str = "COUNTRY"
    area: str = "area"
    areas: str = "areas"
    people: str = "people"
    person: str = "person"
    ages: str = "0-17"
    ages_of: str = "aged 0 to 17"
    ages_name: str = "under-18s"
    all_areas: str = "All areas"
    subject: str = "figures"
    subject_of: str = "figures on"
    aim: str = "serve people"
    aim_plain: str = "serve people"
    hub: str = ""
    squares: str = ""
    asked: str = "two words together"
    sections: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def totals(self) -> tuple[str, ...]:
        """Codes of the whole and of its parts, the whole first."""
        return (self.code, *self.parts)

    @property
    def area_head(self) -> str:
        """One authority, at the head of a line."""
        return _headed(self.area)

    @property
    def areas_head(self) -> str:
        """Many of them, at the head of a line."""
        return _headed(self.areas)

    @property
    def an_area(self) -> str:
        """One of them, with its article."""
        return f"{'an' if self.area[0] in 'aeiou' else 'a'} {self.area}"

    @property
    def an_area_head(self) -> str:
        """The same, at the head of a line."""
        return _headed(self.an_area)

    @property
    def people_head(self) -> str:
        """The people, at the head of a line."""
        return _headed(self.people)

    @property
    def a_person(self) -> str:
        """One of them, with the article."""
        return f"{'an' if self.person[0] in 'aeiou' else 'a'} {self.person}"

    @property
    def key(self) -> str:
        """The whole in the name of a column."""
        return re.sub(r"[^a-z]+", "_", self.name.lower())

    @property
    def area_key(self) -> str:
        """One authority in the name of a level."""
        return re.sub(r"[^a-z]+", "-", self.area.lower())

    def letters_of(self, slug: str) -> str:
        """What stands in the square of an area."""
        return self.letters.get(slug, slug[:3].upper())

    @property
    def folder(self) -> str:
        """The folder of the areas' pages."""
        return re.sub(r"[^a-z]+", "-", self.areas.lower())


_settled: list[Place] = []  # the place of this process, once it is settled


def settle(place: Place) -> None:
    """Make this the place of the process. A folder that names no place is read in the words that are settled already.
    Raises RuntimeError when another place is settled."""
    if not _settled:
        _settled.append(place)
    elif place not in (_settled[0], Place(title=place.title)):
        raise RuntimeError("a process works on one place")


def settled() -> Place:
    """The place of this process; asking settles the neutral one where nobody has settled any."""
    if not _settled:
        _settled.append(Place())
    return _settled[0]


def load_place(root: Path) -> Place:
    """The place of a checkout; the neutral one where it has no settings or these name none. Raises ConfigurationError
    (A101) for an unknown key or a value that is not words."""
    path = root / FILE
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError:
        return Place()  # who reads all of the settings says what is wrong with them
    return parse_place(said.get("place", {}), str(said.get("title", Place().title)))


def parse_place(table: Mapping[str, Any], title: str) -> Place:
    """A place from the table ``[place]``. Raises as ``load_place``."""
    known = {one.name for one in fields(Place)} - {"title"}
    if unknown := sorted(set(table) - known):
        raise mistake(FILE, f"These words of the place are not known: {', '.join(unknown)}.", "Remove or respell them.")
    words = {key: value for key, value in table.items() if isinstance(value, str)}
    sections = table.get("sections", [])
    if not isinstance(sections, list) or not set(sections) <= set(SECTIONS):
        raise mistake(FILE, "A section of the place is not known.", f"Name some of: {', '.join(SECTIONS)}.")
    parts, letters, also = table.get("parts", []), table.get("letters", {}), table.get("also", {})
    of_kind = isinstance(parts, list) and isinstance(letters, dict) and isinstance(also, dict)
    named = {"parts", "letters", "also", "sections"} & set(table)
    if not of_kind or len(words) + len(named) < len(table) or not all(isinstance(one, list) for one in also.values()):
        raise mistake(FILE, "The place has a value of another kind.", "Compare the table with its description.")
    if not all(
        map(_is_said, (*words.values(), *parts, *letters.values(), *(one for some in also.values() for one in some)))
    ):
        raise mistake(
            FILE, "A word of the place is not a word.", "Write letters, digits and spaces in quotation marks."
        )
    called = {slug: tuple(some) for slug, some in also.items()}
    return Place(title=title, parts=tuple(parts), sections=tuple(sections), letters=letters, also=called, **words)


def _is_said(word: object) -> bool:
    """Whether a page, a script and the name of a file can hold this word as it is."""
    return isinstance(word, str) and re.fullmatch(r"[\w ’“”&.,-]+", word) is not None
