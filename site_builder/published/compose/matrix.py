"""The matrix of a theme: every borough, A to Z, on every indicator that has figures."""

from __future__ import annotations

from fractions import Fraction

from site_builder.published import addresses, sentences
from site_builder.published.compose.values import shown, tag, unit, value, variation
from site_builder.published.content import Theme
from site_builder.published.downloads.matrix import matrix_file
from site_builder.published.figures import HIDDEN_SHORT, LOW, MISSING_OTHER, NOT_APPLICABLE, UNRELIABLE
from site_builder.published.frames import ILLUSTRATIVE, PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.matrix import HEADINGS, Part, Tally, pages, period_of, places, points, tally
from site_builder.published.pages_compare import Matrix, MatrixCell, MatrixHead, MatrixPage, MatrixRow
from site_builder.published.pages_parts import NOT_COMPARED, File, KeyItem, Link, Notice, Value
from site_builder.published.phrases import capital, count_word
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import ENGLAND, LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.rounding import half_up_fraction

COMPARE = ("Compare", addresses.COMPARE)
_LEAD = (
    f"Every {HERE.area}, A to Z, on every indicator of this theme that has figures. The ground of a figure says whether it "
    f"lies beyond the usual variation between {HERE.areas}, and a triangle to which side. Each figure leads to a page of its own."
)
_EMPTY = "No indicator of this theme has figures yet."
_KEY = (
    KeyItem("usual", "Usual variation"),
    KeyItem("edge", "Towards the edge"),
    KeyItem("out", "Stands out"),
    KeyItem("z", "No ground: not compared"),
)
_STATES = {"c": HIDDEN_SHORT, "x": MISSING_OTHER, "u": UNRELIABLE, "z": NOT_APPLICABLE, "low": LOW}
_NO_PLACE = Value("z", reason="Not held for this place")


def matrix_pages(inputs: Inputs) -> dict[str, tuple[Theme, tuple[Part, ...]]]:
    """Every page of a matrix, by address, in the order of the themes."""
    return {
        path: (inputs.content.themes[code], held)
        for code in inputs.content.settings.themes
        for path, held in pages(inputs, code).items()
    }


def matrix_page(frames: Frames, inputs: Inputs, one: Theme, path: str, held: tuple[Part, ...]) -> MatrixPage:
    """One page of a theme's matrix."""
    own = f", {HEADINGS[held[0].national].lower()}" if path != addresses.matrix(one.code) else ""
    return MatrixPage(
        frames.frame(
            path,
            f"Compare: {one.title}{own}",
            f"{one.title}: every {HERE.area} of {HERE.name}, A to Z, on every indicator with figures.",
            "compare",
            (COMPARE,),
            _notices(held),
        ),
        f"Compare every {HERE.area}",
        f"{one.title}{own}",
        _LEAD if held else "",
        tuple(_matrix(inputs, one, part, path) for part in held),
        "" if held else _EMPTY,
        _onward(inputs, one, path),
    )


def size_words(held: tuple[Part, ...]) -> str:
    """How many indicators of each kind: ``two national indicators and three from returns (illustrative)``."""
    said: list[str] = []
    for part in held:
        many = len(part.figures)
        noun = "" if said else f" indicator{'' if many == 1 else 's'}"
        kind = f" national{noun}" if part.national else f"{noun} from {HERE.area} returns"
        said.append(f"{count_word(many)}{kind}{_aside(part)}")
    return capital(" and ".join(said)) or "No figures yet"


def _aside(part: Part) -> str:
    marked = tag(part.figures[0])
    return f" ({marked.lower()})" if marked else ""


def _notices(held: tuple[Part, ...]) -> tuple[Notice, ...]:
    marked = [bool(tag(part.figures[0])) for part in held]
    if not any(marked):
        return ()
    return (ILLUSTRATIVE,) if all(marked) else (PARTLY_ILLUSTRATIVE,)


def _onward(inputs: Inputs, one: Theme, path: str) -> tuple[Link, ...]:
    others = [
        Link(f"{one.title}: {HEADINGS[held[0].national].lower()}", addresses.relative(path, other))
        for other, held in pages(inputs, one.code).items()
        if other != path
    ]
    return (
        *others,
        Link("About this theme", addresses.relative(path, addresses.theme(one.code))),
        Link(f"A few {HERE.areas} side by side", addresses.relative(path, addresses.COMPARE_BOROUGHS)),
        Link("What “usual variation” means", addresses.relative(path, addresses.METHODS)),
    )


def _matrix(inputs: Inputs, one: Theme, part: Part, path: str) -> Matrix:
    marked, heading = tag(part.figures[0]), HEADINGS[part.national]
    caption = f"{one.title}: {heading.lower()}, {HERE.areas} A to Z"
    file = matrix_file(part)
    return Matrix(
        slug=part.slug,
        heading=heading,
        tag=marked,
        sub=tally_words(tally(part.figures)),
        key=_key(part),
        caption=f"{marked}. {caption}" if marked else caption,
        heads=tuple(_head(data, path) for data in part.figures),
        rows=_rows(inputs, part, path),
        notes=notes(part),
        files=(File(f"This table, CSV{_aside(part)}", addresses.relative(path, file), ""),),
    )


def tally_words(of: Tally) -> str:
    """How many comparisons a table holds, how many lie beyond the usual variation, and how many would anyway."""
    if not of.made:
        return f"None of these figures can be compared with the usual variation between {HERE.areas}."
    held = f"{of.made:,} figure{' is' if of.made == 1 else 's are'} compared with the usual variation between {HERE.areas}."
    found = (
        f"{capital(count_word(of.beyond))} lie{'s' if of.beyond == 1 else ''} beyond it: {_many(of.edge)} towards the edge, "
        f"and {_many(of.out)} standing out."
        if of.beyond
        else "All lie within it."
    )
    chance = (
        f"If every {HERE.area} were an ordinary one, {_about(of.expected)} would lie beyond it and {_about(of.expected_out)} "
        "would stand out."
    )
    return f"{held} {found} {chance}"


def _about(number: Fraction) -> str:
    nearest = int(half_up_fraction(number, 0))
    return f"about {count_word(nearest)}" if nearest else "hardly any"


def _many(number: int) -> str:
    return count_word(number) if number else "none"


def _key(part: Part) -> tuple[KeyItem, ...]:
    held = {shown(p, data).state for data in part.figures for p in data.at(period_of(data))}
    return (*_KEY, *(KeyItem(state, f"[{state}] {words}") for state, words in _STATES.items() if state in held))


def _head(data: IndicatorData, path: str) -> MatrixHead:
    unit_words = {"": "number"}.get(unit(data), unit(data))
    return MatrixHead(
        data.indicator.title,
        addresses.relative(path, addresses.indicator(data.indicator.code)),
        f"{unit_words}, {sentences.short_period(period_of(data))}",
    )


def _rows(inputs: Inputs, part: Part, path: str) -> tuple[MatrixRow, ...]:
    totals, boroughs = places(part), inputs.areas.boroughs
    columns = [tuple(points(data, (*totals, *(area.code for area in boroughs)))) for data in part.figures]
    rows = []
    for place, area in enumerate((*(inputs.areas.by_code[code] for code in totals), *boroughs)):
        kind = {LONDON: "lon", ENGLAND: "eng"}.get(area.code, "")
        cells = tuple(
            _cell(area, data, column[place], path, total=bool(kind))
            for data, column in zip(part.figures, columns, strict=True)
        )
        rows.append(
            MatrixRow(kind, area.name, "" if kind else addresses.relative(path, addresses.borough(area.slug)), cells)
        )
    return tuple(rows)


def _cell(area: Area, data: IndicatorData, point: Point | None, path: str, *, total: bool) -> MatrixCell:
    if point is None:
        return MatrixCell("", _NO_PLACE, NOT_COMPARED, "")
    return MatrixCell(
        "" if total else addresses.relative(path, addresses.borough_indicator(area.slug, data.indicator.code)),
        value(shown(point, data)),
        variation(point),
        point.partial.removesuffix(f" {HERE.areas}"),
    )


def notes(part: Part) -> tuple[str, ...]:
    """How the totals are made, then cautions and marks of any figure in the table, each once."""
    averages = (
        f"{HERE.name} and {HERE.country} stand as the publisher prints them."
        if part.national
        else f"{HERE.name} is pooled: the counts of all {HERE.areas} that sent a return, divided by their bases. How many they are "
        "stands beside it where some sent none."
    )
    codes = (*places(part), *part.figures[0].boroughs)
    held = [shown(p, data) for data in part.figures for p in points(data, codes) if p is not None]
    return (averages, *sorted({words for figure in held for words in sentences.cautions(figure)}))
