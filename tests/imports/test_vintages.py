"""Two releases of one table, and two vintages of one population: beside one another, and what changed between them."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from site_builder.imports.steps import ImportResult, import_release, write_import
from site_builder.release.package import read, write_files
from site_builder.release.reference import load_populations
from site_builder.release.releases import load_national
from tests.imports.test_forms import observations, table
from tests.imports.test_reference_sources import HEAD
from tests.imports.world import IDENTITY, MAPPING, PLACES, REGION, World, population


class Later(World):
    """The next release of the same tables: other column names, no printed rate, and one place revised."""

    @property
    def mapping_path(self) -> Path:
        return self.root / "datapackages/national/dfe-cin/2024/mapping.toml"


def later(base: Path) -> Later:
    world = Later(base)
    world.mapping = MAPPING.replace('release = "2023"', 'release = "2024"')
    for old, new in (('"Start"', '"plans_started"'), ('"Second"', '"repeat_plans"'), ('"number"', '"cases"')):
        world.mapping = world.mapping.replace(f"= {old}", f"= {new}")
    world.mapping = world.mapping.replace('published = "start_rate"\n', "").replace('start_rate = "Start_rate"\n', "")
    world.mapping = world.mapping.replace(
        'percentages = ["start_rate", "second_percent"]', 'percentages = ["second_percent"]'
    )
    head = world.plans[0].replace(",Start,Start_rate,Second,", ",plans_started,repeat_plans,")
    rows = [line.split(",") for line in world.plans[1:]]
    world.plans = [head, *(",".join([*row[:-5], *row[-4:]]) for row in rows)]
    world.missing[0] = world.missing[0].replace(",number", ",cases")
    return world


@pytest.fixture
def both(tmp_path: Path) -> Later:
    """The earlier release imported and written, the later one ready to be."""
    first = World(tmp_path)
    write_import(first.run(), first.root)
    return later(tmp_path)


def changes(result: ImportResult) -> list[dict[str, str]]:
    return table(result, "changes.csv")


def _set(world: World, year: str, area: str, position: int, text: str) -> None:
    """Put a figure of one place and year in the wide file."""
    line = next(i for i, one in enumerate(world.plans) if one.startswith(year) and f",{area}," in one)
    cells = world.plans[line].split(",")
    cells[position] = text
    world.plans[line] = ",".join(cells)


def test_renamed_columns_and_a_rate_that_went_need_a_mapping_and_no_code(both: Later) -> None:
    result = both.run()
    assert {(f.rule, f.where.field) for f in result.findings} == {("I604", "N09a published")}
    kinds = {(row["indicator"], row["measure"], row["kind"], row["before"], row["now"]) for row in changes(result)}
    assert kinds == {("N09a", "published", "no-longer-there", "", "")}
    assert len(changes(result)) == 15  # three years of three places, a region and England
    kept = [
        line
        for line in observations(World(both.base / "alone").run()).decode().splitlines()
        if ",published," not in line
    ]
    now = [line for line in observations(result).decode().splitlines() if ",published," not in line]
    assert now == kept


def test_what_changed_between_vintages_is_a_table_that_gives_back_nothing(both: Later) -> None:
    """A revised number stands there with both; one that was withheld since stands there without."""
    both.mapping = both.mapping.replace('same = [["plans.start", "missing.start"]]', "").replace(
        'published = "second_percent"\n', ""
    )
    _set(both, "2021", "E09000901", -5, "109")
    _set(both, "2021", "E09000902", -5, "c")
    result = both.run()
    assert {f.rule for f in result.findings} == {"I503", "I602", "I603", "I604"}
    assert not result.files
    both.mapping += "".join(
        f'[[explained]]\nrule = "I602"\narea = "E09000902"\nyear = "{year}"\nwhere = "{series}"\nreason = "Guidance."\n'
        for series, year in (("N09a", "2020-21"), ("N15", "2020-21"), ("N17", "2021-03-31"))
    )
    result = both.run()
    assert {f.rule for f in result.findings} == {"I503", "I603", "I604"}
    found = {(r["indicator"], r["area"], r["measure"], r["kind"], r["before"], r["now"]) for r in changes(result)}
    assert ("N09a", "E09000901", "numerator", "revised", "107", "109") in found
    assert ("N09a", "E09000902", "numerator", "now-withheld", "", "") in found
    hidden = next(
        r
        for r in csv.DictReader(io.StringIO(observations(World(both.base / "alone").run()).decode()))
        if (r["indicator"], r["area"], r["period"], r["measure"]) == ("N09a", "E09000902", "2020-21", "numerator")
    )
    beside = [row for row in changes(result) if row["area"] == "E09000902"]
    assert beside
    assert all(hidden["value"] not in (row["before"], row["now"]) for row in beside)


def test_both_releases_stand_beside_one_another(both: Later) -> None:
    earlier = {path.name: path.read_bytes() for path in (both.root / "datapackages/national/dfe-cin/2023").iterdir()}
    write_import(both.run(), both.root)
    assert {
        path.name: path.read_bytes() for path in (both.root / "datapackages/national/dfe-cin/2023").iterdir()
    } == earlier
    loaded = load_national(both.root)
    assert [one.release for one in loaded] == ["2023", "2024"]
    assert "changes.csv" in loaded[1].files
    assert "changes.csv" not in loaded[0].files


def test_a_release_is_never_written_over(both: Later) -> None:
    write_import(both.run(), both.root)
    assert {f.rule for f in both.run().findings} == {"I604"}
    _set(both, "2021", "E09000901", -1, "1")
    result = both.run()
    assert {f.rule for f in result.findings if f.severity.value == "error"} == {"I705"}
    assert not result.files


POPULATION = """\
time = "mid-year"
years = [2019, 2023]
filters = ["age_group"]
[[table.cell]]
name = "0-17"
column = "population_estimate"
where = ["Aged 0 to 17"]
"""


def estimates(more: int) -> bytes:
    """Invented estimates of a vintage: ``more`` residents in each place."""
    lines = [f"{IDENTITY},age_group,population_estimate"]
    for year in range(2019, 2024):
        for code, (name, number, _) in PLACES.items():
            place = f'Local authority,E92000001,England,{REGION},Northshire,{number},{code},"{name}"'
            lines.append(f"{year},Reporting year,{place},Aged 0 to 17,{population(code, year) + more}")
        for level, area, region in (("Regional", REGION, f"{REGION},Northshire"), ("National", "E92000001", ",")):
            lines.append(
                f"{year},Reporting year,{level},E92000001,England,{region},,,,Aged 0 to 17,{population(area, year) + more}"
            )
    return "\n".join(lines).encode()


def import_vintage(world: World, vintage: str, more: int) -> ImportResult:
    data = estimates(more)
    write_files(world.base / "downloads", {"estimates.csv": data})
    head = HEAD.format(source="ons-mye", release=vintage, sha256=hashlib.sha256(data).hexdigest(), more="")
    folder = world.root / "datapackages/reference/populations" / vintage
    write_files(folder, {"mapping.toml": (head.replace("only.csv", "estimates.csv") + POPULATION).encode()})
    return import_release(folder / "mapping.toml", [world.base / "downloads/estimates.csv"], world.root)


def test_a_vintage_of_the_population_stands_beside_the_others_and_never_over_them(tmp_path: Path) -> None:
    world = World(tmp_path, vintages={})
    world.run()  # writes the places; the population is not there yet
    for vintage, more in (("mye-a", 0), ("mye-b", 400_000)):
        result = import_vintage(world, vintage, more)
        assert result.findings == ()
        write_import(result, world.root)
    first = load_populations(world.root, "mye-a").counts["E09000901", 2022, "0-17"]
    assert load_populations(world.root, "mye-b").counts["E09000901", 2022, "0-17"] == first + 400_000
    over = import_vintage(world, "mye-a", 7)
    assert {f.rule for f in over.findings} == {"I705"}
    assert not over.files
    assert read(world.root / "datapackages/reference/populations/mye-a").rows("populations.csv")


def test_a_rate_that_fits_another_imported_vintage_names_it(tmp_path: Path) -> None:
    world = World(tmp_path, vintages={})
    world.run()
    for vintage, more in (("mye-a", 0), ("mye-b", 400_000)):
        write_import(import_vintage(world, vintage, more), world.root)
    assert world.run().findings == ()
    world.remap('population = "mye-a"', 'population = "mye-b"')
    result = world.run()
    assert {f.rule for f in result.findings} == {"I505"}
    assert all("mye-a" in f.problem for f in result.findings)


def test_the_old_symbols_are_read_as_what_they_meant(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.mapping = world.mapping.replace('same = [["plans.start", "missing.start"]]', "")
    for place, symbol in (("E09000901", ":"), ("E09000902", "~")):
        for position in (-6, -5, -4, -3):
            _set(world, "2021", place, position, symbol)
    rows = {
        (r["area"], r["period"]): r
        for r in table(world.run())
        if (r["indicator"], r["measure"]) == ("N09a", "numerator")
    }
    assert (rows["E09000901", "2020-21"]["value"], rows["E09000901", "2020-21"]["withheld"]) == ("", "x")
    assert (rows["E09000902", "2020-21"]["value"], rows["E09000902", "2020-21"]["withheld"]) == ("", "low")


@pytest.mark.parametrize(
    ("time", "identifier", "printed", "periods"),
    [
        ("calendar-year", "Calendar year", ("2021", "2022", "2023"), ("2021", "2022", "2023")),
        ("academic-year", "Academic year", ("202122", "202223", "202324"), ("2021/22", "2022/23", "2023/24")),
        ("financial-year", "Financial year", ("202122", "202223", "202324"), ("2021-22", "2022-23", "2023-24")),
        ("reporting-year", "Reporting year", ("2021", "2022", "2023"), ("2020-21", "2021-22", "2022-23")),
    ],
)
def test_each_kind_of_year_is_read(
    tmp_path: Path, time: str, identifier: str, printed: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    world = World(tmp_path)
    world.mapping = world.mapping.replace('time = "reporting-year"', f'time = "{time}"')
    world.mapping = world.mapping.replace('published = "start_rate"\n', "")
    for name in ("plans", "missing"):
        lines: list[str] = getattr(world, name)
        for old, new in zip(("2021", "2022", "2023"), printed, strict=True):
            lines = [line.replace(f"{old},Reporting year", f"{new},{identifier}") for line in lines]
        setattr(world, name, lines)
    result = world.run()
    assert result.findings == ()
    assert {r["period"] for r in table(result) if r["indicator"] == "N09a"} == set(periods)


def test_quarters_and_halves_and_their_last_days_are_read(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.mapping = world.mapping.replace('time = "reporting-year"', 'time = "financial-quarter"')
    world.mapping = world.mapping.replace('published = "start_rate"\n', "").replace("snapshot-31-march", "last-day")
    world.mapping = world.mapping.replace("years = [2021, 2023]", "years = [2022, 2022]")
    for name in ("plans", "missing"):
        lines: list[str] = getattr(world, name)
        for part, old in enumerate(("2021", "2022", "2023"), 1):
            lines = [line.replace(f"{old},Reporting year", f"202223,Financial year Q{part}") for line in lines]
        setattr(world, name, lines)
    result = world.run()
    assert result.findings == ()
    assert {r["period"] for r in table(result) if r["indicator"] == "N09a"} == {f"2022-23-Q{q}" for q in (1, 2, 3)}
    assert {r["period"] for r in table(result) if r["indicator"] == "N17"} == {"2022-06-30", "2022-09-30", "2022-12-31"}
    world.mapping = world.mapping.replace("last-day", "snapshot-31-march")
    assert {f.rule for f in world.run().findings} == {"A101"}


def test_a_file_of_england_alone_needs_no_columns_of_regions_and_authorities(tmp_path: Path) -> None:
    world = World(tmp_path)
    for name, extra in (("plans", 10), ("missing", 10)):
        rows = [
            line.split(",") for line in getattr(world, name) if ",National," in line or line.startswith("time_period")
        ]
        setattr(world, name, [",".join([*row[:5], *row[extra:]]) for row in rows])
    result = world.run()
    assert result.findings == ()
    assert {r["area"] for r in table(result)} == {"E92000001"}
    world.plans = [world.plans[0], *(line.replace(",National,", ",Regional,") for line in world.plans[1:])]
    assert {f.rule for f in world.run().findings} == {"I102"}


def test_levels_that_the_mapping_names_are_left_alone(tmp_path: Path) -> None:
    plain = World(tmp_path / "a").run()
    world = World(tmp_path / "b")
    world.mapping = world.mapping.replace('ignore = ["category"]', 'ignore = ["category"]\nskip_levels = ["School"]')
    world.plans.append(world.plans[-1].replace("Local authority", "School"))
    result = world.run()
    assert result.findings == ()
    assert observations(result) == observations(plain)
    world.plans.append(world.plans[-1].replace("School", "Ward"))
    assert {f.rule for f in world.run().findings} == {"I305"}
