"""Pages that compare: where to start, a matrix, a few boroughs side by side."""

from __future__ import annotations

import json

from site_builder.published import pages_compare as pc
from site_builder.published import pages_parts as pp
from site_builder.published.compose.compare_script import NAME, SAID
from tests.browser.samples.figures import AREAS, SPREAD, TAG, frame, shown

DATA = "assets/compare-data.0123456789.js"
_MATRICES = (
    pc.MatrixLine(
        (pp.Link("Safe from abuse and neglect", "t1.html"), pp.Link("Figures from borough returns", "t1-returns.html")),
        "21 national indicators and 11 from borough returns (illustrative)",
    ),
)


def start() -> pc.ComparePage:
    """Where to start."""
    return pc.ComparePage(
        frame("compare/index.html", "Compare", "compare"),
        "Compare boroughs",
        "How places differ.",
        ("Take one measure at a time.", "Ask whether a difference is more than usual."),
        pc.Onward(pp.Link("A few boroughs side by side", "boroughs.html"), "Up to four."),
        _MATRICES,
        (pc.Onward(pp.Link("What stands out", "../stands-out.html"), "Where and since when?"),),
    )


def matrix() -> pc.MatrixPage:
    """A matrix with figures in every state, ten columns of them."""
    heads = tuple(
        pc.MatrixHead("Children on a child protection plan", "../indicators/sg08.html", "per 10,000, 2024-25")
        for _ in range(10)
    )
    london = pc.MatrixCell("", shown(42.1), pp.NOT_COMPARED, "31 of 33")
    total = pc.MatrixRow("lon", "London", "", (london,) * 10)
    rows = []
    for area in AREAS.boroughs:
        kind = pp.VARIATIONS[SPREAD.code.get(area.slug, "")]
        cell = pc.MatrixCell(f"../boroughs/{area.slug}/sg08.html", SPREAD.value(area), kind, "")
        rows.append(pc.MatrixRow("", area.name, f"../boroughs/{area.slug}.html", (cell,) * 10))
    states = (
        shown(0),
        shown(3.2, marks="p", caution=True),
        pp.Value("low", reason="Above zero, but rounds to zero."),
        pp.Value("u", reason="Too unreliable to show"),
        pp.Value("z", reason="Does not apply"),
    )
    first = rows[0]
    odd = tuple(pc.MatrixCell(first.cells[0].href, value, pp.NOT_COMPARED, "") for value in states)
    rows[0] = first._replace(cells=(*odd, *first.cells[len(odd) :]))
    caption = f"{TAG}. Safe from abuse and neglect: figures from borough returns, boroughs A to Z"
    made = pc.Matrix(
        "returns", "Figures from borough returns", TAG, "300 figures are compared.",
        (pp.KeyItem("usual", "Usual variation"), pp.KeyItem("c", "[c] Hidden to protect children")),
        caption, heads, (total, *rows), ("London is pooled.",), (pp.File("This table, CSV", "illustrative-returns-t1.csv", ""),),
    )  # fmt: skip
    page = frame("compare/t1.html", "Compare: Safe from abuse and neglect", "compare", crumbs=("Compare",))
    return pc.MatrixPage(page, "Compare every borough", "Safe from abuse and neglect", "A to Z.", (made,), "", (pp.Link("About this theme", "../themes/t1.html"),))  # fmt: skip


def boroughs() -> pc.CompareBoroughsPage:
    """A few boroughs side by side, before any is chosen."""
    return pc.CompareBoroughsPage(
        frame("compare/boroughs.html", "A few boroughs side by side", "compare", crumbs=("Compare",)),
        "A few boroughs side by side",
        "Every measure that has figures.",
        DATA,
        ("First", "Second", "Third", "Fourth"),
        tuple((area.slug, area.name) for area in AREAS.boroughs),
        (("t1", "Safe from abuse and neglect"), ("t2", "Safe from accidental injury and death")),
        "Choosing boroughs on this page needs script.",
        _MATRICES,
        tuple(pp.Link(area.name, f"../boroughs/{area.slug}.html") for area in AREAS.boroughs),
    )


def data() -> bytes:
    """The data script of the sample: one measure, the same figure everywhere."""
    cells = "|".join(["42.1;40.0;44.2;p", *["[c] Hidden to protect children" for _ in AREAS.boroughs]])
    row = {"title": "Children on a plan", "href": "../indicators/sg08.html", "small": "per 10,000", "cells": cells}
    group = {
        "heading": "National figures",
        "tag": "",
        "notes": [],
        "themes": [{"code": "t1", "file": "national-t1.csv", "title": "Safe", "rows": [row]}],
    }
    names = {area.slug: area.name for area in AREAS.boroughs}
    made = {"boroughs": names, "said": SAID, "labels": {"p": "As the publisher prints it"}, "groups": [group]}
    return f"const {NAME}=Object.freeze({json.dumps(made)});\n".encode()
