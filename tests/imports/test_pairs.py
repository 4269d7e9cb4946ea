"""Pairs of data and metadata in the DfE's shape, read without a mapping. Our own: ``tests/published/test_ees.py``."""

from __future__ import annotations

import pytest

from site_builder.imports.cells import Sheet, read_sheet
from site_builder.imports.pairs import read_pair
from site_builder.imports.places import Places
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.symbols import Withheld
from tests.imports.world import AUTHORITIES

LONG = """\
time_period,time_identifier,geographic_level,country_code,country_name,sex,age,child_count,child_percent
2024,Reporting year,National,E92000001,England,Total,Total,30,100.0
2024,Reporting year,National,E92000001,England,Girls,Total,c,c
"""
LONG_META = """\
col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column,filter_default
sex,Filter,Sex,,,,,,Total
age,Filter,Age,,,,,,Total
child_count,Indicator,Children,,,0,,,
child_percent,Indicator,Share of children,,%,1,,,
"""
PLACES = Places.of(csv_rows(AUTHORITIES.encode()))


def sheet(text: str) -> Sheet:
    found = read_sheet(text.encode())
    assert found is not None
    return found


def test_a_pair_with_filters_is_read_by_category() -> None:
    readings, findings = read_pair("a.csv", sheet(LONG), sheet(LONG_META), PLACES)
    assert findings == ()
    assert readings is not None
    assert {(name, one.cell.text or one.cell.withheld) for (_, _, name), one in readings.cells.items()} == {
        ("child_count|Total|Total", "30"),
        ("child_percent|Total|Total", "100.0"),
        ("child_count|Girls|Total", Withheld.CONFIDENTIAL),
        ("child_percent|Girls|Total", Withheld.CONFIDENTIAL),
    }


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("child_count,Indicator", "child_number,Indicator", {"I101", "I102"}),
        ("child_percent,Indicator,Share of children,,%,1,,,\n", "", {"I101"}),
    ],
)
def test_metadata_of_another_file_is_refused(old: str, new: str, codes: set[str]) -> None:
    assert old in LONG_META
    readings, findings = read_pair("a.csv", sheet(LONG), sheet(LONG_META.replace(old, new)), PLACES)
    assert {finding.rule for finding in findings} == codes
    assert readings is not None
    assert not readings.cells


@pytest.mark.parametrize(
    ("old", "new"), [("col_type", "col_kind"), ("indicator_dp", "dp"), ("sex,Filter", "gender,Filter")]
)
def test_metadata_that_describes_nothing_is_refused(old: str, new: str) -> None:
    readings, findings = read_pair("a.csv", sheet(LONG), sheet(LONG_META.replace(old, new)), PLACES)
    assert readings is None
    assert [finding.rule for finding in findings] == ["I112"]


def test_times_of_two_kinds_are_refused() -> None:
    mixed = LONG + "2024,Calendar year,National,E92000001,England,Boys,Total,c,c\n"
    readings, findings = read_pair("a.csv", sheet(mixed), sheet(LONG_META), PLACES)
    assert readings is None
    assert [finding.rule for finding in findings] == ["I112"]
