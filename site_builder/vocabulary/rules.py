"""A rule: one function, one code, one severity, and a docstring in four parts that is user documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from site_builder.vocabulary.findings import Finding, Location, Severity

PARTS = ("What it checks", "Why it matters", "Example", "How to fix")


class Stage(Enum):
    """In order: scope, file, header, cells, keys, values, time, other places, disclosure, and others' own letters."""

    S = "scope"
    F = "file and description"
    H = "header"
    C = "cells"
    K = "keys and completeness"
    V = "values in a row"
    T = "time"
    X = "other places"
    D = "disclosure"
    I = "import"  # noqa: E741  (the letter of the codes)
    O = "open-data form"  # noqa: E741
    A = "article and configuration"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its check. Calling it calls the check."""

    code: str
    severity: Severity
    title: str
    check: Callable[..., Any]

    @property
    def stage(self) -> Stage:
        """The stage is the first letter of the code."""
        return Stage[self.code[0]]

    @property
    def parts(self) -> dict[str, str]:
        """The docstring under its four headings. Raises ValueError when one is missing."""
        return docstring_parts(inspect.getdoc(self.check) or "")

    def finding(self, where: Location, problem: str, fix: str) -> Finding:
        """A finding of this rule at a place."""
        return Finding(self.code, self.severity, where, problem, fix)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.check(*args, **kwargs)


def rule(code: str, severity: Severity, title: str) -> Callable[[Callable[..., Any]], Rule]:
    """Decorator that makes a check function a Rule."""

    def wrap(check: Callable[..., Any]) -> Rule:
        return Rule(code, severity, title, check)

    return wrap


def docstring_parts(text: str) -> dict[str, str]:
    """The text under each of PARTS, each heading on its own line with a colon. Raises ValueError when one is missing."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        heading = next((part for part in PARTS if line.startswith(part + ":")), None)
        if heading:
            current = found.setdefault(heading, [])
            current.append(line[len(heading) + 1 :].strip())
        elif current is not None:
            current.append(line.strip())
    missing = [part for part in PARTS if part not in found]
    if missing:
        raise ValueError(f"the docstring lacks: {', '.join(missing)}")
    return {part: "\n".join(lines).strip() for part, lines in found.items()}
