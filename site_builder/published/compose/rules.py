"""The rules of the check: the list by stage, and a page for each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from site_builder.published import addresses
from site_builder.published.compose.prose import ABOUT, SUBMIT
from site_builder.published.content import RuleText
from site_builder.published.frames import Frames
from site_builder.published.pages_parts import Link
from site_builder.published.pages_prose import RuleGroup, RuleLine, RulePage, RulesPage
from site_builder.published.phrases import capital
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.rules import PARTS, Stage

RULES = ("Rules", addresses.RULES)
PROGRAM = "With the program: "  # begins the part of a remedy that needs the software
_SEVERITY = {
    "error": "Error: it must be put right before a return is taken.",
    "query": "Query: put it right, or explain it in explanations.csv.",
    "info": "Remark: there is nothing you must do.",
}
_SHORT = {"error": "Error: put it right", "query": "Query: mend or explain", "info": "Remark: nothing to do"}
_OURS = "For those who look after this site. The check of a return never says this."
_STAGES = {
    Stage.S: "Which files were sent, by whom, and when.",
    Stage.F: "Whether each file can be opened and read.",
    Stage.H: "Whether the first line is as it should be.",
    Stage.C: "Whether each cell holds what belongs there.",
    Stage.K: "Whether the rows are the right ones, and all there.",
    Stage.V: "Whether the numbers of a row, or of two rows, agree.",
    Stage.T: "What changed since the last return.",
    Stage.X: f"What a comparison with other {HERE.areas} shows.",
    Stage.D: f"Whether {HERE.people} are protected, before and after a release is made.",
    Stage.I: _OURS,
    Stage.O: _OURS,
    Stage.A: _OURS,
}
_CODE = re.compile(r"`([^`]+)`")


def rules(frames: Frames, texts: Sequence[RuleText]) -> RulesPage:
    """All rules by the stage of the check, in the order in which it takes them."""
    groups = tuple(_group(stage, some) for stage in Stage if (some := _of_stage(stage, texts)))
    return RulesPage(
        frames.frame(addresses.RULES, "Rules", "Every rule that a return is checked against.", above=(ABOUT, SUBMIT)),
        "What the check looks for",
        "A message of the check begins with a code, such as K506. Find the code here to read what it means and how to "
        "put it right. The first letter is the stage.",
        tuple(Link(f"{group.rules[0].id[0]}: {group.heading}", f"#{group.slug}") for group in groups),
        groups,
    )


def rule(frames: Frames, text: RuleText, texts: Sequence[RuleText]) -> RulePage:
    """The page of one rule. ``texts``: all rules, for the others of its stage."""
    path = addresses.rule(text.code)
    checks, matters, example, remedy = (text.parts[part] for part in PARTS)
    fix, _, program = remedy.partition(PROGRAM)
    title = capital(text.title)
    others = _of_stage(Stage(text.stage), texts)
    return RulePage(
        frames.frame(path, f"{text.code}: {title}", capital(checks), above=(ABOUT, SUBMIT, RULES)),
        text.code,
        title,
        _SEVERITY[text.severity],
        _marked(checks),
        _marked(matters),
        _marked(example),
        _marked(fix.strip()),
        _marked(program),
        f"Other rules of the stage “{text.stage}”",
        tuple(_to_rule(path, other) for other in others if other.code != text.code),
        Link("All rules", addresses.relative(path, addresses.RULES)),
    )


def _group(stage: Stage, some: Sequence[RuleText]) -> RuleGroup:
    lines = tuple(
        RuleLine(
            one.code,
            addresses.relative(addresses.RULES, addresses.rule(one.code)),
            capital(one.title),
            _marked(one.parts[PARTS[0]]),
            _SHORT[one.severity],
        )
        for one in some
    )
    return RuleGroup(re.sub(r"[^a-z]+", "-", stage.value), capital(stage.value), _STAGES[stage], lines)


def _of_stage(stage: Stage, texts: Sequence[RuleText]) -> list[RuleText]:
    return [one for one in texts if one.stage == stage.value]


def _to_rule(path: str, other: RuleText) -> Link:
    return Link(f"{other.code} {capital(other.title)}", addresses.relative(path, addresses.rule(other.code)))


def _marked(words: str) -> Markup:
    """Words of a rule: a capital at the start, and code between backticks."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(capital(words)))))  # noqa: S704 - escaped before
