"""Write the form of a return as an Excel workbook: the same bytes from the same return."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import xlsxwriter

from site_builder.confidential.folders import PLAIN_COUNT
from site_builder.confidential.newreturn import Particulars
from site_builder.confidential.standards import (
    EXPLANATIONS,
    RETURN,
    Standards,
    TableSchema,
    counts_of,
    is_share,
)
from site_builder.confidential.workbooks import layout
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification

_STYLE = "Table Style Light 15"
_LONGEST_HELP = 255  # characters that the program shows beside a cell
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MAY = {"format_columns": True, "format_rows": True}  # wider columns and higher rows, on a locked sheet too
_A4, _HAIR = 9, 7


@dataclass(frozen=True, repr=False)
class Form:
    """What goes onto a workbook. ``rows`` and ``answers`` are cells of the two files, without headers; ``earlier`` the
    figures of the period before, None where they are not at hand."""

    submitter: str
    who: str
    particulars: Particulars
    rows: Sequence[Sequence[str]]
    answers: Sequence[Sequence[str]]
    earlier: tuple[Particulars, Sequence[Sequence[str]]] | None = None


def workbook_bytes(standards: Standards, form: Form) -> bytes:
    """The workbook of one return. Raises ConfigurationError when a text is too long for a cell of a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    day = datetime.combine(form.particulars.period.end, time(), UTC)
    book.set_properties({"title": layout.heading(form.who, form.particulars), "created": day})
    writer = _Writer(book, standards, form)
    writer.read_me()
    writer.figures()
    writer.answers()
    writer.last_period()
    writer.lists()
    writer.names()
    book.close()
    return out.getvalue()


class _Writer:
    """The sheets of one workbook, one after the other."""

    def __init__(self, book: Any, standards: Standards, form: Form) -> None:
        self.book, self.standards, self.form = book, standards, form
        top: dict[str, Any] = {"valign": "top"}
        cell: dict[str, Any] = {**top, "bottom": _HAIR}
        words, open_ = {**cell, "num_format": "@", "align": "left", "indent": 1}, {"locked": False}
        self.formats = {
            "head": book.add_format({"bold": True, "font_size": 14}),
            "part": book.add_format({"bold": True}),
            "text": book.add_format({**top, "text_wrap": True}),
            "header": book.add_format({**top, "bold": True, "bottom": 1}),
            "locked": book.add_format({**cell, "num_format": "@"}),
            "title": book.add_format({**cell, "text_wrap": True}),
            "seen": book.add_format({**cell, "num_format": "0"}),
            "count": book.add_format({**cell, "num_format": "0", **open_}),
            "open": book.add_format({**words, **open_}),
            "words": book.add_format({**words, "text_wrap": True, **open_}),
        }

    def read_me(self) -> None:
        """The first sheet: how to fill the form in and send it."""
        sheet = self.book.add_worksheet(layout.READ_ME)
        sheet.set_column(0, 0, 110)
        lines = layout.read_me(self.standards, self.form.who, self.form.particulars)
        for number, (words, style) in enumerate(lines):
            sheet.write_string(number, 0, words, self.formats[style])
        self._paper(sheet, self.form.particulars)
        sheet.protect("", _MAY)

    def figures(self) -> None:
        """The sheet to fill in."""
        rows = [layout.titled(row, self.standards) for row in self.form.rows]
        sheet = self._sheet(RETURN, self.form.particulars, layout.SHEET_OF[RETURN])
        columns = layout.columns_of(RETURN, self.standards.schemas)
        first_open = columns.index(layout.FIRST_OPEN)
        styles = [self._style(RETURN, column, open_=n >= first_open) for n, column in enumerate(columns)]
        words = "One row for each figure that is due, with its code, its title, and room for the counts."
        self._table(sheet, layout.TABLE_OF[RETURN], columns, rows, styles, words)
        for number, row in enumerate(rows):
            self._rules_of_counts(sheet, layout.HEADER_ROW + number, columns, row)
        schema, last = self.standards.schemas[RETURN], layout.HEADER_ROW + len(rows) - 1
        for column in ("status", "note"):
            rule = self._validation(schema, column)
            place = columns.index(column)
            sheet.data_validation(layout.HEADER_ROW, place, last, place, rule)
        sheet.activate()

    def answers(self) -> None:
        """The sheet of explanations, with spare rows."""
        schema = self.standards.schemas[EXPLANATIONS]
        columns = layout.columns_of(EXPLANATIONS, self.standards.schemas)
        rows = [*self.form.answers, *([[""] * len(columns)] * layout.SPARE_EXPLANATIONS)]
        sheet = self._sheet(EXPLANATIONS, self.form.particulars, layout.SHEET_OF[EXPLANATIONS])
        styles = [self._style(EXPLANATIONS, column, open_=True) for column in columns]
        words = "One row for each query that is answered, with what happened in words."
        self._table(sheet, layout.TABLE_OF[EXPLANATIONS], columns, rows, styles, words)
        last = layout.HEADER_ROW + len(rows) - 1
        for place, column in enumerate(columns):
            sheet.data_validation(layout.HEADER_ROW, place, last, place, self._validation(schema, column))

    def last_period(self) -> None:
        """What was sent last time, to compare with; nothing in it can be changed."""
        if self.form.earlier is None:
            sheet = self.book.add_worksheet(layout.LAST)
            sheet.set_column(0, 0, 90)
            sheet.write_string(0, 0, "There is no earlier return here to compare with.", self.formats["text"])
            sheet.protect()
            return
        particulars, some = self.form.earlier
        sheet = self._sheet(RETURN, particulars, layout.LAST)
        columns = layout.columns_of(RETURN, self.standards.schemas)
        styles = [self._style(RETURN, column, open_=False) for column in columns]
        rows = [layout.titled(row, self.standards) for row in some]
        self._table(
            sheet, layout.TABLE_LAST, columns, rows, styles, "The figures that were sent for the period before."
        )

    def lists(self) -> None:
        """The hidden sheet with the words that a list offers."""
        sheet = self.book.add_worksheet(layout.LISTS)
        statuses = list(self.standards.schemas[RETURN].statuses)
        for number, status in enumerate(statuses):
            sheet.write_string(number, 0, status, self.formats["locked"])
        sheet.protect()
        sheet.hide()
        self.book.define_name(layout.STATUSES_NAME, f"={layout.LISTS}!$A$1:$A${len(statuses)}")

    def names(self) -> None:
        """What the workbook says of itself."""
        said = layout.identity_of(self.standards, self.form.submitter, self.form.particulars)
        values = (said.template, said.submitter, said.period, said.classification)
        for name, value in zip(layout.NAMES, values, strict=True):
            self.book.define_name(name, f'="{value}"')

    def _sheet(self, name: str, particulars: Particulars, called: str) -> Any:
        """A sheet with its heading, its columns as wide as they need to be, and its way onto paper."""
        sheet = self.book.add_worksheet(called)
        columns = layout.columns_of(name, self.standards.schemas)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, layout.WIDTHS[column])
        sheet.write_string(0, 0, layout.heading(self.form.who, particulars), self.formats["head"])
        if particulars.classification is Classification.SYNTHETIC:
            sheet.write_string(1, 0, layout.ILLUSTRATIVE, self.formats["part"])
        sheet.freeze_panes(layout.HEADER_ROW, 0)
        sheet.repeat_rows(layout.HEADER_ROW - 1)
        self._paper(sheet, particulars)
        sheet.protect("", _MAY)
        return sheet

    def _paper(self, sheet: Any, particulars: Particulars) -> None:
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        label = layout.ILLUSTRATIVE if particulars.classification is Classification.SYNTHETIC else "Confidential"
        who = self.form.who.replace("&", "&&")
        sheet.set_header(f"&L{who}, {particulars.period.id}&R{label}")
        sheet.set_footer("&L&A&RPage &P of &N")

    def _style(self, name: str, column: str, *, open_: bool) -> Any:
        if column == layout.TITLE:
            return self.formats["title"]
        if column in self.standards.schemas[name].disclosive:
            return self.formats["count" if open_ else "seen"]
        if not open_:
            return self.formats["locked"]
        return self.formats["words" if column in ("note", "explanation") else "open"]

    def _table(
        self,
        sheet: Any,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        styles: Sequence[Any],
        words: str,
    ) -> None:
        """A real table with its header in ``HEADER_ROW``; every cell of it is written, so that open ones stay open."""
        first = layout.HEADER_ROW - 1
        options = {
            "name": name,
            "style": _STYLE,
            "autofilter": False,  # a filter hides rows
            "columns": [{"header": column, "header_format": self.formats["header"]} for column in columns],
            "title": name,
            "description": words,
        }
        sheet.add_table(first, 0, first + len(rows), len(columns) - 1, options)
        for number, row in enumerate(rows, layout.HEADER_ROW):
            for place, (cell, style) in enumerate(zip(row, styles, strict=True)):
                _put(sheet, number, place, cell, style, as_count=columns[place] in self._counts)

    @property
    def _counts(self) -> tuple[str, ...]:
        return self.standards.schemas[RETURN].disclosive

    def _rules_of_counts(self, sheet: Any, number: int, columns: Sequence[str], row: Sequence[str]) -> None:
        """What the counts of one row may be: whole numbers, the denominator of a share no smaller than its numerator,
        and blank where the indicator has none."""
        indicator = self.standards.catalogue.get(row[columns.index("indicator")])
        wanted = self._counts if indicator is None else counts_of(indicator)
        share = indicator is not None and is_share(indicator)
        for column in self._counts:
            rule = self._validation(self.standards.schemas[RETURN], column)
            place = columns.index(column)
            if column not in wanted:
                rule |= _blank(indicator.code if indicator else "this row")
            elif share and column == self._counts[-1]:
                rule |= _no_smaller(*(f"{layout.letter(columns.index(c))}{number + 1}" for c in self._counts))
            sheet.data_validation(number, place, number, place, rule)

    def _validation(self, schema: TableSchema, column: str) -> dict[str, Any]:
        """What may be typed into a column, and what is said beside the cell."""
        told = {"input_title": column, "input_message": layout.help_of(schema, column)[:_LONGEST_HELP]}
        if column in schema.disclosive:
            return {**told, "validate": "integer", "criteria": ">=", "value": 0, **_WHOLE}
        if column == "status":
            return {**told, "validate": "list", "source": f"={layout.STATUSES_NAME}", **_LIST}
        limits: Mapping[str, int] = next(f for f in schema.descriptor["fields"] if f["name"] == column)["constraints"]
        if "maxLength" in limits:
            least, most = limits.get("minLength", 0), limits["maxLength"]
            message = f"Please use {least} to {most} characters, in words and without numbers."
            rule = {"validate": "length", "criteria": "between", "minimum": least, "maximum": most}
            return {**told, **rule, "error_title": "Length of the text", "error_message": message}
        return {**told, "validate": "any"}


_WHOLE = {
    "error_title": "A whole number, please",
    "error_message": "Type a count in digits, such as 0 or more. Leave the cell blank where the status says why.",
}
_LIST = {"error_title": "Not on the list", "error_message": "Please choose one of the words on the list."}


def _blank(code: str) -> dict[str, Any]:
    """A cell that stays blank."""
    words = f"{code} needs no count here. Please leave this cell blank."
    rule = {"validate": "length", "criteria": "==", "value": 0, "input_message": words}
    return {**rule, "error_title": "Leave this blank", "error_message": words}


def _no_smaller(numerator: str, denominator: str) -> dict[str, Any]:
    """A denominator of a share, by the addresses of its two cells."""
    formula = f"=AND(ISNUMBER({denominator}),{denominator}=INT({denominator}),{denominator}>={numerator})"
    message = (
        f"Type a whole number that is not smaller than the numerator: the {HERE.people} counted are some of these."
    )
    return {"validate": "custom", "value": formula, "error_title": "Is this the denominator?", "error_message": message}


def _put(sheet: Any, row: int, column: int, cell: str, style: Any, *, as_count: bool) -> None:
    """One cell: a plain count as a number, a blank one with its format, anything else as text."""
    if not cell:
        sheet.write_blank(row, column, None, style)
    elif as_count and PLAIN_COUNT.match(cell):
        sheet.write_number(row, column, int(cell), style)
    elif sheet.write_string(row, column, cell, style):
        raise mistake("return.csv", "A text is too long for a cell of a workbook.", "Shorten it and run this again.")
