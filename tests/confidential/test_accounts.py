"""Which account sends for whom: every borough has one, and a list that cannot be right is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.confidential.submitters import FILE, load_submitters, sender
from site_builder.release.reference import load_areas
from site_builder.vocabulary.refusals import ConfigurationError
from tests.building import ROOT


def test_every_submitter_has_an_account() -> None:
    submitters = load_submitters(ROOT, load_areas(ROOT))
    assert all(one.accounts for one in submitters.values())
    assert sender(submitters, "Barnet-Data") == "barnet"
    assert sender(submitters, "somebody") is None
    assert sender(submitters, "") is None


@pytest.mark.parametrize(
    "text",
    [
        "[boroughs.barnet",
        "[barnet]\naccounts = ['a']",
        "[boroughs.barnet]\naccounts = 'a'",
        "[boroughs.barnet]\naccounts = [1]",
        "[boroughs.barnet]\naccounts = ['']",
        "[boroughs.atlantis]\naccounts = ['a']",
        "[boroughs.barnet]\naccounts = ['a', 'A']",
        "[boroughs.barnet]\naccounts = ['a']\n[suppliers.police]\nname = 'Police'\naccounts = ['A']",
    ],
)
def test_a_list_that_cannot_be_right_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ConfigurationError):
        load_submitters(tmp_path, load_areas(ROOT))
