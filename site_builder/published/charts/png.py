"""Pictures packed tighter: the same pixels in fewer bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_HEAD = b"\x89PNG\r\n\x1a\n"
_PIXELS, _END = b"IDAT", b"IEND"
_LEVEL = 6  # 9 takes three times as long for a hundredth less


def packed(png: bytes) -> bytes:
    """The picture with its pixels in one part, packed again; every other part stays. ``png``: a whole PNG file."""
    parts = list(_parts(png))
    pixels = zlib.compress(zlib.decompress(b"".join(data for kind, data in parts if kind == _PIXELS)), _LEVEL)
    before = [part for part in parts if part[0] not in (_PIXELS, _END)]
    return _HEAD + b"".join(_part(kind, data) for kind, data in (*before, (_PIXELS, pixels), (_END, b"")))


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_HEAD)
    while place < len(png):
        size = int.from_bytes(png[place : place + 4], "big")
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        place += 12 + size


def _part(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
