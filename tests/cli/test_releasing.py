"""Which release comes next."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.cli.releasing import following
from site_builder.release.ledger import Ledger
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.releaseid import ReleaseId


def standing(*ids: str) -> Ledger:
    ledger = Ledger()
    for name in ids:
        ledger = ledger.append(ReleaseId.parse(name), "0" * 64, date(2025, 1, 1))
    return ledger


@pytest.mark.parametrize(
    ("ids", "periods", "expected"),
    [
        ((), ("2023-24-Q1", "2023-24-Q2"), "2023-24-Q2"),
        (("2023-24-Q1",), ("2023-24-Q2",), "2023-24-Q2"),
        (("2023-24-Q1", "2023-24-Q2"), (), "2023-24-Q2.1"),
        (("2023-24-Q1", "2023-24-Q2", "2023-24-Q2.1"), (), "2023-24-Q2.2"),
        (("2023-24-Q2", "2023-24-Q1.1"), (), "2023-24-Q2.1"),
    ],
)
def test_the_next_release_is_of_the_last_quarter_that_is_due_or_a_correction(
    ids: tuple[str, ...], periods: tuple[str, ...], expected: str
) -> None:
    assert str(following(standing(*ids), [Period.parse(one) for one in periods])) == expected


def test_without_returns_and_releases_there_is_none() -> None:
    with pytest.raises(ConfigurationError):
        following(Ledger(), [])
