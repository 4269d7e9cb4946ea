"""Files that take long to make, kept in a folder under a digest of all that they follow from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

_NUL = b"\0"


def kept(folder: Path | None, parts: Iterable[bytes], ending: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, from the folder where it lies there whole, else made and laid there.

    ``folder``: None keeps nothing. ``parts``: all that the bytes follow from. A damaged file counts as missing.
    """
    file = folder / f"{hashlib.sha256(_NUL.join(parts)).hexdigest()}.{ending}" if folder else None
    held = read(file) if file else None
    if held is not None:
        return held
    made = make()
    if file:
        keep(file, made)
    return made


def read(file: Path) -> bytes | None:
    """What was laid down; None when nothing was, or it was damaged since."""
    if not file.is_file():
        return None
    head, _, rest = file.read_bytes().partition(b"\n")
    return rest if head.decode("ascii", "replace") == hashlib.sha256(rest).hexdigest() else None


def keep(file: Path, rest: bytes) -> None:
    """Lay a file down under its checksum, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_suffix(".part")
    staged.write_bytes(hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
    staged.replace(file)
