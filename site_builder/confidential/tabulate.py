"""Every cell that may be published, before suppression: boroughs, Inner, Outer and London, quarters and years.

Whatever would otherwise need an unsuppressed number later, a total above all, becomes a cell here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd

from site_builder.confidential.grains import (
    QUARTERS_AND_YEAR,
    YEAR_OF_QUARTERS,
    cell_period,
    grain_of,
    place_of,
)
from site_builder.confidential.observations import Observations
from site_builder.confidential.standards import WHOLE, Standards, counts_of
from site_builder.release.cells import KEY, CellKey
from site_builder.release.reference import Populations
from site_builder.vocabulary.areas import LONDON, PARTS, Areas
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import YEAR_TO_DATE, Indicator, Kind
from site_builder.vocabulary.periods import Period, quarters
from site_builder.vocabulary.symbols import Withheld

COLUMNS = (*KEY, "value", "withheld", "obs_status")
ALL = "all"  # coverage: every borough inside
REPORTED, INCOMPLETE = "reported", "incomplete"

_STATES = {
    "reported": REPORTED,
    "provisional": REPORTED,
    "estimated": REPORTED,
    "unreliable": "unreliable",
    "not_collected": "not-collected",
    "not_yet_available": "not-yet-available",
    "not_applicable": "not-applicable",
    "withheld": "withheld",
}
_WITHHELD = {REPORTED: "", "unreliable": Withheld.UNRELIABLE.value, "not-applicable": Withheld.NOT_APPLICABLE.value}
_FLAGS = {"provisional": "p", "estimated": "e"}
_SLOT = ["area", "indicator", "period"]


@dataclass(frozen=True, slots=True)
class Note:
    """Words beside a figure. ``period`` is the period of the cell, not of the return."""

    area: str
    indicator: str
    period: str
    text: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Table:
    """``frame``: the columns COLUMNS in order of key; value a nullable integer, blank exactly when withheld is filled.

    ``members`` maps the id of a coverage set to the boroughs in it, ``grains`` an indicator to how it is published
    over time, ``states`` has one row (area, indicator, period, state) a slot of the collection and a borough's cell.
    Raises ValueError when a key stands twice, or a cell has both or neither of a value and a reason.
    """

    _frame: pd.DataFrame
    members: Mapping[str, tuple[str, ...]]
    grains: Mapping[str, str]
    states: pd.DataFrame
    notes: tuple[Note, ...]

    def __post_init__(self) -> None:
        frame = self._frame
        if tuple(frame.columns) != COLUMNS or frame.duplicated(list(KEY)).any():
            raise ValueError("the cells are not as the schema asks")
        if (frame["value"].isna() == (frame["withheld"] == "")).any():
            raise ValueError("a cell has both or neither of a value and a reason for withholding it")

    @property
    def frame(self) -> pd.DataFrame:
        """A shallow copy; under copy-on-write, writing to it leaves the table alone."""
        return self._frame.copy(deep=False)

    def counted(self) -> tuple[CellKey, ...]:
        """Keys of the cells that have a count, in order."""
        frame = self._frame[self._frame["withheld"] == ""]
        return tuple(CellKey(*row) for row in zip(*(frame[column].tolist() for column in KEY), strict=True))

    def __len__(self) -> int:
        return len(self._frame)

    def __repr__(self) -> str:
        return f"<Table {len(self)} cells>"


def coverage_id(codes: Iterable[str]) -> str:
    """The name of a set of reporting boroughs inside a total that lacks some of them."""
    ordered = sorted(codes)
    return f"n{len(ordered)}-{hashlib.sha256('+'.join(ordered).encode()).hexdigest()[:8]}"


def tabulate(observations: Observations, standards: Standards, populations: Populations, until: Period) -> Table:
    """Every cell of a release that holds the periods of the collection up to ``until``, unsuppressed.

    ``populations`` is the pinned vintage; it decides whether a total rests on enough of London's children. Raises
    ConfigurationError when it lacks a borough, or for a kind of measure that cannot be added up (survey, score).
    """
    collected = [standards.collected[code] for code in sorted(standards.collected)]
    _refuse_magnitudes(collected)
    periods = tuple(sorted(r.period for r in standards.collection.rounds if r.period.end <= until.end))
    slots = _slots(observations, standards, periods)
    years = _years(slots, collected, periods)
    boroughs = pd.concat([_as_cells(slots, standards), years], ignore_index=True)
    totals, members = _totals(boroughs, standards, populations)
    long = _long(pd.concat([boroughs.assign(coverage=ALL), totals], ignore_index=True), standards)
    return Table(
        long.sort_values(list(KEY), ignore_index=True),
        members,
        {indicator.code: grain_of(indicator) for indicator in collected},
        _coverage_states(slots, boroughs, standards),
        _notes(observations, boroughs, standards),
    )


def _refuse_magnitudes(indicators: Sequence[Indicator]) -> None:
    countable = (Kind.COUNT, Kind.RATE, Kind.PROPORTION, Kind.RATIO)
    for indicator in indicators:
        if indicator.measure.kind not in countable or indicator.cycle.window == YEAR_TO_DATE:
            raise mistake(
                f"content/indicators/{indicator.code.lower()}",
                f"{indicator.code} is of a kind that is not added up from counts.",
                "Only counts, rates, proportions and ratios of single periods can be released.",
            )


def _slots(observations: Observations, standards: Standards, periods: Sequence[Period]) -> pd.DataFrame:
    """One row for each borough, indicator and period of the collection: counts, state, flag. Nothing is left out."""
    due = [
        (area.code, indicator.code, period.id, (area.code, period.id) in observations.returned)
        for period in periods
        for indicator in standards.due(period)
        for area in standards.areas.boroughs
    ]
    slots = pd.DataFrame(due, columns=[*_SLOT, "is_here"]).merge(observations.frame, on=_SLOT, how="left")
    late = {(standards.areas.by_slug[one.submitter].code, one.period.id) for one in standards.collection.late}
    absent = {
        key: "late" if key in late else "not-returned" for key in zip(slots["area"], slots["period"], strict=True)
    }
    slots["state"] = [
        _STATES[status] if here else absent[area, period]
        for here, status, area, period in zip(
            slots["is_here"], slots["status"], slots["area"], slots["period"], strict=True
        )
    ]
    corrected = {(one.area, code, one.period) for one in observations.corrections for code in one.indicators}
    keys = zip(*(slots[column] for column in _SLOT), strict=True)
    slots["flag"] = [
        _FLAGS.get(status, "") + ("r" if key in corrected else "")
        for status, key in zip(slots["status"], keys, strict=True)
    ]
    shown = slots["state"] == REPORTED
    return slots.assign(numerator=slots["numerator"].where(shown), denominator=slots["denominator"].where(shown)).drop(
        columns=["is_here", "status", "note"]
    )


def _as_cells(slots: pd.DataFrame, standards: Standards) -> pd.DataFrame:
    """Slots that are published as they were sent, with the period of their cell."""
    grains = {code: grain_of(indicator) for code, indicator in standards.collected.items()}
    kept = slots[slots["indicator"].map(grains) != YEAR_OF_QUARTERS]
    named = [
        cell_period(standards.collected[code], Period.parse(period))
        for code, period in zip(kept["indicator"], kept["period"], strict=True)
    ]
    return kept.assign(period=named)


def _years(slots: pd.DataFrame, collected: Sequence[Indicator], periods: Sequence[Period]) -> pd.DataFrame:
    """Financial years of flows, once their four quarters are due: the sum where all four were reported."""
    summed = {i.code for i in collected if grain_of(i) in (QUARTERS_AND_YEAR, YEAR_OF_QUARTERS)}
    here = set(periods)
    year_of = {q.id: p.year.id for p in periods if p.part for q in [p] if set(quarters(p.year)) <= here}
    flows = slots[slots["indicator"].isin(summed) & slots["period"].isin(year_of)]
    flows = flows.assign(period=flows["period"].map(year_of))
    grouped = flows.groupby(_SLOT, sort=True)
    years = grouped[["numerator", "denominator"]].sum(min_count=4)
    years["state"] = grouped["state"].agg(_year_state)
    years["flag"] = grouped["flag"].agg(_joined)
    complete = years["state"] == REPORTED
    years["numerator"] = years["numerator"].where(complete)
    years["denominator"] = years["denominator"].where(complete)
    return years.reset_index()


def _year_state(states: pd.Series) -> str:
    different = set(states)
    return str(different.pop()) if len(different) == 1 else INCOMPLETE


def _joined(flags: pd.Series) -> str:
    return "".join(sorted(set("".join(flags))))


def _totals(
    boroughs: pd.DataFrame, standards: Standards, populations: Populations
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Inner, Outer and London over the boroughs that reported, where these are enough; and the sets that lack some."""
    reported = boroughs[boroughs["state"] == REPORTED]
    rows: list[dict[str, object]] = []
    members: dict[str, tuple[str, ...]] = {}
    for (code, period), group in reported.groupby(["indicator", "period"], sort=True):
        indicator = standards.collected[str(code)]
        for total in (*PARTS, LONDON):
            everybody = standards.areas.members(total)
            inside = group[group["area"].isin(everybody)]
            codes = tuple(sorted(inside["area"]))
            if not _enough(
                codes, everybody, len(standards.areas.boroughs), indicator, Period.parse(str(period)), populations
            ):
                continue
            coverage = ALL if len(codes) == len(everybody) else coverage_id(codes)
            if coverage != ALL:
                members[coverage] = codes
            rows.append(
                {
                    "area": total,
                    "indicator": code,
                    "period": period,
                    "numerator": inside["numerator"].sum(),
                    "denominator": inside["denominator"].sum(min_count=1),
                    "state": REPORTED,
                    "flag": _joined(inside["flag"]),
                    "coverage": coverage,
                }
            )
    columns = [*_SLOT, "numerator", "denominator", "state", "flag", "coverage"]
    totals = pd.DataFrame(rows, columns=columns).astype({"numerator": "Int64", "denominator": "Int64"})
    return totals, dict(sorted(members.items()))


def _enough(
    codes: Sequence[str],
    everybody: Sequence[str],
    of: int,
    indicator: Indicator,
    period: Period,
    populations: Populations,
) -> bool:
    """Whether a total rests on enough boroughs and enough people; on all of them where the indicator withholds it
    otherwise. ``min_boroughs`` of the indicator is out of ``of``, all boroughs there are, and in proportion for parts."""
    if indicator.aggregate.missing_boroughs == "withhold" and len(codes) < len(everybody):
        return False
    floor = ceil(indicator.aggregate.min_boroughs * len(everybody) / of)
    if len(codes) < floor:
        return False
    children = {code: _children(code, period, populations) for code in everybody}
    return sum(children[code] for code in codes) >= indicator.aggregate.min_population * sum(children.values())


def _children(code: str, period: Period, populations: Populations) -> int:
    found = populations.at(code, period.population_year, HERE.ages)
    if found is None:
        raise mistake(
            f"datapackages/reference/populations/{populations.vintage}",
            f"There is no estimate of {HERE.people} for {code}.",
            f"Pin a vintage that holds every {HERE.area}.",
        )
    return found[0]


def _long(wide: pd.DataFrame, standards: Standards) -> pd.DataFrame:
    """One row a measure."""
    parts = []
    for measure in ("numerator", "denominator"):
        counted = {code for code, indicator in standards.collected.items() if measure in counts_of(indicator)}
        part = wide[wide["indicator"].isin(counted)]
        parts.append(part.assign(measure=measure, value=part[measure].astype("Int64")))
    long = pd.concat(parts, ignore_index=True)
    versions = {code: indicator.version for code, indicator in standards.collected.items()}
    long = long.assign(
        definition_version=long["indicator"].map(versions).astype("int64"),
        breakdown=WHOLE,
        withheld=long["state"].map(lambda state: _WITHHELD.get(state, Withheld.NOT_AVAILABLE.value)),
        obs_status=long["flag"],
    )
    return long[list(COLUMNS)]


def _coverage_states(slots: pd.DataFrame, boroughs: pd.DataFrame, standards: Standards) -> pd.DataFrame:
    """State of every slot and every cell of a borough: returned or why not, never how many."""
    cells = boroughs[[*_SLOT, "state"]]
    grains = {code: grain_of(indicator) for code, indicator in standards.collected.items()}
    unseen = slots.loc[slots["indicator"].map(grains) == YEAR_OF_QUARTERS, [*_SLOT, "state"]]
    return pd.concat([cells, unseen]).sort_values(_SLOT, ignore_index=True)


def _notes(observations: Observations, boroughs: pd.DataFrame, standards: Standards) -> tuple[Note, ...]:
    """Notes and explanations, on the cell of their period, or on the year where only years are published."""
    cells = set(zip(*(boroughs[column] for column in _SLOT), strict=True))
    sent = observations.frame
    said = [
        (area, code, period, note)
        for area, code, period, note in zip(*(sent[c] for c in (*_SLOT, "note")), strict=True)
        if note
    ]
    said += [(one.area, one.indicator, one.period, one.text) for one in observations.explanations]
    found = set()
    for area, code, period, text in said:
        indicator = standards.collected.get(str(code))  # an explanation about the whole return belongs to no figure
        place = place_of(indicator, Period.parse(str(period))) if indicator is not None else ""
        if (area, code, place) in cells:
            found.add(Note(str(area), str(code), place, str(text)))
    return tuple(sorted(found, key=lambda note: (note.area, note.indicator, note.period, note.text)))


def groups_of(areas: Areas) -> dict[str, tuple[str, ...]]:
    """Inner, Outer and London with the boroughs inside them."""
    return {total: areas.members(total) for total in (*PARTS, LONDON)}
