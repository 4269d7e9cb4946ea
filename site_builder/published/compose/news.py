"""What is new, for feeds: releases, revised figures, publishers' releases and decisions, in words.

Invented releases and drafts are in none of them. A figure is quoted with its old and its new number only where both were
printed; one that came to be hidden, or ceased to be, is named without a number. Once the latest release hides a figure,
older entries lose its numbers too: that is why the archives of a feed can change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

from site_builder.published import addresses, phrases
from site_builder.published.changes import Change
from site_builder.published.compose import withdrawn
from site_builder.published.feeds import Entry, Feed
from site_builder.published.figures import printed
from site_builder.published.inputs import Inputs
from site_builder.published.listed import day_of, listed
from site_builder.published.revisions import Told
from site_builder.release.cells import CellKey
from site_builder.release.releases import Release
from site_builder.release.withdrawals import Withdrawal
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification

_BEGAN = date(2026, 1, 1)  # a feed counts as changed then until it has an entry
_INVENTED = "The figures of returns on this site are invented so far, and what is invented stands in no feed."
_UNDATED = "The day on which a publisher’s release came out is not known to us, so it has no entry."


class News:
    """The feeds of a site, whose changes are worked out once."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def feeds(self) -> tuple[Feed, ...]:
        """Every feed: of all releases, of what they revised, of decisions, one an area and one an indicator."""
        return (
            self._feed(addresses.RELEASES_FEED, addresses.RELEASES, "Releases", "", self._releases("releases")),
            self._feed(addresses.REVISIONS_FEED, addresses.CHANGES, "Revised figures", "", self._revisions()),
            Feed(
                addresses.DECISIONS_FEED, addresses.DECISIONS, "Decisions",
                "What was decided on indicators and on this site.", self._decided(), _BEGAN,
            ),
            *(self._of_area(area) for area in self.inputs.areas.boroughs),
            *(self._of_indicator(one) for one in self.inputs.catalogue.values()),
        )  # fmt: skip

    @cached_property
    def _told(self) -> Mapping[str, Told | None]:
        """What each release that is not invented changed; None for the first, which changed nothing."""
        found: dict[str, Told | None] = {}
        for one in listed(self.inputs):
            old = self.inputs.revisions.before(one)
            follows = old is not None and not _invented(old)
            found[str(one.id)] = self.inputs.revisions.told(one) if follows else None
        return found

    def _feed(self, path: str, page: str, title: str, about: str, entries: Iterable[Entry]) -> Feed:
        """A feed on figures; one without entries says why."""
        known = tuple(entries)
        why = () if known else self._silence()
        words = " ".join((about or f"{title} of this site.", *why))
        return Feed(path, page, title, words, known, _BEGAN)

    def _silence(self) -> tuple[str, ...]:
        invented = any(map(_invented, self.inputs.releases))
        undated = any(day_of(package) is None for package in self.inputs.nationals)
        return (*((_INVENTED,) if invented else ()), *((_UNDATED,) if undated else ()))

    def _of_area(self, area: Area) -> Feed:
        page = addresses.borough(area.slug)
        entries = self._releases("areas", f"/{area.slug}", page, lambda key: key.area == area.code)
        about = f"New and revised figures of {area.name}."
        return self._feed(addresses.area_feed(area.slug), page, area.name, about, entries)

    def _of_indicator(self, one: Indicator) -> Feed:
        page, code = addresses.indicator(one.code), one.code.lower()
        released = self._releases("indicators", f"/{code}", page, lambda key: key.indicator == one.code, one.code)
        about = f"New and revised figures of the indicator {one.code}, and decisions on it."
        title = f"{one.title} ({one.code})"
        return self._feed(addresses.indicator_feed(one.code), page, title, about, (*released, *_decisions(one)))

    def _releases(
        self,
        feed: str,
        end: str = "",
        page: str = "",
        keep: Callable[[CellKey], bool] | None = None,
        code: str = "",
    ) -> tuple[Entry, ...]:
        """An entry for each release and each publisher's release with a day. ``keep``: the figures whose changes are
        told, None for none; ``code``: an indicator that a release must hold."""
        entries = []
        for one in self.inputs.releases:
            name = str(one.id)
            if name in self._told and (not code or code in one.cells.indicators()):
                found = self._told[name]
                paragraphs = (_opening(one, found), *(self._lines(found, keep) if found and keep else ()))
                title = f"{'Correction' if self.inputs.revisions.corrects(one) else 'Release'} {name}"
                path = page or addresses.release(name)
                entries.append(Entry(f"{feed}/{name}{end}", one.published_on, title, path, paragraphs))
        if not page:
            entries += [_withdrawn(feed, gone) for gone in self.inputs.withdrawals if not _invented(gone)]
        for package in self.inputs.nationals:
            day = day_of(package)
            if day is not None and (not code or code in package.cells.indicators()):
                name = f"{feed}/{package.source}-{package.release}{end}"
                said = (f"{package.title}, published by {package.publisher} on {day_in_words(day)}, is shown here.",)
                entries.append(Entry(name, day, package.title, page or addresses.DATA, said))
        return tuple(entries)

    def _revisions(self) -> tuple[Entry, ...]:
        """An entry for each release that changed what stood before."""
        entries = []
        for one in self.inputs.releases:
            found = self._told.get(str(one.id))
            lines = self._lines(found, _every) if found else ()
            if lines:
                name, title = f"revisions/{one.id}", f"Figures revised in release {one.id}"
                entries.append(Entry(name, one.published_on, title, addresses.release(str(one.id)), lines))
        return tuple(entries)

    def _lines(self, found: Told, keep: Callable[[CellKey], bool]) -> tuple[str, ...]:
        revised = [self._revised(change) for change in found.revised if keep(change.key)]
        named = [
            f"{heading}: {words}."
            for heading, keys in found.named.items()
            for words in dict.fromkeys(self._named(key) for key in keys if keep(key))
        ]
        return (*revised, *named)

    def _revised(self, change: Change) -> str:
        """A figure that both releases print, with both numbers and the reason that was given."""
        old, new = printed(change.old_value), printed(change.new_value)
        words = f"{self._named(change.key)}, {change.key.measure}: {old.text} became {new.text}."
        return f"{words} {change.reason}".strip()

    def _named(self, key: CellKey) -> str:
        known = self.inputs.catalogue.get(key.indicator)
        what = f"{known.title} ({key.indicator})" if known else key.indicator
        return f"{self.inputs.areas.by_code[key.area].name}, {what}, {key.period}"

    def _decided(self) -> tuple[Entry, ...]:
        made = [
            Entry(
                f"decisions/{record.stem}",
                record.date,
                record.title,
                addresses.decision(record.stem),
                (f"Decision {record.number:04d}, {record.status}.",),
            )
            for record in self.inputs.content.decisions
        ]
        return (*made, *(entry for one in self.inputs.catalogue.values() for entry in _decisions(one, "decisions")))


def _decisions(one: Indicator, feed: str = "indicators") -> Iterable[Entry]:
    """The dated decisions on an indicator. Two of one day are told apart by their order in the catalogue."""
    page = addresses.indicator(one.code)
    for place, made in enumerate(one.decisions, 1):
        name = f"{feed}/{one.code.lower()}/decision-{place}"
        words = (made.decided, made.reason, f"Decided by: {made.body}.")
        yield Entry(name, made.date, f"{one.title} ({one.code}): a decision", page, words)


def _opening(one: Release, found: Told | None) -> str:
    """What a release is, and its new periods."""
    periods = f" New periods: {phrases.listed(found.periods)}." if found and found.periods else ""
    return f"Published on {day_in_words(one.published_on)}, with every period to {one.id.period.label}.{periods}"


def _every(_: CellKey) -> bool:
    return True


def _withdrawn(feed: str, gone: Withdrawal) -> Entry:
    words = (withdrawn.told(gone), "Its files are gone.")
    title = f"Release {gone.id} withdrawn"
    return Entry(f"{feed}/{gone.id}-withdrawn", gone.withdrawn_on, title, addresses.release(str(gone.id)), words)


def _invented(one: Release | Withdrawal) -> bool:
    return one.classification is Classification.SYNTHETIC
