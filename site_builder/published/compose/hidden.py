"""What is hidden in a release, for its page: how many figures at each level, and what is published more coarsely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from site_builder.published import addresses, phrases
from site_builder.published.compose.data import size
from site_builder.published.downloads.hidden import hidden_csv, hidden_file
from site_builder.published.hidden import EVERY, LEVELS, Tally, coarser, tallies
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import DataTable, File, Link, Value
from site_builder.published.pages_site import HiddenBlock
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification

_COLUMNS = (
    "Indicator", f"{HERE.areas_head}, hidden", f"{HERE.areas_head}, printed", "Inner and Outer, hidden", "Inner and Outer, printed",
    f"{HERE.name}, hidden", f"{HERE.name}, printed",
)  # fmt: skip
_NOTHING = "–"


class _Place(NamedTuple):
    """Where a tally stands in the table."""

    indicator: str
    level: str


def hidden_block(inputs: Inputs, one: Release, path: str) -> HiddenBlock:
    """The section of the page at ``path``."""
    found = tallies(one)
    by_place = {_Place(tally.indicator, tally.level): tally for tally in found}
    codes = (*one.cells.indicators(), EVERY)
    tag = "Illustrative: " if one.classification is Classification.SYNTHETIC else ""
    return HiddenBlock(
        text=_sentence(by_place[_Place(EVERY, EVERY)]) if found else "This release holds no figures.",
        reading="A figure is one count here: a percentage rests on two. A hidden figure is small, or a small one could "
        "be worked out from it. Nobody is told which, so please do not read “few” into these numbers.",
        table=DataTable(
            f"{tag}hidden and printed figures by indicator",
            _COLUMNS,
            tuple((_title(inputs, code), *_row(by_place, code)) for code in codes),
        ),
        coarser=_coarser(inputs, one),
        more=Link("How we hide figures", addresses.relative(path, addresses.HIDDEN_FIGURES)),
        files=(
            File(
                "What is hidden, CSV",
                addresses.relative(path, hidden_file(one)),
                size(len(hidden_csv(one))),
            ),
        ),
    )


def _sentence(total: Tally) -> str:
    are = "is" if total.hidden == 1 else "are"
    rest = f" For {total.other:,} there is none: it did not come, does not apply, or is too unreliable to show."
    told = f"Of {total.figures:,} figures {total.hidden:,} {are} hidden and {total.printed:,} are printed."
    return told + rest * bool(total.other)


def _title(inputs: Inputs, code: str) -> str:
    if code == EVERY:
        return "All indicators"
    return f"{code} {inputs.catalogue[code].title}" if code in inputs.catalogue else code


def _row(by_place: Mapping[_Place, Tally], code: str) -> tuple[str | Value, ...]:
    found = [by_place.get(_Place(code, level)) for level in LEVELS]
    return tuple(cell for tally in found for cell in _pair(tally))


def _pair(tally: Tally | None) -> tuple[str | Value, ...]:
    if tally is None:
        return (_NOTHING, _NOTHING)
    return tuple(Value("reported" if number else "zero", f"{number:,}") for number in (tally.hidden, tally.printed))


def _coarser(inputs: Inputs, one: Release) -> tuple[str, ...]:
    """A sentence for each way in which indicators are published more coarsely than they are sent."""
    ways: dict[str, list[str]] = {}
    for code in one.cells.indicators():
        for way in coarser(one.structure.indicators[code], one.cells.of_indicator(code)):
            ways.setdefault(way, []).append(_title(inputs, code))
    return tuple(f"Published {way}: {phrases.listed(titles)}." for way, titles in sorted(ways.items()))
