"""The files of a release, for its own page: the package itself, and what is made from it."""

from __future__ import annotations

import json

from site_builder.published import addresses
from site_builder.published.compose.data import size
from site_builder.published.downloads.api import INDEX
from site_builder.published.downloads.places import CSVW, DERIVED, FROZEN, archive_file, guidance_file, parquet_file
from site_builder.published.downloads.whole import LEFT_OUT
from site_builder.published.pages_parts import File
from site_builder.published.pages_site import PackageFile
from site_builder.release.package import CHECKSUMS, DESCRIPTOR
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE

_PAIRS = "pairs" in HERE.sections
_HOLDS = {
    "LICENCE.txt": "The terms of reuse.",
    "README.md": "What each file is.",
    CHECKSUMS: "A checksum of each of these files.",
    "certificate.json": "The proof that no hidden count can be worked out.",
    DESCRIPTOR: "What each table and column holds, for programs.",
    "policy.json": "Which counts are hidden.",
    "structure.json": "How counts add up.",
    "witnesses.csv.gz": "Whole tables that the proof rests on.",
}


def package_files(one: Release) -> tuple[PackageFile, ...]:
    """The files of a package: its tables as its descriptor has them, then all others A to Z."""
    told = {table["path"]: table["description"] for table in json.loads(one.files[DESCRIPTOR])["resources"]}
    names = [*told, *sorted(one.files.keys() - told.keys())]
    return tuple(
        PackageFile(file, told.get(file) or _HOLDS.get(file, ""), size(len(one.files[file]))) for file in names
    )


def forms(one: Release) -> tuple[File, ...]:
    """What is made from a release beside the tables of its pages, by addresses from its own page."""
    start = addresses.release_file(str(one.id), "")
    named = (
        (f"In one archive: {LEFT_OUT}", archive_file(one)),
        ("Every count, Parquet", parquet_file(one)),
        ("Everything for programs, JSON", f"{start}{INDEX}"),
        *([("Guide to the files in the form of the DfE’s open data", guidance_file(one))] if _PAIRS else []),
        ("Metadata of CSV on the Web", f"{start}{CSVW}"),
        ("Checksums of files that stay as they are for good", f"{start}{FROZEN}"),
        ("Checksums of all other files", f"{start}{DERIVED}"),
    )
    return tuple(File(words, target.removeprefix(start), "") for words, target in named)
