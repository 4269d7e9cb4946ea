"""How the cells of a release hang together: which areas, coverage sets, years and measures add up to which."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace

from site_builder.release.cells import CellKey
from site_builder.release.package import json_bytes, refusal
from site_builder.release.policy import EffectivePolicy
from site_builder.vocabulary.names import Named, SumOf, Within
from site_builder.vocabulary.periods import Period, PeriodKind, quarters

FORMAT = "1"
WHOLE = "total"  # the breakdown that is none
GRAINS = ("quarters-and-year", "snapshots", "year-of-quarters", "year")
KINDS = ("count", "rate", "proportion", "ratio")
MEASURES = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Form:
    """How one indicator is published. ``kind``: of KINDS. ``grain``: of GRAINS. ``events``: counts events, not
    children. The policy that holds for it."""

    kind: str
    version: int
    grain: str
    policy: EffectivePolicy

    @property
    def parts(self) -> tuple[str, ...]:
        """The counts that everything printed is a sum of: n alone; n and the complement; or n and d unrelated."""
        match self.kind:
            case "proportion":
                return ("numerator", "complement")
            case "ratio":
                return ("numerator", "denominator")
            case _:
                return ("numerator",)


@dataclass(frozen=True, slots=True)
class Structure:
    """``areas``: a total to its boroughs. ``coverage``: id of a coverage set to its boroughs. ``years``: a year to its
    quarters. ``indicators``: code to Form. ``same``: names that several indicators give to one count. ``within``: counts
    of one indicator that are part of a count of another. ``sums``: counts that others add up to. ``breakdowns``: by indicator, a breakdown to the smallest
    categories that it adds up, ``total`` among them; none for an indicator that is not broken down."""

    areas: Mapping[str, tuple[str, ...]]
    coverage: Mapping[str, tuple[str, ...]]
    years: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, Form]
    same: tuple[tuple[Named, ...], ...] = ()
    within: tuple[Within, ...] = ()
    breakdowns: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    sums: tuple[SumOf, ...] = ()

    def to_bytes(self) -> bytes:
        """``structure.json``."""
        return json_bytes({"format": FORMAT, **asdict(self)})

    def of_indicators(self, codes: Collection[str]) -> Structure:
        """The structure of some of the indicators, with what ties these to one another."""
        same = tuple(tuple(name for name in names if name.indicator in codes) for names in self.same)
        return replace(
            self,
            indicators={code: form for code, form in self.indicators.items() if code in codes},
            same=tuple(names for names in same if len(names) > 1),
            within=tuple(one for one in self.within if {one.part.indicator, one.whole.indicator} <= set(codes)),
            sums=tuple(one for one in self.sums if {name.indicator for name in (one.whole, *one.parts)} <= set(codes)),
            breakdowns={code: table for code, table in self.breakdowns.items() if code in codes},
        )

    def members(self, area: str, coverage: str) -> tuple[str, ...]:
        """The boroughs whose figures a cell adds up. Raises KeyError for a set that is not declared."""
        if area not in self.areas:
            return (area,)
        return self.areas[area] if coverage == "all" else self.coverage[coverage]

    def categories(self, code: str, breakdown: str) -> tuple[str, ...]:
        """The smallest categories that a cell of this breakdown adds up; one that is not broken down is one itself."""
        return self.breakdowns.get(code, {}).get(breakdown, (breakdown,))

    def base_periods(self, code: str, period: str) -> tuple[str, ...]:
        """The smallest periods that a cell of this period adds up."""
        adds_up = self.indicators[code].grain in ("quarters-and-year", "year-of-quarters")
        return self.years[period] if adds_up and period in self.years else (period,)


def is_declared(key: CellKey, structure: Structure) -> bool:
    """Whether the structure says how a cell adds up: a total's boroughs, its coverage set, and a year's four quarters.

    A relation that is left out of the structure would be left out of the proof.
    """
    if key.area not in structure.areas and not any(key.area in members for members in structure.areas.values()):
        return False
    if key.coverage != "all" and key.coverage not in structure.coverage:
        return False
    if key.breakdown not in structure.breakdowns.get(key.indicator, {WHOLE: ()}):
        return False
    if structure.indicators[key.indicator].grain not in ("quarters-and-year", "year-of-quarters"):
        return True
    period = Period.parse(key.period)
    if period.kind is not PeriodKind.FINANCIAL_YEAR:
        return True
    return structure.years.get(key.period) == tuple(str(quarter) for quarter in quarters(period))


def _is_whole(breakdowns: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether every category is part of the total, each once."""
    whole = set(breakdowns[WHOLE])
    return all(some and len(set(some)) == len(some) and set(some) <= whole for some in breakdowns.values())


def parse_structure(data: bytes) -> Structure:
    """The structure of a release. Raises IntegrityRefusal when it is not one that this program understands."""
    try:
        table = json.loads(data)
        if table.pop("format") != FORMAT:
            raise ValueError("another format")
        indicators = {
            code: Form(form["kind"], form["version"], form["grain"], EffectivePolicy(**form["policy"]))
            for code, form in table.pop("indicators").items()
        }
        same = tuple(tuple(Named(*name) for name in names) for names in table.pop("same", ()))
        within = tuple(Within(Named(*part), Named(*whole)) for part, whole in table.pop("within", ()))
        sums = tuple(
            SumOf(Named(*whole), tuple(Named(*part) for part in parts)) for whole, parts in table.pop("sums", ())
        )
        breakdowns = {
            code: {name: tuple(categories) for name, categories in some.items()}
            for code, some in table.pop("breakdowns", {}).items()
        }
        tables = {name: {key: tuple(codes) for key, codes in some.items()} for name, some in table.items()}
        made = Structure(**tables, indicators=indicators, same=same, within=within, breakdowns=breakdowns, sums=sums)
        if any(form.kind not in KINDS or form.grain not in GRAINS for form in indicators.values()):
            raise ValueError("an unknown kind or grain")
        tied = {name for names in (*same, *within, *((one.whole, *one.parts) for one in sums)) for name in names}
        if any(name.indicator not in indicators or name.measure not in MEASURES for name in tied):
            raise ValueError("a tie of an unknown count")
        if any(WHOLE not in some or not _is_whole(some) for some in breakdowns.values()):
            raise ValueError("categories that are not part of the whole")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise refusal("structure.json", "The structure cannot be understood.", "Restore the package.") from error
    return made
