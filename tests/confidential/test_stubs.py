"""An officer asks for the rows of explanations that are still to be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.confidential.checking import check_by
from site_builder.confidential.standards import EXPLANATIONS, RETURN, Standards
from site_builder.confidential.stubs import write_stubs
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.planes import Visibility
from tests.confidential.house import OWN, QUARTER, good_return, table, write


@pytest.mark.parametrize(("slug", "area"), [(OWN, "E09000092"), ("police", "E09000091")])
def test_a_row_for_each_open_query(standards: Standards, tmp_path: Path, slug: str, area: str) -> None:
    files = good_return(standards, slug)
    rows = table(files[RETURN])
    line, row = next((n, row) for n, row in enumerate(rows[1:], 2) if row[5] and row[0] == area)
    row[4] = row[5]  # every case: a query
    header = standards.schemas[EXPLANATIONS].columns
    asked_already = ["V607", area, "*", "total", "These rows were looked at, and they are right."]
    files |= {RETURN: csv_bytes(rows[0], rows[1:]), EXPLANATIONS: csv_bytes(header, [asked_already])}
    folder = write(tmp_path / slug / QUARTER, files)
    result = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    assert [(f.rule, f.where.row) for f in result.findings if f.severity is Severity.QUERY] == [("V605", line)]
    assert write_stubs(result.asked, standards.schemas[EXPLANATIONS]) == 1
    written = table((folder / EXPLANATIONS).read_bytes())
    assert written == [list(header), asked_already, ["V605", area, row[2], "total", ""]]
    again = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    assert [f.rule for f in again.findings if f.severity is Severity.ERROR] == ["K513"], "the words are still to come"
    assert again.asked == ()


def test_nothing_is_asked_of_a_clean_return(standards: Standards, tmp_path: Path) -> None:
    folder = write(tmp_path / OWN / QUARTER, good_return(standards))
    before = (folder / EXPLANATIONS).read_bytes()
    result = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    assert write_stubs(result.asked, standards.schemas[EXPLANATIONS]) == 0
    assert (folder / EXPLANATIONS).read_bytes() == before
