"""What differs between two releases, for a terminal: first what holds for all, then indicator by indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from site_builder.published.changes import Change
from site_builder.published.phrases import capital, listed
from site_builder.published.revisions import HIDDEN_SINCE, Told, in_order
from site_builder.published.versions import NAME, Redefined, Step
from site_builder.release.cells import CellKey
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator

NOTHING = "Nothing changed."
_HEADINGS = (
    "No longer shown", "Not shown for another reason than before", HIDDEN_SINCE, "Shown for the first time",
    "Marked otherwise", "Removed", "Redefined",
)  # fmt: skip
_INDENT = "  "


def in_words(
    opening: str,
    taken: Step,
    found: Told,
    redefined: Iterable[Redefined],
    areas: Areas,
    catalogue: Mapping[str, Indicator],
) -> str:
    """All of it. ``opening``: which two releases; ``taken``: how much the later changes; ``found``: its changes."""
    parts = [f"{opening}: {taken.level.value}.\n{_sentences(taken.why)}"]
    if whole := tuple(_whole(found, areas)):
        parts.append(_block("All indicators", whole))
    anew: dict[str, list[str]] = {}
    for one in redefined:
        what = "title" if one.field == NAME else one.field.replace("_", " ")
        anew.setdefault(one.indicator, []).append(f"{capital(what)}: “{one.old}” became “{one.new}”")
    codes = {change.key.indicator for change in found.revised} | {
        k.indicator for some in found.named.values() for k in some
    }
    for code in sorted(codes | anew.keys()):
        title = f"{code} {catalogue[code].title}" if code in catalogue else code
        parts.append(_block(title, (*anew.get(code, ()), *_of_indicator(code, found, areas))))
    return "\n\n".join(parts)


def line(change: Change, areas: Areas, catalogue: Mapping[str, Indicator]) -> str:
    """One change on a line of its own; two numbers only where the change has them."""
    key = change.key
    title = catalogue[key.indicator].title if key.indicator in catalogue else key.indicator
    about = f"{areas.by_code[key.area].name}, {title} ({key.indicator}), {key.period}, {key.measure}"
    return about + _moved(change)


def places(keys: Sequence[CellKey], areas: Areas, named: Callable[[str], str] = str) -> str:
    """Areas with their periods, each once: ``Camden (2023-24-Q3 and 2023-24)``. ``named``: how a period is written."""
    periods: dict[str, set[str]] = {}
    for key in keys:
        periods.setdefault(areas.by_code[key.area].name, set()).add(key.period)
    return "; ".join(f"{name} ({listed([*map(named, in_order(some))])})" for name, some in sorted(periods.items()))


def _whole(found: Told, areas: Areas) -> Iterator[str]:
    """What is told once for every indicator."""
    if found.periods:
        yield f"New periods: {listed(found.periods)}"
    if found.came:
        indicators = len({key.indicator for key in found.came})
        many = f"{_number(len(found.came), 'count')} of {_number(indicators, 'indicator')}"
        yield f"Returns that came late: {places(found.came, areas)}; {many}"
    if found.remade:
        yield f"Totals that now hold other {HERE.areas}, so they are new figures: {places(found.remade, areas)}"


def _of_indicator(code: str, found: Told, areas: Areas) -> Iterator[str]:
    revised = [one for one in found.revised if one.key.indicator == code]
    if revised:
        yield "Revised"
        yield from (f"{_INDENT}{_short(one.key, areas)}{_moved(one)}" for one in revised)
    for heading in _HEADINGS:
        keys = [key for key in found.named.get(heading, ()) if key.indicator == code]
        if keys:
            yield heading
            yield from (f"{_INDENT}{_short(key, areas)}" for key in keys)


def _short(key: CellKey, areas: Areas) -> str:
    part = "" if key.breakdown == "total" else f", {key.breakdown}"
    return f"{areas.by_code[key.area].name}, {key.period}, {key.measure}{part}"


def _moved(change: Change) -> str:
    values = f": {change.old_value} became {change.new_value}" if change.old_value and change.new_value else ""
    reason = f". {change.reason}" if change.reason else ""
    return values + reason


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _block(heading: str, lines: Iterable[str]) -> str:
    return "\n".join((heading, *(_INDENT + one for one in lines)))


def _sentences(clauses: Iterable[str]) -> str:
    return f"{capital('; '.join(clauses))}."
