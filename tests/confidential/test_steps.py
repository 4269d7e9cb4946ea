"""From returns to a release: proved, never overwritten, the same bytes again, and nothing of what it hides."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.confidential.decisions import read_decisions
from site_builder.confidential.standards import load_standards
from site_builder.confidential.steps import Outcome, make_release
from site_builder.release.cells import CellKey
from site_builder.release.ledger import load_ledger
from site_builder.release.releases import load_releases
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import ConfigurationError, IntegrityRefusal
from tests.places import INNER_LONDON
from tests.synthetic.returns import children_of, returns_as_at, write

ROOT = Path(__file__).parents[2]
KEPT = ("sg06", "sg07", "sg08", "sg12", "sg14")  # a few indicators, so that a release is made in seconds
FIRST, SECOND = "2023-24-Q4", "2024-25-Q2"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with few indicators and its first release."""
    made = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "datapackages/reference", made / "datapackages/reference")
    (made / "content/indicators").mkdir(parents=True)
    for code in KEPT:
        (file,) = (ROOT / "content/indicators").glob(f"{code}-*.md")
        shutil.copy(file, made / "content/indicators")
    outcome = release(made, returns(made, FIRST), FIRST)
    assert outcome.folder == made / "datapackages/releases" / FIRST
    return made


def returns(root: Path, as_at: str, change: Mapping[str, bytes] | None = None) -> Path:
    """The invented returns of a checkout's indicators as they stood at a release, in a folder of their own."""
    place = root / f"returns-{as_at}{'-changed' if change else ''}"
    if not place.exists():
        write(place, {**returns_as_at(load_standards(root), children_of(root), as_at), **(change or {})})
    return place


def release(root: Path, folder: Path, name: str, out: Path | None = None) -> Outcome:
    return make_release(root, [folder], name, None, Visibility.PUBLIC, out=out)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_is_proved_and_stands_in_the_ledger(root: Path) -> None:
    (loaded,) = load_releases(root / "datapackages/releases")[:1]
    assert str(loaded.id) == FIRST
    assert loaded.published_on.isoformat() == "2024-07-18"
    assert load_ledger(root / "datapackages/releases").entries[0].id == FIRST
    assert {"c", "x"} <= {cell.withheld for cell in loaded.cells}


def test_an_existing_release_is_never_overwritten(root: Path) -> None:
    before = files_of(root / "datapackages/releases" / FIRST)
    with pytest.raises(IntegrityRefusal):
        release(root, returns(root, FIRST), FIRST)
    assert files_of(root / "datapackages/releases" / FIRST) == before


def test_made_again_it_is_the_same_to_the_byte(root: Path, tmp_path: Path) -> None:
    outcome = release(root, returns(root, FIRST), FIRST, tmp_path / "again")
    assert outcome.folder == tmp_path / "again"
    assert files_of(tmp_path / "again") == files_of(root / "datapackages/releases" / FIRST)
    assert len(load_ledger(root / "datapackages/releases").entries) >= 1


def test_searched_again_it_is_the_same_pattern(root: Path, tmp_path: Path) -> None:
    folder = returns(root, FIRST)
    make_release(root, [folder], FIRST, None, Visibility.PUBLIC, out=tmp_path / "again", resolve=True)
    assert files_of(tmp_path / "again") == files_of(root / "datapackages/releases" / FIRST)


def test_hidden_values_leave_no_trace(root: Path, tmp_path: Path) -> None:
    """Returns that differ in hidden counts only, under the same pattern, give the same package."""
    hidden = sorted(key for key, is_hidden in decisions(root)["SG08"].items() if is_hidden)
    day = next(k.period for k in hidden if k.area == "E09000001")
    inner = load_standards(root).areas.members(INNER_LONDON)
    city, other = [key.area for key in hidden if key.period == day and key.area in inner][:2]
    change = {**shifted(root, city, day, +1), **shifted(root, other, day, -1)}
    outcome = release(root, returns(root, FIRST, change), FIRST, tmp_path / "changed")
    assert outcome.folder is not None
    assert files_of(tmp_path / "changed") == files_of(root / "datapackages/releases" / FIRST)


def test_a_later_release_keeps_what_was_hidden_and_shown(root: Path, tmp_path: Path) -> None:
    outcome = release(root, returns(root, SECOND), SECOND, tmp_path / "second")
    assert outcome.folder is not None
    old, new = cells(root / "datapackages/releases" / FIRST), cells(tmp_path / "second")
    common = set(old) & set(new)
    assert len(common) > 500
    assert {key for key in common if old[key] == ("", "c")} == {key for key in common if new[key] == ("", "c")}
    assert all(old[key][0] == new[key][0] for key in common if old[key][0])


def test_a_silent_change_of_a_released_figure_stops_the_release(root: Path, tmp_path: Path) -> None:
    changed = root / "returns-silent"
    write(changed, {**returns_as_at(load_standards(root), children_of(root), SECOND)})
    shown = next(key for key, is_hidden in sorted(decisions(root)["SG06"].items()) if not is_hidden)
    write(changed, shifted(root, shown.area, shown.period, +7, "SG06"))
    outcome = release(root, changed, SECOND, tmp_path / "silent")
    assert outcome.folder is None
    assert {(finding.rule, finding.severity) for finding in outcome.findings} == {("T706", Severity.ERROR)}
    assert not (tmp_path / "silent").exists()


def test_notes_never_stand_beside_a_hidden_figure(root: Path) -> None:
    folder = root / "datapackages/releases" / FIRST
    hidden = {(k[2], k[0], k[3]) for k, (_, withheld) in cells(folder).items() if withheld == "c"}
    notes = csv_rows((folder / "notes.csv").read_bytes())
    assert not hidden & {(row["area"], row["indicator"], row["period"]) for row in notes}


def test_a_coarser_table_is_said_and_has_no_quarters(root: Path) -> None:
    periods = {key[3] for key in cells(root / "datapackages/releases" / FIRST) if key[0] == "SG14"}
    assert periods == {"2023-24"}


@pytest.mark.parametrize("name", ["2024-25", "nonsense", "2022-23-Q1", "2024-25-Q4.1"])
def test_a_release_that_cannot_be_is_refused_before_any_return_is_read(root: Path, name: str) -> None:
    with pytest.raises(ConfigurationError):
        release(root, root / "no-such-folder", name)


def decisions(root: Path) -> dict[str, dict[CellKey, bool]]:
    return read_decisions(root / "datapackages/decisions" / f"{FIRST}.csv")


def cells(folder: Path) -> dict[tuple[str, ...], tuple[str, str]]:
    key = ("indicator", "definition_version", "area", "period", "breakdown", "measure", "coverage")
    return {
        tuple(row[column] for column in key): (row["value"], row["withheld"])
        for row in csv_rows((folder / "observations.csv").read_bytes())
    }


def shifted(root: Path, area: str, period: str, by: int, code: str = "SG08") -> dict[str, bytes]:
    """One return with one numerator moved. ``period``: of the cell, a day or a quarter."""
    slug = load_standards(root).areas.by_code[area].slug
    quarter = {"2023-06-30": "2023-24-Q1", "2023-09-30": "2023-24-Q2", "2023-12-31": "2023-24-Q3"}.get(period, period)
    quarter = {"2024-03-31": "2023-24-Q4", "2023-24": "2023-24-Q1"}.get(quarter, quarter)
    path = f"{slug}/{quarter}/return.csv"
    rows = list(csv.reader(io.StringIO((returns(root, FIRST) / path).read_text())))
    for row in rows[1:]:
        if row[2] == code:
            row[4] = str(int(row[4]) + by)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return {path: out.getvalue().encode()}
