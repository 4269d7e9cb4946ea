"""Every file of a folder, with what is inside archives, as bytes and by kind."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE, TREE, PAGE, DRAWING = "table", "tree", "page", "drawing"
PICTURE, WORDS, SCRIPT, FEED, CALENDAR = "picture", "words", "script", "feed", "calendar"
WORKBOOK, COLUMNS = "workbook", "columns"
_KINDS = {
    ".csv": TABLE, ".json": TREE, ".html": PAGE, ".svg": DRAWING, ".xml": DRAWING, ".txt": WORDS,
    ".md": WORDS, ".css": WORDS, ".sha256": WORDS, ".toml": WORDS, ".png": PICTURE, ".js": SCRIPT, ".atom": FEED,
    ".ics": CALENDAR, ".xlsx": WORKBOOK, ".parquet": COLUMNS, ".jsonld": TREE,
    ".bib": WORDS, ".cff": WORDS,
}  # fmt: skip
_WITHOUT_ENDING = {"SHA256SUMS": WORDS, "_headers": WORDS}
_ARCHIVE = ".zip"
MOST = 200_000_000  # bytes of one member; anything larger is not ours


class Opened(NamedTuple):
    """One file. ``name``: its path, with ``!`` before the path inside an archive. ``kind``: None when unknown."""

    name: str
    kind: str | None
    data: bytes


def opened(folder: Path) -> Iterator[Opened]:
    """Every file below a folder, in order, one at a time."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            yield Opened(path.relative_to(folder).as_posix(), None, b"")
        elif path.is_file():
            yield from _inside(path.relative_to(folder).as_posix(), path.read_bytes())


def _inside(name: str, data: bytes) -> Iterator[Opened]:
    """A file, or what an archive holds. An archive that cannot be opened is a file of no known kind."""
    try:
        if name.endswith(".gz"):
            yield from _inside(name.removesuffix(".gz"), _unpacked(data))
        elif name.endswith(_ARCHIVE):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in sorted(archive.infolist(), key=lambda one: one.filename):
                    if member.file_size > MOST:
                        raise ValueError("a member that is too large")
                    yield from _inside(f"{name}!{member.filename}", archive.read(member))
        else:
            last = name.rpartition("/")[2].rpartition("!")[2]
            yield Opened(name, _WITHOUT_ENDING.get(last) or _KINDS.get(Path(last).suffix), data)
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile):
        yield Opened(name, None, data)


def _unpacked(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        found = file.read(MOST + 1)
    if len(found) > MOST:
        raise ValueError("a member that is too large")
    return found
