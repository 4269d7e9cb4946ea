"""The name of the band of a trend stands where no line runs through it."""

from __future__ import annotations

import pytest

from site_builder.published.charts.caption import Caption
from site_builder.published.charts.geometry import scale
from site_builder.published.charts.trend_rows import NARROW, WIDE, Layout, TrendPoint, TrendWords, datasets
from site_builder.published.pages_parts import DataTable

WORDS = TrendWords(
    "",
    "",
    "London",
    "England",
    "Middle half of boroughs",
    "",
    DataTable("", (), ()),
    Caption("", "", "", invented=False),
)


@pytest.mark.parametrize("layout", [WIDE, NARROW])
@pytest.mark.parametrize(
    ("england", "expected"),
    [
        (70.0, (30.0, 20)),  # far above: below the band, as where there is nothing else
        (26.0, (60.0, -10)),  # just below the band: above it
    ],
)
def test_the_band_is_named_where_no_line_runs(layout: Layout, england: float, expected: tuple[float, int]) -> None:
    points = [TrendPoint(str(2019 + place), 45.0, england, 30.0, 60.0) for place in range(5)]
    (row,) = datasets(points, WORDS, scale([70.0]), layout)["band_label"]
    assert (row["x"], (row["y"], row["dy"])) == (0, expected)


def test_a_trend_without_a_band_names_none() -> None:
    points = [TrendPoint("2019", 45.0), TrendPoint("2020", 44.0)]
    assert datasets(points, WORDS, scale([45.0]), WIDE)["band_label"] == []
