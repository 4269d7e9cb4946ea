"""Addresses that have gone: where each leads now, or why it leads nowhere. An address once given keeps answering."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.rules import rule

FILE = "content/redirects.csv"
COLUMNS = ("from", "to", "title", "since", "reason")
_PAGE = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.html")


class Redirect(NamedTuple):
    """A page that has gone. ``old``: its address; ``new``: where it is now, with a fragment or without, or empty when it
    is nowhere; ``title``: what was there; ``since``: the day it went; ``reason``: why, in a sentence."""

    old: str
    new: str
    title: str
    since: date
    reason: str


@rule("A303", Severity.ERROR, "an old address does not lead on")
def leads_nowhere(row: int, problem: str, fix: str) -> Finding:
    """What it checks: each address in the list of old ones is a page that is gone, and leads to one that is there, in
    one step, or says why there is none.

    Why it matters: an address is in minutes, bookmarks and other people's pages. One that leads in a circle, or to
    nothing, is worse than none; one that is still a page would hide it.

    Example: two old addresses that lead to each other.

    How to fix: mend the row: name a page that is there, or leave its target empty and say why the page went.
    """
    return Finding("A303", Severity.ERROR, Location(FILE, row), problem, fix)


RULES = (leads_nowhere,)


def parse_redirects(text: str) -> tuple[Redirect, ...]:
    """The rows of the list. Raises ConfigurationError (A101) for another header or a row that lacks something."""
    rows = csv.DictReader(io.StringIO(text), strict=True)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise mistake(FILE, f"The columns are not {', '.join(COLUMNS)}.", "Restore the first line.")
    return tuple(_redirect(row) for row in rows)


def _redirect(row: dict[str, str]) -> Redirect:
    try:
        made = Redirect(
            row["from"], row["to"], row["title"].strip(), date.fromisoformat(row["since"]), row["reason"].strip()
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise mistake(FILE, "A row lacks a column or a day.", "Fill in every column; a day is 2026-01-31.") from error
    if not made.title or not made.reason:
        raise mistake(FILE, "A row does not say what was there, or why it went.", "Say both.")
    return made


def findings(redirects: Sequence[Redirect], live: Container[str]) -> tuple[Finding, ...]:
    """What is wrong with the list, in its order. ``live``: every path of the site without it."""
    return tuple(found for row, one in enumerate(redirects, 2) for found in _of_row(row, one, redirects, live))


def _of_row(row: int, one: Redirect, every: Sequence[Redirect], live: Container[str]) -> Iterator[Finding]:
    olds = [other.old for other in every]
    target = one.new.partition("#")[0]
    if not _PAGE.fullmatch(one.old):
        yield leads_nowhere(row, "The old address is no page in lower case.", "Write it as about/old-name.html.")
    if olds.count(one.old) > 1:
        yield leads_nowhere(row, "The old address stands here twice.", "Keep one of the rows.")
    if one.old in live:
        yield leads_nowhere(row, "The old address is a page of the site.", "Remove the row, or the page.")
    if target in olds:
        yield leads_nowhere(row, "It leads to an address that is old too.", "Name the page where the way ends.")
    elif one.new and target not in live:
        yield leads_nowhere(row, "It leads to a page that is not there.", "Name one that is, or leave it empty.")
