"""Releases: the list, one release, and every change to a printed figure."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from site_builder.published import addresses, citing
from site_builder.published.collected import SENT, senders
from site_builder.published.compose import withdrawn
from site_builder.published.compose.data import size
from site_builder.published.compose.hidden import hidden_block
from site_builder.published.compose.national_changes import vintages
from site_builder.published.compose.older import corrected_by
from site_builder.published.compose.release_changes import group, summary
from site_builder.published.compose.release_files import forms, package_files
from site_builder.published.compose.revisions import released
from site_builder.published.datasets import of_release
from site_builder.published.downloads.api import INDEX
from site_builder.published.downloads.package import series_file
from site_builder.published.feeds import FEEDS
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.listed import with_withdrawn
from site_builder.published.pages_parts import DataTable, Fact, File, Link, Notice, Row, Value
from site_builder.published.pages_site import (
    ChangesPage,
    ReleaseLine,
    ReleasePage,
    ReleasesPage,
)
from site_builder.published.revisions import in_order
from site_builder.release.package import DESCRIPTOR
from site_builder.release.releases import Release
from site_builder.release.withdrawals import Withdrawal
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period, PeriodKind, day_in_words, quarter
from site_builder.vocabulary.planes import Classification

DATA = ("Data", addresses.DATA)
RELEASES = ("Releases", addresses.RELEASES)
_DOES_NOT_APPLY = "not-applicable"
_APRIL = 4
_JOINED = "\N{NON-BREAKING HYPHEN}"


def releases(frames: Frames, inputs: Inputs) -> ReleasesPage:
    """All releases, the latest first."""
    path = addresses.RELEASES
    return ReleasesPage(
        frames.frame(
            path,
            "Releases",
            "Every release, its files and its changes.",
            "data",
            (DATA,),
            _invented(inputs.latest),
            FEEDS,
        ),
        "Releases",
        "A release is a set of figures that never changes, so quote a figure by its release. A correction is a new release, and the old one stays.",
        tuple(_line(inputs, one, path) for one in reversed(tuple(with_withdrawn(inputs.releases, inputs.withdrawals)))),
        tuple(
            Link(words, addresses.relative(path, target))
            for words, target in (
                ("Every change to a printed figure", addresses.CHANGES),
                ("When the next figures come", addresses.CALENDAR),
                ("All downloads", addresses.DATA),
            )
        ),
        (
            *_series(inputs, path),
            File(
                "The ledger: each release, sealed by the next (CSV)",
                addresses.relative(path, "releases/ledger.csv"),
                size(len(inputs.ledger)),
            ),
            *_withdrawals(inputs, path),
            File("The list of releases for programs (JSON)", addresses.relative(path, addresses.VERSIONS), ""),
        ),
        (
            *(File(f"{words}, a feed (Atom)", addresses.relative(path, target), "") for words, target in FEEDS),
            File(
                "Dates of rounds and releases, for a calendar program (ICS)",
                addresses.relative(path, addresses.CALENDAR_ICS),
                "",
            ),
        ),
    )


def _line(inputs: Inputs, one: Release | Withdrawal, path: str) -> ReleaseLine:
    if isinstance(one, Withdrawal):
        return withdrawn.line(one, path)
    return ReleaseLine(
        str(one.id),
        one is inputs.latest,
        one.id.period.label,
        addresses.relative(path, addresses.release(str(one.id))),
        day_in_words(one.published_on),
        _kind(inputs, one),
        inputs.revisions.versions[str(one.id)],
        summary(inputs, one),
    )


def _withdrawals(inputs: Inputs, path: str) -> tuple[File, ...]:
    if not inputs.withdrawals:
        return ()
    return (File("Releases that were withdrawn (CSV)", addresses.relative(path, addresses.WITHDRAWALS), ""),)


def _kind(inputs: Inputs, one: Release) -> str:
    """What a release is to the others of its period."""
    if inputs.revisions.corrects(one):
        return f"Correction of {one.id.period}"
    return "Release, corrected since" if corrected_by(inputs, one) else "Release"


def release(frames: Frames, inputs: Inputs, one: Release) -> ReleasePage:
    """One release: facts, changes, protection, coverage, files."""
    name = str(one.id)
    path = addresses.release(name)
    policy = one.policy
    files = ("observations.csv", INDEX, DESCRIPTOR)
    return ReleasePage(
        frame=frames.frame(
            path, f"Release {name}", "What this release holds and how its figures were protected.", "data",
            (DATA, RELEASES), (*_invented(one), *_older(inputs, one, path)), FEEDS,
            of_release(frames.settings, inputs, one),
            tuple(addresses.release_file(name, file) for file in files),
        ),
        heading=f"Release {name}",
        lead=f"Published {day_in_words(one.published_on)}, with every period up to {one.id.period.label}. {summary(inputs, one)}",
        facts=_facts(inputs, one),
        changes=group(inputs, one, path),
        protection=(
            Row("What is hidden", f"Counts from 1 to {policy.threshold}, and more where a small one could be worked out. For "
                "some indicators a zero is hidden too, and their pages say so."),
            Row("How it is proved", "A program tried to work out each hidden figure from everything ever published. The "
                "certificate holds whole tables that agree with all of it and show every value the legend allows."),
            Row("How to check it", _how_to_check(path)),
        ),
        hidden=hidden_block(inputs, one, path),
        coverage=_coverage(one),
        files=package_files(one),
        files_sub="These files never change. Free to reuse under the Open Government Licence v3.0.",
        indicators=tuple(
            Link(f"{code} {data.indicator.title}", addresses.indicator(code)) for code, data in inputs.of_release(one).items()
        ),
        forms=forms(one),
        places_heading=f"{HERE.areas_head} in this release",
        places=tuple(Link(area.name, addresses.borough(area.slug)) for area in inputs.as_of(one).areas.boroughs),
        cite=citing.of_release(frames.settings, one),
        cited=citing.files_of_release(one, path),
    )  # fmt: skip


def changed(frames: Frames, inputs: Inputs) -> ChangesPage:
    """Every change to a printed figure, the latest release first."""
    path = addresses.CHANGES
    groups = tuple(group(inputs, one, path) for one in reversed(inputs.releases[1:]))
    return ChangesPage(
        frames.frame(
            path,
            "Changes",
            "Every change to a printed figure.",
            "data",
            (DATA, RELEASES),
            _invented(inputs.latest),
            FEEDS,
        ),
        "What changed",
        "Each release beside the one that it follows. Old and new numbers stand together only where both were printed, and "
        "where the newest release still shows the figure.",
        groups,
        _more(inputs, path),
    )


def _more(inputs: Inputs, path: str) -> tuple[Link, ...]:
    """Pages on single indicators, and on publishers once they revised something."""
    codes = ((f"{code} {inputs.catalogue[code].title}", addresses.revisions(code)) for code in released(inputs))
    theirs = (("What publishers revised", addresses.NATIONAL_CHANGES),) if vintages(inputs.nationals) else ()
    return tuple(Link(words, addresses.relative(path, target)) for words, target in (*theirs, *codes))


def _invented(one: Release | None) -> tuple[Notice, ...]:
    return (ILLUSTRATIVE,) if one is not None and one.classification is Classification.SYNTHETIC else ()


def _older(inputs: Inputs, one: Release, path: str) -> tuple[Notice, ...]:
    latest = inputs.latest
    if latest is None or latest.id == one.id:
        return ()
    link = Link(f"Release {latest.id}", addresses.relative(path, addresses.release(str(latest.id))))
    fixed = corrected_by(inputs, one)
    if fixed is not None:
        told = Link(f"Release {fixed.id}", addresses.relative(path, addresses.release(str(fixed.id))))
        text = f"This is release {one.id}. It was corrected on {day_in_words(fixed.published_on)}."
        return (Notice("Corrected", text, told),)
    return (Notice("Older release", f"This is release {one.id}. There is a newer one.", link),)


def _series(inputs: Inputs, path: str) -> tuple[File, ...]:
    if inputs.latest is None:
        return ()
    target = series_file(inputs.latest.classification.value)
    return (File("Every release and the ledger, to prove them again (ZIP)", addresses.relative(path, target), ""),)


def _how_to_check(path: str) -> Markup:
    way = addresses.relative(path, f"{addresses.HIDDEN_FIGURES}#check-it-yourself")
    return Markup(
        "Check the files with SHA256SUMS, and run “site-builder audit” on the folder of releases: "
        '<a href="{}">the commands</a>.'
    ).format(way)


def _facts(inputs: Inputs, one: Release) -> tuple[Fact, ...]:
    boroughs = senders(one, str(one.id.period))
    return (
        Fact(
            f"{HERE.areas_head} that sent a return",
            _number(len(boroughs)),
            f"of {len(inputs.areas.boroughs)}",
            london=False,
        ),
        Fact("Indicators", _number(len(one.cells.indicators())), "", london=False),
        Fact("Counts, printed or not", _number(len(one.cells)), "", london=False),
        Fact("Version", Value("reported", inputs.revisions.versions[str(one.id)]), "", london=False),
    )


def _number(number: int) -> Value:
    return Value("zero" if number == 0 else "reported", f"{number:,}")


def _coverage(one: Release) -> DataTable:
    """Indicators by quarter and year: of the places that a figure applies to, how many sent it. A snapshot stands under
    the quarter that it ends."""
    came: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    for state in one.coverage:
        if state.state != _DOES_NOT_APPLY:
            at = (state.indicator, _column(state.period))
            asked[at] += 1
            came[at] += state.state in SENT
    periods = in_order({period for _, period in asked})
    rows = tuple(
        (code, *(f"{came[code, p]} of {asked[code, p]}" if asked[code, p] else "–" for p in periods))
        for code in sorted({code for code, _ in asked})
    )
    return DataTable(
        f"{HERE.areas_head} whose figure came, of those it applies to",
        ("Indicator", *(period.replace("-", _JOINED, 1).replace("-", " ") for period in periods)),
        rows,
    )


def _column(period: str) -> str:
    read = Period.parse(period)
    if read.kind is not PeriodKind.SNAPSHOT:
        return period
    day = read.end
    return str(quarter(day.year - (day.month < _APRIL), (day.month - _APRIL) % 12 // 3 + 1))
