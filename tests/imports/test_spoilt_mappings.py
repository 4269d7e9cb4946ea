"""A mapping that is spoilt is refused or used, and never ends in a traceback."""

from __future__ import annotations

import dataclasses
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.imports.cells import read_sheet
from site_builder.imports.mapping_files import parse_mapping
from site_builder.imports.mappings import PROVENANCE
from site_builder.imports.registry import FORMS
from site_builder.vocabulary.refusals import ConfigurationError
from tests.imports import test_fingertips, test_open_sdg, world
from tests.imports.spoil import Subject, subjects
from tests.imports.test_findings import CORRECTION, EXCLUDED, EXPLAINED

TEXTS = {
    "ees": world.MAPPING.format(plans="0", missing="0") + CORRECTION + EXPLAINED + EXCLUDED,
    "fingertips": test_fingertips.MAPPING.format(sha256="0", ignored="[]"),
    "open-sdg": test_open_sdg.MAPPING.format(data="0", meta="0", meta_path="m.yml"),
}
LETTERS = '0123456789"[]{}=-.abcxyz\n'


def _spoil(text: str, data: st.DataObject) -> str:
    at = data.draw(st.integers(0, len(text) - 1))
    match data.draw(st.sampled_from(["letter", "gap", "line lost", "line twice"])):
        case "letter":
            return text[:at] + data.draw(st.sampled_from(LETTERS)) + text[at + 1 :]
        case "gap":
            return text[:at] + text[at + data.draw(st.integers(1, 5)) :]
        case "line lost":
            return text[: text.rfind("\n", 0, at) + 1] + text[text.find("\n", at) + 1 :]
        case _:
            line = text[text.rfind("\n", 0, at) + 1 : text.find("\n", at) + 1]
            other = text.find("\n", data.draw(st.integers(0, len(text) - 1))) + 1
            return text[:other] + line + text[other:]


def _use(subject: Subject, text: str) -> None:
    release = parse_mapping(text, "mapping.toml")
    if set(PROVENANCE) <= set(release.provenance):  # else the files are not looked at (I701)
        read = {table.name: read_sheet(subject.tables.get(table.name, b"a,b\n")) for table in release.tables}
        about = {table.name: test_open_sdg.META.encode() for table in release.tables}
        sheets = {name: sheet for name, sheet in read.items() if sheet is not None}
        context = dataclasses.replace(subject.context, described=about)
        FORMS[release.form].make(release, sheets, context, "mapping.toml")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_spoilt_mapping_is_refused_or_used(form: str, data: st.DataObject) -> None:
    text = TEXTS[form]
    for _ in range(data.draw(st.integers(1, 3))):
        text = _spoil(text, data)
    with suppress(ConfigurationError):
        _use(subjects()[form], text)
