"""The figures of the releases, as the sweep looks them up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from site_builder.release.cells import PublicCells
from site_builder.release.sweep.printed import Page, numbers

_HIDDEN = "c"
_REMOVED = "removed"  # of a count that a release no longer holds: neither a number nor a mark
_BOTH = ("old_value", "new_value")
_DIGITS = re.compile(r"\d+")
_NAME = 20  # signs above which a string that stands in a sentence of the content is a part of it
_COUNTS = ("numerator", "denominator")
_DERIVED = (
    "value", "lower_95", "upper_95", "adjusted_z", "funnel_lower_95", "funnel_upper_95", "funnel_lower_998",
    "funnel_upper_998",
)  # fmt: skip


class _Cell(NamedTuple):
    value: str
    withheld: str


class Known:
    """What each release prints of each count: by release, indicator, area, period and measure.

    ``titles``: names that may hold digits, wherever they stand. ``words``: whole strings with letters that people wrote.
    ``prose``: by page, the HTML of what people wrote for it; both are public without any release. ``withdrawn``: releases
    of which no figure may stand anywhere."""

    def __init__(
        self,
        releases: Iterable[tuple[str, PublicCells]],
        titles: Iterable[str],
        words: Collection[str] = (),
        prose: Mapping[str, str] | None = None,
        withdrawn: Collection[str] = (),
    ) -> None:
        self._withdrawn = withdrawn
        self._prose = prose or {}
        self._written: dict[str, list[str]] = {}
        for one in sorted({words.casefold() for words in words}, key=lambda some: (-len(some), some)):
            for digits in set(_DIGITS.findall(one)):
                self._written.setdefault(digits, []).append(one)
        held = sorted({title for title in titles if any(letter.isdigit() for letter in title)}, key=len, reverse=True)
        self.titles = re.compile("|".join(map(re.escape, held)) or r"(?!)")  # names that hold digits
        self._cells: dict[str, dict[tuple[str, str, str, str], list[_Cell]]] = {}
        for name, cells in releases:
            table = self._cells.setdefault(name, {})
            for key, value, withheld, _ in cells:
                place = (key.indicator, key.area, key.period, key.measure)
                table.setdefault(place, []).append(_Cell(value, withheld))

    def figures(self, page: str, strings: Iterable[str]) -> set[str]:
        """The numbers in the strings of a page, but for those in words that people wrote: strings of the page's own prose,
        and sentences and names of the content, which say what their numbers are of."""
        told = {words for words in strings if numbers(words, self.titles)}
        if told and page in self._prose:
            own = Page(self._prose[page])
            told -= {*own.cells, *own.spoken, *own.labels}
        return {number for words in told for number in numbers(self._unwritten(words), self.titles)}

    def _unwritten(self, words: str) -> str:
        """What is left of words without the sentences and names that people wrote; nothing of a part of such a sentence. A
        part begins and ends with a whole word or number."""
        left = " ".join(words.split())
        for digits in sorted(set(_DIGITS.findall(left))):
            for one in self._written.get(digits, ()):
                if len(left) > _NAME and left.casefold() in one and _whole(left.casefold()).search(one):
                    return ""
                if one in left.casefold():
                    left = _whole(one).sub(" ", left)
        return left

    def since(self, newest: str, record: Mapping[str, Any]) -> str | None:
        """What a record of an earlier release says wrongly because a later one hides the count; None where it does not.

        ``newest``: the release whose file this is. A count that it hides is blank there with its mark, whatever an earlier
        release printed."""
        place = tuple(str(record.get(name, "")) for name in ("indicator", "area", "period", "measure"))
        cells = self._cells.get(newest, {}).get((place[0], place[1], place[2], place[3]), [])
        if not any(cell.withheld == _HIDDEN for cell in cells):
            return None
        if any(_text(record.get(name)) for name in ("value", *_BOTH)):
            return "A number of an earlier release stands where the later one hides it."
        return ""

    def change(self, record: Mapping[str, Any]) -> str:
        """What a record of a change says that its two releases do not: each number is that of its own release, and there
        is none unless both print one."""
        sides = zip(_BOTH, ("old_withheld", "new_withheld"), ("follows", "release"), strict=True)
        for number, mark, release in sides:
            said = {**record, "value": record[number], "withheld": record.get(mark)}
            if record[number] and (problem := self.problem(str(record.get(release, "")), said)):
                return problem
        return "" if bool(record[_BOTH[0]]) == bool(record[_BOTH[1]]) else "Only one number of a change is there."

    def problem(self, release: str, record: Mapping[str, Any]) -> str:
        """What a record says that the release does not, in words without a number; empty when all is well.

        A record that speaks of no count of this release says nothing: national figures, lists of places.
        """
        if release in self._withdrawn and "area" in record:
            return "A figure of a release that was withdrawn."
        table = self._cells.get(release)
        if table is None:
            return ""
        if "measure" in record:
            return self._long(table, record)
        place = tuple(str(record.get(name, "")) for name in ("indicator", "area", "period"))
        return self._wide(table, place, record) if any((*place, one) in table for one in _COUNTS) else ""

    def _long(self, table: Mapping[tuple[str, str, str, str], list[_Cell]], record: Mapping[str, Any]) -> str:
        """A record of one count: its value and its mark."""
        place = tuple(str(record.get(name, "")) for name in ("indicator", "area", "period", "measure"))
        cells = table.get((place[0], place[1], place[2], place[3]), [])
        if not cells or "value" not in record:
            return ""
        said = _Cell(_text(record["value"]), _text(record.get("withheld")))
        if record.get("kind") == _REMOVED and said == _Cell("", ""):
            return ""
        return "" if said in cells else "A figure is not the one of the release."

    def _wide(
        self, table: Mapping[tuple[str, str, str, str], list[_Cell]], place: tuple[str, ...], record: Mapping[str, Any]
    ) -> str:
        """A record of a numerator, a denominator and what follows from them."""
        hidden = False
        for name in _COUNTS:
            cells = table.get((place[0], place[1], place[2], name))
            if cells is None or name not in record:
                continue
            said = _Cell(_text(record[name]), _text(record.get(f"{name}_withheld")))
            if said not in cells:
                return f"The {name} is not the one of the release."
            hidden = hidden or said.withheld == _HIDDEN
        if hidden and any(_text(record.get(name)) for name in _DERIVED):
            return "A figure stands beside a hidden count that it follows from."
        if hidden and "withheld" in record and record["withheld"] != _HIDDEN:
            return "A hidden figure lacks its mark."
        return "" if _is_plain(record) else "A figure is not a plain number."


def _whole(words: str) -> re.Pattern[str]:
    """Words that are no piece of a longer word or number."""
    return re.compile(rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w|[.,]\d)", re.IGNORECASE)


def _text(value: object) -> str:
    """A value of a table or of a tree, as a table would print it."""
    return "" if value is None else str(value)


def _is_plain(record: Mapping[str, Any]) -> bool:
    for name in (*_COUNTS, *_DERIVED):
        text = _text(record.get(name))
        try:
            if text and not Decimal(text).is_finite():
                return False
        except InvalidOperation:
            return False
    return True
