"""A site of invented figures in which every state of a value stands: what each looks like, for tests and for eyes.

SG33 breaks in 2008. N17, as a publisher would print it: a borough that sent nothing, one whose earlier figure London's
total still holds, two that are given together only, a zero, a figure that rounds to zero, one too unreliable to show, one
that is hidden, one on a small base, one with nothing to divide by, a provisional and a revised one.

Run as a program with a folder, it writes the pages there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.published.build import Builder
from site_builder.published.inputs import Inputs, load_inputs
from site_builder.published.joint import joint_notes
from site_builder.published.points import Source
from site_builder.published.statistics import IndicatorData, indicator_data
from site_builder.published.write import Site, write_site
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.policy import load_policy
from site_builder.release.reconciliation import JOINT
from site_builder.vocabulary.areas import ENGLAND, LONDON
from tests.places import INNER_LONDON, OUTER_LONDON

ROOT = Path(__file__).parents[2]
YEARS = tuple(f"{year}-{(year + 1) % 100:02}" for year in range(2019, 2024))
SCHOOL_YEARS = tuple(f"{year}/{(year + 1) % 100:02}" for year in range(2004, 2012))
CITY, BARKING, BARNET, BEXLEY, BRENT, BROMLEY, CAMDEN, CROYDON, EALING, ENFIELD, GREENWICH, HACKNEY = (
    f"E09{number:06d}" for number in range(1, 13)
)
KINGSTON, RICHMOND = "E09000021", "E09000027"
# area to numerator, denominator and the publisher's own share in the latest year; marks stand in the place of a value
ODD: Mapping[str, tuple[str, str, str, str]] = {
    CITY: ("1", "4", "25.0", ""),
    BARKING: ("0", "180", "0.0", ""),
    BARNET: ("low", "900", "low", ""),
    BEXLEY: ("u", "u", "u", ""),
    BRENT: ("c", "110", "c", ""),
    BROMLEY: ("4", "18", "22.2", ""),
    CROYDON: ("0", "0", "z", ""),
    EALING: ("52", "210", "24.8", "p"),
    ENFIELD: ("47", "205", "22.9", "r"),
    HACKNEY: ("x", "x", "x", ""),
    KINGSTON: ("x", "x", "x", ""),
    RICHMOND: ("x", "x", "x", ""),
    f"{KINGSTON}{JOINT}{RICHMOND}": ("41", "190", "21.6", ""),
}
_MARKS = ("c", "x", "z", "u", "low")


def _cells(code: str, version: int, area: str, period: str, values: tuple[str, str, str, str]) -> Iterator[Cell]:
    for measure, value in zip(("numerator", "denominator", "published"), values[:3], strict=True):
        if value:
            key = CellKey(code, version, area, period, "total", measure, "all")
            yield Cell(key, "", value, values[3]) if value in _MARKS else Cell(key, value, "", values[3])


def national_cells(boroughs: tuple[str, ...]) -> Iterator[Cell]:
    """N17 in five years; the odd ones in the last."""
    for at, year in enumerate(YEARS):
        for number, area in enumerate(boroughs):
            base, count = 150 + 7 * number, 30 + number + 2 * at
            usual = (str(count), str(base), f"{100 * count / base:.1f}", "")
            yield from _cells("N17", 1, area, year, ODD.get(area, usual) if year == YEARS[-1] else usual)
        for area in (LONDON, INNER_LONDON, OUTER_LONDON, ENGLAND):
            total = (str(1900 + 40 * at), "9000", f"{(1900 + 40 * at) / 90:.1f}", "e" if at == len(YEARS) - 1 else "")
            yield from _cells("N17", 1, area, year, total)
    joint = f"{KINGSTON}{JOINT}{RICHMOND}"
    yield from _cells("N17", 1, joint, YEARS[-1], ODD[joint])


def broken_cells(boroughs: tuple[str, ...]) -> Iterator[Cell]:
    """SG33 in eight school years: a number of moves before 2008, a share of children with two or more since."""
    for at, year in enumerate(SCHOOL_YEARS):
        version = 1 if year < "2007/08" else 2
        for number, area in enumerate(boroughs):
            base = 2000 + 100 * number
            count = base // 5 + 3 * at if version == 1 else base // 25 + number % 7 + at
            yield from _cells("SG33", version, area, year, (str(count), str(base), "", ""))
        whole = 33 * 3600
        count = whole // 5 + 90 * at if version == 1 else whole // 25 + 110 * at
        yield from _cells("SG33", version, LONDON, year, (str(count), str(whole), "", ""))


def states(root: Path = ROOT) -> Inputs:
    """The inputs of the committed site with invented figures of two indicators alone."""
    inputs = load_inputs(root)
    boroughs = inputs.areas.members(LONDON)
    notes = {
        (HACKNEY, "N17", YEARS[-1]): "Not available: Hackney sent no figure for this year.",
        (LONDON, "N17", YEARS[-1]): "Estimated: includes an earlier figure for Hackney, which sent none.",
    }
    given = PublicCells.of(national_cells(boroughs))
    notes |= dict(joint_notes(given, inputs.catalogue["N17"], inputs.areas))
    national = Source("published", "Invented, as a publisher would print it", "2024", national=True, notes=notes)
    returned = Source("synthetic", "Invented returns", "2024-25-Q4", national=False)
    found = {
        "N17": _data(inputs, "N17", given, national),
        "SG33": _data(inputs, "SG33", PublicCells.of(broken_cells(boroughs)), returned),
    }
    inputs.__dict__["figures"] = found  # what is otherwise worked out from packages when first asked for
    return inputs


def _data(inputs: Inputs, code: str, cells: PublicCells, source: Source) -> IndicatorData:
    vintage = inputs.populations["ons-mye-cin-2024"]
    return indicator_data(cells.of_indicator(code), inputs.catalogue[code], inputs.areas, vintage, source)


def site(root: Path = ROOT) -> Site:
    """Every page of that site."""
    return Builder(root, states(root), load_policy(root)).site


if __name__ == "__main__":
    made = site()
    kept = ("assets/", "indicators/n17", "indicators/sg33", "boroughs/", "compare/")
    write_site(
        {path: data for path, data in made.items() if path.startswith(kept)}, Path(sys.argv[1]), check_links=False
    )
