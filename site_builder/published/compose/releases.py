"""Releases: the list, one release, and every change to a printed figure."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from site_builder.published import addresses
from site_builder.published.changes import Change, changes
from site_builder.published.compose.data import size
from site_builder.published.compose.values import value
from site_builder.published.figures import Figure, Wording, of_cell
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import DataTable, Fact, File, Link, Notice, Row, Value
from site_builder.published.pages_site import (
    ChangeGroup,
    ChangeRow,
    ChangesPage,
    ReleaseLine,
    ReleasePage,
    ReleasesPage,
)
from site_builder.release.releases import Release
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification

DATA = ("Data", addresses.DATA)
RELEASES = ("Releases", addresses.RELEASES)
_NAMED = ("revised", "now-withheld", "now-shown", "removed", "redefined")
_NOTHING = "No figure that stood before was changed."


def releases(frames: Frames, inputs: Inputs) -> ReleasesPage:
    """All releases, the latest first."""
    path = addresses.RELEASES
    return ReleasesPage(
        frames.frame(
            path, "Releases", "Every release, its files and its changes.", "data", (DATA,), _invented(inputs.latest)
        ),
        "Releases",
        "A release is a set of figures that never changes. A correction is a new release, and the old one stays.",
        tuple(
            ReleaseLine(
                str(one.id),
                addresses.relative(path, addresses.release(str(one.id))),
                day_in_words(one.published_on),
                "Correction" if one.id.correction else "Release",
                _new_in(inputs, one),
            )
            for one in reversed(inputs.releases)
        ),
        (
            File(
                "The ledger: every release, sealed by the next",
                addresses.relative(path, "releases/ledger.csv"),
                size(len(inputs.ledger)),
            ),
            File("Every change to a printed figure", addresses.relative(path, addresses.CHANGES), ""),
            File("The list for machines", addresses.relative(path, "releases/versions.json"), ""),
        ),
    )


def release(frames: Frames, inputs: Inputs, one: Release) -> ReleasePage:
    """One release: facts, changes, protection, coverage, files."""
    name = str(one.id)
    path = addresses.release(name)
    policy = one.policy
    return ReleasePage(
        frame=frames.frame(
            path, f"Release {name}", "What this release holds and how its figures were protected.", "data",
            (DATA, RELEASES), (*_invented(one), *_older(inputs, one, path)),
        ),
        heading=f"Release {name}",
        lead=f"Published {day_in_words(one.published_on)}. It holds every period from the first to "
        f"{one.id.period.label}. {_new_in(inputs, one)}",
        facts=_facts(one),
        changes=_group(inputs, one, path),
        protection=(
            Row("What is hidden", f"Counts from 1 to {policy.threshold}, and more where a small one could be worked out."),
            Row("How it is proved", "A program tried to work out each hidden figure from everything ever published. The "
                "certificate holds whole tables that agree with all of it and show every value the legend allows."),
            Row("How to check it", "Run “site-builder audit” on the folder of releases, or check the files with SHA256SUMS."),
        ),
        coverage=_coverage(one),
        files=tuple(
            File(file, file, size(len(data))) for file, data in sorted(one.files.items())
        ),
        files_sub="These files never change. Free to reuse under the Open Government Licence v3.0.",
        indicators=tuple(
            Link(f"{code} {inputs.catalogue[code].title}", addresses.relative(path, addresses.indicator(code)))
            for code in one.cells.indicators()
            if code in inputs.catalogue
        ),
    )  # fmt: skip


def changed(frames: Frames, inputs: Inputs) -> ChangesPage:
    """Every change to a printed figure, the latest release first."""
    path = addresses.CHANGES
    groups = tuple(_group(inputs, one, path) for one in reversed(inputs.releases[1:]))
    return ChangesPage(
        frames.frame(
            path, "Changes", "Every change to a printed figure.", "data", (DATA, RELEASES), _invented(inputs.latest)
        ),
        "What changed",
        "Figures that a later release printed otherwise. Old and new stand together only where both were printed.",
        groups,
    )


def _invented(one: Release | None) -> tuple[Notice, ...]:
    return (ILLUSTRATIVE,) if one is not None and one.classification is Classification.SYNTHETIC else ()


def _older(inputs: Inputs, one: Release, path: str) -> tuple[Notice, ...]:
    latest = inputs.latest
    if latest is None or latest.id == one.id:
        return ()
    link = Link(f"Release {latest.id}", addresses.relative(path, addresses.release(str(latest.id))))
    fixed = next(
        (r for r in inputs.releases if r.id.period == one.id.period and r.id.correction > one.id.correction), None
    )
    if fixed is not None:
        told = Link(f"Release {fixed.id}", addresses.relative(path, addresses.release(str(fixed.id))))
        text = f"This is release {one.id}. It was corrected on {day_in_words(fixed.published_on)}."
        return (Notice("Corrected", text, told),)
    return (Notice("Older release", f"This is release {one.id}. There is a newer one.", link),)


def _before(inputs: Inputs, one: Release) -> Release | None:
    return next((old for old, new in pairwise(inputs.releases) if new.id == one.id), None)


def _new_in(inputs: Inputs, one: Release) -> str:
    old = _before(inputs, one)
    if old is None:
        return "The first release."
    made = changes(old, one)
    added = sorted({change.key.period for change in made if change.kind == "added"})
    revised = sum(change.kind == "revised" for change in made)
    parts = [f"New: {len(added)} periods." if added else ""]
    parts.append(f"Revised: {revised} counts." if revised else "")
    return " ".join(part for part in parts if part) or "Nothing changed."


def _facts(one: Release) -> tuple[Fact, ...]:
    period = str(one.id.period)
    boroughs = {s.area for s in one.coverage if s.period == period and s.state == "reported"}
    return (
        Fact("Boroughs that sent a return for the last quarter", _number(len(boroughs)), "of 33", london=False),
        Fact("Indicators", _number(len(one.cells.indicators())), "", london=False),
        Fact("Counts, shown or hidden", _number(len(one.cells)), "", london=False),
    )


def _number(number: int) -> Value:
    return Value("zero" if number == 0 else "reported", f"{number:,}")


def _group(inputs: Inputs, one: Release, path: str) -> ChangeGroup:
    old, name = _before(inputs, one), str(one.id)
    slug = f"r{name.lower().replace('.', '-')}"
    if old is None:
        return ChangeGroup(slug, "Changes", "This is the first release.", (), _NOTHING)
    made = changes(old, one)
    added = Counter(change.key.period for change in made if change.kind == "added")
    words = f"Added: {', '.join(sorted(added))}." if added else ""
    rows = tuple(_row(inputs, change, path) for change in made if change.kind in _NAMED)
    return ChangeGroup(slug, f"Changes in {name}", words, rows, _NOTHING)


def _row(inputs: Inputs, change: Change, path: str) -> ChangeRow:
    key = change.key
    title = inputs.catalogue[key.indicator].title if key.indicator in inputs.catalogue else key.indicator
    return ChangeRow(
        inputs.areas.by_code[key.area].name,
        Link(f"{title}, {key.measure}", addresses.relative(path, addresses.indicator(key.indicator))),
        key.period,
        value(_figure(change.old_value, change.old_withheld)),
        value(_figure(change.new_value, change.new_withheld)),
        change.reason,
    )


def _figure(printed: str, withheld: str) -> Figure:
    """A side of a change; one that may not stand beside the other reads as not available."""
    return of_cell(printed, withheld or ("" if printed else "x"), "", Wording(missing="Not repeated here"))


def _coverage(one: Release) -> DataTable:
    """Indicators by period: how many of the 33 places sent a figure."""
    came = Counter((s.indicator, s.period) for s in one.coverage if s.state == "reported")
    periods = sorted({s.period for s in one.coverage})
    wanted = sorted({(s.indicator, s.period) for s in one.coverage})
    codes = sorted({indicator for indicator, _ in wanted})
    kept = [period for period in periods if any((code, period) in set(wanted) for code in codes)][-9:]
    rows = tuple(
        (code, *(str(came[code, period]) if (code, period) in set(wanted) else "–" for period in kept))
        for code in codes
    )
    return DataTable("Places of 33 whose figure came", ("Indicator", *kept), rows)
