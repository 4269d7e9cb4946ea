"""Everything of a release, or of all of them, in one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from site_builder.published.downloads.table import file_name

SERIES = "releases"  # the folder of all packages and their ledger, and the archive of it
_PACKED = (".gz", ".parquet", ".xlsx")  # packed themselves
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment an archive can name: the same bytes on every day


def all_zip(files: Mapping[str, bytes], readme: str) -> bytes:
    """Files in one archive, in order of path, with a README beside them. The same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted({**files, "README.txt": readme.encode()}.items()):
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # not that of the machine that builds
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def readme_of(title: str, about: str, classification: str) -> str:
    """The README of an archive: what it is and, of invented figures, that they are."""
    invented = "Every figure is invented, to show how the site works.\n" if classification == "synthetic" else ""
    return f"{title}\n{invented}{about}\nOpen Government Licence v3.0.\n"


def series_file(classification: str) -> str:
    """Where the archive of every package stands."""
    return f"{SERIES}/{file_name(SERIES, 'zip', classification)}"


def series_zip(packages: Mapping[str, Mapping[str, bytes]], lists: Mapping[str, bytes], readme: str) -> bytes:
    """Every package by its release, and the lists of releases beside them, in one folder: all that a new proof needs."""
    files = {f"{name}/{path}": data for name, some in packages.items() for path, data in some.items()}
    return all_zip({f"{SERIES}/{path}": data for path, data in {**files, **lists}.items()}, readme)
