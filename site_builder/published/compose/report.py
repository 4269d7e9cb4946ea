"""Reports: written text in numbered sections, with figures, charts and tables put in by the build."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from site_builder.published import addresses, phrases
from site_builder.published.compose.documents import (
    Cell,
    anchor,
    control,
    heading_to,
    numbered,
    prose,
    said,
    section,
    slug,
    table,
    to_indicator,
)
from site_builder.published.compose.indicator import tools_of, trend_block, trend_chart
from site_builder.published.compose.named_figures import filled
from site_builder.published.compose.review import years
from site_builder.published.compose.values import Drawn, shown, tag, unit, value
from site_builder.published.documents.reports import Report, Service
from site_builder.published.documents.rules import no_such_figure
from site_builder.published.downloads.places import files_of
from site_builder.published.frames import PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import DataTable, File, Row
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.frontmatter import mistake, sections
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words

REPORTS = ("Reports", addresses.REPORTS)
_BLOCK = re.compile(r"^\{\{\s*([a-z]+)((?:\s+[A-Za-z0-9]+)*)\s*\}\}$", re.MULTILINE)
_NO_SERVICES = (
    "Nothing stands in the register yet. A service is added by a proposal that names a public source and the day on "
    "which somebody checked it. We invent none, and we list none from memory."
)
_NO_CASES = (
    "No study has been sent in yet. A study tells how a service works, who runs it, what changed and how anybody knows. It "
    f"never tells {HERE.a_person}’s story. {HERE.areas_head} and partners send one by a proposal."
)


def report(frames: Frames, inputs: Inputs, drawn: Drawn, one: Report) -> DocumentPage:
    """A report as a page. Raises ConfigurationError for a block (A101) or a figure (A102) that is not there."""
    path = addresses.report(one.slug)
    makers = _makers(inputs, one, path, drawn)
    made = tuple(
        _section(inputs, one, heading, text, makers) for heading, text in sections(one.text).items() if heading
    )
    invented = any(tag(inputs.figures[code]) for code in one.series if code in inputs.figures)
    return DocumentPage(
        frames.frame(
            path, one.title, one.summary, "indicators", (REPORTS,), (PARTLY_ILLUSTRATIVE,) if invented else ()
        ),
        "Report" if one.status == "current" else f"Report, {one.status}",
        one.title,
        one.summary,
        (),
        numbered(made),
        control(
            inputs,
            inputs.latest if invented else None,
            Row("To be read again", f"By {day_in_words(one.review_date)}"),
            Row("Status", phrases.capital(one.status)),
        ),
    )


_Maker = Callable[[Sequence[str]], Part]


def _makers(inputs: Inputs, one: Report, path: str, drawn: Drawn) -> dict[str, _Maker]:
    """What each block of a report is made by, from the codes that stand behind its name."""
    return {
        "chart": lambda codes: _or_awaited(
            inputs, codes, lambda held: _chart(inputs, _data(inputs, one, held, "chart")[0], path, drawn)
        ),
        "boroughs": lambda codes: _or_awaited(
            inputs, codes, lambda held: _boroughs(inputs, _data(inputs, one, held, "boroughs"), path)
        ),
        "provision": lambda _: _provision(inputs, one.services),
        "practice": lambda _: _practice(inputs, one),
        "sources": lambda codes: _sources(inputs, one, codes, path),
        "enquiry": lambda codes: _enquiry(inputs, codes),
    }


def _section(inputs: Inputs, one: Report, heading: str, text: str, makers: dict[str, _Maker]) -> Section:
    """A section in the order of its text: prose between blocks, and what each block stands for."""
    parts, start = [], 0
    for found in [*_BLOCK.finditer(text), None]:
        written = text[start : found.start() if found else len(text)].strip()
        if written:
            parts.append(
                Part(prose=prose(filled(written, inputs.figures, inputs.areas, one.file, inputs.catalogue), one.file))
            )
        if found is not None:
            if found[1] not in makers:
                problem = f"The block {found[1]} is not known."
                raise mistake(one.file, problem, f"Write one of: {', '.join(makers)}.")
            parts.append(makers[found[1]](found[2].split()))
            start = found.end()
    return section(heading, *parts)


def _or_awaited(inputs: Inputs, codes: Sequence[str], make: _Maker) -> Part:
    """The block of the series that have figures; where none has any yet, that is said."""
    waiting = _waiting(inputs, codes)
    if waiting and len(waiting) == len(codes):
        return Part(note=f"No figures yet: {'; '.join(inputs.catalogue[code].title for code in waiting)}.")
    return make([code for code in codes if code not in waiting])


def _waiting(inputs: Inputs, codes: Sequence[str]) -> list[str]:
    return [code for code in codes if code in inputs.catalogue and code not in inputs.figures]


def _data(inputs: Inputs, one: Report, codes: Sequence[str], block: str) -> list[IndicatorData]:
    if not codes:
        raise no_such_figure(one.file, block, "it names no series.")
    for code in codes:
        if code not in inputs.figures:
            raise no_such_figure(one.file, f"{block} {code}", f"no series with figures is called {code}.")
    return [inputs.figures[code] for code in codes]


def _chart(inputs: Inputs, data: IndicatorData, path: str, drawn: Drawn) -> Part:
    """London over time, as on the page of the indicator, under a link to that page."""
    place = data.indicator.code.lower()
    chart = trend_chart(data, drawn, f"{place}c")
    if chart is None:
        return Part(place, note=f"{data.indicator.title}: too few figures of {HERE.name} for a chart.")
    files = files_of(inputs, data)
    block = trend_block(data, chart, path, files, tools_of(data, path, files))
    return Part(place, note=f"{data.indicator.title} ({data.indicator.code})", chart=block)


def _boroughs(inputs: Inputs, series: Sequence[IndicatorData], path: str) -> Part:
    """London and each borough, A to Z, at the latest period of each series, with the tables that hold the figures."""
    columns = ["Area"]
    for data in series:
        when = phrases.capital(data.headline.label) if data.headline else ""
        columns.append(", ".join(filter(None, (data.indicator.title, unit(data), when, tag(data)))))
    areas = (inputs.areas.by_code[LONDON], *inputs.areas.boroughs)
    rows: list[tuple[Cell, ...]] = [
        (area.name, *(value(shown(data.points[area.code, data.headline], data)) for data in series if data.headline))
        for area in areas
    ]
    files = tuple(
        File(f"{data.indicator.title}, CSV", addresses.relative(path, files_of(inputs, data).csv), "")
        for data in series
    )
    return Part(table=table(f"{HERE.name} and its {HERE.areas} from A to Z", columns, rows), files=files)


def _provision(inputs: Inputs, services: Sequence[Service]) -> Part:
    if not services:
        return said(_NO_SERVICES)
    columns = ("Service", "Run by", "Where", "What it does", "Source", "Checked")
    rows = [
        (one.service, one.agency, _places(inputs, one.areas), one.kind, one.source, day_in_words(one.checked_on))
        for one in sorted(services, key=lambda one: one.service.casefold())
    ]
    return Part(table=table("Services from A to Z", columns, rows), words=True)


def _practice(inputs: Inputs, one: Report) -> Part:
    if not one.cases:
        return said(_NO_CASES)
    rows = []
    for case in one.cases:
        about = f"{case.agency}, {_places(inputs, case.areas)}. Source: {case.source}, checked {day_in_words(case.checked_on)}."
        rows.append(Row(case.title, prose(case.text, f"{one.file}: {case.title}") + about))
    return Part(rows=tuple(rows))


def _places(inputs: Inputs, slugs: Sequence[str]) -> str:
    return phrases.listed([inputs.areas.by_slug[one].name for one in slugs])


def _sources(inputs: Inputs, one: Report, codes: Sequence[str], path: str) -> Part:
    """Which series are national and which invented, how far they reach, and who is missing from them. A series that no
    package holds yet is told of as such, so that a site without a release has its reports."""
    names = {area.code: area.name for area in inputs.areas.boroughs}
    waiting = _waiting(inputs, codes)
    series = _data(inputs, one, [code for code in codes if code not in waiting], "sources")
    rows: list[tuple[Cell, ...]] = [
        (
            to_indicator(path, data.indicator),
            "Invented, to show how the site works" if tag(data) else "National" if data.source.national else "Returns",
            data.source.line,
            f"{data.periods[0].label} to {data.periods[-1].label}" if data.periods else "",
            "" if tag(data) else _gaps(data, names),
        )
        for data in series
    ]
    rows += [(to_indicator(path, inputs.catalogue[code]), "No figures yet", "", "", "") for code in waiting]
    columns = ("Series", "Kind", "Source", "From and to", f"{HERE.areas_head} without a figure")
    return Part(table=table("Series of this report", columns, rows), words=True)


def _gaps(data: IndicatorData, names: dict[str, str]) -> str:
    """Boroughs without a figure, by period and reason; where there are many, how many."""
    found = []
    for period in data.periods:
        reasons: dict[str, list[str]] = {}
        for point in data.at(period):
            if not (led := shown(point, data)).is_shown:
                reasons.setdefault(f"[{led.state}]", []).append(names[point.area])
        found += [f"{period.label}: {phrases.named(sorted(some))} {mark}" for mark, some in sorted(reasons.items())]
    return "; ".join(found) or "None"


def _enquiry(inputs: Inputs, codes: Sequence[str]) -> Part:
    """The questions of the bank about the subject, each once, and links to what they are about stand on their pages."""
    asked = dict.fromkeys(one.text for code in codes for one in inputs.bank.of_indicator(code))
    return Part(questions=tuple(asked))


def reports(frames: Frames, inputs: Inputs) -> DocumentPage:
    """The list of reports, and of what is generated for each release and year."""
    path = addresses.REPORTS
    written = tuple(
        Part(
            slug(one.slug),
            heading_to(path, addresses.report(one.slug), one.title),
            f"{phrases.capital(one.status)}. To be read again by {day_in_words(one.review_date)}.",
            said(one.summary).prose,
        )
        for one in inputs.documents.reports
    )
    made = (
        section("Written reports", *(written or (said("None yet."),))),
        section("Made from each release", Part(table=_releases(inputs, path), words=True)),
        section("Made from the catalogue", Part(files=_catalogue(inputs, path))),
    )
    lead = "Reports on a subject are written by people, and every figure in them comes from the packages of this site. The "
    lead += "report of a release is made by the program alone."
    return DocumentPage(
        frames.frame(path, "Reports", "Written reports, and the report of each release.", "indicators"),
        "Reports",
        "Reports",
        lead,
        (),
        made,
        control(inputs, None, Row("Add one", "A text in content/reports, by a proposal.")),
    )


def _releases(inputs: Inputs, path: str) -> DataTable:
    rows = [
        (
            anchor(path, addresses.release_report(str(one.id)), f"Report on release {one.id}"),
            day_in_words(one.published_on),
        )
        for one in reversed(inputs.releases)
    ]
    return table("Reports of releases", ("Report", "Published"), rows)


def _catalogue(inputs: Inputs, path: str) -> tuple[File, ...]:
    """What is made from the definitions, and the review of each year."""
    found = {
        "Handbook of indicators": addresses.HANDBOOK,
        "Common ground among local indicators": addresses.COMMON_GROUND,
        "The catalogue, CSV": addresses.CATALOGUE,
        **{
            f"Review of the indicators, from release {one.id}": addresses.review(year)
            for year, one in sorted(years(inputs).items(), reverse=True)
        },
    }
    return tuple(File(words, addresses.relative(path, target), "") for words, target in found.items())
