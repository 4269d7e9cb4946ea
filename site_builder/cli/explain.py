"""Every rule of every zone, gathered for ``explain``, and put into words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from site_builder.confidential import insiders, observations, twins, withdrawing, withdrawn
from site_builder.confidential.rules import all_rules
from site_builder.imports.rules import RULES as IMPORT_RULES
from site_builder.published import addresses, drafts, redirects, write
from site_builder.published.documents import rules as reports
from site_builder.release import certificate, identities, package
from site_builder.release.sweep import sweep
from site_builder.vocabulary import frontmatter
from site_builder.vocabulary.explained import parts_of
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.rules import Rule, rule

_SEVERITY = {
    Severity.ERROR: "error: must be put right",
    Severity.QUERY: "query: put right or explained",
    Severity.INFO: "remark: nothing to do",
}


@cache
def every_rule() -> Mapping[str, Rule]:
    """All rules by code, in order of code. Raises ValueError when two zones use one code."""
    gathered = (
        *all_rules(),
        *IMPORT_RULES,
        *frontmatter.RULES,
        *package.RULES,
        *certificate.RULES,
        *identities.RULES,
        *insiders.RULES,
        *observations.RULES,
        *sweep.RULES,
        *twins.RULES,
        *withdrawn.RULES,
        *withdrawing.RULES,
        *write.RULES,
        *drafts.RULES,
        *reports.RULES,
        *redirects.RULES,
        no_such_code,
    )
    rules = {rule.code: rule for rule in sorted(gathered, key=lambda rule: rule.code)}
    if len(rules) < len(gathered):
        raise ValueError("a code of a rule is used twice")
    return rules


def find(code: str) -> Rule:
    """The rule of a code, in any case. Raises ConfigurationError that offers the nearest codes."""
    rules = every_rule()
    wanted = code.strip().upper()
    if wanted in rules:
        return rules[wanted]
    raise ConfigurationError(no_such_code([titled(near) for near in _near(wanted, rules)]))


def _near(wanted: str, rules: Mapping[str, Rule]) -> Sequence[str]:
    """The codes that may be meant: one with O for 0 or I for 1, else those that begin so, else the most alike, else
    those with the word in their title; at most eight."""
    figures = wanted[:1] + wanted[1:].translate(str.maketrans("OIL", "011"))
    if figures in rules:
        return [figures]
    begun = [code for code in rules if len(figures) > 1 and code.startswith(figures)]
    alike = difflib.get_close_matches(figures, rules, n=3, cutoff=0.6)
    titled_so = [code for code, rule in rules.items() if len(wanted) > 2 and wanted.lower() in rule.title.lower()]
    return (begun or alike or titled_so)[:8]


@rule("A401", Severity.ERROR, "no rule has this code")
def no_such_code(near: Sequence[str]) -> Finding:
    """What it checks: the code that you ask about is that of a rule.

    Why it matters: a code in a message and its explanation must be the same thing.

    Example: the letter V alone, or a code with a figure missing.

    How to fix: copy the code from the message, or list all rules with the option for all.
    """
    *others, last = [f'"{one}"' for one in near] or [""]
    named = f"{', '.join(others)} or {last}" if others else last
    offer = f"Did you mean {named}?" if near else "See them all with: site-builder explain --all"
    return Finding("A401", Severity.ERROR, Location("explain"), "No rule has this code.", offer)


def titled(code: str) -> str:
    """A code with the title of its rule; the code alone where no rule has it."""
    known = every_rule().get(code)
    return f"{code} {capital(known.title)}" if known else code


def capital(words: str) -> str:
    """Words with a capital at their start."""
    return words[:1].upper() + words[1:]


def page(code: str, site: str) -> str:
    """The address of a rule's page on a site."""
    return f"{site}/{addresses.rule(code)}"


def in_words(rule: Rule) -> str:
    """A rule for people: its title, how serious it is, and the four parts."""
    parts = "\n\n".join(f"{heading}\n  {_indented(text)}" for heading, text in parts_of(rule).items())
    return f"{rule.code}  {rule.title}\n{_SEVERITY[rule.severity]}\n\n{parts}\n"


def for_machines() -> dict[str, Any]:
    """All rules as the site reads them."""
    return {
        "schema": "rules/1",
        "rules": [
            {
                "code": rule.code,
                "severity": rule.severity.value,
                "stage": rule.stage.value,
                "title": rule.title,
                "parts": {heading: " ".join(text.split()) for heading, text in parts_of(rule).items()},
            }
            for rule in every_rule().values()
        ],
    }


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")
