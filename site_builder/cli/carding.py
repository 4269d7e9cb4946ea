"""``card``: a borough's card as Markdown, for the summary of a pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from site_builder.cli.reports.markdown import inert
from site_builder.published.card import Card, CardRow, card
from site_builder.published.inputs import Inputs, load_inputs
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Visibility

_COLUMNS = ("Indicator", "Period", "Figure", "95% range", HERE.name, "Last release", "Status", "Caveats")


def card_in_words(root: Path, submitter: str, draft: Path, before: str | None, visibility: Visibility) -> str:
    """The card of a borough. ``before``: the release to compare with; the one before the draft when None.

    Raises ConfigurationError for an unknown borough or release, and what ``with_draft`` raises.
    """
    inputs = load_inputs(root, draft, visibility)
    area = inputs.areas.by_slug.get(submitter)
    if area is None or area not in inputs.areas.boroughs:
        raise mistake("card", "No authority has this name.", "Write it as in addresses, such as barnet.")
    return "\n".join(_lines(card(area, inputs, _up_to(inputs, before)))) + "\n"


def _up_to(inputs: Inputs, name: str | None) -> Inputs | None:
    """The inputs as they were when an earlier release was the newest one; None before the first one."""
    earlier = [str(one.id) for one in inputs.releases[:-1]]
    if name is not None and name not in earlier:
        raise mistake("card", "There is no such release before the draft.", "Name a release of the ledger.")
    if not earlier:
        return None
    place = earlier.index(name) if name is not None else len(earlier) - 1
    return replace(inputs, releases=inputs.releases[: place + 1], draft=False)


def _lines(made: Card) -> Iterator[str]:
    beside = f" Beside it stands release {made.before}." if made.before else ""
    yield f"## {inert(made.name)}: draft of release {made.draft}"
    yield ""
    yield f"DRAFT, not published. All of it is read from the draft, as the public would see it.{beside}"
    if made.illustrative:
        yield "**Illustrative data**: the figures from returns are invented."
    yield ""
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"|{'---|' * len(_COLUMNS)}"
    yield from (_row(row) for row in made.rows)
    yield ""
    if made.before:
        yield f"### What changes in figures of release {made.before}"
        yield ""
        yield from (f"- {inert(line)}" for line in made.changed or ("Nothing.",))
        yield ""
    yield "### What will be hidden"
    yield ""
    if not made.hidden:
        yield "No figure of this authority is hidden."
    yield from (f"{inert('[c]')}: {inert(words)}\n" for words in made.meaning)
    titles = {row.code: row.title for row in made.rows}
    for code, periods in made.hidden.items():
        yield f"- {code} {inert(titles.get(code, ''))}: {inert('; '.join(periods))}"


def _row(row: CardRow) -> str:
    cells = (
        f"{row.code} {row.title}", row.period, row.now, row.interval, row.london, row.before, row.status,
        " ".join(row.caveats),
    )  # fmt: skip
    return f"| {' | '.join(inert(cell) for cell in cells)} |"
