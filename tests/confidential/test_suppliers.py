"""Partners who send figures for many boroughs: what they owe, what they may not send, and how they explain it."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.confidential.checking import check_by
from site_builder.confidential.newfolder import make_folder
from site_builder.confidential.newreturn import new_return
from site_builder.confidential.observations import observations_of, waiting
from site_builder.confidential.standards import EXPLANATIONS, RETURN, Standards, load_standards
from site_builder.confidential.submitters import SubmitterKind, load_submitters
from site_builder.release.reference import load_areas
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import ConfigurationError
from tests.confidential.house import QUARTER, REPOSITORY, good_return, particulars, table, write

REAL = load_standards(REPOSITORY)
SENT = [
    ("metropolitan-police", "2024-25-H1"),
    ("nhs", "2024-25"),
    ("education", "ay2023-24"),
    ("tfl", "2024"),
    ("child-death-overview", "2024-25"),
    ("schools-survey", "2024-25"),
    ("housing", "2024-25"),
    ("careers", "2024-25"),
]


def filled(standards: Standards, slug: str, period: str) -> dict[str, bytes]:
    """A return with a plain figure in every row."""
    files = new_return(standards, particulars(standards, slug, period))
    rows = table(files[RETURN])
    for number, row in enumerate(rows[1:]):
        indicator = standards.catalogue[row[2]]
        row[4] = str(31 + 7 * number % 101)
        row[5] = str(4001 + 13 * number) if indicator.measure.has_collected_denominator else ""
        row[6] = "reported"
    return {**files, RETURN: csv_bytes(rows[0], rows[1:])}


@pytest.mark.parametrize(("slug", "period"), SENT)
def test_each_supplier_of_the_repository_can_send_a_clean_return(tmp_path: Path, slug: str, period: str) -> None:
    write(tmp_path / slug / period, filled(REAL, slug, period))
    findings = check_by(REAL, tmp_path, [tmp_path], Visibility.PUBLIC).findings
    assert [f for f in findings if f.severity is not Severity.INFO] == []


def test_every_supplier_of_the_catalogue_sends_or_publishes_open_data() -> None:
    named = {i.source.partition(":")[2] for i in REAL.catalogue.values() if i.source.startswith("supplier:")}
    assert named - {slug for slug, _ in SENT} == {"ons", "dwp"}  # they publish for everybody
    assert {slug for slug, _ in SENT} == set(REAL.suppliers)


def test_what_is_owed_has_one_source(standards: Standards) -> None:
    owned: dict[tuple[str, str], str] = {}
    for one in standards.submitters.values():
        for period in ("2024-25-Q2", "2024-25", "ay2024-25"):
            for slot in standards.accepted(one, Period.parse(period)):
                assert owned.setdefault((slot.indicator.code, slot.area.code), one.slug) == one.slug


def test_a_borough_that_a_supplier_leaves_out_may_send_the_figures_itself(standards: Standards) -> None:
    quarter = Period.parse(QUARTER)
    own, other = standards.submitters["westholt"], standards.submitters["northwick"]
    assert {"SG15", "SG16"} <= {slot.indicator.code for slot in standards.accepted(own, quarter)}
    assert "SG15" not in {slot.indicator.code for slot in standards.accepted(other, quarter)}
    assert "SG15" not in {slot.indicator.code for slot in standards.owed(own, quarter)}
    police = standards.submitters["police"]
    assert {slot.area.slug for slot in standards.owed(police, quarter)} == {"eastmere", "northwick", "southmarsh"}


def test_new_makes_a_folder_for_the_city_alone(tmp_path: Path) -> None:
    for name in ("content", "datapackages/reference"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(REPOSITORY / name)
    label, names = make_folder(tmp_path, "city-of-london", "2024-25-H1", Visibility.PUBLIC, repair=False)
    assert names == ("datapackage.json", "explanations.csv", "return.csv")
    assert {row[0] for row in table((tmp_path / label / RETURN).read_bytes())[1:]} == {"E09000001"}
    with pytest.raises(ConfigurationError, match="Nothing is collected from Camden"):
        make_folder(tmp_path, "camden", "2024-25-H1", Visibility.PUBLIC, repair=False)


def test_one_explanation_answers_for_all_areas(standards: Standards, tmp_path: Path) -> None:
    def everyone(base: dict[str, bytes]) -> dict[str, bytes]:
        rows = table(base[RETURN])
        for row in rows[1:]:
            row[4] = row[5] or row[4]  # every share is whole
        return {**base, RETURN: csv_bytes(rows[0], rows[1:])}

    files = everyone(good_return(standards, "police"))
    folder = write(tmp_path / "police" / QUARTER, files)
    open_ = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC).findings
    assert [f.rule for f in open_ if f.severity is Severity.QUERY] == ["V605"] * 3
    told = [["V605", "*", "SG16", "total", "Every case of the quarter led to an outcome."]]
    header = standards.schemas[EXPLANATIONS].columns
    (folder / EXPLANATIONS).write_bytes(csv_bytes(header, told))
    findings = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC).findings
    assert not [f for f in findings if f.severity is not Severity.INFO]
    (folder / EXPLANATIONS).write_bytes(csv_bytes(header, [["V605", "E09000091", *told[0][2:]]]))
    findings = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC).findings
    assert [f.rule for f in findings if f.severity is Severity.QUERY] == ["V605"] * 2


def test_a_suppliers_figures_wait_and_the_release_says_so(standards: Standards, tmp_path: Path) -> None:
    write(tmp_path / "police" / QUARTER, good_return(standards, "police"))
    write(tmp_path / "eastmere" / QUARTER, good_return(standards, "eastmere"))
    packages = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC).packages
    assert [len(list(waiting(one, standards))) for one in packages] == [0, 1]
    assert set(observations_of(packages, standards).frame["area"]) == {"E09000091"}


def test_a_list_of_submitters_that_cannot_be_read(tmp_path: Path) -> None:
    areas = load_areas(REPOSITORY)
    path = tmp_path / "datapackages/reference/submitters.toml"
    path.parent.mkdir(parents=True)
    for text in (
        "[suppliers",
        "[others.police]\nname = 'Police'",
        "[suppliers.police]\naccounts = []",
        "[suppliers.police]\nname = 'Police'\nwithout = ['E09999999']",
        "[suppliers.barnet]\nname = 'Barnet'",
        "[boroughs.nowhere]\naccounts = []",
    ):
        path.write_text(text)
        with pytest.raises(ConfigurationError):
            load_submitters(tmp_path, areas)
    path.unlink()
    assert {one.kind for one in load_submitters(tmp_path, areas).values()} == {SubmitterKind.BOROUGH}
