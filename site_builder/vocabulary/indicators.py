"""The catalogue: what each figure means. Parsed from ``content/indicators/<code>-<slug>.md``, its one home."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import Any, TypeAlias

from site_builder.vocabulary.frontmatter import mistake, sections, split
from site_builder.vocabulary.periods import PeriodKind
from site_builder.vocabulary.symbols import Polarity

HEADINGS = ("What it measures", "Why it matters", "What it cannot tell you", "Questions to ask")
THEMES = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8")


class Kind(Enum):
    """What the value is made of. A rate divides by a population, a proportion by children or cases."""

    COUNT = "count"
    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"
    SURVEY = "survey"
    SCORE = "score"
    UNDEFINED = "to-be-agreed"


SHARES = (Kind.PROPORTION, Kind.SURVEY)  # a part of its denominator


class Status(Enum):
    """Where the indicator stands."""

    AGREED = "agreed"
    DEFINITION_PENDING = "agreed-definition-pending"
    AWAITING = "awaiting"
    ANNOUNCED = "announced"
    NOT_INCLUDED = "not-included"
    RETIRED = "retired"
    NATIONAL = "national"  # a series of a national publisher, shown as published


class Provenance(Enum):
    """How much of an indicator's wording is known from the sources."""

    SOURCE_VERBATIM = "source-verbatim"
    SOURCE_INFERRED = "source-inferred"
    NATIONAL_SET = "national-set"
    RECONSTRUCTED = "reconstructed"
    NATIONAL_SERIES = "national-series"  # defined by its publisher, not by the 2008 sources


@dataclass(frozen=True, slots=True)
class Measure:
    """How the value is worked out. ``multiplier`` is 100 for percentages; ``dp`` the printed places."""

    kind: Kind
    numerator: str
    denominator: str
    denominator_series: str  # such as ``ons-mye/0-17``; empty when the denominator is collected or there is none
    multiplier: int
    unit: str
    dp: int

    @property
    def has_collected_denominator(self) -> bool:
        """Whether a return gives the denominator."""
        return self.kind in (Kind.PROPORTION, Kind.RATIO, Kind.SURVEY)


YEAR_TO_DATE = "year-to-date"  # each quarter holds the sum since April
CLOSED = "closed"  # of a challenge
Day: TypeAlias = date  # where a field is called date
WINDOWS = ("none", "rolling-4-quarters", "pooled-3-years", YEAR_TO_DATE)


@dataclass(frozen=True, slots=True)
class Cycle:
    """``kind`` of period of the printed figure, how often it is collected and reported, and any window."""

    kind: str
    collected: str
    reported: str
    window: str  # one of WINDOWS
    lag_days: int


@dataclass(frozen=True, slots=True)
class DisclosureOverrides:
    """What this indicator asks beyond the policy: stricter only."""

    sensitive: bool = False
    threshold: int | None = None
    zeros: str | None = None  # "show" or "hide"
    min_hidden_per_line: int | None = None
    external: tuple[str, ...] = ()  # national series that count the same
    external_tolerance: int = 0  # how far the two may lie apart, where they do not count quite the same
    small_number_risk: str = ""


MISSING_BOROUGHS = ("exclude-both-sides", "withhold")  # left out above and below the line, or no total without all


@dataclass(frozen=True, slots=True)
class Aggregation:
    """When and how boroughs are added up. ``missing_boroughs``: one of MISSING_BOROUGHS."""

    missing_boroughs: str = "exclude-both-sides"
    min_boroughs: int = 27
    min_population: float = 0.8


@dataclass(frozen=True, slots=True)
class Compare:
    """Which comparisons are drawn."""

    interval: str  # wilson, byar, none
    funnel: str = "additive"  # additive, plain, none
    neighbours: str = "median"
    rank: str = "on-demand"  # where a source gives a polarity; or none


@dataclass(frozen=True, slots=True)
class Predict:
    """What a national series is set beside. ``covariate``: the folder of a covariate; one for each indicator, declared
    before anybody looks at what comes out."""

    covariate: str


@dataclass(frozen=True, slots=True)
class Version:
    """A definition in force from a day. ``comparability`` with the one before: none, partial, full."""

    number: int
    start: date
    text: str
    comparability: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A dated decision on the indicator."""

    date: date
    decided: str
    reason: str
    body: str
    source: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """A dated difficulty in collecting the indicator. ``closed``: the day on which it was settled, None while it is open."""

    date: date
    issue: str
    decision: str
    owner_role: str
    state: str
    source: str
    closed: Day | None = None


@dataclass(frozen=True, slots=True)
class NationalLink:
    """A series of a national package that feeds this page or is related to it."""

    series: str
    relation: str  # feeds, same, related
    note: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue, with its prose under the four fixed headings of HEADINGS."""

    code: str
    slug: str
    title: str
    theme: str
    agency: str
    stage: str
    tier: str
    question: str
    status: Status
    provenance: Provenance
    provenance_note: str
    source: str  # borough, supplier:<slug>, national:<source>, or none
    polarity: Polarity
    polarity_source: str
    collection_group: str
    measure: Measure
    cycle: Cycle
    floor: str
    disclosure: DisclosureOverrides
    aggregate: Aggregation
    compare: Compare
    predict: Predict | None
    versions: tuple[Version, ...]
    decisions: tuple[Decision, ...]
    challenges: tuple[Challenge, ...]
    national: tuple[NationalLink, ...]
    aliases: tuple[str, ...]
    crosswalk: tuple[str, ...]
    sources: tuple[str, ...]
    expected_first_period: str
    ees: str  # name of its files and columns in the shape of the DfE's open data; empty: none are made
    prose: Mapping[str, str]
    trial_until: date | None = None  # last day of a trial, during which it raises no exception

    @property
    def version(self) -> int:
        """The number of the definition in force."""
        return self.versions[-1].number

    @property
    def is_national(self) -> bool:
        """Whether this is a national publisher's series rather than one of the London set."""
        return self.status is Status.NATIONAL or self.code.startswith("N")

    def is_on_trial(self, day: date) -> bool:
        """Whether it is tried out on a day."""
        return self.trial_until is not None and day <= self.trial_until

    @property
    def is_collected(self) -> bool:
        """Whether boroughs send it in returns."""
        return self.source == "borough" and self.status is Status.AGREED


_YEARS = {kind.value: kind for kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR, PeriodKind.CALENDAR_YEAR)}


def collected_by(indicator: Indicator) -> PeriodKind | None:
    """The kind of period whose folder holds the indicator: a year of its own kind when it is reported yearly (the
    financial year for the day of a snapshot), else the half-year or the quarter."""
    cycle = indicator.cycle
    if cycle.kind in _YEARS or cycle.reported == "annual":
        return _YEARS.get(cycle.kind, PeriodKind.FINANCIAL_YEAR)
    if cycle.reported == "half-yearly":
        return PeriodKind.FINANCIAL_HALF_YEAR
    return PeriodKind.FINANCIAL_QUARTER if cycle.collected in ("monthly", "quarterly") else None


_KEYS = {
    "code", "title", "theme", "agency", "stage", "tier", "question", "status", "expected_first_period", "provenance",
    "provenance_note", "sources", "crosswalk", "aliases", "collection_group", "source", "polarity", "polarity_source",
    "measure", "period", "geography", "disclosure", "aggregate", "compare", "predict", "versions", "decisions",
    "challenges", "national", "trial", "ees",
}  # fmt: skip
_EES = re.compile(r"[a-z][a-z0-9_]{0,19}\Z")  # leaves room for what stands before and behind it in 40 letters
_STAGES = ("promotion", "early-help", "protection")
_TIERS = ("environment", "capability", "efficiency", "outcome")
_QUESTIONS = ("needs", "done", "how-well")
_DEFAULT_INTERVAL = {Kind.PROPORTION: "wilson", Kind.SURVEY: "wilson", Kind.RATE: "byar", Kind.COUNT: "byar"}


def parse_indicator(text: str, file: str) -> Indicator:
    """The indicator of a content file. Raises ConfigurationError that names the file and what is wrong with it."""
    head, prose = split(text, file)
    unknown = sorted(set(head) - _KEYS)
    if unknown:
        raise mistake(file, f"The head has keys that are not known: {', '.join(unknown)}.", "Remove or respell them.")
    try:
        indicator = _indicator(head, sections(prose), PurePath(file).stem)
    except KeyError as error:
        raise mistake(file, f"The head lacks {error.args[0]}.", "Add it; compare with a neighbouring file.") from error
    except (TypeError, ValueError) as error:
        raise mistake(
            file, f"The head holds a value that is not allowed: {error}.", "See CONTRIBUTING, add an indicator."
        ) from error
    _check(indicator, file)
    return indicator


def _indicator(head: dict[str, Any], prose: dict[str, str], stem: str) -> Indicator:
    code, _, slug = stem.partition("-")
    measure, period, disclosure = head["measure"], head["period"], head.get("disclosure", {})
    kind = Kind(measure["kind"])
    if head["code"].lower() != code.lower():
        raise ValueError("code differs from the name of the file")
    return Indicator(
        code=head["code"],
        slug=slug,
        title=head["title"],
        theme=_one_of(head["theme"], THEMES),
        agency=head["agency"],
        stage=_one_of(head["stage"], _STAGES),
        tier=_one_of(head["tier"], _TIERS),
        question=_one_of(head["question"], _QUESTIONS),
        status=Status(head["status"]),
        provenance=Provenance(head["provenance"]),
        provenance_note=head.get("provenance_note", ""),
        source=head["source"],
        polarity=Polarity(head["polarity"]),
        polarity_source=head["polarity_source"],
        collection_group=head["collection_group"],
        measure=Measure(
            kind,
            measure["numerator"],
            measure.get("denominator", ""),
            measure.get("denominator_series", ""),
            int(measure.get("multiplier", 1)),
            measure["unit"],
            int(measure.get("dp", 1)),
        ),
        cycle=Cycle(
            period["kind"],
            period["collected"],
            period["reported"],
            _one_of(period.get("window", "none"), WINDOWS),
            int(period.get("lag_days", 0)),
        ),
        floor=_one_of(head.get("geography", {}).get("floor", "borough"), ("borough", "inner-outer", "london")),
        disclosure=DisclosureOverrides(**_tuples(disclosure)),
        aggregate=_aggregation(head.get("aggregate", {})),
        compare=Compare(**{"interval": _DEFAULT_INTERVAL.get(kind, "none"), **head.get("compare", {})}),
        predict=Predict(**head["predict"]) if "predict" in head else None,
        versions=tuple(
            Version(v["number"], _day(v["from"]), v["text"], _one_of(v["comparability"], ("none", "partial", "full")))
            for v in head["versions"]
        ),
        decisions=tuple(Decision(**{**d, "date": _day(d["date"])}) for d in head.get("decisions", ())),
        challenges=tuple(_challenge(c) for c in head.get("challenges", ())),
        national=tuple(
            NationalLink(n["series"], _one_of(n["relation"], ("feeds", "same", "related")), n.get("note", ""))
            for n in head.get("national", ())
        ),
        aliases=tuple(head.get("aliases", ())),
        crosswalk=tuple(head.get("crosswalk", ())),
        sources=tuple(head.get("sources", ())),
        expected_first_period=head.get("expected_first_period", ""),
        ees=head.get("ees", ""),
        prose={heading: prose[heading] for heading in HEADINGS},
        trial_until=_trial(head["trial"]) if "trial" in head else None,
    )


def _challenge(head: Mapping[str, Any]) -> Challenge:
    closed = _day(head["closed"]) if "closed" in head else None
    return Challenge(**{**head, "date": _day(head["date"]), "closed": closed})


def _check(indicator: Indicator, file: str) -> None:
    if any((one.state == CLOSED) is (one.closed is None) for one in indicator.challenges):
        problem = "A challenge is closed without a day, or has a day and is not closed."
        raise mistake(file, problem, 'Write closed and the day beside state = "closed", and nowhere else.')
    empty = [heading for heading in HEADINGS if not indicator.prose[heading]]
    if empty:
        raise mistake(file, f"Nothing is written under: {', '.join(empty)}.", "Write it.")
    numbers = [version.number for version in indicator.versions]
    if numbers != list(range(1, len(numbers) + 1)):
        raise mistake(file, "The versions are not numbered 1, 2, 3 in order.", "Number and order them.")
    if indicator.measure.kind is Kind.RATE and not indicator.measure.denominator_series:
        raise mistake(file, "A rate needs a denominator_series.", "Name the population, such as ons-mye/0-17.")
    if indicator.predict and not (indicator.is_national and indicator.measure.kind in (Kind.RATE, Kind.PROPORTION)):
        raise mistake(file, "Only a national rate or proportion can be predicted.", "Remove the table predict.")
    if indicator.ees and not _EES.match(indicator.ees):
        raise mistake(file, "The name ees is not in snake case, or has more than 20 letters.", "Shorten or respell it.")
    if indicator.disclosure.threshold not in (None, 5, 7, 10):
        raise mistake(file, "The threshold must be 5, 7 or 10.", "Choose one; an indicator may only be stricter.")


def _aggregation(given: Mapping[str, Any]) -> Aggregation:
    found = Aggregation(**given)
    _one_of(found.missing_boroughs, MISSING_BOROUGHS)
    return found


def _trial(given: Mapping[str, Any]) -> date:
    if set(given) != {"until"}:
        raise ValueError("a trial has its last day, until, and nothing else")
    return _day(given["until"])


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"one of {', '.join(allowed)} is needed")
    return value


def _day(value: object) -> date:
    if type(value) is not date:
        raise TypeError("a date without quotation marks is needed")
    return value


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
