"""``template`` and ``convert`` on the command line: words, exit codes, reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from site_builder.cli.app import app
from tests.confidential.house import OWN, QUARTER, build_house, good_return, write
from tests.confidential.workbooks import changed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with one good return."""
    write(tmp_path / "datapackages/returns" / OWN / QUARTER, good_return(build_house(tmp_path)))
    return tmp_path


def invoke(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *words])


def test_a_form_is_written_and_taken_back(root: Path) -> None:
    book = root / "form.xlsx"
    made = invoke(root, "template", OWN, QUARTER, "--out", str(book))
    assert (made.exit_code, book.exists()) == (0, True)
    assert "site-builder convert" in made.stdout
    again = invoke(root, "template", OWN, QUARTER, "--out", str(book))
    assert (again.exit_code, "may be filled in" in again.stdout) == (2, True)
    taken = invoke(root, "convert", str(book))
    assert taken.exit_code == 0
    assert f"wrote explanations.csv, return.csv. Now run site-builder check datapackages/returns/{OWN}/{QUARTER}." in (
        taken.stdout
    )


def test_findings_come_in_every_format_with_their_cells(root: Path) -> None:
    book = root / "form.xlsx"
    invoke(root, "template", OWN, QUARTER, "--out", str(book))
    book.write_bytes(changed(book.read_bytes(), {"merge": ["H5:H6"]}))
    result = invoke(root, "--format", "json", "convert", str(book), "--report", f"text:{root / 'report'}")
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["rule"], finding["cell"], finding["file"]) == ("C414", "Return!H5", "form.xlsx")
    assert "cell Return!H5" in (root / "report").read_text()


def test_what_does_not_belong_here_is_exit_three(root: Path) -> None:
    (root / "content/site.toml").write_text('visibility = "private"\n')
    book = root / "form.xlsx"
    from site_builder.confidential.workbooks.steps import make_template
    from site_builder.vocabulary.planes import Visibility

    make_template(root, OWN, "2024-25-Q1", Visibility.PRIVATE, book)
    result = invoke(root, "convert", str(book))
    assert (result.exit_code, "D901" in result.stdout) == (3, True), "where git cannot say, the plane is not private"
