"""What the letters that stand for a number, or beside one, mean in words: for the page of downloads and workbooks."""

from __future__ import annotations

from collections.abc import Collection

from site_builder.published.figures import HIDDEN_LONG, NOT_APPLICABLE

STATUS = {"p": "Provisional.", "r": "Revised.", "b": "Break in the series.", "e": "Estimated, or includes an estimate."}


def withheld(zeros: Collection[str]) -> dict[str, str]:
    """The meaning of each letter in place of a number. ``zeros``: show or hide, as each indicator has it: where one hides
    them, a hidden figure may be zero."""
    return {
        "c": HIDDEN_LONG["hide" if "hide" in zeros else "show"],
        "x": "Not available: not returned, or not collected.",
        "z": f"{NOT_APPLICABLE} here.",
        "low": "Above zero, but rounds to zero.",
        "u": "Too unreliable to show.",
    }
