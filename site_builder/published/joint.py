"""Figures that a publisher gives for several boroughs together, told on the pages of each."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.published.figures import Wording, from_counts, of_cell, padded, printed
from site_builder.release.cells import PublicCells
from site_builder.release.reconciliation import JOINT
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.indicators import Indicator, Kind

About = tuple[str, str, str]  # area, indicator, period


def joint_notes(cells: PublicCells, indicator: Indicator, areas: Areas) -> Iterator[tuple[About, str]]:
    """For each borough that is part of a joint figure, the words that give it: the value where there is one, else the
    count. A joint figure that is hidden or missing is not told of."""
    measures: dict[tuple[str, str], dict[str, tuple[str, str, str]]] = {}
    frame = cells.frame
    frame = frame[frame["area"].str.contains(JOINT, regex=False) & (frame["indicator"] == indicator.code)]
    columns = ("area", "period", "measure", "value", "withheld", "obs_status")
    for area, period, measure, *cell in zip(*(frame[column].tolist() for column in columns), strict=True):
        measures.setdefault((area, period), {})[measure] = (cell[0], cell[1], cell[2])
    for (joint, period), found in measures.items():
        members = [areas.by_code[code].name for code in joint.split(JOINT) if code in areas.by_code]
        told = _told(found, indicator)
        for code in joint.split(JOINT) if told else ():
            if code in areas.by_code:
                yield (code, indicator.code, period), f"For {' and '.join(members)} together: {told}."


def _told(found: dict[str, tuple[str, str, str]], indicator: Indicator) -> str:
    measure, wording = indicator.measure, Wording()
    numerator = of_cell(*found["numerator"], wording) if "numerator" in found else None
    if "published" in found and found["published"][0]:
        value = printed(padded(found["published"][0], measure.dp), found["published"][2])
    elif numerator is not None and "denominator" in found and measure.kind is Kind.PROPORTION:
        value = from_counts(numerator, of_cell(*found["denominator"], wording), measure, wording)
    else:
        return f"{numerator.text} counted" if numerator is not None and numerator.is_shown else ""
    if not value.is_shown:
        return ""
    unit = "%" if measure.unit == "percent" else f" per {measure.multiplier:,}" if measure.unit == "rate" else ""
    return f"{value.text}{unit}"
