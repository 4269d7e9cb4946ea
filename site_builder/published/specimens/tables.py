"""Macros that print a table: a row for each state of a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import escape

from site_builder.published import pages_borough as pb
from site_builder.published import pages_compare as pc
from site_builder.published import pages_indicator as pi
from site_builder.published import pages_parts as pp
from site_builder.published import pages_predicted as pd
from site_builder.published import pages_site as ps
from site_builder.published import pages_standing as pt
from site_builder.published.charts import geometry
from site_builder.published.specimens.values import AT_HAND, FILES, KEY, LINK, TAG, Specimen, one, states
from site_builder.vocabulary.here import HERE


def tables() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    return {
        ("bartable", "bartable"): one(_bar_table()),
        ("spinetable", "spinetable"): one(pb.SpineTable("Returns", TAG, "Spines in every state", tuple(_spine_rows()))),
        ("spinetable", "spinekey"): one("Each row has its own scale."),
        ("rangetable", "rangetable"): one(_range_table()),
        ("matrix", "matrix"): one(_matrix()),
        ("profile", "profiletable"): one(_profile()),
        ("standing", "standingtable"): one(_standing(), TAG),
        ("standing", "standingplaces"): one(
            (pt.StandingPlace("place", HERE.an_area_head, AT_HAND, "Nothing stands out."),)
        ),
        ("indicatorlist", "indicatorlist"): one(_indicator_group()),
        ("themetable", "themetable"): one(_theme_table()),
        ("changes", "changes"): one(changed()),
    }


def _bar_table() -> pp.BarTable:
    of = geometry.scale([50.0])
    totals = [("lon", HERE.name, "london"), ("eng", HERE.country, "england")]
    rows = [_bar_row(kind, name, states()["reported"], geometry.bar(41.7, of, shade)) for kind, name, shade in totals]
    for name, value in states().items():
        number = 0.0 if value.state == "zero" else 41.7
        drawn = geometry.bar(number, of, "usual", (30.0, 46.0), open_end="p" in value.marks) if value.text else None
        rows.append(_bar_row("", name.capitalize(), value, drawn))
    for code in ("edge-low", "out-high"):
        is_ = pp.VARIATIONS[code]
        rows.append(_bar_row("", code, states()["reported"], geometry.bar(41.7, of, is_.shade), is_))
    ticks = tuple(tick.words for tick in of.ticks)
    return pp.BarTable(
        "pb", "Bars in every state", "State", "Rate", "95% interval", HERE.people_head, True, ticks, geometry.grid(of),
        geometry.along(40.0, of), tuple(rows),
    )  # fmt: skip


def _bar_row(
    kind: str, name: str, value: pp.Value, drawn: pp.Bar | None, is_: pp.Variation = pp.NOT_COMPARED
) -> pp.BarRow:
    return pp.BarRow("", kind, name, "", AT_HAND, value, drawn, "30.0 to 46.0" if drawn else str(value), value, is_)


def _spine_rows() -> Iterator[pb.SpineRow]:
    spark = geometry.sparkline([45.0, None, 43.0, 42.0, 41.7], "From 45.0 to 41.7")
    for name, value in states().items():
        drawn = geometry.spine(41.7, 40.0, (38.0, 42.0), neighbours=39.0, interval=(40.0, 43.0)) if value.text else None
        yield pb.SpineRow(
            "X1",
            name.capitalize(),
            AT_HAND,
            value,
            "%",
            "2001",
            drawn,
            spark if drawn else None,
            pp.NOT_COMPARED,
            "",
            "",
        )
    for code, number in (("out-high", 90.0), ("out-low", 2.0), ("edge-high", 45.0), ("within", 41.0)):
        is_ = pp.VARIATIONS[code]
        drawn = geometry.spine(number, 40.0, (38.0, 42.0), shade=is_.shade)
        yield pb.SpineRow(
            "X2",
            code,
            AT_HAND,
            pp.Value("reported", str(number)),
            "%",
            "2001",
            drawn,
            spark,
            is_,
            "increasing",
            "Ready",
        )


def _range_table() -> pd.RangeTable:
    of = geometry.scale([50.0])
    drawn = pd.Range("30", "40", "50", "60", "usual")
    rows = [
        pd.RangeRow(
            name.capitalize(), AT_HAND, value, drawn if value.text else None, "", "30 to 46", "40", pp.NOT_COMPARED
        )
        for name, value in states().items()
    ]
    rows.append(
        pd.RangeRow(
            "Outside",
            AT_HAND,
            states()["reported"],
            drawn._replace(at="90", shade="out"),
            "",
            "30 to 46",
            "40",
            pp.Variation("out", "up", "Higher", ""),
        )
    )
    ticks = tuple(tick.words for tick in of.ticks)
    return pd.RangeTable(
        "pr", "Ranges in every state", "Rate", "Beside expected", ticks, geometry.grid(of), tuple(rows)
    )


def _matrix() -> pc.Matrix:
    values = states()
    heads = tuple(pc.MatrixHead(name.capitalize(), AT_HAND, "%, 2001") for name in values)
    rows = [
        pc.MatrixRow(
            "lon",
            HERE.name,
            "",
            tuple(pc.MatrixCell("", value, pp.NOT_COMPARED, "31 of 33") for value in values.values()),
        )
    ]
    for code, is_ in pp.VARIATIONS.items():
        cells = tuple(
            pc.MatrixCell(AT_HAND, value, is_ if value.text else pp.NOT_COMPARED, "") for value in values.values()
        )
        rows.append(pc.MatrixRow("", code or "not compared", AT_HAND, cells))
    return pc.Matrix(
        "matrix",
        "A matrix",
        TAG,
        "Cells in every state.",
        KEY[:3],
        "A matrix of every state",
        heads,
        tuple(rows),
        ("A note.",),
        FILES,
    )


def _profile() -> pt.ProfileTable:
    rows = [
        pt.ProfileRow("X1", name.capitalize(), AT_HAND, value, "%", "2001", value, "31 of 33", value, pp.VARIATIONS["edge-low"], "increasing", "Returned", "")
        for name, value in states().items()
    ]  # fmt: skip
    rows.append(
        pt.ProfileRow(
            "X2", "No figures", AT_HAND, None, "", "", None, "", None, pp.NOT_COMPARED, "", "", "No returns yet."
        )
    )
    return pt.ProfileTable("Returns", TAG, "A profile in every state", (pt.ProfileObjective("An aim", tuple(rows)),))


def _standing() -> pt.StandingTheme:
    rows = tuple(
        pt.StandingRow(name.capitalize(), AT_HAND, pp.VARIATIONS["out-high"], value, value, value, "3.40", "2001")
        for name, value in states().items()
    )
    empty = pt.StandingSubject("none", "X2", "Nothing stands out", AT_HAND, "2001.", (), f"No {HERE.area}.")
    full = pt.StandingSubject("some", "X1", "In every state", AT_HAND, "2001.", rows, "")
    return pt.StandingTheme("A theme", "What stands out, in every state", (full, empty))


def _indicator_group() -> pi.IndicatorGroup:
    lines = [
        pi.IndicatorLine("X1", name.capitalize(), AT_HAND, "Rate", value, "2001", TAG, "")
        for name, value in states().items()
    ]
    lines.append(pi.IndicatorLine("X2", "No figures", AT_HAND, "Rate", None, "", "", "No returns yet"))
    return pi.IndicatorGroup("list", "A list", "", "Indicators in every state.", tuple(lines))


def _theme_table() -> pi.ThemeTable:
    spark = geometry.sparkline([45.0, None, 43.0, 41.7], "From 45.0 to 41.7")
    spread = geometry.small_spread((10.0, 90.0), (30.0, 50.0), 41.7, f"From 10.0 to 90.0; {HERE.name} 41.7.")
    rows = tuple(
        pi.ThemeRow("X1", name.capitalize(), AT_HAND, value, "%", "2001", spark, spread, "2 lower", "31 higher")
        if value.text
        else pi.ThemeRow("X2", name.capitalize(), AT_HAND, value, "", "2001", None, None, "", "")
        for name, value in states().items()
    )
    came = escape(f"Figures of 31 {HERE.areas}.")
    return pi.ThemeTable("theme-table", "A table of a theme", TAG, "Indicators of a theme in every state", rows, came)


def changed() -> ps.ChangeGroup:
    rows = tuple(
        ps.ChangeRow(name.capitalize(), LINK, "2001", value, value, "A reason") for name, value in states().items()
    )
    return ps.ChangeGroup("changed", "Corrected", "Published 1 May 2001.", rows, "Nothing changed.")
