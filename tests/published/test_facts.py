"""The change of London beside a title: the difference of two printed figures of one definition and one set of boroughs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.published import statistics
from site_builder.published.compose.facts import change, facts
from site_builder.published.inputs import Inputs
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.trends import Trend
from tests.published.held import everything

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return everything()


def test_a_change_is_the_difference_of_two_printed_figures_that_may_be_compared(inputs: Inputs) -> None:
    found = 0
    for data in inputs.figures.values():
        assert data.headline is not None
        made = change(data, data.headline)
        if data.trends[LONDON].verdict is Trend.NOT_COMPARABLE:
            assert made is None
            continue
        first, last = (data.points[LONDON, year] for year in statistics.tested_years(data))
        if made is None:
            assert last.period != data.headline
            continue
        found += 1
        signed = Decimal(made.value.text.replace("−", "-").replace(",", ""))
        assert signed == Decimal(last.value.plain) - Decimal(first.value.plain)
        assert made.value.text[0] in "+−" if signed else "-" not in made.value.text
        assert signed.as_tuple().exponent == Decimal(last.value.plain).as_tuple().exponent
        assert first.panel == last.panel
        assert not statistics.redefined(data.indicator, first.period, last.period)
        assert f"since {first.period.end.year}: " in made.name
        assert not made.london
    assert found > 10


def test_an_earlier_period_than_the_last_tested_has_no_change(inputs: Inputs) -> None:
    data = inputs.figures["N06"]
    assert change(data, statistics.tested_years(data)[0]) is None


def test_there_are_at_most_four_facts_and_london_leads(inputs: Inputs) -> None:
    for data in inputs.figures.values():
        assert data.headline is not None
        made = facts(data, data.headline)
        assert 1 <= len(made) <= 4
        assert [fact.london for fact in made] == [True] + [False] * (len(made) - 1)
