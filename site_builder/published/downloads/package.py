"""Frozen packages as they are, everything in one archive, and lists of checksums."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from site_builder.release.package import checksums

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment an archive can name: the same bytes on every day


def all_zip(files: Mapping[str, bytes], readme: str) -> bytes:
    """Files in one archive, in order of path, with a README beside them. The same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted({**files, "README.txt": readme.encode()}.items()):
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # not that of the machine that builds
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def digests(files: Mapping[str, bytes]) -> bytes:
    """Lines that ``sha256sum -c`` understands."""
    return checksums(files)
