"""What pages are made of: ready strings and ready coordinates. Templates print these and work nothing out.

Every number a reader sees stands in a ``Value`` or in a sentence made beforehand. Coordinates are strings, already
rounded to what the drawing needs, in the units of the drawing they belong to (``charts/geometry.py`` makes them).
A plain ``str`` is escaped when printed; ``Markup`` is trusted HTML made by this program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from site_builder.vocabulary.here import HERE

STATES = ("reported", "zero", "low", "c", "x", "u", "z")
HIDDEN_SHORT = f"Hidden to protect {HERE.people}"


class Link(NamedTuple):
    """Words and a relative address, with its file name. An empty ``href`` prints the words alone."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Value:
    """One figure as it is printed. Only ``parts/value.html`` prints it.

    ``state``: one of STATES. ``text``: the printed number, such as ``41.7``; empty unless reported or a true zero.
    ``marks``: letters of the observation's status, such as ``p`` or ``pr``. ``caution``: whether a dagger stands
    beside it (the words are in a note). ``reason``: the short words that stand for a number that is not shown.
    Raises ValueError when a number and a reason stand together, or a hidden value says anything but the one wording.
    """

    state: str
    text: str = ""
    marks: str = ""
    caution: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        shown = self.state in ("reported", "zero")
        if self.state not in STATES:
            raise ValueError("a value has a state that is not known")
        if shown != bool(self.text) or shown == bool(self.reason):
            raise ValueError("a value is either a number or the reason why there is none")
        if self.state == "c" and (self.reason != HIDDEN_SHORT or self.marks or self.caution):
            raise ValueError("a hidden value has one wording and no mark")

    @property
    def is_shown(self) -> bool:
        """Whether a number is printed."""
        return bool(self.text)

    def __str__(self) -> str:
        """The words of the cell without markup: the number, or the letter in brackets."""
        return self.text or f"[{self.state}]"


HIDDEN = Value("c", reason=HIDDEN_SHORT)


# ---- the frame of every page


class Notice(NamedTuple):
    """A bar under the masthead: a short tag, a sentence, and where to read more (or None)."""

    tag: str
    text: str
    link: Link | None


class Phone(NamedTuple):
    """A helpline. ``label``: who answers (``In danger now``, ``Adults: NSPCC``); ``number`` as printed; ``href``: tel."""

    label: str
    number: str
    href: str


class Signpost(NamedTuple):
    """Whom to call: the emergency number, a helpline for adults, one for those whom the site is about, and the council."""

    question: str
    danger: Phone
    lines: tuple[Phone, ...]
    council: Link | Phone


Assets: TypeAlias = Mapping[str, str]  # of ``templates/assets/``: the name of a file to its address with a fingerprint


class Mark(NamedTuple):
    """Squared London as two paths, 80 by 70: the City of London's square and the other 32."""

    city: str
    others: str


class Feed(NamedTuple):
    """A feed on the subject of a page: its title and its relative address."""

    title: str
    href: str


class Alternate(NamedTuple):
    """A file with the data of a page, or what describes them. ``rel``: alternate or describedby; ``media``: its type."""

    rel: str
    media: str
    href: str


class Head(NamedTuple):
    """What stands in the head of a page for programs alone.

    ``picture``: absolute address of the picture shown where the page is shared, and ``pictured``: what it shows, both
    empty on a page that search engines keep out of. ``linked``: a whole data block of schema.org's terms, or empty.
    """

    picture: str = ""
    pictured: str = ""
    linked: Markup = Markup("")
    feeds: tuple[Feed, ...] = ()
    data: tuple[Alternate, ...] = ()


NO_HEAD = Head()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page.

    ``title``: of the page, without the name of the site. ``description``: one sentence without a figure.
    ``canonical``: absolute address, or empty. ``root``: relative way to the root of the site, such as ``../`` or empty
    (the page that is not found has the absolute address of the site). ``section``: which of the five links is current
    (``indicators``, ``boroughs``, ``compare``, ``data``, ``search``) or empty. ``breadcrumb``: from Home down, without
    the page itself; empty on Home. ``notices``: illustrative, draft, older release, correction, withdrawn.
    ``tag``: the word beside figures (``Illustrative``, ``Draft``) or empty. ``release``: the footer's line on release
    and date. ``permanent``: this page in its own release, or None. ``noindex``: whether search engines keep out.
    ``mark``: the drawing in the masthead. ``footer``: links of the footer. ``head``: what programs read.
    """

    title: str
    description: str
    canonical: str
    root: str
    section: str
    breadcrumb: tuple[Link, ...]
    notices: tuple[Notice, ...]
    tag: str
    release: str
    permanent: Link | None
    noindex: bool
    assets: Assets
    signpost: Signpost
    mark: Mark
    footer: tuple[Link, ...]
    head: Head = NO_HEAD


# ---- small blocks


class Fact(NamedTuple):
    """A large figure with its name. ``london`` prints it in London's colour; ``unit`` stands small behind it."""

    name: str
    value: Value
    unit: str
    london: bool


class Row(NamedTuple):
    """A term and what is said about it, which may hold links."""

    term: str
    text: str | Markup


class File(NamedTuple):
    """A download: what it is, where, and its size in words."""

    label: str
    href: str
    size: str


class Tools(NamedTuple):
    """The line under a figure: the illustrative or draft tag (or empty), the release in words, and links."""

    tag: str
    release: str
    links: tuple[Link, ...]


class DataBlock(NamedTuple):
    """Get the data: a sentence on the licence, the files, and how to cite the page. ``cited``: that in files."""

    sub: str
    files: tuple[File, ...]
    cite: str
    cited: tuple[Link, ...] = ()


class Twin(NamedTuple):
    """The same subject from another source: why it stands apart, and the link to it."""

    heading: str
    text: str
    links: tuple[Link, ...]


class Filter(NamedTuple):
    """A choice that narrows a list down. ``options``: class of the rows that it keeps, and its words."""

    label: str
    options: tuple[tuple[str, str], ...]


class Choice(NamedTuple):
    """One order of a table. The one that is shown has an empty ``href``."""

    label: str
    href: str


class DataTable(NamedTuple):
    """A plain table. The first column holds row headers; ``rows`` are as long as ``columns``.

    ``caption`` begins with the illustrative tag where there is one. Numbers are Values, words are strings.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Markup | Value, ...], ...]


class Variation(NamedTuple):
    """How unusual a value is among boroughs. All empty when it is not compared.

    ``shade``: usual, edge, out. ``glyph``: up, down, dash. ``word``: Usual, Edge, Stands out. ``side``: higher, lower
    or empty.
    """

    shade: str
    glyph: str
    word: str
    side: str


NOT_COMPARED = Variation("", "", "", "")
VARIATIONS = {
    "within": Variation("usual", "dash", "Usual", ""),
    "edge-high": Variation("edge", "up", "Edge", "higher"),
    "edge-low": Variation("edge", "down", "Edge", "lower"),
    "out-high": Variation("out", "up", "Stands out", "higher"),
    "out-low": Variation("out", "down", "Stands out", "lower"),
    "": NOT_COMPARED,
}


class KeyItem(NamedTuple):
    """One entry of the key above a table. ``swatch``: usual, edge, out, london, interval, dot, dark (a dot that
    lies outside), c or x."""

    swatch: str
    words: str


# ---- drawings that templates draw


class Bar(NamedTuple):
    """The bar of one row, from 0 to 100 along and 30 high. ``low`` and ``high`` are ends of the interval or empty.

    ``shade``: london, england, usual, edge or out. ``open_end``: the value is provisional.
    """

    shade: str
    width: str
    low: str
    high: str
    open_end: bool


class BarRow(NamedTuple):
    """A row of the bar table.

    ``slug``: the anchor of a borough's row; empty for totals. ``kind``: ``lon`` London, ``eng`` England, or empty.
    ``name`` and small ``note`` (such as ``32 of 33 boroughs``); ``href`` may be empty. ``bar`` is None when there is
    no number; then ``value.reason`` stands in its place. ``interval``: ``36.6 to 45.7``, ``[c]``, or empty.
    ``number``: the count, where the table has that column.
    """

    slug: str
    kind: str
    name: str
    note: str
    href: str
    value: Value
    bar: Bar | None
    interval: str
    number: Value | None
    variation: Variation


class BarTable(NamedTuple):
    """The chart that is a table.

    ``first``: heading of the first column. ``measure``: heading of the value column. ``number``: heading of the column
    of counts, or empty for none. ``interval``: its heading, or empty for none. ``variation``: whether that column
    stands. ``ticks``: printed scale from the origin, evenly spaced. ``grid``: path of the inner lines. ``london``:
    position of London's line from 0 to 100, or empty. ``uid``: prefix of ids of this table, unique on the page.
    """

    uid: str
    caption: str
    first: str
    measure: str
    interval: str
    number: str
    variation: bool
    ticks: tuple[str, ...]
    grid: str
    london: str
    rows: tuple[BarRow, ...]


class Label(NamedTuple):
    """Words at a place. ``anchor``: start, middle or end."""

    x: str
    y: str
    anchor: str
    text: str


class StripMark(NamedTuple):
    """One borough's line on the strip. ``shade``: usual, edge or out."""

    shade: str
    x: str
    top: str
    bottom: str


class StripDrawing(NamedTuple):
    """The strip at one width. ``band``: (x, width) of the middle half, or None. ``london``: its label, None when not
    shown; ``london_at`` and ``london_top``: where its line stands and begins."""

    width: str
    height: str
    axis: str
    right: str
    band_top: str
    band: tuple[str, str] | None
    labels: tuple[Label, ...]
    marks: tuple[StripMark, ...]
    london: Label | None
    london_at: str
    london_top: str
    names: tuple[Label, ...]


class Strip(NamedTuple):
    """All boroughs on one line, drawn at two widths. ``title`` and ``desc`` are its alternative text."""

    heading: str
    title: str
    desc: str
    caption: str
    wide: StripDrawing
    narrow: StripDrawing


class Tile(NamedTuple):
    """One borough on squared London.

    ``label``: what a screen reader says, begins with the printed letters. ``letters``: three. ``words``: the value as
    printed, ``[c]``, or empty for a map of links. ``shade``: usual, edge, out, c, x, z, plain or hub (the City on a map of links). ``glyph``: path or
    empty. Coordinates are of the corner (``x``, ``y``) and the two baselines.
    """

    href: str
    label: str
    letters: str
    words: str
    shade: str
    glyph: str
    x: str
    y: str
    middle: str
    base: str
    base2: str


class TileMap(NamedTuple):
    """Squared London. ``sub`` says what choosing a square does."""

    heading: str
    label: str
    sub: str
    width: str
    height: str
    tiles: tuple[Tile, ...]


class Spine(NamedTuple):
    """One borough against London in a row, 0 to 100 along and 24 high; scaled for each row.

    ``band``: (x, width) of the middle half of boroughs. ``neighbours``: their median, or empty. ``low``, ``high``:
    ends of the interval, or empty. ``shade``: usual, edge, out. ``beyond``: left or right when the value lies outside the
    drawing and stands at its edge, else empty.
    """

    band: tuple[str, str]
    london: str
    neighbours: str
    x: str
    low: str
    high: str
    shade: str
    beyond: str


class Squares(NamedTuple):
    """One square an indicator, as a path for each kind: ``shown``, ``hidden``, ``missing`` (not available), ``none`` (does
    not apply). Any may be empty."""

    width: str
    height: str
    shown: str
    hidden: str
    missing: str
    none: str


class Sparkline(NamedTuple):
    """A small line, 80 by 24. ``path`` breaks at gaps; ``x`` and ``y`` are the last point; ``words`` say it."""

    path: str
    x: str
    y: str
    words: str


class SmallSpread(NamedTuple):
    """How boroughs lie, 100 by 24, from the lowest to the highest. ``band``: path of the middle half; ``london``: path of
    London's mark, or empty; ``words`` say it."""

    band: str
    london: str
    words: str


class LineDrawing(NamedTuple):
    """A trend drawn by a macro. ``paths``: pieces of the line between gaps; ``breaks``: changes of definition.

    ``across``: dashed pieces where a definition changed in part. ``compare``: pieces of London's line. ``controls``: path
    of a mean, of its limits, and a class for trial limits. ``rings``: where figures depart from their pattern. ``points``: (x, y, hollow) of each figure. ``ends``: direct labels of the
    borough and of London, in that order; either may be absent.
    """

    width: str
    height: str
    left: str
    right: str
    ground: str
    rules: tuple[str, ...]
    y_labels: tuple[Label, ...]
    x_labels: tuple[Label, ...]
    paths: tuple[str, ...]
    across: tuple[str, ...]
    compare: tuple[str, ...]
    controls: tuple[tuple[str, str, str], ...]
    rings: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str, bool], ...]
    breaks: tuple[Label, ...]
    area_label: Label | None
    london_label: Label | None


class LineChart(NamedTuple):
    """A borough's own trend at two widths, with its alternative text and what is not drawn."""

    title: str
    desc: str
    wide: LineDrawing
    narrow: LineDrawing
    notes: tuple[str, ...]
    table: DataTable
