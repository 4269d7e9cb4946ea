"""The boroughs A to Z, and the page of one borough under its four headings."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from site_builder.published import addresses, citing, sentences
from site_builder.published.charts.tiles import TileFact, tile_map
from site_builder.published.compose.borough_next import Held, figures_of, todo
from site_builder.published.compose.borough_rows import spine_tables
from site_builder.published.compose.compare import with_others
from site_builder.published.compose.enquiry import enquiries
from site_builder.published.compose.local import local_questions
from site_builder.published.compose.values import ILLUSTRATIVE_TAG, tag
from site_builder.published.downloads.places import area_files
from site_builder.published.figures import printed
from site_builder.published.frames import PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_borough import BoroughLine, BoroughPage, BoroughsPage, QuestionBlock
from site_builder.published.pages_parts import File, Link, Notice, Row, TileMap
from site_builder.published.phrases import count_word, listed
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import Period

BOROUGHS = ("Boroughs", addresses.BOROUGHS)
SCALE_NOTE = (
    "Each row has its own scale: London stands in the middle, and the shaded middle half of boroughs is always as wide. "
    "A mark at the very end lies further out."
)
_LOCAL = (("Needs", "#needs"), ("What was done", "#done"), ("How well", "#how-well"), ("What next", "#next"))
_TEXT = {
    "needs": "",
    "done": "The set of 2008 counts need and time limits, and hardly any help given, so there is less to show here.",
    "how-well": "",
}
_CHILDREN = "0-17"


def boroughs(frames: Frames, inputs: Inputs) -> BoroughsPage:
    """The boroughs A to Z, and as squares."""
    path = addresses.BOROUGHS
    regions = {area.code: area.name for area in inputs.areas.all}
    return BoroughsPage(
        frame=frames.frame(
            path,
            "Boroughs",
            "The boroughs of London and the City of London, A to Z and as squares.",
            section="boroughs",
            notices=_notices(inputs),
        ),
        heading="Boroughs",
        lead="Every figure of one place on one page, under four questions, beside London and the places most like it.",
        finder=_finder(inputs, path),
        boroughs=tuple(
            BoroughLine(
                area.name,
                addresses.relative(path, addresses.borough(area.slug)),
                regions[area.region],
                _returned(inputs, area),
            )
            for area in inputs.areas.boroughs
        ),
    )


def borough(frames: Frames, inputs: Inputs, area: Area) -> BoroughPage:
    """One borough: what stands out, three questions in tables, and what is left to do."""
    path = addresses.borough(area.slug)
    held = figures_of(inputs, area)
    notes = _notes(inputs, area)
    return BoroughPage(
        frame=frames.frame(
            path,
            area.name,
            f"{area.name}: what children need, what was done, how well, and what to ask next.",
            section="boroughs",
            above=(BOROUGHS,),
            notices=_notices(inputs),
            feeds=((f"{area.name}: what is new", addresses.area_feed(area.slug)),),
        ),
        kicker=inputs.areas.by_code[area.region].name,
        heading=area.name,
        lead=sentences.lead(area, *_standings(held, area), invented=_invented(held)),
        comparators=(*_comparators(inputs, area, path), _further(area, path), with_others(area, path)),
        breadth=sentences.breadth(*_breadth(held, area), invented=_invented(held)),
        local=tuple(Link(*pair) for pair in _LOCAL)
        + ((Link("Notes", "#notes"),) if notes else ())
        + (Link("Get the data", "#data"),),
        questions=tuple(
            QuestionBlock(
                slug,
                heading,
                _text(inputs, area, slug),
                spine_tables(inputs, area, slug, heading, path),
                "There are no figures under this heading yet.",
            )
            for slug, heading in sentences.QUESTIONS
        ),
        scale_note=SCALE_NOTE if area.funnel else sentences.too_small(area),
        todo_heading=sentences.NEXT,
        enquiries=enquiries(inputs, area, path),
        todo=(*todo(held, area, path), local_questions(inputs, area, path)),
        notes=notes,
        files=_files(inputs, area, path),
        files_sub="Free to reuse under the Open Government Licence v3.0.",
        cite=citing.borough(frames, inputs, area),
    )


def _notices(inputs: Inputs) -> tuple[Notice, ...]:
    mixed = any(tag(data) for data in inputs.figures.values())
    return (PARTLY_ILLUSTRATIVE,) if mixed else ()


def _finder(inputs: Inputs, path: str) -> TileMap:
    facts = (
        TileFact(
            area.slug,
            area.tile or (0, 0),
            addresses.relative(path, addresses.borough(area.slug)),
            area.name,
            "",
            "",
            "plain",
            "",
        )
        for area in inputs.areas.boroughs
    )
    return tile_map(
        "Find a borough",
        "Map of London as squares, one for each borough, each a link to its page",
        "Each square is one borough, roughly in place. Select one to open its page.",
        facts,
    )


def _standings(held: Iterable[Held], area: Area) -> tuple[sentences.Standing, sentences.Standing | None]:
    national = [one.point for one in held if one.data.source.national]
    returned = [one.point for one in held if not one.data.source.national]
    return sentences.standing(national, area), sentences.standing(returned, area) if returned else None


def _breadth(held: Iterable[Held], area: Area) -> tuple[int, int]:
    """How many of the collected indicators came for their latest period, and how many were due."""
    states = [
        one.data.source.states.get((area.code, one.data.indicator.code, str(one.period)), "not-returned")
        for one in held
        if not one.data.source.national
    ]
    due = [state for state in states if state not in ("not-applicable", "not-due")]
    return due.count("reported"), len(due)


def _returned(inputs: Inputs, area: Area) -> str:
    held = figures_of(inputs, area)
    came, due = _breadth(held, area)
    mark = " (illustrative)" if _invented(held) else ""
    return f"{came} of {due}{mark}" if due else "None yet"


def _invented(held: Iterable[Held]) -> bool:
    """Whether figures from returns are invented ones."""
    return any(tag(one.data) for one in held)


def _comparators(inputs: Inputs, area: Area, path: str) -> tuple[str | Markup, ...]:
    neighbours = inputs.neighbours.get(area.code, ())
    warning = sentences.closeness_warning(area, neighbours)
    if not area.funnel:
        return (warning,) if warning else ()
    return (
        f"Compared with London, and with the median of {count_word(len(neighbours))} statistical neighbours where at "
        "least six have a figure. Figures from returns stand beside the nearest London neighbours: those of the same list "
        "that are in London.",
        *((_neighbour_names(inputs, area, path),) if neighbours else ()),
        *((warning,) if warning else ()),
    )


def _further(area: Area, path: str) -> Markup:
    return Markup(
        'On one page each: <a href="{}">every indicator by theme</a> and <a href="{}">the child’s journey</a>.'
    ).format(
        addresses.relative(path, addresses.profile(area.slug)), addresses.relative(path, addresses.journey(area.slug))
    )


def _neighbour_names(inputs: Inputs, area: Area, path: str) -> Markup:
    names = []
    for neighbour in inputs.neighbours[area.code]:
        other = inputs.areas.by_code.get(neighbour.area)
        if other is not None:
            href = addresses.relative(path, addresses.borough(other.slug))
            names.append(Markup('<a href="{}">{}</a>').format(href, other.name))
        else:
            names.append(escape(inputs.authorities[neighbour.area]))
    return Markup("Neighbours, closest first: {}.").format(Markup(", ").join(names))


def _text(inputs: Inputs, area: Area, slug: str) -> str:
    if slug != "needs":
        return _TEXT[slug]
    known = {
        year: count
        for vintage in sorted(inputs.populations)
        for (code, year, ages), count in inputs.populations[vintage].counts.items()
        if code == area.code and ages == _CHILDREN
    }
    if not known:
        return ""
    people = printed(str(known[max(known)])).text
    return (
        f"By the estimate for the middle of {max(known)}, {people} children aged 0 to 17 live in "
        f"{sentences.in_sentence(area)}."
    )


def _notes(inputs: Inputs, area: Area) -> tuple[Row, ...]:
    """The borough's own words with its returns, each once, with the periods that they stand beside."""
    rows = []
    for data in inputs.figures.values():
        if data.source.national:
            continue
        texts: dict[str, list[Period]] = {}
        for period in data.periods:
            if note := data.points[area.code, period].note:
                texts.setdefault(note, []).append(period)
        rows += [
            Row(
                f"{data.indicator.title}{f' ({ILLUSTRATIVE_TAG.lower()})' if tag(data) else ''}",
                f"{text} ({_stretch(periods)})",
            )
            for text, periods in texts.items()
        ]
    return tuple(rows)


def _stretch(periods: list[Period]) -> str:
    words = [sentences.short_period(period) for period in periods]
    return listed(words) if len(words) <= 2 else f"{words[0]} and {count_word(len(words) - 1)} later periods"


def _files(inputs: Inputs, area: Area, path: str) -> tuple[File, ...]:
    return tuple(
        File(f"{one.title}, {words}", addresses.relative(path, target), "")
        for one in area_files(inputs, area.slug)
        for words, target in (("CSV", one.csv), ("JSON", one.json))
    )
