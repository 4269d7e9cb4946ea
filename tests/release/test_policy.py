"""The policy: complete, and overridden towards more protection only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from site_builder.release.policy import FILE, EffectivePolicy, load_policy, parse_policy
from site_builder.vocabulary.indicators import DisclosureOverrides
from site_builder.vocabulary.refusals import ConfigurationError

ROOT = Path(__file__).parents[2]
POLICY = load_policy(ROOT)


def changed(**more: Any) -> bytes:
    return json.dumps({**json.loads(POLICY.to_bytes()), **more}).encode()


def test_the_policy_is_carried_unchanged() -> None:
    assert parse_policy(POLICY.to_bytes()) == POLICY


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": 4},
        {"threshold": 6},
        {"zeros": "maybe"},
        {"symbol": "*"},
        {"hide_complement": False},
        {"hide_small_denominator": False},
        {"min_hidden_per_line": 1},
        {"min_hidden_per_line": 4},
        {"sensitive_min_hidden_per_line": 1},
        {"unknown": True},
    ],
    ids=str,
)
def test_a_milder_or_unknown_policy_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        parse_policy(changed(**change))


def test_a_missing_key_is_refused() -> None:
    table = json.loads(POLICY.to_bytes())
    del table["zeros"]
    with pytest.raises(ConfigurationError):
        parse_policy(json.dumps(table).encode())


@pytest.mark.parametrize("text", [None, "threshold =", 'version = "1"\n'])
def test_a_policy_file_that_cannot_be_read_is_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / FILE).parent.mkdir(parents=True)
        (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        load_policy(tmp_path)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (DisclosureOverrides(), EffectivePolicy(5, "show", 2)),
        (DisclosureOverrides(sensitive=True), EffectivePolicy(5, "hide", 3)),
        (DisclosureOverrides(threshold=7), EffectivePolicy(7, "show", 2)),
        (DisclosureOverrides(zeros="hide", min_hidden_per_line=4), EffectivePolicy(5, "hide", 4)),
    ],
)
def test_stricter_overrides(asked: DisclosureOverrides, expected: EffectivePolicy) -> None:
    assert POLICY.effective(asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        DisclosureOverrides(threshold=4),
        DisclosureOverrides(threshold=0),
        DisclosureOverrides(threshold=6),
        DisclosureOverrides(min_hidden_per_line=1),
        DisclosureOverrides(min_hidden_per_line=0),
        DisclosureOverrides(sensitive=True, zeros="show"),
        DisclosureOverrides(sensitive=True, min_hidden_per_line=2),
        DisclosureOverrides(zeros="sometimes"),
    ],
    ids=str,
)
def test_milder_or_impossible_overrides_are_refused(asked: DisclosureOverrides) -> None:
    with pytest.raises(ConfigurationError):
        POLICY.effective(asked)


def test_small_values() -> None:
    assert list(EffectivePolicy(5, "show", 2).small) == [1, 2, 3, 4, 5]
    assert list(EffectivePolicy(5, "hide", 2).small) == [0, 1, 2, 3, 4, 5]
