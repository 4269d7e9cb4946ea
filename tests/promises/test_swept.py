"""Promise: the whole built site shows what its releases show and nothing else, opened as a stranger would."""

from __future__ import annotations

from pathlib import Path

from tests.building import site_builder


def test_the_built_site_is_clean(built_site: Path) -> None:
    done = site_builder("audit", "--site", str(built_site))  # in a process of its own: with the fonts of the build
    assert done.returncode == 0, done.stdout
    assert "Every file was opened" in done.stdout
