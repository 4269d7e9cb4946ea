"""What a workbook looks like: names of its sheets and tables, its columns, and the words on it.

Columns, their help and the list of statuses come from the house table schemas; here they only get a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.confidential.newreturn import Particulars
from site_builder.confidential.standards import EXPLANATIONS, RETURN, Standards, TableSchema
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification

READ_ME, SHEET_OF, LAST, LISTS = (
    "Read me",
    {RETURN: "Return", EXPLANATIONS: "Explanations"},
    "Last period",
    "Lists",
)
TABLE_OF = {RETURN: "tbl_return", EXPLANATIONS: "tbl_explanations"}
TABLE_LAST = "tbl_last_period"
HEADER_ROW = 3  # the rows above it say what the sheet is
TITLE, TITLE_BEHIND = "title", "indicator"  # an indicator's name stands behind its code and is never read back
FIRST_OPEN = "numerator"  # the first column of figures that is not locked
SPARE_EXPLANATIONS = 40  # blank rows for answers: a protected table does not grow
NAMES = ("sb_template", "sb_area", "sb_period", "sb_classification")
STATUSES_NAME = "sb_statuses"
ILLUSTRATIVE = "Illustrative: invented figures"
WIDTHS = {
    "area_code": 12,
    "period": 13,
    "indicator": 11,
    "title": 58,
    "breakdown": 12,
    "numerator": 13,
    "denominator": 13,
    "status": 20,
    "note": 60,
    "code": 9,
    "explanation": 90,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says of itself in its defined names, as text; empty where a name is missing."""

    template: str = ""
    submitter: str = ""
    period: str = ""
    classification: str = ""

    @property
    def as_classification(self) -> Classification:
        """What the workbook holds; one that does not say so plainly counts as confidential."""
        return Classification.SYNTHETIC if self.classification == "synthetic" else Classification.CONFIDENTIAL


def identity_of(standards: Standards, submitter: str, particulars: Particulars) -> Identity:
    """The identity of a form for one submitter and period, made by these standards."""
    return Identity(template_of(standards), submitter, particulars.period.id, particulars.classification.value)


def template_of(standards: Standards) -> str:
    """The version of the form: that of the collection."""
    return f"return-{standards.collection.version}"


def columns_of(name: str, schemas: Mapping[str, TableSchema]) -> tuple[str, ...]:
    """The columns on the sheet of a file of a return: those of the file, with the title on the sheet of figures."""
    columns = list(schemas[name].columns)
    if name == RETURN:
        columns.insert(columns.index(TITLE_BEHIND) + 1, TITLE)
    return tuple(columns)


def help_of(schema: TableSchema, column: str) -> str:
    """What the schema says about a column."""
    return next((str(f["description"]) for f in schema.descriptor["fields"] if f["name"] == column), "")


def letter(number: int) -> str:
    """The letters of a column of a sheet; the first is 0: ``A`` to ``Z``, then ``AA``."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def heading(who: str, particulars: Particulars) -> str:
    """The first line of a sheet."""
    return f"{who}: {particulars.period.label} ({particulars.period.id})"


def read_me(standards: Standards, who: str, particulars: Particulars) -> Iterator[tuple[str, str]]:
    """The lines of the first sheet, each with its style: ``head``, ``part`` or ``text``."""
    yield heading(who, particulars), "head"
    if particulars.classification is Classification.SYNTHETIC:
        yield ILLUSTRATIVE, "part"
    yield "How to fill this in", "part"
    for sentence in (
        f"On the sheet {SHEET_OF[RETURN]}, fill in the four open columns: numerator, denominator, status and note.",
        "Give the true count, however small: we hide small figures for you before anything is published.",
        "Have you no figure? Leave the count blank, and choose the status that says why. A true zero is 0.",
        "Type into the cells, or paste with Paste Special, Values. Please do not move, merge or hide anything.",
        f"On the sheet {SHEET_OF[EXPLANATIONS]}, answer the queries of the check: in words, and without numbers.",
    ):
        yield sentence, "text"
    yield "How to send it", "part"
    for sentence in (
        "Save this file as an Excel workbook (.xlsx), and keep it where you keep confidential files.",
        "With the program: run site-builder convert and the name of this file. It says in which cell something is wrong,",
        "and when nothing is, it writes the files of the return.",
        "Without it: ask the maintainers how to hand the workbook over safely. Never put it into the repository.",
        f"Never write anything about a single {HERE.person} here: no names, no dates of birth, no case numbers.",
    ):
        yield sentence, "text"
    yield "What each status means for the counts", "part"
    for status, asked in standards.schemas[RETURN].statuses.items():
        counts = "counts are filled in" if asked["counts"] == "filled" else "counts stay blank"
        note = ", and a note says why" if asked["note"] == "required" else ""
        yield f"{status}: {counts}{note}.", "text"


def titled(row: Sequence[str], standards: Standards) -> list[str]:
    """A row of figures as it stands on its sheet: with the title of its indicator behind the code."""
    columns = standards.schemas[RETURN].columns
    place = columns.index(TITLE_BEHIND)
    indicator = standards.catalogue.get(row[place])
    return [*row[: place + 1], indicator.title if indicator else "", *row[place + 1 :]]
