"""What stands beside the pairs: a plain text that explains every file, every column and every symbol."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from site_builder.published.downloads.ees import Pair
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words

SYMBOLS = (
    ("c", f"hidden to protect {HERE.people}; the same mark whatever the reason it is hidden"),
    ("x", "not available: not returned, or not collected"),
    ("z", "not applicable"),
    ("low", "rounds to zero but is not zero"),
    ("u", "too unreliable to show"),
)


def guidance(release: Release, made: Iterable[tuple[Indicator, Pair]], contact: str) -> bytes:
    """The text for the pairs of a release. ``made``: each pair with the indicator that it is of."""
    invented = ["Every figure is invented, to show how the files look.", ""] * (
        release.classification.value == "synthetic"
    )
    blocks = [line for indicator, pair in made for line in _block(indicator, pair)]
    notes = _footnotes(release)
    lines = [
        f"{HERE.title}, release {release.id}, published {day_in_words(release.published_on)}",
        "",
        *invented,
        *blocks,
        "Symbols",
        *(f"  {symbol}: {words}" for symbol, words in SYMBOLS),
        "",
        "Rounding: half up, at the very end. A figure has the decimals that its page has, and no more.",
        f"Areas: {HERE.name}, Inner {HERE.name} and Outer {HERE.name} are sums of the {HERE.areas} that sent a figure.",
        "",
        *(["Footnotes", *notes, ""] if notes else []),
        "Licence: Open Government Licence v3.0.",
        f"Contact: {contact}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _block(indicator: Indicator, pair: Pair) -> list[str]:
    data = list(csv.DictReader(io.StringIO(pair.data.decode())))
    meta = csv.DictReader(io.StringIO(pair.meta.decode()))
    levels = sorted({row["geographic_level"] for row in data})
    spans = sorted({(row["time_period"], row["time_identifier"]) for row in data})
    first, last = (_span(spans[end]) for end in (0, -1))
    return [
        pair.name + ".csv",
        f"  {indicator.title} ({indicator.code}, definition {indicator.version})",
        f"  Levels: {'; '.join(levels)}",
        f"  Time: {first}" + (f" to {last}" if last != first else ""),
        f"  Counted: {indicator.measure.numerator}",
        *([f"  Divided by: {indicator.measure.denominator}"] if indicator.measure.denominator else []),
        *(f"  {row['col_name']}: {row['label']}" for row in meta),
        "",
    ]


def _span(time: tuple[str, str]) -> str:
    return f"{time[0]} {time[1]}"


def _footnotes(release: Release) -> list[str]:
    """Marks that the files have no place for, numbered: which figures are provisional, revised, broken or estimated."""
    words: Mapping[str, str] = {"p": "provisional", "r": "revised", "b": "break in the series", "e": "estimated"}
    marked = sorted(
        {
            (*cell.key[:1], str(cell.key.period), cell.key.area, mark)
            for cell in release.cells
            for mark in cell.obs_status
        }
    )
    return [f"  {n}. {code}, {period}, {area}: {words[mark]}" for n, (code, period, area, mark) in enumerate(marked, 1)]
