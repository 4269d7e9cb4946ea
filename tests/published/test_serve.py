"""The preview: pages on demand, the policy taken out of what is served only, changes noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from site_builder.published.serve import Preview, stamps, without_policy

PAGE = b'<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>x</title></head>'


def ask(preview: Preview, path: str) -> tuple[str, bytes]:
    said: list[str] = []

    def start(status: str, headers: list[tuple[str, str]]) -> Any:
        said.append(status)

    body = b"".join(preview({"PATH_INFO": path}, start))
    return said[0], body


def test_pages_are_found_with_and_without_their_index_name() -> None:
    preview = Preview(
        lambda: {"index.html": lambda: b"home", "a/index.html": lambda: b"a", "404.html": lambda: b"lost"}
    )
    assert ask(preview, "/") == ("200 OK", b"home")
    assert ask(preview, "/a/") == ("200 OK", b"a")
    assert ask(preview, "/nowhere.html") == ("404 Not Found", b"lost")


def test_the_policy_is_left_out_of_what_is_served() -> None:
    assert without_policy(PAGE) == b"<head><title>x</title></head>"
    assert without_policy(b"<p>plain") == b"<p>plain"


def test_renewing_serves_the_new_site() -> None:
    pages = iter([b"one", b"two"])
    preview = Preview(lambda: dict.fromkeys(["index.html", "404.html"], next(pages).strip))
    assert ask(preview, "/")[1] == b"one"
    preview.renew()
    assert ask(preview, "/")[1] == b"two"


def test_a_changed_an_added_and_a_removed_file_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = stamps([tmp_path])
    (tmp_path / "a").write_text("22")
    changed = stamps([tmp_path])
    (tmp_path / "b").write_text("1")
    added = stamps([tmp_path])
    (tmp_path / "a").unlink()
    assert len({str(before), str(changed), str(added), str(stamps([tmp_path]))}) == 4
