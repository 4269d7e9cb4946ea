"""Prose: articles, decisions, rules and the glossary."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import accessibility, addresses, method_words
from site_builder.published.compose import prose, registers, rules, submitting
from site_builder.published.making import Making, Pages
from site_builder.published.pages import Page
from site_builder.published.protection import placeholders


def pages(making: Making) -> Pages:
    """Every page of prose."""
    frames, inputs = making.frames, making.inputs
    content = inputs.content
    words = {
        **placeholders(making.policy, inputs.catalogue, inputs.latest),
        **accessibility.placeholders(content.tested, making.design),
        **submitting.placeholders(inputs.collection, inputs.catalogue, inputs.dictionary, content.rules),
        **method_words.placeholders(inputs.catalogue.values(), len(inputs.areas.boroughs)),
        **registers.placeholders(inputs),
    }
    made: dict[str, Callable[[], Page]] = {
        article.path: partial(prose.article, frames, article, words, content.drawings) for article in content.articles
    }
    made |= {addresses.decision(d.stem): partial(prose.record, frames, d) for d in content.decisions}
    made |= {addresses.rule(r.code): partial(rules.rule, frames, r, content.rules) for r in content.rules}
    return {
        **made,
        addresses.DECISIONS: partial(prose.decisions, frames, content, inputs.catalogue),
        addresses.RULES: partial(rules.rules, frames, content.rules),
        addresses.GLOSSARY: partial(prose.glossary, frames, content),
    }
