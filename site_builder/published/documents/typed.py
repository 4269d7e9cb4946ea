"""The lint of reports: a figure is put in by the build and never typed."""

from __future__ import annotations

import re

from site_builder.published.documents.rules import typed_figure
from site_builder.vocabulary.findings import Finding

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_NOUNS = r"%|per cent\b|children\b|episodes\b|incidents\b|times\b"
_TYPED = re.compile(rf"\d[\d,.]*\s*(?:{_NOUNS})|\b(?:children|episodes|incidents|times)\s+\d[\d,.]*", re.IGNORECASE)


def typed(text: str, file: str) -> tuple[Finding, ...]:
    """The figures that somebody typed into a text (A103), in order of its lines. Placeholders are none."""
    return tuple(
        typed_figure(file, number, " ".join(match.group().split()))
        for number, line in enumerate(_PLACEHOLDER.sub("…", text).splitlines(), 1)
        for match in _TYPED.finditer(line)
    )
