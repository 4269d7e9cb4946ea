"""The worked example of the page on hidden figures: every table is read from the page and counted out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from site_builder.release.policy import load_policy
from tests.factories import ROOT

PAGE = (ROOT / "content/about/methods/hidden-figures.md").read_text(encoding="utf-8")
SMALL = set(range(1, load_policy(ROOT).threshold + 1))
Table = list[list[str]]


class Line(NamedTuple):
    """Hidden figures that add up to what the printed ones leave of a total."""

    hidden: tuple[str, ...]
    left: int


def tables(heading: str) -> list[Table]:
    """The tables under a heading of the page, heads included."""
    text = PAGE.partition(f"### {heading}\n")[2].partition("\n##")[0]
    found = re.findall(r"(?m)(?:^\|.*\n)+", text)
    return [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines() if "---" not in line]
        for lines in found
    ]


def columns(table: Table) -> dict[str, dict[str, str]]:
    return {head: {row[0]: row[k] for row in table[1:]} for k, head in enumerate(table[0]) if k}


def rows(table: Table) -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(table[0][1:], row[1:], strict=True)) for row in table[1:]}


def line(cells: Mapping[str, str], total: str, name: str = "{}") -> Line:
    """What a column or row of printed cells says of its hidden ones. ``name``: what a hidden one is called."""
    parts = {key: text for key, text in cells.items() if key != total}
    shown = sum(int(text) for text in parts.values() if text.isdigit())
    return Line(tuple(name.format(key) for key, text in parts.items() if text == "[c]"), int(cells[total]) - shown)


def possible(*lines: Line) -> dict[str, set[int]]:
    """What each hidden figure can be: every table of counts above zero that agrees with all lines."""
    names = sorted({name for one in lines for name in one.hidden})
    found: dict[str, set[int]] = {name: set() for name in names}
    for counts in product(range(1, max(one.left for one in lines) + 1), repeat=len(names)):
        at = dict(zip(names, counts, strict=True))
        if all(sum(at[name] for name in one.hidden) == one.left for one in lines):
            for name, value in at.items():
                found[name].add(value)
    return found


def test_one_hidden_figure_can_be_worked_out_and_two_cannot() -> None:
    (table,) = tables("Why one hidden figure is not enough")
    column = columns(table)
    counted = {name: int(text) for name, text in column["Counted"].items()}
    total = counted.pop("All four")
    assert sum(counted.values()) == total
    assert [name for name, count in counted.items() if count in SMALL] == ["Cedar"]
    assert possible(line(column["One hidden"], "All four")) == {"Cedar": {counted["Cedar"]}}
    told = re.search(r"something from (\d+) to (\d+)", " ".join(PAGE.split()))
    assert told
    both = set(range(int(told[1]), int(told[2]) + 1))
    assert possible(line(column["Two hidden"], "All four")) == {"Beech": both, "Cedar": both}
    assert both >= SMALL


def test_two_that_add_up_to_five_are_not_enough() -> None:
    assert "were 3 and 2, they would add up to 5, and neither could be 5" in " ".join(PAGE.split())
    assert possible(Line(("a", "b"), 3 + 2)) == {"a": {1, 2, 3, 4}, "b": {1, 2, 3, 4}}
    assert 5 in SMALL


def test_quarters_and_the_year_leave_open_what_the_page_says() -> None:
    counted, printed, told = tables("Quarters and years")
    for row in counted[1:]:
        *quarters, year = map(int, row[1:])
        assert sum(quarters) == year
    assert all(int(some["Beech"]) + int(some["Cedar"]) == int(some["Both"]) for some in columns(counted).values())
    pairs = [pair for two in zip(printed[1:], counted[1:], strict=True) for pair in zip(*two, strict=True)]
    assert {text for text, count in pairs if text != count} == {"[c]"}
    down = [line(columns(printed)[quarter], "Both", f"{{}}, {quarter}") for quarter in ("Q1", "Q3")]
    across = [line(rows(printed)[place], "Year", f"{place}, {{}}") for place in ("Beech", "Cedar")]
    found = possible(*down, *across)
    assert {name: (min(some), max(some)) for name, some in found.items()} == {
        name: (int(least), int(most)) for name, least, most in told[1:]
    }
    assert [name for name, some in found.items() if not some & SMALL] == ["Beech, Q3"]
    assert sum(some >= SMALL for some in found.values()) == 3


def test_without_a_second_quarter_the_year_gives_the_figure_away() -> None:
    counted, _, _ = tables("Quarters and years")
    cedar = {**rows(counted)["Cedar"], "Q1": "[c]"}
    assert possible(line(cedar, "Year")) == {"Q1": {3}}
    assert "25 less 7 less 9 less 6 is 3" in PAGE


def test_a_late_return_is_the_difference_of_two_totals() -> None:
    (table,) = tables("A late return")
    column = columns(table)
    june, unsafe = (int(column[head]["All that came"]) for head in ("June", "Not safe"))
    assert unsafe - june in SMALL
    assert f"it is {unsafe - june}" in " ".join(PAGE.split())
    assert f"{unsafe} less {june} is {unsafe - june}" in PAGE
    assert column["Safe"]["All that came"] == column["Safe"]["Elm"] == "[c]"
    assert all(some >= SMALL for some in possible(line(column["June"], "All that came")).values())
