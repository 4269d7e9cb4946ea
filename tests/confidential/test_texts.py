"""Words of boards cross into a release beside what is printed, and stay behind beside what is hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from site_builder.confidential.checking import check_by
from site_builder.confidential.draft import notes_beside
from site_builder.confidential.observations import observations_of
from site_builder.confidential.standards import OPTIONAL_FILES, Standards
from site_builder.confidential.tabulate import Note
from site_builder.confidential.texts import crossing
from site_builder.confidential.ties import Ties
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.vocabulary.names import Named, SumOf
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from tests.confidential.house import OWN, QUARTER, good_return, write

AREA = "E09000092"
COMMENTARY = (
    "indicator,commentary,impact\nSG01,More families came forward.,\nSG08,Reviews were held sooner.,\n"
    "SG12,Volunteers were trained anew.,\nSG02,As for sg08 it is too early to tell.,\n"
)
CHALLENGES = (
    "raised,indicator,challenge,action,owner_role,state\n"
    "2024-07-15,SG08,Plans are counted in two ways.,,Data manager,open\n"
    "2024-07-15,SG31,Schools count in their own ways.,,Data manager,open\n"
)
READINESS = (
    "area_code,indicator,source_system,owner,definition,evidence,sign_off,audit,note\n"
    "E09000092,SG08,3,2,2,2,1,0,The old system is still read.\nE09000092,SG01,3,2,2,2,1,0,All is new.\n"
)
ACTIONS = (
    "id,indicator,action,owner_role,raised,due,state,outcome\n"
    "talks,SG08,Offer talks.,Head of service,2024-07-15,2024-12-31,open,\n"
    "forms,,Mend the form.,Head of service,2024-07-15,2024-12-31,open,\n"
)
VOICE = "theme,from,how_heard,what_we_heard,what_changed\nT1,children,A group,They want one worker.,\n"


def cell(code: str, period: str, value: str, withheld: str = "") -> Cell:
    """One numerator."""
    return Cell(CellKey(code, 1, AREA, period, "total", "numerator", "all"), value, withheld, "")


def read(standards: Standards, root: Path, period: str = QUARTER) -> dict[str, list[tuple[str, ...]]]:
    """What crosses when SG08 is hidden, SG12 is missing for a reason, SG01 is printed and SG17 is no figure here."""
    files = {
        **good_return(standards, period=period),
        "commentary.csv": COMMENTARY.encode(),
        "actions.csv": ACTIONS.encode(),
        "voice.csv": VOICE.encode(),
        "challenges.csv": CHALLENGES.encode(),
        "readiness.csv": READINESS.encode(),
    }
    write(root / OWN / period, files)
    (package,) = check_by(standards, root, [root], Visibility.PUBLIC).packages
    cells = PublicCells.of(
        [cell("SG01", QUARTER, "40"), cell("SG08", "2024-09-30", "", "c"), cell("SG12", QUARTER, "", "x")]
    )
    texts = observations_of([package], standards).texts
    tables = crossing(texts, cells, standards, Period.parse(QUARTER))
    return {file: list(table.rows) for file, table in tables.items()}


def test_words_beside_hidden_figures_stay_behind(standards: Standards, tmp_path: Path) -> None:
    found = read(standards, tmp_path)
    assert [row[:4] for row in found["commentary.csv"]] == [(AREA, OWN, QUARTER, "SG01"), (AREA, OWN, QUARTER, "SG12")]
    assert [row[3] for row in found["actions.csv"]] == ["forms"], "an action about no figure crosses"
    assert found["voice.csv"] == [(AREA, OWN, QUARTER, "T1", "children", "A group", "They want one worker.", "")]
    assert [row[4] for row in found["challenges.csv"]] == ["SG31"], "of which the release holds nothing"
    assert {row[4]: row[-1] for row in found["readiness.csv"]} == {"SG01": "All is new.", "SG08": ""}
    assert set(found) == set(OPTIONAL_FILES) - {"answers.csv"}


def test_an_explanation_that_names_a_hidden_figure_stays_behind() -> None:
    cells = PublicCells.of(
        [cell("SG01", QUARTER, "40"), cell("SG08", "2024-09-30", "", "c"), cell("SG12", "2023-24", "", "c")]
    )
    said = ("All is new.", "There were few, as for sg08.", "SG12 was counted anew the year before.")
    notes = [Note(AREA, "SG01", QUARTER, text) for text in said]
    assert [note.text for note in notes_beside(notes, cells)] == [said[0], said[2]]


def test_words_of_a_later_period_wait(standards: Standards, tmp_path: Path) -> None:
    assert read(standards, tmp_path, "2024-25-Q3") == {}


def test_a_description_may_list_the_optional_files_or_not(standards: Standards, tmp_path: Path) -> None:
    files = {**good_return(standards), "commentary.csv": COMMENTARY.encode()}
    folder = write(tmp_path / OWN / QUARTER, files)
    assert not [f for f in check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC).findings if f.rule[0] in "SF"]
    from site_builder.confidential.newreturn import descriptor_bytes
    from tests.confidential.house import particulars

    listed = descriptor_bytes(particulars(standards), standards.schemas, ["commentary.csv"])
    (folder / "datapackage.json").write_bytes(listed)
    assert not [f for f in check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC).findings if f.rule[0] in "SF"]
    (folder / "commentary.csv").unlink()
    findings = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC).findings
    assert [(f.rule, f.where.file.rpartition("/")[2]) for f in findings] == [("F212", "commentary.csv")]


def test_parts_must_add_up_to_their_whole(standards: Standards, tmp_path: Path) -> None:
    whole, parts = Named("SG01", "numerator"), (Named("SG02", "numerator"), Named("SG03", "numerator"))
    tied = replace(standards, ties=Ties(sums=(SumOf(whole, parts),)))
    write(tmp_path / OWN / QUARTER, good_return(standards))
    findings = check_by(tied, tmp_path, [tmp_path], Visibility.PUBLIC).findings
    assert [(f.rule, f.where.row) for f in findings if f.rule[0] == "V"] == [("V606", 2)]
