"""Invented figures, and the frame and blocks that several sample pages share."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from site_builder.published import pages_indicator as pi
from site_builder.published import pages_parts as pp
from site_builder.published.charts import geometry
from site_builder.published.charts.tiles import TileFact, mark, tile_map
from site_builder.published.render import Renderer
from site_builder.release.reference import load_areas
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.rounding import half_up_float

ROOT = Path(__file__).parents[3]

RENDERER = Renderer(ROOT / "templates")

AREAS = load_areas(ROOT)

NOT_RETURNED = pp.Value("x", reason="No return received")

TAG = "Illustrative"

CODES = (
    "edge-low",
    *["within"] * 9,
    "out-high",
    *["within"] * 9,
    "edge-high",
    *["within"] * 4,
    "out-low",
    *["within"] * 7,
)


def shown(number: float, dp: int = 1, **marks: object) -> pp.Value:
    """A printed figure."""
    return pp.Value("zero" if number == 0 else "reported", half_up_float(number, dp), **marks)  # type: ignore[arg-type]


class Spread:
    """Invented figures of the boroughs: two hidden, one not returned."""

    def __init__(self) -> None:
        self.rate: dict[str, float] = {}
        self.code: dict[str, str] = {}
        for place, (area, code) in enumerate(zip(AREAS.boroughs, CODES, strict=True)):
            lift = {"edge-low": -15.0, "out-high": 22.4, "edge-high": 15.7, "out-low": -15.2}.get(code, 0.0)
            if place not in (6, 26, 27):
                self.rate[area.slug] = 42.1 + lift + (place * 37 % 17) - 8
                self.code[area.slug] = code

    def value(self, area: Area) -> pp.Value:
        if area.slug in self.rate:
            return shown(self.rate[area.slug])
        return NOT_RETURNED if area.slug == "southwark" else pp.HIDDEN


SPREAD = Spread()

SCALE = geometry.scale([*(rate + 5 for rate in SPREAD.rate.values()), 43.0])


def frame(
    path: str, title: str, section: str = "", *, illustrative: bool = True, crumbs: tuple[str, ...] = ()
) -> pp.Frame:
    """A frame as the site would make it."""
    root = "../" * path.count("/")
    _, assets = RENDERER.files, RENDERER.assets
    squares = mark({area.slug: area.tile for area in AREAS.boroughs if area.tile})
    notice = pp.Notice("Illustrative data", "Every figure on this page is invented, to show how a page looks.", None)
    return pp.Frame(
        title=title,
        description=f"{title}: a page with invented figures.",
        canonical=f"https://example.org/{path}",
        root=root,
        section=section,
        breadcrumb=tuple(pp.Link(name, f"{root}index.html") for name in ("Home", *crumbs)),
        notices=(notice,) if illustrative else (),
        tag=TAG if illustrative else "",
        release="Release 2024-25-Q4, published 17 July 2025.",
        permanent=pp.Link("This release’s own page", f"{root}index.html"),
        noindex=illustrative,
        assets=assets,
        signpost=pp.Signpost(
            "Worried about a child?",
            pp.Phone("In danger now", "999", "tel:999"),
            (
                pp.Phone("Adults: NSPCC", "0808 800 5000", "tel:08088005000"),
                pp.Phone("Children: Childline", "0800 1111", "tel:08001111"),
            ),
            pp.Link("Your council", f"{root}about/help.html"),
        ),
        mark=squares,
        footer=tuple(
            pp.Link(label, f"{root}index.html")
            for label in ("Accessibility", "Methods", "Releases", "Submit a return", "What this is not", "Contact")
        ),
    )


def finder(prefix: str, *, values: bool) -> pp.TileMap:
    """Squared London with figures, or as links alone."""
    facts = []
    for area in AREAS.boroughs:
        assert area.tile is not None
        value, code = SPREAD.value(area), SPREAD.code.get(area.slug, "")
        is_ = pp.VARIATIONS[code]
        meaning = {
            "usual": "within usual variation",
            "edge": f"towards the {is_.side} edge of usual variation",
            "out": f"stands out, {is_.side} than usual variation",
        }.get(is_.shade, value.reason.lower())
        words = half_up_float(SPREAD.rate[area.slug], 0) if area.slug in SPREAD.rate else str(value)
        facts.append(
            TileFact(
                area.slug,
                area.tile,
                f"{prefix}{area.slug}" + ("" if values else ".html"),
                area.name,
                words if values else "",
                meaning if values else "",
                (is_.shade or value.state) if values else "plain",
                is_.glyph.replace("dash", "") if values else "",
            )
        )
    return tile_map(
        "Find a borough" if values else "Find your borough",
        "Squared map of the 33 London boroughs. Choose a borough.",
        "Each square is one borough, roughly in place. Select one to mark its row."
        if values
        else "Each square is one borough, roughly in place.",
        facts,
    )


def bars(names: tuple[Area, ...]) -> tuple[pp.BarRow, ...]:
    """Rows of the bar table: London, England, then boroughs."""
    rows = [
        pp.BarRow(
            "",
            "lon",
            "London",
            "32 of 33 boroughs",
            "",
            shown(42.1),
            geometry.bar(42.1, SCALE, "london"),
            "41.3 to 43.0",
            shown(8958, 0),
            pp.NOT_COMPARED,
        ),
        pp.BarRow(
            "",
            "eng",
            "England",
            "",
            "",
            shown(43.9),
            geometry.bar(43.9, SCALE, "england"),
            "43.5 to 44.3",
            shown(52640, 0),
            pp.NOT_COMPARED,
        ),
    ]
    for area in names:
        value = SPREAD.value(area)
        if area.slug in SPREAD.rate:
            rate = SPREAD.rate[area.slug]
            is_ = pp.VARIATIONS[SPREAD.code[area.slug]]
            bar = geometry.bar(rate, SCALE, is_.shade, (rate - 4.5, rate + 5))
            rows.append(
                pp.BarRow(
                    area.slug,
                    "",
                    area.name,
                    "",
                    f"../boroughs/{area.slug}/sg08.html",
                    value,
                    bar,
                    f"{half_up_float(rate - 4.5, 1)} to {half_up_float(rate + 5, 1)}",
                    shown(round(rate * 7), 0),
                    is_,
                )
            )
        else:
            rows.append(
                pp.BarRow(
                    area.slug,
                    "",
                    area.name,
                    "",
                    f"../boroughs/{area.slug}/sg08.html",
                    value,
                    None,
                    str(value),
                    value,
                    pp.NOT_COMPARED,
                )
            )
    return tuple(rows)


def table(uid: str = "b", names: tuple[Area, ...] = AREAS.boroughs) -> pp.BarTable:
    """The bar table of the invented figures."""
    return pp.BarTable(
        uid,
        f"{TAG}: rate per 10,000 by borough, A to Z",
        "Borough",
        "Rate",
        "95% interval",
        "Children",
        True,
        tuple(t.words for t in SCALE.ticks),
        geometry.grid(SCALE),
        geometry.along(42.1, SCALE),
        bars(names),
    )


KEY = tuple(
    pp.KeyItem(*item)
    for item in (
        ("usual", "Usual variation"),
        ("edge", "Towards the edge"),
        ("out", "Stands out"),
        ("london", "London"),
        ("interval", "95% interval"),
        ("c", "[c] Hidden to protect children"),
        ("x", "[x] No return received"),
    )
)

TOOLS = pp.Tools(
    TAG,
    "Release 2024-25-Q4",
    (pp.Link("SVG", "trend.svg"), pp.Link("Vega-Lite", "trend.json"), pp.Link("CSV", "t.csv")),
)

ABOUT = pi.AboutBlock(
    "Definition, version 3, in force since April 2018",
    (
        pp.Row(
            "What it counts",
            "Children with a child protection plan on the last day of March, including unborn children.",
        ),
        pp.Row("Divided by", "ONS mid-2024 estimate of residents aged 0 to 17."),
        pp.Row(
            "Usual variation",
            Markup(
                'What boroughs differ by in an ordinary year, allowing for their size. <a href="../about/methods/index.html">How we compare</a>'
            ),
        ),
        pp.Row(
            "[c]",
            "Hidden to protect children: this figure is small, or a small figure could be worked out from it. It does not mean zero.",
        ),
        pp.Row("[x]", "No return received."),
    ),
)

PROSE = (
    pp.Row(
        "What it cannot tell you",
        Markup("<p>Whether a plan helped. A high or a low rate can come from need or from practice.</p>"),
    ),
)

QUESTIONS = (
    "Is the rate moving because more children start plans, or because plans last longer?",
    "How many children are on a second or later plan?",
    "Do neighbouring boroughs apply the same threshold?",
)

TWIN = pp.Twin(
    "Real figures:",
    "the Department for Education publishes a yearly series on the same subject.",
    (pp.Link("Children with a plan, national series", "n09c.html"),),
)

FACTS = (
    pp.Fact("London rate (32 of 33 boroughs)", shown(42.1), "", london=True),
    pp.Fact("England rate", shown(43.9), "", london=False),
    pp.Fact("Children with a plan in London", pp.Value("reported", "8,958"), "", london=False),
    pp.Fact("Change in London rate since March 2024", pp.Value("reported", "−1.8"), "", london=False),
)
