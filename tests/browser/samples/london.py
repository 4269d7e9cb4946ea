"""Sample pages over all of London: every state of a cell, filters with more than one choice, every tier."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published import pages as p
from site_builder.published import pages_london as pl
from site_builder.published import pages_parts as pp
from site_builder.published.charts.tiles import small_squares
from tests.browser.samples.figures import AREAS, TAG, finder, frame
from tests.browser.samples.indicator import indicator

_SG08 = pp.Link("SG08 Children on a child protection plan", "indicators/sg08.html")
_CELLS = (
    pl.GridCell("R", "returned", True, ""),
    pl.GridCell("N", "not returned", False, ""),
    pl.GridCell("L", "late in part", False, "[c]"),
    pl.GridCell("R", "returned", True, "[c]"),
)


def london_map() -> p.MapPage:
    """One map in full, and small ones with each ground."""
    full = indicator().boroughs
    squares = [area.tile for area in AREAS.boroughs if area.tile]
    grounds = zip(
        ("usual", "edge", "out", "c", "x"),
        (squares[:20], squares[20:24], squares[24:28], squares[28:31], squares[31:]),
        strict=True,
    )
    small = pl.SmallMap(
        "sg09",
        pp.Link("Plans that are second or later plans", "indicators/sg09.html#boroughs"),
        "One borough stands out as higher.",
        tuple((name, small_squares(some)) for name, some in grounds),
    )
    large = pl.LargeMap(
        "sg08", "Two boroughs stand out as higher", _SG08, "Rate.", TAG, full.key, finder("#", values=True), full.table
    )
    theme = pl.MapTheme("Safe from abuse and neglect", (small,))
    return p.MapPage(
        frame("map.html", "Map of London", "compare"),
        "Which parts of London?",
        "Each square is one borough.",
        (pp.Link("Figures from borough returns", "#returns"),),
        large,
        (pp.KeyItem("usual", "Usual variation"), pp.KeyItem("c", "[c] Hidden to protect children")),
        (pl.MapKind("returns", "Figures from borough returns", TAG, (theme,)),),
        "",
    )


def _grid(caption: str, cells: Sequence[pl.GridCell], key: tuple[tuple[str, str, str], ...]) -> pl.Grid:
    return pl.Grid(
        f"{TAG}. {caption}",
        key,
        tuple(pl.GridHead(f"SG{number:02d}", "An indicator", "indicators/sg08.html") for number in range(1, 23)),
        tuple(
            pl.GridRow(area.name, f"boroughs/{area.slug}.html", tuple(cells[(row + column) % len(cells)] for column in range(22)))
            for row, area in enumerate(AREAS.boroughs)
        ),
    )  # fmt: skip


def coverage() -> p.CoveragePage:
    """Cells in several states, a line of totals, and who answered."""
    return p.CoveragePage(
        frame("coverage.html", "Whose figures came", "boroughs"),
        "Whose figures came",
        "Every indicator that boroughs send.",
        TAG,
        _grid(
            "Whose figures came, boroughs A to Z", _CELLS, (("R", "Returned", "A figure came."), ("L", "Late", "Later."))
        ),
        ("Returned", "Late", "Not collected", "Not applicable", "Not returned", "Not due"),
        (
            pl.CoverageTotal(_SG08, "31 March 2025", ("31", "1", "0", "0", "1", "0"), "London (31 of 33 boroughs)"),
            pl.CoverageTotal(_SG08, "31 March 2024", ("33", "0", "0", "0", "0", "0"), "Published by year"),
        ),
        ("In 2007, 24 of 33 responded: 20 with figures, 4 with commentary only; 9 did not.",),
        (pp.Link("January to March 2025", "coverage/2024-25-q4.html"),),
        (pp.File("Every period, CSV", "coverage.csv", ""),),
        "",
    )  # fmt: skip


def calendar() -> p.CalendarPage:
    """A round that came, one that is open, and an announced series."""
    return p.CalendarPage(
        frame("calendar.html", "Calendar", "data", illustrative=False),
        "Calendar of returns and releases",
        "What is sent for which period.",
        "As at 17 July 2025.",
        (
            pl.RoundRow("January to March 2025", "coverage/2024-25-q4.html", "1 April 2025", "15 May 2025", "17 July 2025", "Received", ""),
            pl.RoundRow("School year 2024/25", "", "1 September 2025", "30 November 2025", "", "Open", "From partner agencies."),
        ),
        (pp.Row("Received", "The release holds it."),),
        (pl.Cadence("quarterly", "Each quarter", (pp.Row("Child protection", "SG08"),)),),
        ((pp.Link("N01 Hospital admissions", "indicators/n01.html"), "The first period is not known yet."),),
        (pp.File("Every round (ICS)", "calendar.ics", ""),),
        tuple(pp.Link(area.name, f"boroughs/{area.slug}/calendar.ics") for area in AREAS.boroughs),
    )  # fmt: skip


def readiness() -> p.ReadinessPage:
    """Every mark, and a row with a blank aspect."""
    marks = (
        pl.GridCell("R", "ready", False, ""), pl.GridCell("P", "part ready", False, ""),
        pl.GridCell("N", "not ready", False, ""), pl.GridCell("–", "not assessed", True, ""),
    )  # fmt: skip
    return p.ReadinessPage(
        frame("readiness.html", "Readiness for audit", "boroughs"),
        "How ready is each figure for an audit?",
        "Once a year.",
        TAG,
        _grid("How ready each figure is", marks, (("R", "Ready", "In place."), ("N", "Not ready", "Not there."))),
        ("Source system", "Owner", "Definition", "Evidence", "Sign-off", "Audit"),
        (
            pl.ReadinessRow(
                pp.Link("Camden", "boroughs/camden.html"),
                _SG08,
                "Not assessed",
                ("In place", "Partly", "In place", "Not assessed", "Partly", "None"),
                "An old system is switched off.",
            ),
        ),
    )


def challenges() -> p.ChallengesPage:
    """Three filters, an entry of several indicators, and an invented one."""
    return p.ChallengesPage(
        frame("challenges.html", "Difficulties", "indicators"),
        "What makes figures hard to collect",
        "Open ones stand first.",
        (
            pp.Filter("State", (("o1", "Open"), ("o2", "Closed"))),
            pp.Filter("Theme", (("o3", "Safe from abuse and neglect"),)),
            pp.Filter("Agency", (("o4", "Children’s social care"), ("o5", "Metropolitan Police"))),
        ),
        (
            pl.ChallengeRow("sg15", "f o1 o3 o4", (_SG08, _SG08), "Listed.", "Discuss it.", "Raised, open.", ""),
            pl.ChallengeRow("sg12", "f o2 o3 o5", (_SG08,), "Several systems.", "", "Raised, closed.", TAG),
        ),
        pp.Link("Everything that was decided", "about/decisions/index.html"),
        "",
    )


def model() -> p.ModelPage:
    """Two tiers with an indicator of each kind."""
    href = "indicators/sg08.html"
    chips = (
        pl.Chip("SG08", "SG08 Children on a child protection plan", href, False, "1", "34"),
        pl.Chip("N09c", "N09c Child protection plans", "indicators/n09c.html", True, "59", "34"),
    )
    below = tuple(chip._replace(y="140") for chip in chips)
    return p.ModelPage(
        frame("model.html", "How the indicators hang together", "indicators", illustrative=False),
        "How the indicators hang together",
        "Four tiers.",
        "760",
        "180",
        "Two bands.",
        (
            pl.TierBand("Environment", "M0 1H760", "23", "M380 70v16m-5 -6l5 7 5 -7", chips),
            pl.TierBand("Outcomes", "M0 107H760", "129", "", below),
        ),
        (pl.TierList("environment", "Environment", "What children live with.", (_SG08,)),),
    )
