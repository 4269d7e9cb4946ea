"""What boroughs count for themselves, and where several count the same: a register of definitions, without figures."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from site_builder.published import addresses, phrases
from site_builder.published.compose.documents import Cell, anchor, control, fact, said, section, table, to_indicator
from site_builder.published.compose.indicator import INDICATORS
from site_builder.published.documents.registers import LOCAL, LocalIndicator, measures
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import Row
from site_builder.vocabulary.here import HERE

_SHARED = 2  # boroughs from which on a measure is common ground
_EMPTY = (
    f"The register is empty: no {HERE.area} has said yet what it counts besides the indicators of this site. It holds "
    "definitions, never figures."
)
_COLUMNS = (
    ("area", f"The {HERE.area}, as in addresses."),
    ("title", f"What the {HERE.area} calls it."),
    ("agency", "Who holds it."),
    ("frequency", "How often it is counted."),
    ("numerator", "What is counted."),
    ("denominator", "What it is divided by; empty for a count."),
    ("since", "The first year."),
    (
        "matches",
        "What it is like: the code of an indicator of this site, or a word that all rows share which count the same. "
        "Empty when it is like no other.",
    ),
)


def common_ground(frames: Frames, inputs: Inputs) -> DocumentPage:
    """The register by measure: those that several boroughs count first, each group A to Z."""
    path, found = addresses.COMMON_GROUND, measures(inputs.documents.local)
    shared = [rows for rows in found.values() if len(_areas(rows)) >= _SHARED]
    single = [rows for rows in found.values() if len(_areas(rows)) < _SHARED]
    proposals = anchor(path, addresses.PROPOSALS, "proposal")
    how = Markup("<p>{} adds a row to <code>{}</code> by a {}. These are its columns.</p>").format(
        HERE.an_area_head, LOCAL, proposals
    )
    sections = (
        _measures(inputs, f"Counted by several {HERE.areas}", shared, path),
        _measures(inputs, f"Counted by one {HERE.area}", single, path),
        section("How to add one", Part(prose=how), Part(table=table("Columns of the register", ("Column", "What it holds"), _COLUMNS), words=True)),
    )  # fmt: skip
    return DocumentPage(
        frames.frame(
            path, "Common ground", f"What {HERE.areas} count for themselves, and where they count the same.", "indicators",
            (INDICATORS,),
        ),
        "Register",
        "Common ground among local indicators",
        f"{HERE.areas_head} count more than they share here. Where several count the same, it may become an indicator for all. "
        + (_EMPTY if not found else ""),
        (fact("Measures", len(found)), fact(f"Counted by several {HERE.areas}", len(shared))) if found else (),
        tuple(one for one in sections if one.parts),
        control(inputs, None, Row("Order", "A to Z by title. No figure is held, so nothing is compared.")),
    )  # fmt: skip


def _areas(rows: Sequence[LocalIndicator]) -> set[str]:
    return {row.area for row in rows}


def _measures(inputs: Inputs, heading: str, found: Sequence[Sequence[LocalIndicator]], path: str) -> Section:
    if not found:
        return section(heading, said("None.")) if inputs.documents.local else section(heading)
    rows: list[tuple[Cell, ...]] = [
        (
            _titles(some),
            f"{phrases.capital(phrases.boroughs(len(_areas(some))))}: {_names(inputs, some)}",
            phrases.listed(sorted({row.agency for row in some})),
            "; ".join(dict.fromkeys(row.numerator for row in some)),
            "; ".join(dict.fromkeys(row.denominator or "Nothing" for row in some)),
            _next(inputs, some, path),
        )
        for some in sorted(found, key=lambda some: _titles(some).casefold())
    ]
    columns = ("Measure", "Collected by", "Held by", "Counted", "Divided by", "What next")
    return section(heading, Part(table=table(f"{heading}, A to Z", columns, rows), words=True))


def _titles(rows: Sequence[LocalIndicator]) -> str:
    return "; ".join(sorted(dict.fromkeys(row.title for row in rows)))


def _names(inputs: Inputs, rows: Sequence[LocalIndicator]) -> str:
    return phrases.listed(sorted(inputs.areas.by_slug[area].name for area in _areas(rows)))


def _next(inputs: Inputs, rows: Sequence[LocalIndicator], path: str) -> Cell:
    """The indicator that it matches, or the way to propose one."""
    if (known := inputs.catalogue.get(rows[0].matches)) is not None:
        return Markup("Like {}").format(to_indicator(path, known))
    return anchor(path, addresses.PROPOSALS, "Propose it") if len(_areas(rows)) >= _SHARED else "–"
