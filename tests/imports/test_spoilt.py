"""Spoilt files of every form: never a crash, never a number changed unseen."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.imports.definitions import Undescribed, described
from site_builder.imports.registry import FORMS
from site_builder.imports.surveys import Known, look
from tests.imports.spoil import HARMLESS, KINDS, bytes_of, clean, outcome, subjects, table_of
from tests.imports.test_open_sdg import META
from tests.imports.test_pairs import LONG, LONG_META

GOOD = ("refused", "same", "follows the file")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["ees", "fingertips", "open-sdg"])
def test_a_spoilt_file_is_refused_or_followed(form: str, kind: str) -> None:
    found = [outcome(subjects()[form], kind, seed) for seed in range(12)]
    assert set(found) <= set(GOOD)
    assert set(found) == {"same"} or kind not in HARMLESS


@pytest.mark.parametrize("form", ["ees", "fingertips", "open-sdg"])
@pytest.mark.parametrize("kind", ["column renamed", "column twice", "row twice"])
def test_what_can_be_seen_is_never_taken(form: str, kind: str) -> None:
    """A name that is another, or the same thing twice, is refused; what is left alone may be there twice."""
    found = {outcome(subjects()[form], kind, seed) for seed in range(20)}
    assert "follows the file" not in found
    assert "refused" in found


def test_the_oracle_sees_a_number_that_was_changed() -> None:
    """An importer that took the wrong column, or added one, would be found out."""
    for form, subject in subjects().items():
        made = [dict(one) for one in clean(form)]
        data = subject.tables[subject.spoilt]
        assert subject.differs(data, made) == ""
        known = {(source.series, source.measure) for source in subject.sources}
        at = next(i for i, one in enumerate(made) if (one["indicator"], one["measure"]) in known and one["value"])
        made[at]["value"] += "1"
        assert subject.differs(data, made) != ""


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(subjects())), st.binary(max_size=200))
def test_any_bytes_are_refused(form: str, data: bytes) -> None:
    assert subjects()[form].run(data) is None


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_look_at_anything_never_raises(data: st.DataObject) -> None:
    rng = random.Random(data.draw(st.integers(0, 10**9)))
    kind = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    pair = {"a.csv": kind(LONG.encode(), rng), "a.meta.csv": kind(LONG_META.encode(), rng)}
    others = {f"{form}.csv": kind(one.tables[one.spoilt], rng) for form, one in subjects().items()}
    looks = look(pair | others | {"b.csv": rng.randbytes(30)}, Known(subjects()["ees"].context.places, ()))
    assert len(looks) == 6
    assert all(one.form in ("", "metadata", *FORMS) for one in looks)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_spoilt_description_reads_or_is_refused(data: st.DataObject) -> None:
    raw = bytearray(META.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        fields = described("m.yml", bytes(raw))
    except Undescribed:
        return
    assert all(isinstance(text, str) for text in fields.values())


def test_a_table_written_again_is_the_same_table() -> None:
    """The spoiling itself changes nothing more than it says."""
    for subject in subjects().values():
        whole = subject.tables[subject.spoilt]
        assert table_of(bytes_of(table_of(whole))) == table_of(whole)
