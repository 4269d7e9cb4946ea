"""Preview on 127.0.0.1: pages are made when asked for, and the browser reloads when an input changes."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop

from site_builder.published.write import Site

HOST = "127.0.0.1"
_POLICY = b'<meta http-equiv="Content-Security-Policy"'
_SECONDS_BETWEEN_LOOKS = 0.05

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class Preview:
    """A small WSGI application over a site that is made again after each change of an input."""

    def __init__(self, make: Callable[[], Site]) -> None:
        self._make = make
        self._site = make()

    def renew(self) -> None:
        """Make the site again."""
        self._site = self._make()

    def __call__(self, environ: Mapping[str, Any], start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].lstrip("/")
        path = path + "index.html" if path == "" or path.endswith("/") else path
        found = path in self._site
        data = self._site[path if found else "404.html"]()
        kind = mimetypes.guess_type(path if found else "404.html")[0] or "application/octet-stream"
        start(
            "200 OK" if found else "404 Not Found",
            [("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)],
        )
        return [without_policy(data) if kind == "text/html" else data]


def without_policy(page: bytes) -> bytes:
    """The page without its content security policy: the reload script is inline, and the policy would block it."""
    start = page.find(_POLICY)
    return page if start < 0 else page[:start] + page[page.index(b">", start) + 1 :]


def stamps(paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Time of change and size of every file below the paths."""
    found = {}
    for top in paths:
        for path in [top, *top.rglob("*")] if top.is_dir() else [top]:
            if path.is_file():
                status = path.stat()
                found[path] = (status.st_mtime_ns, status.st_size)
    return found


def serve(make: Callable[[], Site], inputs: tuple[Path, ...], port: int, failed: Callable[[Exception], None]) -> None:
    """Serve until interrupted. ``make`` gives the site; after a change below ``inputs`` it is called again, and
    ``failed`` is told when it raises, so that a half-saved file does not end the preview."""
    preview = Preview(make)
    loop = IOLoop.current()
    stop = threading.Event()
    # livereload looks every 0.8 s and passes over a change within 3 s of the last; looking ourselves misses none.
    threading.Thread(target=_watch, args=(preview, inputs, loop, stop, failed), daemon=True).start()
    try:
        Server(preview).serve(port=port, host=HOST, debug=False, open_url_delay=None)
    finally:
        stop.set()


def _watch(
    preview: Preview, inputs: tuple[Path, ...], loop: IOLoop, stop: threading.Event, failed: Callable[[Exception], None]
) -> None:
    before = stamps(inputs)
    while not stop.wait(_SECONDS_BETWEEN_LOOKS):
        now = stamps(inputs)
        if now == before:
            continue
        before = now
        try:
            preview.renew()
        except Exception as error:  # noqa: BLE001  (told to the person at the keyboard; the last good site stays)
            failed(error)
        else:
            loop.add_callback(LiveReloadHandler.reload_waiters, "*")
