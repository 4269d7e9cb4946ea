"""Populations, statistical neighbours and covariates: invented files in the publishers' shapes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.imports.steps import ImportResult, import_release
from site_builder.release.package import write_files
from tests.imports.world import AUTHORITIES, IDENTITY, write_package

HEAD = """\
source = "{source}"
release = "{release}"
mapping_version = 1
publisher = "Department of Trees"
title = "A title"
published_on = "unknown"
licence = "OGL-UK-3.0"
attribution = ["Department of Trees."]
{more}
[[table]]
name = "only"
file = "only.csv"
sha256 = "{sha256}"
repository = "trees/open"
path = "only.csv"
commit = "0000000000000000000000000000000000000000"
"""
CLOSENESS = '[closeness]\n"very close" = "very-close"\n"close" = "close"\n'
BY_NAME = """\
ignore = ["name"]
[table.neighbours]
authority = "code"
neighbours = ["SN_1", "SN_2"]
closeness = ["SN_1P", "SN_2P"]
year = 2025
"""
BY_POSITION = """\
[table.neighbours]
authority = 0
neighbours = [1, 3]
closeness = [2, 4]
width = 6
until = "Older list:"
year = 2021
"""
NAMED = "code,name,SN_1,SN_1P,SN_2,SN_2P\n901,Alderham,902,Very Close,903,Close \n902,Birchford,901,Close,903,close\n"
PLACED = "LA,SN,SNP,SN,SNP,\n901,908,Very close,903,Close,\n,,,,,\n,Older list:,,,,\n908,901,Very close,903,Close,\n"
COVARIATE = """\
ignore = ["Rank "]
[table.columns]
code = "Code"
name = "Name"
value = "Score "
[table.covariate]
measure = "Invented score"
noun = "score"
areas = "Invented authorities of 2020"
year = 2021
"""
SCORES = "Code,Name,Rank ,Score \nE09000902,Birchford,1,35.037\nE09000901,Alderham,2,9.100\nE09000908,Oldtown,3,0\n"
POPULATION = """\
time = "{time}"
years = [2021, 2022]
filters = ["age_group"]
[[table.cell]]
name = "0-17"
column = "estimate"
where = ["Aged 0 to 17"]
"""


def people() -> str:
    """Two authorities in two years; one has no estimate in the second."""
    rows = [f"{IDENTITY},age_group,estimate"]
    places = (("E09000901", "901,E09000901,Alderham"), ("E09000902", "902,E09000902,Birchford"))
    for year in (2021, 2022):
        for code, names in places:
            shown = "x" if (code, year) == ("E09000902", 2022) else f"{9_000 + year}"
            rows.append(
                f"{year},Reporting year,Local authority,E92000001,England,E12000901,Northshire,{names},"
                f"Aged 0 to 17,{shown}"
            )
    return "\n".join(rows) + "\n"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., ImportResult]:
    def go(source: str, release: str, content: str, table: str, more: str = "") -> ImportResult:
        root = tmp_path / "repository"
        write_package(root / "datapackages/reference/areas", "areas", "authorities.csv", AUTHORITIES.encode())
        write_files(tmp_path / "downloads", {"only.csv": content.encode()})
        kind = {"dfe-neighbours": "neighbours", "imd": "covariates"}.get(source, "populations")
        mapping = root / "datapackages/reference" / kind / release / "mapping.toml"
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        head = HEAD.format(source=source, release=release, sha256=sha256, more=more)
        write_files(mapping.parent, {"mapping.toml": (head + table).encode()})
        return import_release(mapping, [tmp_path / "downloads/only.csv"], root)

    return go


def table_of(result: ImportResult) -> list[str]:
    data = next(data for path, data in result.files.items() if path.endswith(".csv"))
    return data.decode().splitlines()


def test_neighbours_are_read_by_name_in_order_of_closeness(run: Callable[..., ImportResult]) -> None:
    result = run("dfe-neighbours", "2025", NAMED, BY_NAME, CLOSENESS)
    assert result.findings == ()
    assert table_of(result) == [
        "area_code,order,neighbour_code,closeness",
        "E09000901,1,E09000902,very-close",
        "E09000901,2,E06000903,close",
        "E09000902,1,E09000901,close",
        "E09000902,2,E06000903,close",
    ]


def test_neighbours_are_read_by_position_and_mean_the_authorities_of_their_year(
    run: Callable[..., ImportResult],
) -> None:
    """Oldtown ended with reporting year 2021; what follows the end of the list is another list."""
    result = run("dfe-neighbours", "2021", PLACED, BY_POSITION, CLOSENESS)
    assert result.findings == ()
    assert table_of(result)[1:] == ["E09000901,1,E09000908,very-close", "E09000901,2,E06000903,close"]


@pytest.mark.parametrize(
    ("content", "table", "code"),
    [
        (NAMED.replace("Very Close", "Rather close"), BY_NAME, "I201"),
        (NAMED.replace("Very Close", ""), BY_NAME, "I201"),
        (NAMED.replace("901,Alderham", "999,Alderham"), BY_NAME, "I301"),
        (NAMED.replace("Alderham,902", "Alderham,999"), BY_NAME, "I301"),
        (NAMED.replace("Alderham,902", "Alderham,908"), BY_NAME, "I301"),  # it stood in 2021, not in 2025
        (NAMED.replace("902,Birchford", "901,Birchford").replace("Birchford,901", "Birchford,902"), BY_NAME, "I501"),
        (NAMED.replace("Alderham,902", "Alderham,903"), BY_NAME, "I501"),  # one neighbour twice
        (NAMED.replace("Alderham,902", "Alderham,901"), BY_NAME, "I501"),  # its own neighbour
        (NAMED.replace("SN_2,", "SN_2,extra,").replace("903,", "903,,"), BY_NAME, "I101"),
        (NAMED, BY_NAME.replace('ignore = ["name"]', 'ignore = ["name", "region"]'), "I102"),
        (NAMED.replace("SN_2P", "SN_1P"), BY_NAME, "I104"),
        (PLACED, BY_POSITION.replace("width = 6", "width = 7"), "I104"),
    ],
)
def test_a_fault_in_neighbours_gives_exactly_its_code(
    run: Callable[..., ImportResult], content: str, table: str, code: str
) -> None:
    result = run("dfe-neighbours", "2025" if table.startswith("ignore") else "2021", content, table, CLOSENESS)
    assert code in {finding.rule for finding in result.findings}
    assert {finding.rule for finding in result.findings} <= {code, "I102"}
    assert not result.files


@pytest.mark.parametrize(("time", "first"), [("mid-year", 2021), ("reporting-year", 2020)])
def test_a_population_is_of_the_middle_of_a_year(run: Callable[..., ImportResult], time: str, first: int) -> None:
    """Where a file says its year means 30 June, it is that year; else the estimate is that of the year before.

    A place without an estimate has no row.
    """
    symbols = '[symbols]\nx = "x"\n'
    result = run("ons-mye", "trees-2022", people(), POPULATION.format(time=time), symbols)
    assert result.findings == ()
    assert table_of(result)[1:] == [
        f"E09000901,{first},0-17,11021",
        f"E09000901,{first + 1},0-17,11022",
        f"E09000902,{first},0-17,11021",
    ]


def test_a_covariate_is_one_number_an_authority_as_printed_and_says_of_which_places(
    run: Callable[..., ImportResult],
) -> None:
    """Oldtown was an authority in the year that the codes mean, though it is none today."""
    result = run("imd", "score-2020", SCORES, COVARIATE)
    assert result.findings == ()
    assert table_of(result) == ["area_code,value", "E09000901,9.100", "E09000902,35.037", "E09000908,0"]
    described = next(data for path, data in result.files.items() if path.endswith("datapackage.json")).decode()
    assert '"lsb:areas": "Invented authorities of 2020"' in described
    assert '"lsb:measure": "Invented score"' in described


@pytest.mark.parametrize(
    ("content", "table", "code"),
    [
        (SCORES.replace("35.037", "high"), COVARIATE, "I201"),
        (SCORES.replace("35.037", ""), COVARIATE, "I201"),
        (SCORES.replace("35.037", "1e3"), COVARIATE, "I202"),
        (SCORES.replace("E09000902", "E09000999"), COVARIATE, "I301"),
        (SCORES, COVARIATE.replace("year = 2021", "year = 2022"), "I301"),  # Oldtown had ended
        (SCORES.replace("Birchford", "Alderham"), COVARIATE, "I302"),
        (SCORES.replace("E09000902,Birchford", "E09000901,Alderham"), COVARIATE, "I501"),
        (SCORES.replace("Rank ", "Rank"), COVARIATE, "I101"),
        (SCORES.replace("Rank ,", "").replace(",1,", ",").replace(",2,", ",").replace(",3,", ","), COVARIATE, "I102"),
        (SCORES.replace("Rank ", "Score "), COVARIATE, "I104"),
    ],
)
def test_a_fault_in_a_covariate_gives_exactly_its_code(
    run: Callable[..., ImportResult], content: str, table: str, code: str
) -> None:
    result = run("imd", "score-2020", content, table)
    assert code in {finding.rule for finding in result.findings}
    assert {finding.rule for finding in result.findings} <= {code, "I102"}
    assert not result.files


@pytest.mark.parametrize(
    ("source", "table"),
    [
        ("imd", COVARIATE.replace('name = "Name"\n', "")),
        ("imd", COVARIATE.replace("areas =", "places =")),
        ("imd", BY_NAME),
        ("dfe-neighbours", COVARIATE),
    ],
)
def test_a_mapping_of_a_covariate_says_all_that_one_needs(
    run: Callable[..., ImportResult], source: str, table: str
) -> None:
    result = run(source, "score-2020", SCORES, table)
    assert [finding.rule for finding in result.findings] == ["A101"]
    assert not result.files
