"""What boroughs sent in words beside their figures: commentary with its impact, actions of the board, what was heard."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from site_builder.release.releases import Release
from site_builder.release.tables import Row
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period

NO_COMMENTARY = "No commentary supplied"
NO_IMPACT = "No statement of impact supplied"
LEFT_OUT = "Words about a hidden figure are left out"
HEARD = (HERE.people, "families", "practitioners")


class Commentary(NamedTuple):
    """What a borough says of a figure. ``impact``: what difference was made; may be empty."""

    indicator: str
    period: Period
    text: str
    impact: str


class Action(NamedTuple):
    """An action of a board. ``indicator`` may be empty. ``state``: open, done, dropped. ``overdue``: open after its day when
    the release was published."""

    id: str
    indicator: str
    text: str
    owner: str
    raised: date
    due: date
    state: str
    outcome: str
    overdue: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == "open"


class Voice(NamedTuple):
    """What was heard. ``kind``: one of HEARD. ``changed``: may be empty."""

    theme: str
    kind: str
    how: str
    heard: str
    changed: str


def commentary_of(release: Release | None, area: str, indicator: str) -> tuple[Commentary, ...]:
    """A borough's commentary on an indicator, latest period first. A release holds none on a hidden figure."""
    rows = (row for row in _rows(release, "commentary.csv", area) if row["indicator"] == indicator)
    made = [Commentary(indicator, Period.parse(row["period"]), row["commentary"], row["impact"]) for row in rows]
    return tuple(sorted(made, key=lambda one: one.period, reverse=True))


def actions_of(release: Release | None, area: str) -> tuple[Action, ...]:
    """A borough's actions: open ones first, then by the day they are due."""
    if release is None:
        return ()
    made = [_action(row, release.published_on) for row in _rows(release, "actions.csv", area)]
    return tuple(sorted(made, key=lambda one: (not one.is_open, one.due, one.id)))


def voices_of(release: Release | None, area: str) -> tuple[Voice, ...]:
    """What a borough heard, in order of theme, then children, families, practitioners."""
    rows = _rows(release, "voice.csv", area)
    made = [
        Voice(row["theme"], row["from"], row["how_heard"], row["what_we_heard"], row["what_changed"]) for row in rows
    ]
    return tuple(sorted(made, key=lambda one: (one.theme, HEARD.index(one.kind), one.how, one.heard)))


def _action(row: Row, published_on: date) -> Action:
    due = date.fromisoformat(row["due"])
    return Action(
        row["id"], row["indicator"], row["action"], row["owner_role"], date.fromisoformat(row["raised"]), due,
        row["state"], row["outcome"], overdue=row["state"] == "open" and due < published_on,
    )  # fmt: skip


def _rows(release: Release | None, file: str, area: str) -> list[Row]:
    rows = release.texts.get(file, ()) if release else ()
    return [row for row in rows if row["area"] == area]
