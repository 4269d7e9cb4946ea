"""How a count may be written, and the one thing that is wrong with a cell that is not a plain count."""

from __future__ import annotations

import re

from site_builder.confidential.folders import PLAIN_COUNT

_MARKS = {"*", "**", "c", "x", "z", "u", "k", "s", "low", "[c]", "[x]", "[z]", "[u]", "[low]", "~", "suppressed"}
_VAGUE = {
    "-", "--", "–", "—", ".", "..", "...", "?", "/", "na", "n/a", "n.a.", "#n/a", "n/k", "null", "none", "nil", "nan",
    "tbc", "tba", "unknown", "not known", "not available", "missing", "pending",
}  # fmt: skip
_RANGE = re.compile(r"\d+ ?(?:-|–|to) ?\d+\Z")
_SHARE = re.compile(r".*%|0?[.,]\d*[1-9]\d*\Z")
_BELOW_ZERO = re.compile(r"[-−–]\s?[\d.,]+\Z|\([\d.,]+\)\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,.'’ \u00a0\u2009\u202f]\d{3})+\Z")
_DIGITS = re.compile(r"[1-9][0-9]*\Z", re.ASCII)


def diagnose(cell: str) -> str | None:
    """The code of what is wrong with the writing of a count; None when it is blank or plain."""
    if not cell or PLAIN_COUNT.match(cell):
        return None
    bare = cell.strip()
    word = bare.casefold()
    found = (
        ("C404", word in _VAGUE),
        ("C409", bare.startswith(("#", "="))),
        ("C403", word in _MARKS or bare.startswith(("<", ">", "≤", "≥")) or bool(_RANGE.match(word))),
        ("C402", bool(_SHARE.match(bare))),
        ("C408", bool(_BELOW_ZERO.match(bare))),
        ("C401", bool(_THOUSANDS.match(bare))),
        ("C410", bool(_DIGITS.match(cell))),
    )
    return next((code for code, holds in found if holds), "C407")


def oddity(cell: str) -> str:
    """What is unusual about the writing of a number, in words and without the number."""
    bare = cell.strip()
    kinds = (
        ("it has a hidden space", bare != cell and (not bare or bool(PLAIN_COUNT.match(bare)))),
        ("it has a decimal point", bool(re.match(r"\d+[.,]\d*\Z", bare))),
        ("it is in scientific form", bool(re.match(r"[\d.]+e[+-]?\d+\Z", bare, re.IGNORECASE))),
        ("it has leading zeros", bool(re.match(r"0[0-9]+\Z", bare, re.ASCII))),
        ("it has unusual digits", bare.isdigit() and not bare.isascii()),
    )
    return next((words for words, holds in kinds if holds), "it holds other characters than digits")
