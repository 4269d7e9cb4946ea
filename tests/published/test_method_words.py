"""The numbers and worked examples of the pages on methods: those of the program, and known by hand or from a table."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, median

import pytest

from site_builder.published.method_words import placeholders
from site_builder.release.reference import load_catalogue
from tests.factories import ROOT

TOLD = placeholders(load_catalogue(ROOT).values(), 33)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("method few", "20"),
        ("method areas funnel", "20"),
        ("method neighbours", "six"),
        ("method trend years", "five"),
        ("method chart run", "seven"),
        ("method predicted areas", "100"),
        ("method predicted share", "10%"),
        ("method jump share", "20%"),
        ("method caught 95", "9%"),
        ("method london least", "27"),
        ("method london least children", "80%"),
        ("method boroughs", "33"),
    ],
)
def test_a_number_of_a_method_is_the_one_in_force(name: str, printed: str) -> None:
    assert TOLD[name] == printed


def test_the_interval_of_thirty_in_forty_is_that_of_the_textbook() -> None:
    # Wilson (1927): (2x + z2 -+ z sqrt(z2 + 4x(1 - x/n))) / (2(n + z2)) with x = 30, n = 40, z = 1.96, by hand
    z2 = 1.959964**2
    reach = (z2 * (z2 + 4 * 30 * (1 - 30 / 40))) ** 0.5
    low, high = ((60 + z2 + sign * reach) / (2 * (40 + z2)) for sign in (-1, 1))
    assert (TOLD["example share low"], TOLD["example share high"]) == (f"{100 * low:.1f}%", f"{100 * high:.1f}%")
    narrow = [float(TOLD[f"example large share {side}"].rstrip("%")) for side in ("low", "high")]
    assert 100 * low < narrow[0] < 75 < narrow[1] < 100 * high


def test_averages_are_those_of_the_listed_rates() -> None:
    rates = [int(one) for one in TOLD["example neighbours"].split(", ")]
    assert TOLD["example neighbours median"] == f"{median(rates):.1f}"
    assert TOLD["example neighbours mean"] == f"{mean(rates):.1f}"
    assert (TOLD["example pooled"], TOLD["example pooled mean"]) == ("47.0%", "35.0%")


def test_the_limits_of_quarters_are_the_mean_and_2_66_mean_steps() -> None:
    usual = [int(one) for one in TOLD["example chart usual"].split(", ")]
    reach = 2.66 * mean(abs(b - a) for a, b in pairwise(usual))
    assert TOLD["example chart mean"] == f"{mean(usual):.1f}"
    assert TOLD["example chart low"] == f"{mean(usual) - reach:.1f}"
    assert TOLD["example chart high"] == f"{mean(usual) + reach:.1f}"
    assert (int(TOLD["example chart last"]) > mean(usual) + reach) == (TOLD["example chart verdict"] == "outside")


def test_examples_show_what_their_pages_say_of_them() -> None:
    assert TOLD["example halfway exact"].endswith("5")
    assert (TOLD["example trend rising verdict"], TOLD["example trend wavering verdict"]) == (
        "increasing",
        "no clear change",
    )
    assert float(TOLD["example change low"]) > 0
    assert TOLD["example change verdict"] == "clear"
    assert int(TOLD["example funnel plain outside"]) > int(TOLD["example funnel wide edge"]) == 0
    assert float(TOLD["example funnel phi"]) > 1
    low, expected, high = (int(TOLD[f"example predicted {part}"]) for part in ("low", "expected", "high"))
    assert low < expected < high
    assert low < int(TOLD["example predicted counted"]) < high
    assert TOLD["example predicted verdict"] == "inside"
