"""Every file of a folder, with what is inside archives, as bytes and by kind."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
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
    """Every file below a folder, in order, one at a time. What an archive holds comes unless the same bytes stand by the
    same name beside it: those come by that name."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            yield Opened(path.relative_to(folder).as_posix(), None, b"")
        elif path.is_file():
            yield from _inside(path.relative_to(folder).as_posix(), path.read_bytes(), path.parent)


def _inside(name: str, data: bytes, beside: Path | None = None) -> Iterator[Opened]:
    """A file, or what an archive holds. An archive that cannot be opened is a file of no known kind. ``beside``: the folder
    that it stands in."""
    try:
        if name.endswith(".gz"):
            yield from _inside(name.removesuffix(".gz"), _unpacked(data))
        elif name.endswith(_ARCHIVE):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in sorted(archive.infolist(), key=lambda one: one.filename):
                    if member.file_size > MOST:
                        raise ValueError("a member that is too large")
                    held = archive.read(member)
                    if beside is None or not _stands(beside, member.filename, held):
                        yield from _inside(f"{name}!{member.filename}", held)
        else:
            last = name.rpartition("/")[2].rpartition("!")[2]
            yield Opened(name, _WITHOUT_ENDING.get(last) or _KINDS.get(Path(last).suffix), data)
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile):
        yield Opened(name, None, data)


def _stands(folder: Path, name: str, data: bytes) -> bool:
    """Whether a folder has these bytes by this name. A name that leads out of it, or past a link, has nothing there."""
    path = folder / name
    inside = not PurePosixPath(name).is_absolute() and path.resolve() == folder.resolve() / name
    return inside and path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _unpacked(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        found = file.read(MOST + 1)
    if len(found) > MOST:
        raise ValueError("a member that is too large")
    return found
