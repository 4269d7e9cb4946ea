"""What every way of spoiling a return uses: its files, tables read and written, and hostile cells."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import strategies as st

from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN
from tests.confidential.house import table
from tests.fuzz.sent import CHALLENGES, COMMENTARY, Draw

Files = dict[str, bytes]
TABLES = (RETURN, RETURN, RETURN, EXPLANATIONS, COMMENTARY, CHALLENGES)
ALL = (*TABLES, DESCRIPTOR)
BIG = 1_000_000  # bytes that a file may have
HOSTILE = (
    *(
        "",
        " ",
        "  ",
        "\u00a0",
        "-",
        "n/a",
        "#REF!",
        "<5",
        "1-5",
        "*",
        "c",
        "1,234",
        "1 234",
        "12%",
        "0.5",
        "12.0",
        "1e5",
    ),
    *("+10", "-10", "−10", "(10)", "007", "1_0", "１０", "١٠", "104729104729", "0x1F", "TRUE", "NaN", "Infinity", "½"),
    *("=1+1", "@SUM(A1)", "-Zyxomma", '=HYPERLINK("x")', "Zyxomma\u200b", "\u202eZyxomma", "Zyxomma\x00", "Zyxomma\t"),
    *("Zyxomma\nQwghlm", "Zyxomma\r", '"', '""', "'", "\\", "|", "::error::Zyxomma", "%0A", "]]>", "<script>", "[red]"),
    *(
        "total",
        "London",
        "E09000093",
        "E09000099",
        "E12000007",
        "2024-25-Q1",
        "2024/25",
        "Apr-25",
        "45748",
        "SG99",
        "sg01",
    ),
    *(
        "reported ",
        "REPORTED",
        "final",
        "Mr Zyxomma",
        "Qwghlm 104729",
        "SE15 3QN",
        "943 476 5919",
        "a@b.example",
        "x" * 501,
    ),
    *("İ", "ß", "ﬁ", "e\u0301", "\U0001f600", "\u115f", "\u3164", "\u034f", "\ufe0f", "\U000e0041", "\ud7ff", "\uffff"),
)
STATUSES = (
    *("reported", "provisional", "estimated", "unreliable"),
    *("not_collected", "not_yet_available", "not_applicable", "withheld"),
)


def pick(draw: Draw, some: tuple[str, ...] = ALL) -> str:
    """The name of one of the files."""
    name: str = draw(st.sampled_from(some))
    return name


def rows_of(files: Files, name: str) -> list[list[str]]:
    """The rows of a table, its header first."""
    return table(files[name])


def written(rows: list[list[str]], quoting: Any = csv.QUOTE_MINIMAL) -> bytes:
    """Rows as a table, whatever stands in them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=quoting).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")
