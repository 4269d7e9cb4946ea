"""The plane is private only on clear evidence that agrees; all else is public or unknown, which counts as public."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from site_builder.cli.plane import visibility
from site_builder.vocabulary.planes import Classification, Visibility, may_open

PRIVATE_SITE = 'visibility = "private"\nprivate_remotes = ["git@private.example:returns.git"]\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def site(root: Path, text: str) -> None:
    (root / "content/site.toml").write_text(text)


def remote(root: Path, name: str, address: str) -> None:
    subprocess.run(["git", "-C", str(root), "remote", "add", name, address], check=True)


@pytest.mark.parametrize("text", ["", 'visibility = "public"', 'visibility = "internal"', "visibility = ["])
def test_anything_but_private_is_public(root: Path, text: str) -> None:
    site(root, text)
    assert visibility(root, environ={}) is Visibility.PUBLIC


def test_no_settings_at_all_is_public(root: Path) -> None:
    assert visibility(root, environ={}) is Visibility.PUBLIC


def test_private_with_no_remote_or_a_listed_one(root: Path) -> None:
    site(root, PRIVATE_SITE)
    assert visibility(root, environ={}) is Visibility.PRIVATE
    remote(root, "origin", "git@private.example:returns.git")
    assert visibility(root, environ={}) is Visibility.PRIVATE


def test_one_remote_that_is_not_listed_makes_it_unknown(root: Path) -> None:
    site(root, PRIVATE_SITE)
    remote(root, "origin", "git@private.example:returns.git")
    remote(root, "fork", "git@public.example:returns.git")
    assert visibility(root, environ={}) is Visibility.UNKNOWN


def test_where_git_cannot_say_it_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    site(tmp_path, PRIVATE_SITE)
    assert visibility(tmp_path, environ={}) is Visibility.UNKNOWN


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ('{"repository": {"visibility": "private"}}', Visibility.PRIVATE),
        ('{"repository": {"visibility": "public"}}', Visibility.UNKNOWN),
        ('{"repository": {"visibility": "internal"}}', Visibility.UNKNOWN),
        ("{}", Visibility.UNKNOWN),
        ("[]", Visibility.UNKNOWN),
        ("not json", Visibility.UNKNOWN),
    ],
)
def test_a_pipeline_must_say_private_too(root: Path, payload: str, expected: Visibility) -> None:
    site(root, PRIVATE_SITE)
    event = root / "event.json"
    event.write_text(payload)
    assert visibility(root, environ={"GITHUB_EVENT_PATH": str(event)}) is expected


def test_an_event_does_not_make_a_public_checkout_private(root: Path) -> None:
    event = root / "event.json"
    event.write_text(json.dumps({"repository": {"visibility": "private"}}))
    assert visibility(root, environ={"GITHUB_EVENT_PATH": str(event)}) is Visibility.PUBLIC


@pytest.mark.parametrize("seen", list(Visibility))
@pytest.mark.parametrize("classification", list(Classification))
def test_only_confidential_packages_are_kept_from_a_public_or_unknown_plane(
    classification: Classification, seen: Visibility
) -> None:
    refused = classification is Classification.CONFIDENTIAL and seen is not Visibility.PRIVATE
    assert may_open(classification, seen) is not refused
