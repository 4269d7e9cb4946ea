"""A folder in the layout of Open SDG, of an invented country: a package that loads, and definitions that parse."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from site_builder.imports.places import Places, own_rows
from site_builder.imports.steps import ImportResult, import_release, write_import
from site_builder.release.package import write_files
from site_builder.release.releases import load_national
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.indicators import Kind, parse_indicator
from tests.building import ROOT
from tests.imports.world import write_package

AREAS = """\
area_code,name,slug,level,dfe_code,region,official_name,funnel,tile_x,tile_y
XN,Nordland,nordland,National,,,,false,,
XN-01,Aalby,aalby,Local authority,,XN,,true,,
XN-02,Bexund,bexund,Local authority,,XN,,true,,
"""
DATA = """\
Year,Units,Sex,GeoCode,Value
2021,Percentage,,,12.5
2021,Percentage,Girls,,11
2021,Percentage,,XN-01,10.25
2021,Percentage,,XN-02,:
2022,Percentage,,,13.0
2022,Percentage,Girls,,12
2022,Percentage,,XN-01,
2022,Percentage,,XN-02,14
"""
META = """\
indicator_name: Children who walk to school
indicator_number: 4.1.1
graph_title: Walks to school
computation_units: Percentage
source_organisation_1: Statistics Nordland
stat_definition: >-
  Children who walk to school on most days,
  of all who go to one.
published: no
"""
MAPPING = """\
source = "sdg-nordland"
form = "open-sdg"
release = "2024"
mapping_version = 1
publisher = "Statistics Nordland"
title = "Indicators of Nordland"
published_on = "unknown"
licence = "CC-BY-4.0"
attribution = ["Statistics Nordland."]

[symbols]
":" = "x"

[[table]]
name = "4-1-1"
file = "data/indicator_4-1-1.csv"
sha256 = "{data}"
meta = "{meta_path}"
meta_sha256 = "{meta}"
repository = "nordland/sdg"
path = "data/indicator_4-1-1.csv"
commit = "0000000000000000000000000000000000000000"
time = "calendar-year"
years = [2021, 2022]
percentages = ["value"]
filters = ["Units", "Sex"]
skip = [["Percentage", "Girls"]]
country = "XN"
place_column = "GeoCode"
[table.blank]
Value = "x"
[[table.cell]]
name = "value"
column = "Value"
where = ["Percentage", ""]
[[table.series]]
id = "N411"
published = "value"
period = "year"
[table.definition]
title = "{{indicator_name}}"
slug = "walks-to-school"
theme = "T1"
agency = "{{source_organisation_1}}"
stage = "promotion"
tier = "environment"
question = "needs"
status = "national"
provenance = "national-series"
provenance_note = "Indicator {{indicator_number}}."
sources = ["{{source_organisation_1}}"]
polarity = "no-judgement"
polarity_source = ""
collection_group = "national"
measure = {{ kind = "proportion", numerator = "{{graph_title}}", denominator = "All", multiplier = 100, unit = "{{computation_units}}", dp = 1 }}
period = {{ kind = "calendar-year", collected = "annual", reported = "annual" }}
versions = [{{ number = 1, from = "FROM", text = "As first published.", comparability = "full" }}]
[table.definition.prose]
"What it measures" = "{{stat_definition}}"
"Why it matters" = "Nordland wants to know."
"What it cannot tell you" = "How far they walk."
"Questions to ask" = "- Who does not?"
""".replace('"FROM"', "2021-01-01")


def places() -> Places:
    """The places of the invented country."""
    return Places.of(own_rows(csv_rows(AREAS.encode())))


@dataclass
class Nordland:
    """A checkout of another country, and a folder in its layout. Change texts, then run."""

    base: Path
    data: str = DATA
    meta: str = META
    mapping: str = MAPPING
    areas: str = AREAS
    meta_path: str = "meta/4-1-1.yml"
    raw: bytes | None = None
    given: list[str] = field(default_factory=lambda: ["sdg"])

    @property
    def root(self) -> Path:
        return self.base / "repository"

    def run(self) -> ImportResult:
        write_package(self.root / "datapackages/reference/areas", "areas", "areas.csv", self.areas.encode())
        data, meta = self.raw if self.raw is not None else self.data.encode(), self.meta.encode()
        write_files(self.base / "sdg", {"data/indicator_4-1-1.csv": data, self.meta_path: meta})
        digests = {"data": hashlib.sha256(data).hexdigest(), "meta": hashlib.sha256(meta).hexdigest()}
        folder = self.root / "datapackages/national/sdg-nordland/2024"
        write_files(folder, {"mapping.toml": self.mapping.format(**digests, meta_path=self.meta_path).encode()})
        return import_release(folder / "mapping.toml", [self.base / one for one in self.given], self.root, "open-sdg")

    def codes(self) -> set[str]:
        return {finding.rule for finding in self.run().findings}


@pytest.fixture
def nordland(tmp_path: Path) -> Nordland:
    return Nordland(tmp_path)


def test_a_folder_becomes_a_national_package_of_the_checkouts_own_places(nordland: Nordland) -> None:
    result = nordland.run()
    assert result.findings == ()
    write_import(result, nordland.root)
    (loaded,) = load_national(nordland.root)
    assert (loaded.source, loaded.release, loaded.licence) == ("sdg-nordland", "2024", "CC-BY-4.0")
    cells = {(c.key.area, c.key.period): c.value or c.withheld for c in loaded.cells}
    assert cells == {
        ("XN", "2021"): "12.5",
        ("XN", "2022"): "13.0",
        ("XN-01", "2021"): "10.25",
        ("XN-01", "2022"): "x",
        ("XN-02", "2021"): "x",
        ("XN-02", "2022"): "14",
    }
    assert {c.key.measure for c in loaded.cells} == {"published"}


def test_its_description_becomes_a_definition_that_the_catalogue_reads(nordland: Nordland) -> None:
    path, text = next((p, d.decode()) for p, d in nordland.run().files.items() if "/definitions/" in p)
    assert path.endswith("definitions/n411-walks-to-school.md")
    indicator = parse_indicator(text, path)
    assert (indicator.code, indicator.title, indicator.agency) == (
        "N411",
        "Children who walk to school",
        "Statistics Nordland",
    )
    assert (indicator.measure.kind, indicator.measure.unit) == (Kind.PROPORTION, "Percentage")
    assert indicator.source == "national:sdg-nordland"
    assert indicator.prose["What it measures"].startswith("Children who walk to school on most days, of all")


def test_the_head_of_a_page_describes_as_well(nordland: Nordland) -> None:
    plain = nordland.run().files
    nordland.meta, nordland.meta_path = f"---\n{META}---\nMore words.\n", "meta/4-1-1.md"
    result = nordland.run()
    assert result.findings == ()
    assert [d for p, d in result.files.items() if "/definitions/" in p] == [
        d for p, d in plain.items() if "/definitions/" in p
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("XN-01", "XN-09", "I301"),
        ("2021,Percentage,,XN-01,10.25", "2021,Percentage,,,10.25", "I501"),  # of the whole country, twice
        ("10.25", "10,25", "I110"),
        ("10.25", '"10,25"', "I202"),
        ("10.25", "-3", "I202"),
        (":", "..", "I201"),
        (",Girls,", ",Women,", "I101"),
        ("Units", "Unit", "I101"),
        ("GeoCode", "Geocode", "I101"),
        ("2021,Percentage,,XN-01", "2021/22,Percentage,,XN-01", "I401"),
        ("2021,Percentage,,XN-01", "2020,Percentage,,XN-01", "I402"),
        ("Value", "Sex", "I104"),
    ],
)
def test_what_is_unclear_is_refused(nordland: Nordland, old: str, new: str, code: str) -> None:
    assert old in nordland.data
    nordland.data = nordland.data.replace(old, new, 1)
    assert code in nordland.codes() <= {code, "I102", "I306"}
    assert not nordland.run().files


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("indicator_name: Children who walk to school\n", "", "I102"),
        ("indicator_name: Children who walk to school", "indicator_name:", "I102"),
        ("indicator_name: ", "indicator_name: [", "I110"),
        ("indicator_name: ", "indicator_name: &a [*a, ", "I110"),
        (META, "", "I110"),
        (META, "- a list\n", "I110"),
        (META, "[" * 1200, "I110"),
    ],
)
def test_a_description_that_does_not_read_is_refused(nordland: Nordland, old: str, new: str, code: str) -> None:
    nordland.meta = nordland.meta.replace(old, new)
    assert nordland.codes() == {code}


def test_a_place_column_that_went_does_not_make_authorities_a_country(nordland: Nordland) -> None:
    lines = [line.split(",") for line in nordland.data.splitlines()]
    nordland.data = "\n".join(
        ",".join([*cells[:3], cells[4]]) for cells in lines if "XN-01" in cells or "Year" in cells
    )
    assert nordland.codes() == {"I102"}


def test_rows_without_a_code_are_refused_where_the_mapping_names_no_country(nordland: Nordland) -> None:
    nordland.mapping = nordland.mapping.replace('country = "XN"\n', "")
    assert "I301" in nordland.codes()


def test_a_word_stays_a_word_and_a_nought_a_nought(nordland: Nordland) -> None:
    """YAML would make False of no, and 1.1 of 1.10."""
    nordland.meta = nordland.meta.replace("indicator_name: Children who walk to school", "indicator_name: no")
    nordland.meta = nordland.meta.replace("4.1.1", "1.10")
    text = next(d.decode() for p, d in nordland.run().files.items() if "/definitions/" in p)
    assert 'title = "no"' in text
    assert 'provenance_note = "Indicator 1.10."' in text


def test_the_places_of_another_instance_will_do(nordland: Nordland) -> None:
    """The second instance's own areas package, with another country's codes, and no change of code."""
    folder = ROOT / "tests/sites/norreland/datapackages/reference/areas"
    nordland.areas = (folder / "areas.csv").read_text(encoding="utf-8")
    rows = csv_rows(nordland.areas.encode())
    first, second = sorted(row["area_code"] for row in rows if row["level"] == "Local authority")[:2]
    whole = next(row["area_code"] for row in rows if row["level"] != "Local authority")
    for name, code in (("XN-01", first), ("XN-02", second)):
        nordland.data = nordland.data.replace(name, code)
    nordland.mapping = nordland.mapping.replace('country = "XN"', f'country = "{whole}"')
    result = nordland.run()
    assert result.findings == ()
    write_import(result, nordland.root)
    (loaded,) = load_national(nordland.root)
    assert {c.key.area for c in loaded.cells} == {first, second, whole}
