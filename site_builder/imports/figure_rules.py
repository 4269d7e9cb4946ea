"""Rules about figures beside one another: tables of a release, counts and rates, one release and the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from site_builder.imports.figures import DENOMINATOR, NUMERATOR, Figure, Figures, by_place
from site_builder.imports.mappings import Correction, Explanation, Parts, Release
from site_builder.imports.places import Places
from site_builder.imports.readings import Reading, Readings
from site_builder.imports.times import reporting_year
from site_builder.imports.vintages import Difference, Recomputation
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.rules import rule

COHORT = 100  # no case at all among so many is doubted


def about(where: str, area: str, year: int | str) -> str:
    """What a finding is about, as its location and as a mapping's explanation names it: "N25a E09000001 2021"."""
    return f"{where} {area} {year}"


@rule("I306", Severity.QUERY, "A place is absent")
def absent_place(readings: Sequence[Readings], places: Places) -> Iterator[Finding]:
    """A place without a row that ought to have one.

    What it checks: A place of the year before has a row, unless it came to an end; a place that is in one table of the
        release in a year is in all of them.
    Why it matters: A row that is lost leaves a gap that looks as if nothing had been sent, and totals do not add up.
    Example: Barnet is in the table of referrals and not in the table of plans.
    How to fix: Look for the place in the publisher's file. If it is truly absent, say why in the mapping (explained).
    """
    present = {reading.table.name: reading.places() for reading in readings}
    for reading in readings:
        table = reading.table
        ours = present[table.name]
        for year in sorted(ours):
            expected = set(ours.get(year - 1, ()))
            for other in readings:
                if other.table.time == table.time:
                    expected |= set(present[other.table.name].get(year, ()))
            joined = {
                member for code, members in reading.composites.items() if code in ours[year] for member in members
            }
            for area in sorted(expected - set(ours[year]) - joined):
                if _stands(area, places, reporting_year(table.time, year)):
                    yield absent_place.finding(
                        Location(table.file, field=about(table.name, area, year)),
                        "The place has no row in this table and year.",
                        "Look for it in the file; explain its absence in the mapping.",
                    )


def _stands(area: str, places: Places, year: int) -> bool:
    return area in places.by_code and places.by_code[area].exists_in(year)


@rule("I502", Severity.QUERY, "The same total differs between tables")
def unlike_totals(release: Release, readings: Sequence[Readings]) -> Iterator[Finding]:
    """One total that is printed twice and not alike.

    What it checks: Figures that the mapping calls the same, in two tables of the release, are equal for every place and
        year.
    Why it matters: One of them is wrong, or they do not mean the same.
    Example: Plans at 31 March in the table of plans and in the table by duration.
    How to fix: Ask the publisher, and write the answer into the mapping (explained).
    """
    cells = {(reading.table.name, name): _column(reading, name) for reading in readings for name in reading.table.names}
    files = {reading.table.name: reading.table.file for reading in readings}
    for first, *others in release.same:
        left = cells.get(_split(first), {})
        for other in others:
            right = cells.get(_split(other), {})
            for area, year in sorted(set(left) & set(right)):
                if left[area, year].cell != right[area, year].cell:
                    yield unlike_totals.finding(
                        Location(files[_split(other)[0]], right[area, year].row, about(other, area, year)),
                        "The total is not the same in two tables.",
                        "Ask the publisher; explain it in the mapping.",
                    )


def _split(name: str) -> tuple[str, str]:
    table, _, figure = name.partition(".")
    return table, figure


def _column(reading: Readings, name: str) -> dict[tuple[str, int], Reading]:
    return {(area, year): found for (area, year, figure), found in reading.cells.items() if figure == name}


@rule("I503", Severity.INFO, "Parts do not add up to the whole")
def loose_parts(readings: Iterable[Readings], places: Places) -> Iterator[Finding]:
    """A total that is more or less than its parts.

    What it checks: Where the mapping says that figures are the parts of another, whether they add up, for authorities
        and years in which none is withheld. One finding a table.
    Why it matters: A share of the parts and a share of the whole differ a little then. It is expected where some cases
        have no duration or code.
    Example: Conferences by the days before them, where some have no date.
    How to fix: Nothing needs to be done; take the whole as the denominator.
    """
    for reading in readings:
        for parts in reading.table.parts:
            rows = [row for row, adds_up in _sums(reading, parts, places) if not adds_up]
            if rows:
                yield loose_parts.finding(
                    Location(reading.table.file, min(rows), parts.whole),
                    "In some rows the parts do not add up to the whole.",
                    "Nothing needs to be done: some cases have no code.",
                )


def _sums(reading: Readings, parts: Parts, places: Places) -> Iterator[tuple[int, bool]]:
    for (area, year, name), whole in reading.cells.items():
        pieces = [reading.cells.get((area, year, part)) for part in parts.parts]
        if name == parts.whole and places.is_exact(area) and whole.cell.number is not None:
            counts = [piece.cell.number for piece in pieces if piece]
            numbers = [count for count in counts if count is not None]
            if len(numbers) == len(parts.parts):
                yield whole.row, sum(numbers) == whole.cell.number


@rule("I504", Severity.ERROR, "Published value is not reproduced")
def not_reproduced(recomputations: Iterable[Recomputation]) -> Iterator[Finding]:
    """A printed rate or percentage that its counts do not give.

    What it checks: Each printed value is worked out again from counts and the pinned population and rounded half-up: for
        an authority it is equal; for a region and {country}, whose counts are to the nearest 10, a rate is within 0.1 and
        a percentage within what exact counts could give.
    Why it matters: A column may have been mistaken for another, or the publisher may have changed the definition.
    Example: The rate of plans started beside the number of plans ended.
    How to fix: Compare the columns of the mapping with the publisher's description.
    """
    for result in recomputations:
        for failure in () if result.fits else result.failures:
            yield not_reproduced.finding(
                Location(failure.figure.file, failure.figure.row, about(failure.series, failure.area, failure.year)),
                "The published value is not the one that the counts give.",
                "Compare the mapping's columns with the publisher's description.",
            )


@rule("I505", Severity.ERROR, "Wrong vintage of the population")
def wrong_vintage(recomputations: Iterable[Recomputation]) -> Iterator[Finding]:
    """Rates that fit another population than the one that the mapping names.

    What it checks: Where rates are not reproduced with the population of the mapping, whether another vintage gives all
        of them; it is named.
    Why it matters: Estimates are revised. A rate belongs to the estimate that its publisher had.
    Example: Rates of 2023 with the estimates that were published in 2024.
    How to fix: Name the vintage that fits in the mapping.
    """
    for result in recomputations:
        if result.fits:
            where = result.failures[0].figure
            yield wrong_vintage.finding(
                Location(where.file, where.row, result.series),
                f"Rates do not fit the population of the mapping; they fit {result.fits}.",
                f"Set population to {result.fits} in the mapping.",
            )


@rule("I601", Severity.QUERY, "A nought that may stand for no answer")
def doubtful_zero(release: Release, figures: Figures) -> Iterator[Finding]:
    """A nought where a figure is likely to be missing.

    What it checks: Whether a place has nought in a year for which the publisher's guidance leaves it out; and, for
        series that ask for it, no case among a hundred or more although the years beside have some.
    Why it matters: A place that sent nothing is shown as one where nothing happened, and pulls every total down.
    Example: A count of nought among several hundred, in a year when the place sent no answer.
    How to fix: Read the guidance. Put the figure right by a correction in the mapping, or explain it there.
    """
    out = {(series, e.area, e.year) for e in release.excluded for series in e.series}
    for series in release.series:
        values = by_place(figures, series.id)
        for (area, year), measures in sorted(values.items()):
            figure = measures.get(NUMERATOR)
            if figure is None or figure.cell.text != "0":
                continue
            if (series.id, area, year) in out or (series.zero_query and _sudden(values, area, year)):
                yield doubtful_zero.finding(
                    Location(figure.file, figure.row, about(series.id, area, year)),
                    "The nought may stand for a figure that was not sent.",
                    "Read the publisher's guidance; correct or explain it in the mapping.",
                )


def _sudden(values: Mapping[tuple[str, int], Mapping[str, Figure]], area: str, year: int) -> bool:
    cohort = values[area, year].get(DENOMINATOR)
    if cohort is None or (cohort.cell.number or 0) < COHORT:
        return False
    beside = [values[area, y][NUMERATOR].cell for y in (year - 1, year + 1) if NUMERATOR in values.get((area, y), {})]
    shown = [cell.number for cell in beside if not cell.withheld]
    return bool(shown) and all(shown)


@rule("I602", Severity.QUERY, "Number in one release, none in another")
def changed_state(compared: Iterable[Difference], file: str) -> Iterator[Finding]:
    """A figure that appeared or vanished between releases.

    What it checks: Each figure that another release of the same source withholds is withheld in this one, and the other
        way round.
    Why it matters: A figure that was not available and is nought a year later was never sent.
    Example: Not available last year, nought this year.
    How to fix: Read the guidance of both releases and explain the figure in the mapping.
    """
    for difference in compared:
        if difference.kind == "I602":
            yield changed_state.finding(
                Location(file, field=about(difference.series, difference.area, difference.period)),
                "One release has a number here and the other has none.",
                "Read the guidance of both; explain it in the mapping.",
            )


@rule("I603", Severity.INFO, "Figures differ from another release")
def revised(compared: Iterable[Difference], file: str) -> Iterator[Finding]:
    """Figures that the publisher revised.

    What it checks: Figures of the same series, place and period that another release prints with another number. One
        finding a series and period.
    Why it matters: Publishers revise. A reader who compares two downloads wants to know what moved.
    Example: Referrals of last year, revised by two places.
    How to fix: Nothing needs to be done; the table of changes lists them.
    """
    for series, period in sorted({(d.series, d.period) for d in compared if d.kind == "I603"}):
        yield revised.finding(
            Location(file, field=f"{series} {period}"),
            "Some figures differ from those of another release.",
            "Nothing needs to be done.",
        )


@rule("I604", Severity.INFO, "Figures of another release are no longer there")
def gone(compared: Iterable[Difference], file: str) -> Iterator[Finding]:
    """Figures that a later release leaves out.

    What it checks: Each figure of another release of the same source, of a place and period that this one has too, is in
        this one. One finding a series and measure.
    Why it matters: A publisher may stop printing a rate, or a whole series. Whoever read it there asks where it went.
    Example: A table that gave a count and its rate, and now the count alone.
    How to fix: Nothing needs to be done where the publisher left it out. Otherwise name its column in the mapping.
    """
    for series, measure in sorted({(d.series, d.measure) for d in compared if d.kind == "I604"}):
        yield gone.finding(
            Location(file, field=f"{series} {measure}"),
            "Another release has these figures and this one has not.",
            "Nothing needs to be done if the publisher left them out; else add them to the mapping.",
        )


@rule("I704", Severity.ERROR, "A correction or explanation fits nothing")
def unfit_entry(corrections: Iterable[Correction], unused: Iterable[Explanation], file: str) -> Iterator[Finding]:
    """An entry of the mapping that speaks of something else.

    What it checks: Each correction of the mapping names a figure of the files, with the very value it says it had; each
        explanation answers a query that was raised.
    Why it matters: The publisher may have put it right already; then the correction would make it wrong.
    Example: A correction of a nought where the file has a number.
    How to fix: Remove the entry, or mend its place, year, series or value.
    """
    fields = [about(entry.series, entry.area, entry.year) for entry in corrections]
    fields += [about(entry.where, entry.area, entry.year) for entry in unused]
    for field in fields:
        yield unfit_entry.finding(
            Location(file, field=field),
            "The entry fits no figure and no query of these files.",
            "Remove it, or mend what it says.",
        )
