"""Cells, rows and columns of the tables."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from site_builder.confidential.standards import RETURN
from tests.fuzz.examine import WORDS
from tests.fuzz.hand import HOSTILE, STATUSES, TABLES, Files, pick, rows_of, written
from tests.fuzz.sent import Draw, Sent

# ---- cells


def hostile_cell(draw: Draw, files: Files) -> Sent:
    """A cell of a table holds something it must not, or anything at all."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    row = rows[draw(st.integers(1, len(rows) - 1))]
    row[draw(st.integers(0, len(row) - 1))] = draw(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12)))
    return {**files, name: written(rows)}


def affixed_cell(draw: Draw, files: Files) -> Sent:
    """Something hostile before or behind what a cell holds."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    row, more = rows[draw(st.integers(1, len(rows) - 1))], draw(st.one_of(st.sampled_from(HOSTILE), st.characters()))
    at = draw(st.integers(0, len(row) - 1))
    row[at] = more + row[at] if draw(st.booleans()) else row[at] + more
    return {**files, name: written(rows)}


def other_value(draw: Draw, files: Files) -> Sent:
    """A cell holds another value that such a cell may hold."""
    rows = rows_of(files, RETURN)
    row = rows[draw(st.integers(1, len(rows) - 1))]
    kind = draw(st.sampled_from(("numerator", "denominator", "status", "note")))
    values = {
        "status": st.sampled_from(STATUSES),
        "note": st.sampled_from((*WORDS, "It was the summer, and all was well", "A note of 2024", "")),
    }
    row[rows[0].index(kind)] = draw(values.get(kind, st.integers(0, 400_000).map(str)))
    return {**files, RETURN: written(rows)}


def swapped_cells(draw: Draw, files: Files) -> Sent:
    """Two cells exchanged, anywhere in the table."""
    rows = rows_of(files, RETURN)
    (i, j), (k, m) = [(draw(st.integers(1, len(rows) - 1)), draw(st.integers(0, len(rows[0]) - 1))) for _ in range(2)]
    rows[i][j], rows[k][m] = rows[k][m], rows[i][j]
    return {**files, RETURN: written(rows)}


# ---- rows


def shuffled_rows(draw: Draw, files: Files) -> Sent:
    """The rows in another order."""
    name = pick(draw, TABLES)
    header, *rows = rows_of(files, name)
    random.Random(draw(st.integers(0, 2**16))).shuffle(rows)
    return {**files, name: written([header, *rows])}


def repeated_row(draw: Draw, files: Files) -> Sent:
    """A row, or the header, once more."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    rows.insert(draw(st.integers(0, len(rows))), rows[draw(st.integers(0, len(rows) - 1))])
    return {**files, name: written(rows)}


def dropped_row(draw: Draw, files: Files) -> Sent:
    """A row, or the header, is missing."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    del rows[draw(st.integers(0, len(rows) - 1))]
    return {**files, name: written(rows)}


def inserted_row(draw: Draw, files: Files) -> Sent:
    """A row of anything, or of nothing."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    cells = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=len(rows[0]) + 1)
    rows.insert(draw(st.integers(0, len(rows))), draw(cells))
    return {**files, name: written(rows)}


# ---- columns


def renamed_column(draw: Draw, files: Files) -> Sent:
    """A name in the header is another one."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    names = st.sampled_from((*HOSTILE, *rows[0], "dob", "name", "Area Code", "count", "104729")) | st.text(max_size=8)
    rows[0][draw(st.integers(0, len(rows[0]) - 1))] = draw(names)
    return {**files, name: written(rows)}


def dropped_column(draw: Draw, files: Files) -> Sent:
    """A column is missing, in the header alone or everywhere."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    at = draw(st.integers(0, len(rows[0]) - 1))
    for row in rows[:1] if draw(st.booleans()) else rows:
        del row[at]
    return {**files, name: written(rows)}


def reordered_columns(draw: Draw, files: Files) -> Sent:
    """The columns in another order, in the header alone or everywhere."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    order = draw(st.permutations(range(len(rows[0]))))
    rows[0] = [rows[0][at] for at in order]
    if draw(st.booleans()):
        rows[1:] = [[row[at] for at in order] for row in rows[1:]]
    return {**files, name: written(rows)}


def repeated_column(draw: Draw, files: Files) -> Sent:
    """A column twice."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    at, to = draw(st.integers(0, len(rows[0]) - 1)), draw(st.integers(0, len(rows[0])))
    for row in rows:
        row.insert(to, row[at])
    return {**files, name: written(rows)}


WAYS = (
    hostile_cell,
    affixed_cell,
    other_value,
    swapped_cells,
    shuffled_rows,
    repeated_row,
    dropped_row,
    inserted_row,
    renamed_column,
    dropped_column,
    reordered_columns,
    repeated_column,
)
