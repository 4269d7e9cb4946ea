"""Clean returns as one table: every count that was sent, its status and its words. Shows its shape and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from site_builder.confidential.folders import ReturnPackage, Row, find_folders
from site_builder.confidential.gate import pass_gates
from site_builder.confidential.grains import place_of
from site_builder.confidential.rules import disclosure
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import RETURN, Slot, Standards, counts_of
from site_builder.confidential.texts import Text, texts_of
from site_builder.vocabulary.findings import Location, Severity, blocks
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import ConfigurationError, DisclosureRefusal
from site_builder.vocabulary.rules import rule

COLUMNS = ("area", "indicator", "period", "numerator", "denominator", "status", "note")
_STOPPING = ("D901", "D905")


@dataclass(frozen=True, slots=True)
class Explained:
    """What a borough answered to a question about one of its figures. ``period`` is that of the return."""

    area: str
    indicator: str
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A return that was sent anew, for these indicators, after ``release`` had shown the old figures."""

    area: str
    period: str
    release: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Observations:
    """One row for each figure that was due and sent, in order of area, indicator and period.

    Counts are nullable integers, blank together with a status that says why. ``returned`` holds every (area, period)
    whose return is here. Raises ValueError when a key stands twice.
    """

    classification: Classification
    _frame: pd.DataFrame
    returned: frozenset[tuple[str, str]]
    explanations: tuple[Explained, ...]
    corrections: tuple[Corrected, ...]
    texts: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if tuple(self._frame.columns) != COLUMNS:
            raise ValueError("the columns of the observations are not those of the schema")
        if self._frame.duplicated(["area", "indicator", "period"]).any():
            raise ValueError("a figure was sent twice")

    @property
    def frame(self) -> pd.DataFrame:
        """A shallow copy; under copy-on-write, writing to it leaves the observations alone."""
        return self._frame.copy(deep=False)

    def __len__(self) -> int:
        return len(self._frame)

    def __repr__(self) -> str:
        return f"<Observations {len(self)} rows>"


def read_observations(
    standards: Standards, root: Path, returns_roots: Sequence[Path], visibility: Visibility
) -> Observations:
    """The returns below one or several roots, each through the gates, so that a confidential return in a public or
    unknown place is refused (D901, DisclosureRefusal) before its figures are opened.

    Raises ConfigurationError when a gate finds an error: check first.
    """
    folders = [folder for some in returns_roots for folder in find_folders(some, root)[0]]
    gated = [pass_gates(folder, standards, visibility) for folder in folders]
    refused = [f for one in gated for f in one.findings if f.rule in _STOPPING]
    if refused:
        raise DisclosureRefusal(*refused)
    wrong = [f for one in gated for f in one.findings if f.severity is Severity.ERROR]
    if blocks(wrong):
        raise ConfigurationError(*wrong)
    return observations_of([one.package for one in gated if one.package is not None], standards)


def observations_of(packages: Iterable[ReturnPackage], standards: Standards) -> Observations:
    """Observations from returns that a check has passed.

    Raises DisclosureRefusal (D906) when real and invented returns stand side by side, ConfigurationError when there is
    none or a cell is not as the check would have left it; nothing is guessed.
    """
    packages = [one for one in packages if not is_waiting(one, standards)]
    found = sorted(packages, key=lambda one: (one.particulars.submitter.areas[0].code, one.particulars.period))
    rows = [_record(package, row, standards) for package in found for row in package.rows]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"numerator": "Int64", "denominator": "Int64"})
    return Observations(
        _classification(found),
        frame.sort_values(["area", "indicator", "period"], ignore_index=True),
        frozenset((area.code, one.particulars.period.id) for one in found for area in one.particulars.submitter.areas),
        tuple(explained for package in found for explained in _explained(package)),
        tuple(corrected for package in found for corrected in _corrected(package)),
        tuple(text for package in found for text in texts_of(package, _places(package, standards), standards)),
    )


@rule("D919", Severity.INFO, "Not released yet")
def waiting(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a release can hold the figures of a return. So far it holds what {areas} send for quarters
    and financial years.
    Why it matters: A partner who has sent figures should not look for them in vain.
    Example: The half-yearly figures of the police.
    How to fix: Nothing to do. The return is checked and kept, and will be released when releases hold such figures.
    """
    if is_waiting(package, standards):
        sender = package.particulars.submitter.name
        yield Flaw(
            f"The figures of {sender} for {package.particulars.period} are not in this release.",
            "Do nothing: the return is kept for a later one.",
            file="",
        )


RULES = (waiting,)


def is_waiting(package: ReturnPackage, standards: Standards) -> bool:
    """Whether a return is of a kind that releases do not hold yet: a supplier's, or of a half-year or school year."""
    return not all(slot.indicator.is_collected for slot in _owed(package, standards))


def _owed(package: ReturnPackage, standards: Standards) -> Sequence[Slot]:
    return standards.owed(package.particulars.submitter, package.particulars.period)


def _places(package: ReturnPackage, standards: Standards) -> dict[str, str]:
    period = package.particulars.period
    return {indicator.code: place_of(indicator, period) for indicator in standards.due(period)}


def _classification(packages: Sequence[ReturnPackage]) -> Classification:
    kinds = {package.particulars.classification for package in packages}
    if not kinds:
        raise mistake("datapackages/returns", "There is no return.", "Name the folder of the returns with --returns.")
    if len(kinds) > 1:
        rule = disclosure.mixed
        flaw = next(iter(rule(sorted(kinds, key=lambda kind: kind.value))))
        raise DisclosureRefusal(rule.finding(Location("datapackages/returns"), flaw.problem, flaw.fix))
    return kinds.pop()


def _record(package: ReturnPackage, row: Row, standards: Standards) -> tuple[object, ...]:
    particulars, indicator = package.particulars, standards.collected.get(row["indicator"])
    asked = standards.schemas[RETURN].statuses.get(row["status"])
    due = indicator is not None and indicator in standards.due(particulars.period)
    if not due or asked is None or not particulars.submitter.speaks_for(row["area_code"]) or indicator is None:
        raise _unclean(package, row)
    counts = {column: row.count(column) for column in ("numerator", "denominator")}
    wanted = counts_of(indicator) if asked["counts"] == "filled" else ()
    for column, value in counts.items():
        if (value is not None) != (column in wanted) or (value is None and row[column]):
            raise _unclean(package, row)
    return (
        row["area_code"],
        indicator.code,
        particulars.period.id,
        counts["numerator"],
        counts["denominator"],
        row["status"],
        row["note"],
    )


def _unclean(package: ReturnPackage, row: Row) -> ConfigurationError:
    refusal: ConfigurationError = mistake(
        f"{package.file}, row {row.line}", "This row is not as a check leaves it.", "Run `site-builder check`."
    )
    return refusal


def _explained(package: ReturnPackage) -> Iterable[Explained]:
    for row in package.explanations:
        yield Explained(row["area_code"], row["indicator"], package.particulars.period.id, row["explanation"])


def _corrected(package: ReturnPackage) -> Iterable[Corrected]:
    particulars = package.particulars
    correction = particulars.correction
    for area in particulars.submitter.areas if correction is not None else ():
        if correction is not None:
            yield Corrected(area.code, particulars.period.id, correction.release, correction.indicators)
