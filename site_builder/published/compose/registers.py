"""Registers that stand inside pages of prose: sources by agency, duties with what bears on them, meetings and decisions.

Each is a piece of HTML that stands for a placeholder. Links are those of a page in ``about/``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

from site_builder.published import addresses, phrases
from site_builder.published.content import DecisionRecord
from site_builder.published.documents.registers import Duty, SourceRow
from site_builder.published.inputs import Inputs
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words

NOTHING = "Nothing yet."
_EMPTY = Markup("<p>{}</p>").format(NOTHING)
_QUESTIONS = 3  # of a duty, at most: the page of questions has all


def placeholders(inputs: Inputs) -> Mapping[str, Markup]:
    """What placeholders of the pages on sources, duties and governance stand for."""
    return {
        "register sources": _rows((one.agency, _source(inputs, one)) for one in inputs.documents.sources),
        "register duties": _rows((one.title, _duty(inputs, one)) for one in inputs.documents.duties),
        "register meetings": _rows(_meetings(inputs.catalogue.values(), inputs.content.decisions)),
    }


def _rows(rows: Iterable[tuple[str, Markup]]) -> Markup:
    """Names and what is said of each, which stand side by side, or one below the other on a phone."""
    one = Markup("<div><dt>{}</dt><dd>{}</dd></div>\n")
    made = Markup().join(one.format(phrases.capital(name), said) for name, said in rows)
    return Markup('<dl class="rows">\n{}</dl>').format(made) if made else _EMPTY


def _lines(said: Iterable[tuple[str, str | Markup]]) -> Markup:
    return Markup("<br>").join(Markup("{}: {}").format(name, text) for name, text in said)


def _source(inputs: Inputs, one: SourceRow) -> Markup:
    held = [indicator for indicator in inputs.catalogue.values() if indicator.agency == one.agency]
    return _lines(
        (
            ("Data", one.dataset),
            (f"Fits {HERE.areas}", one.geography_fit),
            ("Comes after", f"{one.lag_days} days" if one.lag_days else "not known to us"),
            ("Licence", one.licence),
            ("Ask", one.contact_role),
            ("Indicators", _links(addresses.SOURCES, held)),
        )
    )


def _duty(inputs: Inputs, one: Duty) -> Markup:
    """At least one of each kind, or that there is nothing yet."""
    held = [inputs.catalogue[code] for code in one.indicators]
    cards = [card.title for card in inputs.cards if card.indicators & set(one.indicators)]
    asked = dict.fromkeys(q.text for q in inputs.bank.questions if set(q.indicators) & set(one.indicators))
    questions = addresses.relative(addresses.DUTIES, addresses.QUESTIONS)
    more = Markup(' <a href="{}">All questions</a>').format(questions)
    return _lines(
        (
            ("Indicators", _links(addresses.DUTIES, held) or NOTHING),
            ("Score cards", phrases.listed(cards) or NOTHING),
            ("Questions", escape(" ".join(list(asked)[:_QUESTIONS])) + more if asked else NOTHING),
        )
    )


def _links(path: str, held: Sequence[Indicator]) -> Markup:
    link = Markup('<a href="{}">{}</a>')
    return Markup(", ").join(
        link.format(addresses.relative(path, addresses.indicator(one.code)), f"{one.code} {one.title}") for one in held
    )


def _meetings(catalogue: Iterable[Indicator], records: Iterable[DecisionRecord]) -> Iterator[tuple[str, Markup]]:
    """Each day and body that decided something, the latest first, with how many decisions of which kind."""
    made: dict[tuple[date, str], Counter[str]] = {}
    for indicator in catalogue:
        for decision in indicator.decisions:
            made.setdefault((decision.date, decision.body), Counter())[decision.decided] += 1
    for record in records:
        made.setdefault((record.date, "Maintainers, on how the site is built"), Counter())[record.status] += 1
    register = addresses.relative(addresses.GOVERNANCE, addresses.DECISIONS)
    for (day, body), kinds in sorted(made.items(), key=lambda item: (-item[0][0].toordinal(), item[0][1])):
        told = phrases.listed([f"{number} {kind.replace('-', ' ')}" for kind, number in sorted(kinds.items())])
        yield (
            day_in_words(day),
            Markup('{}: {}. <a href="{}">The decisions, with their reasons</a>').format(body, told, register),
        )
