"""A fresh return is canonical, complete and empty of figures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from frictionless import Package

from site_builder.confidential.checking import check_by
from site_builder.confidential.newreturn import descriptor_bytes, new_return, repair
from site_builder.confidential.standards import (
    DESCRIPTOR,
    EXPLANATIONS,
    OPTIONAL_FILES,
    REQUIRED_FILES,
    RETURN,
    Standards,
    load_schemas,
)
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import ConfigurationError
from tests.confidential.house import OWN, QUARTER, REPOSITORY, YEAR, good_return, particulars, table, write


def test_every_due_row_is_there_without_a_figure(standards: Standards) -> None:
    rows = table(new_return(standards, particulars(standards))[RETURN])
    assert [row[2] for row in rows[1:]] == [i.code for i in standards.due(Period.parse(QUARTER))]
    assert {tuple(row[4:]) for row in rows[1:]} == {("", "", "not_yet_available", "")}
    assert {tuple(row[:2]) for row in rows[1:]} == {("E09000092", QUARTER)}


def test_yearly_indicators_have_a_folder_of_their_own(standards: Standards) -> None:
    rows = table(new_return(standards, particulars(standards, period=YEAR))[RETURN])
    assert [row[2] for row in rows[1:]] == ["SG17", "P2g"]
    assert "SG15" not in {i.code for i in standards.due(Period.parse(QUARTER))}, "a supplier sends it"


def test_explanations_hold_the_header_alone(standards: Standards) -> None:
    data = new_return(standards, particulars(standards))[EXPLANATIONS]
    assert data == b"code,area_code,indicator,breakdown,explanation\n"


def test_nothing_is_due_for_a_half_year(standards: Standards) -> None:
    half = replace(particulars(standards), period=Period.parse("2024-25-H1"))
    with pytest.raises(ConfigurationError):
        new_return(standards, half)


def test_description_is_a_valid_data_package_to_anybody(standards: Standards, tmp_path: Path) -> None:
    folder = write(tmp_path / "return", good_return(standards))
    assert Package.validate_descriptor(json.loads((folder / DESCRIPTOR).read_text())).valid
    report = Package(str(folder / DESCRIPTOR)).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName"])


def test_description_holds_the_schemas_of_the_repository(standards: Standards) -> None:
    value = json.loads(descriptor_bytes(particulars(standards), standards.schemas, OPTIONAL_FILES))
    schemas = load_schemas(REPOSITORY)
    assert {r["path"]: r["schema"] for r in value["resources"]} == {p: s.descriptor for p, s in schemas.items()}
    assert value["name"] == "return-northwick-2024-25-q2"
    assert value["submitter"] == {"area_code": "E09000092", "kind": "borough", "slug": OWN}


def test_schemas_use_nothing_that_the_validator_ignores() -> None:
    for schema in load_schemas(REPOSITORY).values():
        assert "uniqueKeys" not in schema.descriptor
        assert not any("categories" in field for field in schema.descriptor["fields"])
        assert schema.descriptor["primaryKey"]
    assert load_schemas(REPOSITORY)[RETURN].disclosive == ("numerator", "denominator")


def test_a_fresh_return_is_asked_one_thing_only(standards: Standards, tmp_path: Path) -> None:
    write(tmp_path / OWN / QUARTER, new_return(standards, particulars(standards)))
    result = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    assert [f.rule for f in result.findings if f.rule not in {"T700", "X800"}] == ["K508"]
    assert result.packages == ()


def test_repair_leaves_figures_alone(standards: Standards) -> None:
    good = good_return(standards)
    spoiled = {DESCRIPTOR: b"{", RETURN: good[RETURN]}
    mended = repair(standards, particulars(standards), spoiled)
    assert sorted(mended) == [DESCRIPTOR, EXPLANATIONS]
    assert {**spoiled, **mended} == good
    assert sorted(repair(standards, particulars(standards), {})) == sorted(REQUIRED_FILES)
