"""The boroughs A to Z, and the page of one borough under its four headings."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published import addresses, citing, sentences
from site_builder.published.charts.squares import squares
from site_builder.published.collected import SENT
from site_builder.published.compose.borough_beside import beside
from site_builder.published.compose.borough_next import Held, figures_of, todo
from site_builder.published.compose.borough_notes import notes
from site_builder.published.compose.borough_rows import spine_tables
from site_builder.published.compose.enquiry import enquiries
from site_builder.published.compose.local import local_questions
from site_builder.published.compose.papers import heard, papers
from site_builder.published.compose.prose import borough_finder
from site_builder.published.compose.values import release_tag, tag
from site_builder.published.downloads.places import area_files
from site_builder.published.figures import printed
from site_builder.published.frames import PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_borough import BoroughLine, BoroughPage, BoroughsPage, Cover, QuestionBlock
from site_builder.published.pages_parts import File, Link, Notice
from site_builder.published.reach import reach
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import THEMES

BOROUGHS = (HERE.areas_head, addresses.BOROUGHS)
SCALE_NOTE = (
    f"Each row has its own scale: {HERE.name} stands in the middle, and the shaded middle half of {HERE.areas} is always as wide. "
    "A mark at the very end lies further out."
)
_LOCAL = (("Needs", "#needs"), ("What was done", "#done"), ("How well", "#how-well"), ("What next", "#next"))
_TEXT = {
    "needs": "",
    "done": "The set of 2008 counts need and time limits, and hardly any help given, so there is less to show here.",
    "how-well": "",
}


def boroughs(frames: Frames, inputs: Inputs) -> BoroughsPage:
    """The boroughs A to Z, and as squares."""
    path = addresses.BOROUGHS
    regions = {area.code: area.name for area in inputs.areas.all}
    return BoroughsPage(
        frame=frames.frame(
            path,
            HERE.areas_head,
            f"{HERE.all_areas}, A to Z and as squares.",
            section="boroughs",
            notices=_notices(inputs),
        ),
        heading=HERE.areas_head,
        lead=f"Every figure of one place on one page, under four questions, beside {HERE.name} and the places most like it.",
        finder=borough_finder(inputs.areas, lambda slug: addresses.relative(path, addresses.borough(slug))),
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
    said = notes(inputs, area)
    return BoroughPage(
        frame=frames.frame(
            path,
            area.name,
            f"{area.name}: what {HERE.people} need, what was done, how well, and what to ask next.",
            section="boroughs",
            above=(BOROUGHS,),
            notices=_notices(inputs),
            feeds=((f"{area.name}: what is new", addresses.area_feed(area.slug)),),
            data=tuple(path for one in area_files(inputs, area.slug) for path in (one.csv, one.json, one.descriptor)),
        ),
        kicker=inputs.areas.by_code[area.region].name,
        heading=area.name,
        lead=sentences.lead(area, *_standings(held, area), invented=_invented(held)),
        comparators=beside(inputs, area, path),
        breadth=sentences.breadth(*_breadth(held, area), invented=_invented(held)),
        reach=reach((one.data.indicator for one in held if _came(one, area)), invented=_invented(held)),
        coverage=_coverage(held, area),
        local=tuple(Link(*pair) for pair in _LOCAL)
        + ((Link("Notes", "#notes"),) if said else ())
        + (Link("Papers", "#papers"), Link("Get the data", "#data")),
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
        notes=said,
        heard=heard(inputs, area, THEMES) if inputs.latest else (),
        heard_tag=release_tag(inputs),
        papers=papers(inputs, area, path),
        files=_files(inputs, area, path),
        files_sub="Free to reuse under the Open Government Licence v3.0.",
        cite=citing.borough(frames, inputs, area),
    )


def _notices(inputs: Inputs) -> tuple[Notice, ...]:
    mixed = any(tag(data) for data in inputs.figures.values())
    return (PARTLY_ILLUSTRATIVE,) if mixed else ()


def _standings(held: Iterable[Held], area: Area) -> tuple[sentences.Standing, sentences.Standing | None]:
    national = [one.point for one in held if one.data.source.national]
    returned = [one.point for one in held if not one.data.source.national]
    return sentences.standing(national, area), sentences.standing(returned, area) if returned else None


def _breadth(held: Iterable[Held], area: Area) -> tuple[int, int]:
    """How many of the collected indicators came for their latest period, and how many were due."""
    states = [_state(one, area) for one in held if not one.data.source.national]
    due = [state for state in states if state not in ("not-applicable", "not-due")]
    return sum(state in SENT for state in due), len(due)


def _came(one: Held, area: Area) -> bool:
    return not one.data.source.national and _state(one, area) in SENT


def _state(one: Held, area: Area) -> str:
    """The state of the return that a figure comes from."""
    return one.data.source.states.get((area.code, one.data.indicator.code, str(one.period)), "not-returned")


def _coverage(held: Iterable[Held], area: Area) -> tuple[Cover, ...]:
    """A strip of squares for national figures, and one for those of returns."""
    strips = []
    for national in (True, False):
        some = [one for one in held if one.data.source.national is national]
        if some:
            states = [sentences.leading(area, one.point, one.data).state for one in some]
            words = sentences.covered("national figures" if national else "figures from returns", states)
            strips.append(Cover(tag(some[0].data), words, squares(states)))
    return tuple(strips)


def _returned(inputs: Inputs, area: Area) -> str:
    held = figures_of(inputs, area)
    came, due = _breadth(held, area)
    mark = " (illustrative)" if _invented(held) else ""
    return f"{came} of {due}{mark}" if due else "None yet"


def _invented(held: Iterable[Held]) -> bool:
    """Whether figures from returns are invented ones."""
    return any(tag(one.data) for one in held)


def _text(inputs: Inputs, area: Area, slug: str) -> str:
    if slug != "needs":
        return _TEXT[slug]
    known = {
        year: count
        for vintage in sorted(inputs.populations)
        for (code, year, ages), count in inputs.populations[vintage].counts.items()
        if code == area.code and ages == HERE.ages
    }
    if not known:
        return ""
    people = printed(str(known[max(known)])).text
    return (
        f"By the estimate for the middle of {max(known)}, {people} {HERE.people} {HERE.ages_of} live in "
        f"{sentences.in_sentence(area)}."
    )


def _files(inputs: Inputs, area: Area, path: str) -> tuple[File, ...]:
    files = [
        (f"{one.title}, {words}", target)
        for one in area_files(inputs, area.slug)
        for words, target in (("CSV", one.csv), ("JSON", one.json), ("Excel", one.xlsx))
        if target
    ]
    files.append(("What each release changed", addresses.CHANGES))
    files.append((f"What is new for {sentences.in_sentence(area)}, a feed (Atom)", addresses.area_feed(area.slug)))
    return tuple(File(words, addresses.relative(path, target), "") for words, target in files)
