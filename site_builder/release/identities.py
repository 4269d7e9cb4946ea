"""Sums between indicators that hold wherever all is shown, though nobody declared them.

Whoever looks at the tables can see them, and use them on what is hidden. They are looked for in shown figures only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from site_builder.release.cells import PublicCells
from site_builder.release.structure import Structure
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.names import Named
from site_builder.vocabulary.rules import rule

ENOUGH = 20  # places and periods in which a sum must hold before it is taken for more than chance

Identity = tuple[Named, ...]  # the first is the sum of the rest, or equal to the one that is left


@rule("D916", Severity.QUERY, "a sum that nobody declared")
def undeclared(identity: Identity) -> Finding:
    """What it checks: whether a figure of one indicator always equals that of another, or the sum of two others.

    Why it matters: a reader who sees this can work out a figure that is hidden in one table from the other tables.

    Example: all referrals are counted in a second indicator too, as the number that a percentage is out of.

    How to fix: declare it in datapackages/reference/ties.toml, under same or sums. If it holds by chance only, put it
    there under chance, with the reason.
    """
    whole, *parts = (f"{name.indicator} {name.measure}" for name in identity)
    return Finding(
        "D916",
        Severity.QUERY,
        Location("datapackages/reference/ties.toml"),
        f"{whole} always equals {' plus '.join(parts)} where all are shown.",
        "Declare it, or list it under chance with the reason.",
    )


RULES = (undeclared,)


def identities(cells: PublicCells, structure: Structure) -> tuple[Identity, ...]:
    """Equalities and sums of two that hold in each of 20 or more shown rows of boroughs and do not follow from the
    declared ties, in order. Rows in which one of the figures is zero do not count."""
    names, table = _table(cells, structure)
    declared = {(one.whole, *sorted(one.parts)) for one in structure.sums}
    found: list[Identity] = [
        (names[a], names[b]) for a, b in combinations(range(len(names)), 2) if _holds(table, a, (b,))
    ]
    known = {frozenset(pair) for pair in found}
    for b, c in combinations(range(len(names)), 2):
        for a in _sums(table, b, c):
            identity = (names[a], *sorted((names[b], names[c])))
            if identity not in declared and not any(pair <= set(identity) for pair in known):
                found.append(identity)
    return tuple(one for one in sorted(found) if len({name.indicator for name in one}) > 1)


def _table(cells: PublicCells, structure: Structure) -> tuple[list[Named], NDArray[np.float64]]:
    """One column a count, one row a borough and period; blank where it is not shown, or zero. Of counts that are declared
    to be the same only the first has a column."""
    first = {name: names[0] for names in structure.same for name in names}
    frame = cells.frame
    frame = frame[(frame["value"] != "") & (frame["value"] != "0") & ~frame["area"].isin(list(structure.areas))]
    frame = frame.assign(value=frame["value"].astype("float64"))
    wide = frame.pivot_table(
        index=["area", "period"], columns=["indicator", "measure"], values="value", aggfunc="first", sort=True
    )
    names = [Named(*column) for column in wide.columns]
    kept = [place for place, name in enumerate(names) if first.get(name, name) == name]
    return [names[place] for place in kept], wide.to_numpy(dtype="float64")[:, kept]


def _holds(table: NDArray[np.float64], whole: int, parts: Collection[int]) -> bool:
    total = table[:, list(parts)].sum(axis=1)
    shown = ~np.isnan(total) & ~np.isnan(table[:, whole])
    return int(shown.sum()) >= ENOUGH and bool((table[shown, whole] == total[shown]).all())


def _sums(table: NDArray[np.float64], one: int, other: int) -> Iterator[int]:
    """The columns that are always the sum of two others."""
    total = (table[:, one] + table[:, other])[:, None]
    shown = ~np.isnan(total) & ~np.isnan(table)
    always = (shown.sum(axis=0) >= ENOUGH) & ((table == total) | ~shown).all(axis=0)
    return (int(place) for place in np.flatnonzero(always) if place not in (one, other))
