"""Write and read data packages: canonical descriptors, checksums, and a refusal of what was changed or is incomplete."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from site_builder.release.tables import Row, csv_rows
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.refusals import IntegrityRefusal
from site_builder.vocabulary.rules import rule

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTOR = "datapackage.json"
CHECKSUMS = "SHA256SUMS"

OGL = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of a package: its bytes and what its columns mean. ``fields`` as made by ``tables.field``."""

    name: str
    path: str
    title: str
    description: str
    fields: tuple[dict[str, Any], ...]
    primary_key: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was read and whose checksums hold."""

    folder: Path
    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def classification(self) -> Classification:
        """What the package holds. Raises ValueError when the descriptor does not say."""
        return Classification(self.descriptor.get("classification"))

    def rows(self, path: str) -> list[Row]:
        """The rows of one table. Raises IntegrityRefusal when the package has no such table."""
        if path not in self.files:
            raise refusal(
                str(self.folder / path), "The package has no such table.", "Restore the package from its release."
            )
        return csv_rows(self.files[path])


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def json_bytes(value: object) -> bytes:
    """JSON with sorted keys, two-space indent and a final newline."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def describe(
    name: str, title: str, description: str, classification: Classification, resources: Iterable[Resource], **more: Any
) -> bytes:
    """The bytes of a Data Package v2 descriptor. ``more`` holds further keys (our own begin with ``lsb:``)."""
    descriptor: dict[str, Any] = {
        "$schema": PROFILE,
        "name": name,
        "title": title,
        "description": description,
        "classification": classification.value,
        "licenses": [OGL],
        "resources": [_described(resource) for resource in resources],
        **more,
    }
    return json_bytes(descriptor)


def _described(resource: Resource) -> dict[str, Any]:
    return {
        "name": resource.name,
        "type": "table",
        "path": resource.path,
        "title": resource.title,
        "description": resource.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(resource.data),
        "hash": f"sha256:{sha256(resource.data)}",
        "schema": {"fields": list(resource.fields), "primaryKey": list(resource.primary_key), "missingValues": [""]},
    }


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Lines that ``sha256sum -c`` understands, in order of path."""
    return checksums_of({path: sha256(data) for path, data in files.items()})


def checksums_of(digests: Mapping[str, str]) -> bytes:
    """The same lines for files whose checksums are known."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def read_checksums(data: bytes) -> dict[str, str]:
    """Path to checksum, from the lines of ``checksums``."""
    pairs = (line.split("  ", 1) for line in data.decode().splitlines())
    return {path: digest for digest, path in pairs}


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder that may exist, each atomically. Raises ValueError for a path that leaves it."""
    for path in sorted(files):
        target = folder / _inside(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        part.write_bytes(files[path])
        part.replace(target)


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that must not exist yet, or be empty. Raises IntegrityRefusal (exit 4) otherwise."""
    if folder.exists() and any(folder.iterdir()):
        raise refusal(
            folder.name,
            "This package exists already and is never overwritten.",
            "Choose a new id: a correction is numbered .1, .2 and so on.",
        )
    staging = folder.with_name(folder.name + ".part")
    write_files(staging, files)
    staging.replace(folder)


def read(folder: Path) -> Package:
    """A package with the bytes of its resources, checked against size and hash in the descriptor, and against
    SHA256SUMS where there is one. Raises IntegrityRefusal (D913) when anything differs or is missing."""
    descriptor, resources = _descriptor(folder)
    files: dict[str, bytes] = {}
    for resource in resources:
        data = _bytes(folder, resource["path"])
        if len(data) != resource["bytes"] or f"sha256:{sha256(data)}" != resource["hash"]:
            raise refusal(
                str(folder / resource["path"]),
                "The file is not the one that the descriptor speaks of.",
                "Restore the package from its release.",
            )
        files[resource["path"]] = data
    if (folder / CHECKSUMS).exists():
        for path, digest in read_checksums((folder / CHECKSUMS).read_bytes()).items():
            data = files.get(path) or _bytes(folder, path)
            if sha256(data) != digest:
                raise refusal(
                    str(folder / path), "The file differs from its checksum.", "Restore the package from its release."
                )
            files[path] = data
    return Package(folder, descriptor, files)


def _descriptor(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The descriptor and its resources. Raises IntegrityRefusal when it is not a descriptor of ours."""
    try:
        descriptor = json.loads(_bytes(folder, DESCRIPTOR))
        resources = [{key: resource[key] for key in ("path", "bytes", "hash")} for resource in descriptor["resources"]]
    except (KeyError, TypeError, ValueError) as error:
        place = str(folder / DESCRIPTOR)
        raise refusal(place, "The description of the package cannot be read.", "Restore the package.") from error
    return descriptor, resources


@rule("D913", Severity.ERROR, "a package was changed or is incomplete")
def refusal(file: str, problem: str, fix: str) -> IntegrityRefusal:
    """What it checks: every file of a package has the size and checksum that were written down when it was made, every
    release stands in the ledger, and no release is written twice.

    Why it matters: a figure that is cited today must be found unchanged in ten years, and a proof of safety holds only
    for the files it speaks of.

    Example: somebody opens a published table in a spreadsheet and saves it again.

    How to fix: restore the package from the repository's history. To change a figure, make a correction release.
    """
    return IntegrityRefusal(Finding("D913", Severity.ERROR, Location(file), problem, fix))


RULES = (refusal,)


def _bytes(folder: Path, path: str) -> bytes:
    target = folder / _inside(path)
    if target.is_symlink() or not target.is_file():
        raise refusal(str(target), "The file is missing.", "Restore the package from its release.")
    return target.read_bytes()


def _inside(path: str) -> PurePosixPath:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or ":" in path:
        raise ValueError("a path of a package must stay inside its folder")
    return pure
