"""Stage F: bytes and lines before anything parses them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from unicodedata import category

from site_builder.confidential.rules.flaws import Flaw, listed
from site_builder.confidential.standards import DESCRIPTOR, REQUIRED_FILES
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.rules import rule

BOM = b"\xef\xbb\xbf"
_SAVE_AS = 'In Excel choose File, Save As, and the type "CSV UTF-8 (Comma delimited)".'
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_MAGIC = (
    (b"PK", "an Excel workbook or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"<", "a web page"),
)
# controls other than LF and CR (and tab, which has its own code as a separator), marks of format and direction,
# separators of lines, characters for private use and those that are not assigned
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
# joiners, fillers and selectors: letters or marks by their category, and drawn as nothing
_FILLER = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_MARKER = re.compile(r"(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)( |\Z)|=======\Z")
_CELL = r'(?:"(?:[^"]|"")*"|[^",]*)'
_WELL_QUOTED = re.compile(rf"{_CELL}(?:,{_CELL})*\Z")


@rule("F201", Severity.ERROR, "The file is empty")
def empty(data: bytes, command: str) -> Iterator[Flaw]:
    """What it checks: Whether there is anything in the file.
    Why it matters: An empty file says neither that nothing happened nor that nothing is known.
    Example: A file of no bytes, or of blank lines only.
    How to fix: Ask the maintainers for a fresh form and fill it in.
    With the program: `site-builder new {AREA} PERIOD` writes one.
    """
    if not data.removeprefix(BOM).strip():
        yield Flaw("The file is empty.", f"Get a fresh one: `{command} --repair`, after deleting this file.")


@rule("F202", Severity.ERROR, "The file is saved as Unicode Text")
def wide_encoding(data: bytes) -> Iterator[Flaw]:
    """What it checks: Whether the file uses two or four bytes for each character (UTF-16 or UTF-32).
    Why it matters: Excel calls this form "Unicode Text". Programs that expect the ordinary form misread it.
    Example: The file was saved from Excel as "Unicode Text (*.txt)" and renamed.
    How to fix: Open the workbook again, choose File, Save As, and the type "CSV UTF-8 (Comma delimited)".
    """
    sample = data[:400]
    if data.startswith(_WIDE) or (len(sample) >= 8 and sample.count(0) * 3 >= len(sample)):
        yield Flaw('The file is saved as "Unicode Text", in a form that is not read here.', _SAVE_AS)


@rule("F203", Severity.ERROR, "A character is not UTF-8")
def not_utf8(data: bytes) -> Iterator[Flaw]:
    """What it checks: Whether every byte belongs to a character in UTF-8, the ordinary form of text.
    Why it matters: Pound signs, dashes and curly quotes turn into wrong characters when the form is guessed.
    Example: A note with a pound sign, saved as "CSV (Comma delimited)" in Windows.
    How to fix: Choose File, Save As, and the type "CSV UTF-8 (Comma delimited)", or retype the character.
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = _lines(data[: error.start].decode())
        yield Flaw(
            "A character of this row is not in UTF-8; often it is a pound sign, a dash or a curly quotation mark.",
            _SAVE_AS,
            row=len(before),
            column=len(before[-1]) + 1,
        )


@rule("F204", Severity.INFO, "Line ends or opening mark of another system")
def other_line_ends(data: bytes) -> Iterator[Flaw]:
    """What it checks: Whether the file opens with a byte order mark, or ends its lines as Windows or old Macs do.
    Why it matters: It does not: both are read correctly. You are told only because the saved file will differ.
    Example: A file saved as "CSV UTF-8" by Excel.
    How to fix: Nothing to do.
    """
    if data.startswith(BOM) or b"\r" in data:
        yield Flaw("The line ends or the opening mark are those of another system. They are accepted.", "Do nothing.")


@rule("F205", Severity.ERROR, "Columns are not separated by commas")
def wrong_separator(lines: Sequence[str], columns: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether the first row separates the columns by semicolons or tabs.
    Why it matters: Everything would be read as one single column.
    Example: Excel on a computer with European settings writes semicolons when it saves a CSV.
    How to fix: Choose "CSV UTF-8 (Comma delimited)". If Excel still writes semicolons, set the list separator to a
    comma in the Region settings of Windows, or replace the semicolons in a text editor.
    """
    first = lines[0].strip().lower()
    for separator, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        known = set(columns) & {cell.strip().strip('"') for cell in first.split(separator)}
        if len(known) > 1 or first == f"sep={separator}":
            yield Flaw(f"The columns are separated by {word}; commas are needed.", _SAVE_AS, row=1)


@rule("F206", Severity.ERROR, "Another kind of file")
def other_kind(data: bytes) -> Iterator[Flaw]:
    """What it checks: Whether a text file begins like a workbook, a zip file, a PDF or a web page; and whether a
    workbook that is to be converted is a sound one of ordinary size, without password, macros or links.
    Why it matters: Renaming a file does not change what is in it, and a workbook may hold more than it shows.
    Example: A workbook whose name was changed to return.csv; or a form that was saved with a password.
    How to fix: For a text file choose File, Save As, and the type "CSV UTF-8 (Comma delimited)". For a workbook choose
    "Excel Workbook (.xlsx)", and send it to the maintainers to be converted.
    With the program: `site-builder convert` turns the workbook into the files of the return.
    """
    for magic, words in _MAGIC:
        if data.removeprefix(BOM).startswith(magic) and not data.startswith(b"<<<<<<<"):
            yield Flaw(f"This is {words}, renamed.", _SAVE_AS)


@rule("F207", Severity.ERROR, "An invisible character")
def invisible_character(lines: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether the text holds characters that cannot be seen: controls, zero-width spaces, marks that
    turn the direction of writing.
    Why it matters: Two cells that look the same would differ, and words could be shown in another order than they
    stand.
    Example: A code copied from a web page with a zero-width space behind it.
    How to fix: Delete the cell and type it again by hand.
    """
    for number, line in enumerate(lines, 1):
        at = _first_unseen(line)
        if at is not None:
            yield Flaw(
                "This row holds a character that cannot be seen.",
                "Delete the cell and type it again.",
                row=number,
                column=at + 1,
            )


@rule("F208", Severity.ERROR, "A quotation mark is not closed")
def broken_quotes(lines: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether each quotation mark is closed in its own row, and stands around a whole cell.
    Why it matters: An open quotation mark swallows the rows below it, so that figures vanish without a word.
    Example: A note that begins with a quotation mark and never ends, or one with a line break inside.
    How to fix: Remove the quotation mark, or the line break (Alt and Enter in Excel) from the cell.
    """
    for number, line in enumerate(lines, 1):
        if '"' in line and not _WELL_QUOTED.match(line):
            yield Flaw(
                "A quotation mark in this row is out of place or not closed, so that later rows would be swallowed.",
                "Remove the mark, or the line break inside the cell.",
                row=number,
                column=line.index('"') + 1,
            )


@rule("F209", Severity.ERROR, "An unfinished merge")
def merge_markers(lines: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether git has left its marks for two versions that contradict one another.
    Why it matters: Both versions are in the file, and nobody has said which is right.
    Example: A row that begins with seven less-than signs.
    How to fix: Keep the rows of one version, delete the others, and delete the marker rows.
    """
    marked = [number for number, line in enumerate(lines, 1) if _MARKER.match(line)]
    if marked:
        yield Flaw(
            f"Rows {marked[0]} to {marked[-1]} hold an unfinished merge."
            if len(marked) > 1
            else f"Row {marked[0]} is the mark of an unfinished merge.",
            "Keep one version and delete the marker lines.",
            row=marked[0],
        )


@rule("F210", Severity.ERROR, "A header but no rows")
def no_rows(lines: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether anything stands below the header.
    Why it matters: Each indicator needs a row, if only to say that there is no figure yet.
    Example: A file with the header alone.
    How to fix: List every indicator, with a status where you have no figure. The maintainers can prepare the rows.
    With the program: `site-builder new {AREA} PERIOD` writes them.
    """
    if not any(line.strip() for line in lines[1:]):
        yield Flaw(
            "There is a header but there are no figures.",
            "List every indicator that is due, with a status where you have no figure.",
            row=1,
        )


@rule("F211", Severity.ERROR, "The description cannot be read")
def unreadable_description(row: int | None, command: str) -> Iterator[Flaw]:
    """What it checks: Whether datapackage.json can be read, and says each thing once.
    Why it matters: The description says whose return it is and whether it is confidential.
    Example: A comma was lost while a role was typed in, or a line stands twice.
    How to fix: Ask the maintainers to write the description anew; your figures stay as they are.
    With the program: `site-builder new {AREA} PERIOD --repair` does the same.
    """
    yield Flaw(
        "The description cannot be read: it is not well-formed JSON, or one of its keys stands twice.",
        f"Recreate it: `{command} --repair`.",
        row=row,
        file=DESCRIPTOR,
    )


@rule("F212", Severity.ERROR, "A file is missing")
def missing_file(names: Sequence[str], command: str, wanted: Sequence[str] = REQUIRED_FILES) -> Iterator[Flaw]:
    """What it checks: Whether all three files of a return are there, and any other that its description lists.
    Why it matters: Without the description nobody knows how to read the figures; explanations may be empty, but their
    file shows that none was lost.
    Example: Only return.csv was uploaded.
    How to fix: Put the file back from your copy, or ask the maintainers to add what is missing.
    With the program: `site-builder new {AREA} PERIOD --repair` adds it and leaves the rest alone.
    """
    for name in wanted:
        if name not in names:
            yield Flaw(
                "This file of the return is missing or cannot be opened.", f"Add it: `{command} --repair`.", file=name
            )


@rule("F299", Severity.ERROR, "The second check disagrees")
def second_check(row: int | None, field: str | None) -> Iterator[Flaw]:
    """What it checks: Every return is read a second time by an independent program against the same description of
    the columns. This stands for anything it refuses that our own checks have let pass.
    Why it matters: Two checks that disagree mean that one of them has a gap.
    Example: None is known; if you meet one, it is our mistake and not yours.
    How to fix: Report the file name and row to the maintainers. Do not send the figures themselves.
    """
    yield Flaw(
        "The second check of the columns refuses this, and we cannot yet say why.",
        "Report this to the maintainers, with the row but without the figures.",
        row=row,
        field=field,
    )


def cells_of(line: str) -> list[str] | None:
    """The cells of one well-quoted line; an empty list for a blank one, None when a cell is beyond all measure."""
    if '"' not in line:
        return line.split(",") if line.strip() else []
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None


def _first_unseen(line: str) -> int | None:
    if line.isascii() and line.isprintable():
        return None
    return next((at for at, c in enumerate(line) if category(c) in _UNSEEN or _FILLER.match(c)), None)


def _lines(text: str) -> list[str]:
    """Lines as a spreadsheet counts them, whichever line ends are used."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def lines_of(text: str) -> list[str]:
    """The lines of a file's text, without opening mark and without the empty line behind the last line end."""
    lines = _lines(text.removeprefix("\ufeff"))
    return lines[:-1] if lines[-1] == "" and len(lines) > 1 else lines


def suggestion(words: Sequence[str]) -> str:
    """``Did you mean a or b?`` for words of the vocabulary; empty when there are none."""
    return f" Did you mean {listed(list(words))}?" if words else ""


BYTE_RULES = (wide_encoding, other_kind, not_utf8)
LINE_RULES = (merge_markers, invisible_character)
RULES = (
    empty,
    wide_encoding,
    not_utf8,
    other_line_ends,
    wrong_separator,
    other_kind,
    invisible_character,
    broken_quotes,
    merge_markers,
    no_rows,
    unreadable_description,
    missing_file,
    second_check,
)
