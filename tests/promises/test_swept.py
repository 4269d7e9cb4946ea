"""Promise: the whole built site shows what its releases show and nothing else, opened as a stranger would."""

from __future__ import annotations

from pathlib import Path

from site_builder.cli.sweeping import sweep_in_words
from tests.building import ROOT


def test_the_built_site_is_clean(built_site: Path) -> None:
    words, findings = sweep_in_words(ROOT, built_site)
    assert findings == ()
    assert "Every file was opened" in words
