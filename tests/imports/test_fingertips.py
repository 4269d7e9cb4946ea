"""Files in the shape of Fingertips: invented authorities and numbers, each quirk in the smallest file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.imports.steps import ImportResult, import_release, write_import
from site_builder.release.package import write_files
from site_builder.release.releases import load_national
from tests.imports.test_forms import table
from tests.imports.world import AUTHORITIES, ENGLAND, PLACES, REGION, write_package

COLUMNS = (
    "Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name", "Area Type", "Sex", "Age",
    "Category Type", "Category", "Time period", "Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit",
    "Lower CI 99.8 limit", "Upper CI 99.8 limit", "Count", "Denominator", "Value note", "Recent Trend",
    "Compared to England value or percentiles", "Compared to Region value or percentiles", "Time period Sortable",
    "New data", "Compared to goal", "Time period range",
)  # fmt: skip
IGNORED = [
    name for name in COLUMNS if "CI " in name or name.startswith("Compared") or name in ("Recent Trend", "New data")
]
SUPPRESSED = "Value suppressed for disclosure control due to small count"
MISSING, GUESSED = "Value missing in source data", "Value estimated"
MAPPING = """\
source = "ohid-trees"
form = "fingertips"
release = "2024"
mapping_version = 1
publisher = "Office for Trees"
title = "Tree injuries"
published_on = "unknown"
licence = "OGL-UK-3.0"
attribution = ["Office for Trees."]

[printed]
percentage_dp = 2
in_full = true
rounding = {{ local-authority = 1, region = 1, national = 1 }}

[remarks]
"Value suppressed for disclosure control due to small count" = "c"
"Value missing in source data" = "x"
"Value estimated" = "e"
"Aggregated from all known lower geography values" = "shown"

[[table]]
name = "injuries"
file = "trees.csv"
sha256 = "{sha256}"
repository = "trees/open"
path = "trees.csv"
commit = "0000000000000000000000000000000000000000"
time = "financial-year"
years = [2021, 2022]
ignore = {ignored}
percentages = ["rate"]
filters = ["Indicator ID", "Sex", "Age", "Category Type", "Category"]
skip = [["90284", "Male", "<15 yrs", "", ""]]
skip_levels = ["ICBs"]
[table.levels]
"England" = "National"
"Regions (statistical)" = "Regional"
"Counties & UAs (from Apr 2023)" = "Local authority"
[table.names]
E06000903 = "Cedar"
[table.blank]
Count = "x"
[[table.cell]]
name = "count"
column = "Count"
where = ["90284", "Persons", "<15 yrs", "", ""]
[[table.cell]]
name = "children"
column = "Denominator"
where = ["90284", "Persons", "<15 yrs", "", ""]
[[table.cell]]
name = "rate"
column = "Value"
where = ["90284", "Persons", "<15 yrs", "", ""]
[[table.series]]
id = "N90"
numerator = ["count"]
denominator = "children"
published = "rate"
period = "year"
per = 10000
"""
TYPES = {ENGLAND: "England", REGION: "Regions (statistical)"}
NAMES = {
    ENGLAND: "England",
    REGION: "Northshire region",
    **{code: name for code, (name, _, _) in PLACES.items()},
    "E06000903": "Cedar",
}


def rows() -> list[dict[str, str]]:
    """Two years of three places, a region and England; another sex beside the one that is wanted; a row of health."""
    made = []
    for year in (2021, 2022):
        for number, (code, name) in enumerate(NAMES.items()):
            count, people = 50 + 7 * number + year % 10, 9_000 + 100 * number
            row = dict.fromkeys(COLUMNS, "") | {
                "Indicator ID": "90284", "Indicator Name": "Injuries by trees", "Area Code": code, "Area Name": name,
                "Area Type": TYPES.get(code, "Counties & UAs (from Apr 2023)"), "Sex": "Persons", "Age": "<15 yrs",
                "Time period": f"{year}/{(year + 1) % 100}", "Time period Sortable": f"{year}0000", "Time period range": "1y",
                "Value": str((Decimal(count) * 10_000 / people).quantize(Decimal("1.0000000000"))),
                "Count": str(count), "Denominator": str(people), "Recent Trend": "No significant change",
            }  # fmt: skip
            made += [row, row | {"Sex": "Male", "Value": "", "Value note": SUPPRESSED}]
    made.append(made[0] | {"Area Code": "E54000001", "Area Name": "NHS Trees", "Area Type": "ICBs"})
    return made


@dataclass
class Health:
    """A checkout with the places, and one file to import."""

    base: Path
    rows: list[dict[str, str]] = field(default_factory=rows)
    columns: list[str] = field(default_factory=lambda: list(COLUMNS))
    mapping: str = MAPPING
    raw: bytes | None = None

    def run(self) -> ImportResult:
        root = self.base / "repository"
        write_package(root / "datapackages/reference/areas", "areas", "authorities.csv", AUTHORITIES.encode())
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([row.get(column, "") for column in self.columns] for row in self.rows)
        data = out.getvalue().encode("utf-8-sig") if self.raw is None else self.raw
        write_files(self.base / "downloads", {"trees.csv": data})
        ignored = str(IGNORED).replace("'", '"')
        text = self.mapping.format(sha256=hashlib.sha256(data).hexdigest(), ignored=ignored)
        folder = root / "datapackages/national/ohid-trees/2024"
        write_files(folder, {"mapping.toml": text.encode()})
        return import_release(folder / "mapping.toml", [self.base / "downloads/trees.csv"], root, "fingertips")

    def blocking(self) -> set[str]:
        """The codes of a run, but for the remark on the byte order mark."""
        return {finding.rule for finding in self.run().findings} - {"I111"}

    def put(self, **cells: str) -> None:
        """Other cells in the row of the first authority in the first year."""
        names = {name.replace(" ", "_"): name for name in COLUMNS}
        row = next(row for row in self.rows if row["Area Code"] == "E09000901" and row["Sex"] == "Persons")
        row.update({names[name]: text for name, text in cells.items()})


@pytest.fixture
def health(tmp_path: Path) -> Health:
    return Health(tmp_path)


def figure(result: ImportResult, measure: str) -> dict[str, str]:
    return next(
        row for row in table(result)
        if (row["area"], row["period"], row["measure"]) == ("E09000901", "2021-22", measure)
    )  # fmt: skip


def test_a_file_becomes_a_national_package_that_loads(health: Health) -> None:
    result = health.run()
    assert {finding.rule for finding in result.findings} == {"I111"}
    write_import(result, health.base / "repository")
    (loaded,) = load_national(health.base / "repository")
    assert loaded.population_vintage == ""
    assert len(loaded.cells) == 2 * 5 * 3
    assert {(c.key.area, c.key.measure): c.value for c in loaded.cells if c.key.period == "2021-22"}[
        "E09000901", "numerator"
    ] == "65"
    assert loaded.files["observations.csv"].decode().count("published") == 10


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ({"Value": "", "Count": "", "Value_note": SUPPRESSED}, {"numerator": "c", "published": "c", "denominator": ""}),
        ({"Value": "", "Count": "", "Denominator": "", "Value_note": MISSING}, {"numerator": "x", "denominator": "x"}),
        ({"Count": "", "Value": "72.5"}, {"numerator": "x", "published": ""}),
    ],
)
def test_a_remark_becomes_the_reason_beside_the_empty_cell(
    health: Health, cells: dict[str, str], reasons: dict[str, str]
) -> None:
    health.put(**cells)
    result = health.run()
    assert {measure: figure(result, measure)["withheld"] for measure in reasons} == reasons
    notes = [row["note"] for row in table(result, "notes.csv")]
    assert notes == ([cells["Value_note"]] if "Value_note" in cells else [])


def test_an_estimate_is_marked_and_its_remark_kept(health: Health) -> None:
    health.put(Value_note=GUESSED)
    result = health.run()
    assert figure(result, "numerator")["obs_status"] == "e"
    assert [row["note"] for row in table(result, "notes.csv")] == [GUESSED]
    assert sum(row["obs_status"] == "e" for row in table(result)) == 3


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Value": "", "Count": ""}, "I201"),  # nothing says why
        ({"Value_note": "Nobody knows this remark"}, "I201"),
        ({"Value_note": SUPPRESSED}, "I203"),  # and yet there is a number
        ({"Count": "5,1"}, "I202"),
        ({"Count": "51.0"}, "I202"),
        ({"Value": "-1"}, "I202"),
        ({"Value": "71.00"}, "I504"),
        ({"Time_period": "2021"}, "I401"),
        ({"Time_period": "2021/23"}, "I401"),
        ({"Time_period": "2021 - 22"}, "I401"),
        ({"Time_period": "2019/20 - 21/22"}, "I401"),
        ({"Time_period_range": "3y"}, "I401"),
        ({"Time_period_Sortable": "20220000"}, "I401"),
        ({"Area_Type": "Wards"}, "I305"),
        ({"Area_Code": "E09000999"}, "I301"),
        ({"Area_Name": "Birchford"}, "I302"),
        ({"Sex": "Other"}, "I101"),
        ({"Indicator_ID": "90285"}, "I101"),
        ({"Area_Code": "E09000902", "Area_Name": "Birchford"}, "I501"),
    ],
)
def test_what_is_unclear_is_refused(health: Health, cells: dict[str, str], code: str) -> None:
    health.put(**cells)
    assert code in health.blocking()
    assert health.blocking() <= {code, "I306"}  # a row that is lost makes a place absent
    assert not health.run().files


def _without(column: str) -> Callable[[Health], None]:
    return lambda health: health.columns.remove(column)


@pytest.mark.parametrize("column", ["Value note", "Count", "Area Type", "Time period", "Category", "Recent Trend"])
def test_a_column_that_went_stops_the_import(health: Health, column: str) -> None:
    _without(column)(health)
    assert health.blocking() == {"I102"}


def test_a_column_that_came_stops_the_import(health: Health) -> None:
    health.columns.append("Compared to parent")
    assert health.blocking() == {"I101"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Value estimated" = "e"', '"Value estimated" = "maybe"'),
        ('filters = ["Indicator ID", "Sex", ', 'filters = ["Indicator ID", '),
        ('time = "financial-year"', 'time = "reporting-year"'),
        ("region = 1, ", ""),
        ('form = "fingertips"\n', ""),
        ('form = "fingertips"', 'form = "fingers"'),
        ('"England" = "National"', '"England" = "Country"'),
        ('source = "ohid-trees"', 'source = "../elsewhere"'),
    ],
)
def test_a_mapping_that_does_not_tell_rows_apart_is_refused(health: Health, old: str, new: str) -> None:
    assert old in health.mapping
    health.mapping = health.mapping.replace(old, new)
    assert health.blocking() == {"A101"}


def test_an_indicator_without_counts_is_passed_through_as_printed(health: Health) -> None:
    """Such as a standardised rate: no count gives it, so nothing is worked out again."""
    health.mapping = health.mapping.replace('numerator = ["count"]\ndenominator = "children"\n', "")
    health.put(Value="71.00")
    result = health.run()
    assert {finding.rule for finding in result.findings} == {"I111"}
    assert {row["measure"] for row in table(result)} == {"published"}
    assert figure(result, "published")["value"] == "71.00"
