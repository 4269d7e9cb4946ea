"""Breakdowns: where they are, or that there are none, said from what the packages hold."""

from __future__ import annotations

from site_builder.published.inputs import Inputs
from site_builder.published.phrases import listed
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.here import HERE

TOTAL = "total"


def groups(inputs: Inputs, data: IndicatorData) -> str:
    """One sentence on the breakdowns of an indicator, by what its release or national package holds."""
    code = data.indicator.code
    package = inputs.package_of.get(code) or inputs.latest
    if package is None:
        raise ValueError("figures come from a package")
    held = sorted(set(package.cells.of_indicator(code).frame["breakdown"]) - {TOTAL})
    if held:
        return f"This page shows totals. The package also holds figures by group: {listed(held)}."
    return (
        "No figures by age, sex, ethnicity or other group are held for this indicator, so none are shown: parting "
        f"{HERE.area} figures further would leave counts small enough to point at {HERE.a_person}."
    )
