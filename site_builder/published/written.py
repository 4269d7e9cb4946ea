"""What people wrote for the pages, as the sweep may find it again there: words with numbers that are no figures of a place.

A limit in a law, an example of a method, a telephone number in a table: they stand in no download. They are public
before a release is made, and nothing here reads one.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import NamedTuple

from site_builder.published import accessibility, addresses, method_words, protection
from site_builder.published.articles import render_known
from site_builder.published.phrases import AGES
from site_builder.published.search import PARTED
from site_builder.release.policy import load_policy
from site_builder.release.reference import load_areas, load_catalogue
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.frontmatter import split

_PLACES = ("content", "datapackages/reference")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)|\[(?=[^]]*\]\()|(?<=\w)\]\([^)]*\)")
_SAID = 8  # letters that a string has at least, so that it says what its numbers are of
_PAGES = {"reports": addresses.report, "proposals": addresses.proposal, "decisions": addresses.decision}


class Written(NamedTuple):
    """``titles``: names that hold digits, wherever they stand. ``words``: strings that say what their numbers are of.
    ``prose``: by page, the HTML of its prose with no figure of a release or package in it."""

    titles: tuple[str, ...]
    words: frozenset[str]
    prose: Mapping[str, str]


def load_written(root: Path) -> Written:
    """What is written in a checkout. Raises ConfigurationError as the readers of the content do."""
    catalogue, areas = load_catalogue(root), load_areas(root)
    heads = {path: split(path.read_text(encoding="utf-8"), str(path)) for path in _files(root, "content", "md")}
    titles = [str(head["title"]) for head, _ in heads.values() if "title" in head]
    values = {
        **protection.placeholders(load_policy(root), catalogue, None),
        **method_words.placeholders(catalogue.values(), len(areas.boroughs)),
        **accessibility.placeholders(accessibility.read_record(root), ""),
    }
    prose = {
        page: render_known(text, values)
        for path, (_, text) in heads.items()
        if (page := _page(path.relative_to(root / "content")))
    }
    told = (words for head, text in heads.values() for words in (*_strings(head), *_paragraphs(text)))
    names = (*titles, *(one.name for one in areas.by_code.values()), *AGES.values())
    return Written(
        tuple(sorted(one for one in set(names) if _DIGIT.search(one) and _LETTER.search(one))),
        frozenset(
            one for one in (*_of_files(root), *told) if _DIGIT.search(one) and len(_LETTER.findall(one)) >= _SAID
        ),
        prose,
    )


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of Markdown as a page prints them, without its marks."""
    for some in text.split("\n\n"):
        yield " ".join(_MARKS.sub("", some).split())


def _page(path: PurePath) -> str:
    """The page that a file below ``content`` is the prose of; empty for one whose words stand among figures."""
    if path.parts[0] == "about":
        return path.with_suffix(".html").as_posix()
    return _PAGES[path.parts[0]](path.stem) if path.parts[0] in _PAGES and len(path.parts) == 2 else ""


def _files(root: Path, place: str, ending: str) -> list[Path]:
    return sorted((root / place).rglob(f"*.{ending}"))


def _of_files(root: Path) -> Iterator[str]:
    """Every string of the tables and trees in which people write."""
    for place in _PLACES:
        for path in _files(root, place, "toml"):
            yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in _files(root, place, "json"):
            yield from _strings(json.loads(path.read_text(encoding="utf-8")))
        for path in _files(root, place, "csv"):
            yield from (cell for row in csv_rows(path.read_bytes()) for cell in row.values())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
        if all(isinstance(one, str) for one in value):
            yield PARTED.join(value)  # as the index of the search holds other words for a page
