"""The files of the invented returns, as they stood when a release was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from site_builder.confidential.newreturn import Correction, Particulars, descriptor_bytes
from site_builder.confidential.rules.time import period_before
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN, WHOLE, Standards, counts_of
from site_builder.release.reference import load_populations
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId
from tests.synthetic import story
from tests.synthetic.figures import Borough, Counts, boroughs
from tests.synthetic.profiles import PROFILES

KEY = "synthetic-1"
FIRST, LAST = "2023-24-Q1", "2024-25-Q4"
VINTAGE = "ons-mye-cin-2024"


def children_of(root: Path) -> dict[str, int]:
    """Children aged 0 to 17 of each borough, latest estimate of the pinned vintage."""
    estimates = load_populations(root, VINTAGE)
    areas = sorted({area for area, _, _ in estimates.counts if area.startswith("E09")})
    return {area: found[0] for area in areas if (found := estimates.at(area, 9999, "0-17")) is not None}


def quarters_between(first: str, last: str) -> tuple[Period, ...]:
    """The quarters from the first to the last, both included."""
    period, made = Period.parse(last), [Period.parse(last)]
    while period != Period.parse(first):
        period = period_before(period)
        made.append(period)
    return tuple(reversed(made))


def returns_as_at(
    standards: Standards,
    children: Mapping[str, int],
    release: str = story.RELEASES[-1],
    key: str = KEY,
    areas: Sequence[Area] | None = None,
    first: str = FIRST,
) -> dict[str, bytes]:
    """The returns that ``release`` is made of: path such as ``barnet/2024-25-Q2/return.csv`` to bytes.

    ``children`` maps GSS codes to populations. ``areas`` limits the boroughs (default all); ``first`` is the quarter
    with which the series begins, so that longer or shorter series can be had.
    """
    chosen = tuple(areas if areas is not None else standards.areas.boroughs)
    world = boroughs(key, children, [area.code for area in chosen])
    made: dict[str, bytes] = {}
    for period in _folders(first, ReleaseId.parse(release).period):
        for area in chosen:
            if standards.due(period) and _is_there(area.slug, period.id, release):
                files = _files(standards, world[area.code], area, period, release)
                made |= {f"{area.slug}/{period.id}/{name}": data for name, data in files.items()}
    return dict(sorted(made.items()))


def write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below a folder; nothing there is removed."""
    for path, data in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _folders(first: str, last: Period) -> Iterable[Period]:
    """Quarters in order, each year after its fourth quarter."""
    for quarter in quarters_between(first, last.id):
        yield quarter
        if quarter.part == 4:
            yield quarter.year


def _is_there(slug: str, period: str, release: str) -> bool:
    if (slug, period) in story.NEVER_SENT:
        return False
    since = story.SENT_LATE.get((slug, period))
    return since is None or not ReleaseId.parse(release) < ReleaseId.parse(since)


def _files(standards: Standards, borough: Borough, area: Area, period: Period, release: str) -> dict[str, bytes]:
    corrected = _correction(area.slug, period.id, release)
    due = _due(standards, period)
    rows = [_row(standards, borough, area, period, code, corrected) for code in due]
    explanations = [
        [answer.rule, area.code, answer.code, WHOLE, answer.explanation]
        for answer in story.ANSWERS
        if (answer.slug, answer.period) == (area.slug, period.id) and answer.code in due
    ]
    texts = _texts(standards, area, period.id)
    particulars = Particulars(
        standards.submitters[area.slug],
        period,
        Classification.SYNTHETIC,
        standards.collection.version,
        "Performance and data manager",
        "Director of children's services",
        corrected,
    )
    return {
        DESCRIPTOR: descriptor_bytes(particulars, standards.schemas, texts),
        RETURN: csv_bytes(standards.schemas[RETURN].columns, rows),
        EXPLANATIONS: csv_bytes(standards.schemas[EXPLANATIONS].columns, explanations),
        **texts,
    }


def _texts(standards: Standards, area: Area, period: str) -> dict[str, bytes]:
    """The optional files that the story gives to a return."""
    return {
        file: csv_bytes(
            standards.schemas[file].columns, [[cell.format(area=area.code) for cell in row] for row in rows]
        )
        for slug, when, file, rows in story.TEXTS
        if (slug, when) == (area.slug, period)
    }


def _due(standards: Standards, period: Period) -> list[str]:
    """Codes due for the period. Raises KeyError for an indicator that has no profile yet."""
    codes = [indicator.code for indicator in standards.due(period)]
    missing = [code for code in codes if code not in PROFILES]
    if missing:
        raise KeyError(f"no profile for {', '.join(missing)}")
    return codes


def _correction(slug: str, period: str, release: str) -> Correction | None:
    told = story.CORRECTION
    if (slug, period) != (told.slug, told.period) or ReleaseId.parse(release) < ReleaseId.parse(told.release):
        return None
    return Correction(told.corrects, told.reason, told.indicators)


def _row(
    standards: Standards, borough: Borough, area: Area, period: Period, code: str, corrected: Correction | None
) -> list[str]:
    counts = _counts(borough, area.slug, period, code)
    mark = _mark(story.MARKS, area.slug, period.id, code)
    note = _mark(story.NOTES, area.slug, period.id, code)
    if corrected is not None and code in corrected.indicators:
        counts, note = _corrected(code, counts, borough, period), story.Mark("", "", "", story.CORRECTED_NOTE)
    status = mark.status if mark else "reported"
    filled = standards.schemas[RETURN].statuses[status]["counts"] == "filled"
    columns = counts_of(standards.catalogue[code]) if filled else ()
    given = {"numerator": counts[0], "denominator": counts[1]}
    cells = [str(given[column]) if column in columns else "" for column in ("numerator", "denominator")]
    words = mark.note if mark else note.note if note else ""
    return [area.code, str(period), code, WHOLE, *cells, status, words]


def _counts(borough: Borough, slug: str, period: Period, code: str) -> Counts:
    before = period_before(period) if period.part else None
    numerator, denominator = borough.at(code, period, before)
    if (slug, period.id, code) == (story.JUMP.slug, story.JUMP.period, story.JUMP.code):
        numerator = int(numerator * story.JUMP.factor)
    return numerator, denominator


def _corrected(code: str, counts: Counts, borough: Borough, period: Period) -> Counts:
    """More referrals; the parts of them grow alike."""
    referrals = borough.at("SG01", period, period_before(period))[0]
    more = int(referrals * story.CORRECTION.more)
    if code == "SG01":
        return more, None
    return counts[0] * more // referrals, more


def _mark(marks: Sequence[story.Mark], slug: str, period: str, code: str) -> story.Mark | None:
    return next((m for m in marks if (m.slug, m.code) == (slug, code) and (not m.periods or period in m.periods)), None)
