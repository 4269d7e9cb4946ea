"""What judges a return is read from the repository, once, and a broken reference file is said plainly."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from site_builder.confidential.standards import (
    RETURN,
    Standards,
    counts_of,
    load_schemas,
    load_standards,
)
from site_builder.confidential.ties import Ties, load_ties
from site_builder.release.reference import load_catalogue
from site_builder.vocabulary.indicators import collected_by
from site_builder.vocabulary.names import Named, Within
from site_builder.vocabulary.periods import Period, PeriodKind, financial_year, quarter
from site_builder.vocabulary.refusals import ConfigurationError
from tests.confidential.house import LONDON_CHILDREN, REPOSITORY, build_house


def test_columns_have_one_home() -> None:
    columns = load_schemas(REPOSITORY)[RETURN].columns
    in_a_row = re.compile(r"\W+".join(columns[:5]))
    assert in_a_row.search(",".join(columns))
    for path in sorted((REPOSITORY / "site_builder").rglob("*.py")):
        assert not in_a_row.search(path.read_text(encoding="utf-8")), f"{path.name} lists the columns again"


def test_counts_that_are_filled(standards: Standards) -> None:
    assert counts_of(standards.catalogue["SG01"]) == ("numerator",)
    assert (
        counts_of(standards.catalogue["SG02"]) == counts_of(standards.catalogue["SG17"]) == ("numerator", "denominator")
    )


def test_each_collected_indicator_is_due_in_one_kind_of_folder(standards: Standards) -> None:
    kinds = [
        standards.due(quarter(2024, 1)),
        standards.due(financial_year(2024)),
        standards.due(Period.parse("2024-25-H1")),
    ]
    assert sorted(i.code for due in kinds for i in due) == sorted(standards.collected)
    assert kinds[2] == ()


def test_the_catalogue_of_the_repository_is_collected_by_quarter_and_year() -> None:
    kinds = Counter(collected_by(i) for i in load_catalogue(REPOSITORY).values() if i.is_collected)
    assert kinds == {PeriodKind.FINANCIAL_QUARTER: 18, PeriodKind.FINANCIAL_YEAR: 4}


def test_part_and_whole_are_columns_of_collected_indicators() -> None:
    catalogue = load_catalogue(REPOSITORY)
    ties = load_ties(REPOSITORY)
    for code, column in (name for names in (*ties.same, *ties.within) for name in names):
        assert column in counts_of(catalogue[code])


def test_population_of_london(tmp_path: Path) -> None:
    assert build_house(tmp_path).london_children == (LONDON_CHILDREN, "mid-2023")


@pytest.mark.parametrize("name", ["return.schema.json", "explanations.schema.json", "ties.toml", "collection.toml"])
def test_broken_reference_file_is_a_configuration_error(tmp_path: Path, name: str) -> None:
    build_house(tmp_path)
    (tmp_path / "datapackages/reference" / name).write_text("{ not readable = ")
    with pytest.raises(ConfigurationError) as caught:
        load_standards(tmp_path)
    assert caught.value.findings[0].where.file == name


def test_missing_files(tmp_path: Path) -> None:
    assert load_ties(tmp_path) == Ties()
    build_house(tmp_path)
    assert load_ties(tmp_path).within == (Within(Named("SG11", "denominator"), Named("SG08", "numerator")),)
    for name in ("return.schema.json", "collection.toml"):
        (tmp_path / "datapackages/reference" / name).unlink()
        with pytest.raises(ConfigurationError):
            load_standards(tmp_path)
