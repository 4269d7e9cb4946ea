"""What each release printed of an indicator: periods down, releases across, each latest revision marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.changes import Place, place_of
from site_builder.published.compose.documents import (
    Cell,
    control,
    count,
    is_invented,
    numbered,
    said,
    section,
    table,
    to_indicator,
)
from site_builder.published.compose.values import value
from site_builder.published.downloads.revisions import REMOVED, Line, triangle, triangle_file
from site_builder.published.figures import Wording, of_cell
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import Fact, File, Row
from site_builder.release.cells import CellKey
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import LONDON, Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import ObsStatus, Withheld

ACROSS = 12  # releases side by side; the file holds all
_ABSENT = "–"
_BREAK, _REVISED = ObsStatus.BREAK.value, ObsStatus.REVISED.value
_CAME = Withheld.NOT_AVAILABLE.value
_READING = (
    "Each column is a release, and each row holds one count as every release printed it. [r] stands beside the latest "
    f"revision of a count. A late return, a total over other {HERE.areas}, a new definition and a break are no revision. A dash: that release did not hold the "
    "count. Where the newest release hides a count, no number of any release stands here."
)


class Series(NamedTuple):
    """One count as releases printed it. ``lines``: by release, where it was printed otherwise than before, as far as it
    may be told. ``latest``: the release with its latest revision, empty for none."""

    place: Place
    lines: Mapping[str, Line]
    latest: str


def every_series(releases: Sequence[Release]) -> dict[str, tuple[Series, ...]]:
    """The counts of each indicator in all these releases, by code."""
    gathered: dict[Place, list[Line]] = {}
    order = {str(one.id): at for at, one in enumerate(releases)}
    for line in triangle(releases):
        gathered.setdefault(place_of(line.key), []).append(line)
    found: dict[str, list[Series]] = {}
    for place, lines in gathered.items():
        lines.sort(key=lambda one: order[one.release])
        found.setdefault(place.indicator, []).append(_series(place, lines))
    return {code: tuple(some) for code, some in found.items()}


def _series(place: Place, lines: Iterable[Line]) -> Series:
    """The lines of one place, in the order of releases. Where two cells stand there at once, the newer definition counts."""
    standing: dict[CellKey, Line] = {}
    printed: dict[str, Line] = {}
    latest = ""
    for line in lines:
        before = standing.pop(line.key, None)
        if before is not None and is_revision(before, line):
            latest = line.release
        if line.kind != REMOVED:
            standing[line.key] = line
        printed[line.release] = standing[max(standing)] if standing else line
    return Series(place, printed, latest)


def is_revision(before: Line, now: Line) -> bool:
    """Whether a line revises the one before it of the same cell: printed otherwise, without a break. A count that came to be
    hidden or shown is one; a late return is none."""
    if _BREAK in now.obs_status and _BREAK not in before.obs_status:
        return False
    return now.kind in ("revised", "now-withheld") or (now.kind == "now-shown" and before.withheld != _CAME)


def released(inputs: Inputs) -> tuple[str, ...]:
    """The codes that have a page of revisions: those that some release holds, in order of the catalogue."""
    held = {code for one in inputs.releases for code in one.cells.indicators()}
    return tuple(code for code in inputs.catalogue if code in held)


def revisions_page(frames: Frames, inputs: Inputs, indicator: Indicator, found: Sequence[Series]) -> DocumentPage:
    """The page of one indicator. ``found``: its counts, as ``every_series`` gives them. Raises ValueError without a release."""
    newest = inputs.latest
    if newest is None:
        raise ValueError("there are no revisions before the first release")
    path, code = addresses.revisions(indicator.code), indicator.code
    rows = _chosen(found, inputs.areas)
    revised = sum(1 for one in found if one.latest)
    theme = inputs.content.themes[indicator.theme]
    return DocumentPage(
        frames.frame(
            path, f"{indicator.title} ({code}): revisions", "What each release printed, side by side.", "indicators",
            (("Indicators", addresses.INDICATORS), (theme.title, addresses.theme(theme.code)), (code, addresses.indicator(code))),
            (ILLUSTRATIVE,) if is_invented(newest) else (),
            ((f"{code}: what is new", addresses.indicator_feed(code)),),
        ),
        f"Revisions of {code}",
        f"{indicator.title}: what each release printed",
        f"{'Some counts here were' if revised else 'No count here was'} revised. The table has every count of {HERE.name}, and "
        f"every count of {HERE.an_area} that a later release printed otherwise. A published figure stays in its release.",
        (Fact("Releases", count(len(inputs.releases)), "", london=False), Fact("Counts revised", count(revised), "", london=False)),
        numbered((*_tables(inputs, newest, indicator, rows), _files(newest, path))),
        control(inputs, newest, Row("Indicator", to_indicator(path, indicator))),
    )  # fmt: skip


def _chosen(found: Iterable[Series], areas: Areas) -> list[Series]:
    """London's counts, then those of other places that a release after the first printed otherwise, A to Z."""

    def order(one: Series) -> tuple[bool, str, Period]:
        return one.place.area != LONDON, areas.by_code[one.place.area].name, Period.parse(one.place.period)

    return sorted((one for one in found if one.place.area == LONDON or _differs(one)), key=order)


def _differs(one: Series) -> bool:
    """Whether releases printed it in more than one way."""
    return sum(line.kind != REMOVED for line in one.lines.values()) > 1


def _tables(inputs: Inputs, newest: Release, indicator: Indicator, rows: Sequence[Series]) -> tuple[Section, ...]:
    """A table for each measure and breakdown."""
    shown = inputs.releases[-ACROSS:]
    left_out = len(inputs.releases) - len(shown)
    notes = (_READING, f"The latest {ACROSS} releases stand here; the file holds all." if left_out else "")
    made: list[Section] = []
    for measure, breakdown in sorted({(one.place.measure, one.place.breakdown) for one in rows}, reverse=True):
        words = indicator.measure.numerator if measure == "numerator" else indicator.measure.denominator or measure
        part = "" if breakdown == "total" else f", {breakdown}"
        some = [one for one in rows if (one.place.measure, one.place.breakdown) == (measure, breakdown)]
        tagged = "Illustrative: " if is_invented(newest) else ""
        heading = f"{measure.capitalize()}{part}"
        grid = table(
            f"{tagged}{heading.lower()} of {indicator.code}, by release",
            ("Place and period", *(str(one.id) for one in shown)),
            (_row(one, inputs, newest) for one in some),
        )
        reading = () if made else (said(*filter(None, notes)),)
        made.append(section(heading, said(f"{words}."), Part(table=grid), *reading))
    return tuple(made)


def _row(one: Series, inputs: Inputs, newest: Release) -> tuple[Cell, ...]:
    """A count in each of the latest releases: what stood from an earlier release on stands in all after it."""
    form = newest.structure.indicators.get(one.place.indicator)
    wording = Wording(zeros=form.policy.zeros) if form else Wording()
    cells: list[Cell] = []
    standing: Line | None = None
    for release in inputs.releases:
        name = str(release.id)
        standing = one.lines.get(name, standing)
        if standing is None or standing.kind == REMOVED:
            cells.append(_ABSENT)
            continue
        marks = {*standing.obs_status} - {_REVISED} | ({_REVISED} if name == one.latest else set())
        cells.append(value(of_cell(standing.value, standing.withheld, "".join(sorted(marks)), wording)))
    name = inputs.areas.by_code[one.place.area].name
    return (f"{name}, {Period.parse(one.place.period).label}", *cells[-ACROSS:])


def _files(newest: Release, path: str) -> Section:
    place = addresses.relative(path, triangle_file(newest))
    changes = addresses.relative(path, addresses.CHANGES)
    return section(
        "Get the data",
        said("The file has a line where a release printed a count otherwise than the one before: what a release printed is the last line at or before it."),
        Part(files=(File("Every count as each release printed it, CSV", place, ""), File("What changed from release to release", changes, ""))),
    )  # fmt: skip
