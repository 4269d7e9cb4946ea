"""Real returns meet what other publishers print of the same counts. The returns here are invented and only marked real."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.confidential.standards import load_standards
from site_builder.confidential.steps import Outcome, make_release
from site_builder.release.cells import NATIONAL_COLUMNS, Cell
from site_builder.release.package import Resource, describe, write_files
from site_builder.release.releases import Release, load_releases
from site_builder.release.tables import csv_bytes, csv_rows, field
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal
from tests.synthetic.returns import children_of, returns_as_at, write

ROOT = Path(__file__).parents[2]
NAME, DAY = "2023-24-Q4", "2024-03-31"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A private checkout with one indicator, its national twin and returns that are marked real."""
    shutil.copytree(ROOT / "datapackages/reference", tmp_path / "datapackages/reference")
    (tmp_path / "content/indicators").mkdir(parents=True)
    for pattern in ("sg08-*.md", "n09c-*.md"):
        (file,) = (ROOT / "content/indicators").glob(pattern)
        shutil.copy(file, tmp_path / "content/indicators")
    write_files(tmp_path / "datapackages/decisions", {"jitter.key": b"only for tests"})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    files = returns_as_at(load_standards(tmp_path), children_of(tmp_path), NAME)
    write(tmp_path / "returns", {p: data.replace(b'"synthetic"', b'"confidential"') for p, data in files.items()})
    return tmp_path


def make(root: Path) -> Outcome:
    return make_release(root, [root / "returns"], NAME, None, Visibility.PRIVATE)


def released(root: Path) -> Release:
    assert make(root).folder is not None
    (one,) = load_releases(root / "datapackages/releases")
    return one


def on_the_day(release: Release) -> dict[str, Cell]:
    return {cell.key.area: cell for cell in release.cells if cell.key.period == DAY}


def true_counts(root: Path) -> dict[str, str]:
    """The borough counts of the day, as returned."""
    found = {}
    for path in sorted((root / "returns").glob(f"*/{NAME}/return.csv")):
        for row in csv_rows(path.read_bytes()):
            if row["indicator"] == "SG08" and row["status"] == "reported":
                found[row["area_code"]] = row["numerator"]
    return found


def print_elsewhere(root: Path, figures: dict[str, str]) -> None:
    """A national package in which the department prints these counts of the day."""
    data = csv_bytes(
        NATIONAL_COLUMNS, [("N09c", area, DAY, "numerator", n, "", "") for area, n in sorted(figures.items())]
    )
    notes = csv_bytes(("area", "indicator", "period", "note"), [])
    resources = [
        Resource(name, f"{name}.csv", name, name, (field("area", "string", "Area", "Area"),), ("area",), table)
        for name, table in (("observations", data), ("notes", notes))
    ]
    more = {"source": "dfe-cin", "release": "2024", "publisher": "Department for Education", "published_on": "2024-10-31",
            "licence": "OGL", "attribution": [], "population_vintage": ""}  # fmt: skip
    descriptor = describe(
        "dfe", "dfe", "Invented.", Classification.PUBLISHED, resources, **{f"lsb:{k}": v for k, v in more.items()}
    )
    files = {resource.path: resource.data for resource in resources}
    write_files(root / "datapackages/national/dfe-cin/2024", {**files, "datapackage.json": descriptor})


def test_without_other_figures_a_real_release_is_made_and_salted(root: Path) -> None:
    release = released(root)
    assert release.classification is Classification.DISCLOSURE_CONTROLLED
    assert release.edition.told == ()
    salt = json.loads(release.files["datapackage.json"])["lsb:salt"]
    assert len(salt) == 64


def test_a_figure_that_the_department_prints_is_not_hidden_to_protect_another(root: Path) -> None:
    cells, counts = on_the_day(released(root)), true_counts(root)
    beside = min(a for a, cell in cells.items() if cell.withheld == "c" and int(counts.get(a, "0")) > 5)
    shutil.rmtree(root / "datapackages/releases")
    print_elsewhere(root, {beside: counts[beside]})
    release = released(root)
    now = on_the_day(release)
    assert now[beside].value == counts[beside]
    assert sum(cell.withheld == "c" for cell in now.values()) >= 2
    assert [one.terms[0].key.area for one in release.edition.told] == [beside]
    (source,) = release.certificate.head["attacker"]["external"]
    assert "Department for Education" in source


def test_a_figure_that_differs_from_ours_stops_the_release_with_a_question(root: Path) -> None:
    cells = on_the_day(released(root))
    area = min(a for a, cell in cells.items() if cell.value and a.startswith("E09"))
    shutil.rmtree(root / "datapackages/releases")
    print_elsewhere(root, {area: str(int(cells[area].value) + 1)})
    outcome = make(root)
    assert outcome.folder is None
    assert [finding.rule for finding in outcome.findings] == ["D917"]
    assert not (root / "datapackages/releases").exists()
    (file,) = (root / "content/indicators").glob("sg08-*.md")
    file.write_text(file.read_text().replace('external = ["N09c"]', 'external = ["N09c"]\nexternal_tolerance = 3'))
    assert make(root).folder is not None


def test_what_others_print_of_a_small_count_stops_the_release_without_its_number(root: Path) -> None:
    counts = true_counts(root)
    small = min((area for area, n in counts.items() if 0 < int(n) <= 5), key=lambda area: int(counts[area]))
    print_elsewhere(root, {small: counts[small]})
    with pytest.raises(DisclosureRefusal) as refused:
        make(root)
    said = " ".join(f"{f.problem} {f.fix} {f.where.file}" for f in refused.value.findings)
    assert not any(word == counts[small] for word in said.replace(",", " ").split())
    assert not (root / "datapackages/releases").exists()
