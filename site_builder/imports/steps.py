"""The importer as a list of steps: read the mapping and the files, make the package, write it. The only effects here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.imports import file_rules
from site_builder.imports.ees import Sheet, read_sheet
from site_builder.imports.mappings import Release, parse_mapping
from site_builder.imports.places import Places
from site_builder.imports.releases import Context, Texts, make
from site_builder.release import package
from site_builder.release.reference import Populations, load_populations
from site_builder.vocabulary.findings import Finding, blocks, in_order
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.refusals import Refusal

FOLDERS = {
    "dfe-cin": "datapackages/national/dfe-cin",
    "dfe-cla": "datapackages/national/dfe-cla",
    "ons-mye": "datapackages/reference/populations",
    "dfe-neighbours": "datapackages/reference/neighbours",
    "imd": "datapackages/reference/covariates",
}  # where the packages of a source lie: one folder a release, its mapping in it


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import found, and the files to write: path below the root to bytes, none when findings block."""

    findings: tuple[Finding, ...]
    files: Mapping[str, bytes] = field(repr=False)


def import_release(mapping_path: Path, files: Sequence[Path], root: Path, source: str = "") -> ImportResult:
    """The package of one release, made from the publisher's files; nothing is written.

    ``source``: what the mapping must be of, where that is said. Files that the mapping does not name are left alone.
    Wrong input of any kind comes back as findings.
    """
    name = _shown(mapping_path, root)
    try:
        release = parse_mapping(_text(mapping_path, name), name)
        if source not in ("", release.source):
            raise mistake(name, "The mapping is of another source.", f"Say {release.source}, or name another mapping.")
        folder = FOLDERS[release.source] + "/" + release.release
        if mapping_path.resolve().parent != (root / folder).resolve():
            raise mistake(name, "The mapping is not in the folder of its source and release.", f"Move it to {folder}.")
        context = _context(root, release)
    except Refusal as refusal:
        return ImportResult(refusal.findings, {})
    found, sheets = _sheets(release, files, root, name)
    if blocks(found):
        return ImportResult(in_order(found), {})
    more, made = make(release, sheets, context, name)
    findings = in_order((*found, *more))
    return ImportResult(findings, {} if blocks(findings) else {f"{folder}/{path}": made[path] for path in sorted(made)})


def write_import(result: ImportResult, root: Path) -> None:
    """Write the package of an import below the root. Raises ValueError when the import's findings block it."""
    if blocks(result.findings):
        raise ValueError("an import with open findings is not written")
    package.write_files(root, result.files)


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise mistake(name, "The mapping cannot be read.", "Check its path; save it as UTF-8.") from error


def _shown(path: Path, root: Path) -> str:
    """A path for messages: below the root where it lies there, else the name alone."""
    resolved, base = path.resolve(), root.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.name


def _context(root: Path, release: Release) -> Context:
    rows = package.read(root / "datapackages/reference/areas").rows("authorities.csv")
    vintages: dict[str, Populations] = {}
    if release.population:
        folders = sorted((root / FOLDERS["ons-mye"]).glob("*/datapackage.json"))
        vintages = {folder.parent.name: load_populations(root, folder.parent.name) for folder in folders}
        if release.population not in vintages:
            raise mistake(
                "mapping.toml", "The population that the mapping names is not there.", "Import that population first."
            )
    return Context(Places.of(rows), vintages, _before(root, release))


def _before(root: Path, release: Release) -> Texts:
    """The figures of the latest earlier release of the source; empty when there is none."""
    folders = sorted((root / FOLDERS[release.source]).glob("*/datapackage.json"))
    earlier = [folder.parent for folder in folders if folder.parent.name < release.release]
    if not release.population or not earlier:
        return {}
    rows = package.read(earlier[-1]).rows("observations.csv")
    return {(r["indicator"], r["area"], r["period"], r["measure"]): r["value"] or r["withheld"] for r in rows}


def _sheets(
    release: Release, files: Sequence[Path], root: Path, mapping: str
) -> tuple[list[Finding], dict[str, Sheet]]:
    by_name = {path.name: path for path in sorted(files)}
    found, sheets = list(file_rules.provenance(release, mapping)), {}
    for table in release.tables:
        path = by_name.get(table.file)
        if path is None or not path.is_file():
            found.append(file_rules.missing_file(table))
            continue
        found += file_rules.inside_repository(table.file, inside=path.resolve().is_relative_to(root.resolve()))
        data = path.read_bytes()
        found += file_rules.checksum(table, package.sha256(data))
        sheet = read_sheet(data)
        found += file_rules.unreadable(table, sheet)
        if sheet is not None:
            found += file_rules.normalised(table, sheet)
            sheets[table.name] = sheet
    return found, sheets
