"""The importer as a list of steps: read the mapping and the files, make the package, write it. The only effects here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.imports import file_rules
from site_builder.imports.cells import Sheet, read_sheet
from site_builder.imports.definitions import DEFINITIONS
from site_builder.imports.mapping_files import parse_mapping
from site_builder.imports.mappings import Release
from site_builder.imports.places import Places, places_of
from site_builder.imports.registry import FORMS
from site_builder.imports.releases import Context, Form
from site_builder.imports.surveys import Known, Look, look
from site_builder.imports.vintages import Texts
from site_builder.release import package
from site_builder.release.reference import INDICATORS, Populations, load_populations
from site_builder.vocabulary.findings import Finding, blocks, in_order
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import found, and the files to write: path below the root to bytes, none when findings block.

    ``refusal``: why nothing was looked at, such as a mapping that cannot be used; its findings are the result's.
    """

    findings: tuple[Finding, ...]
    files: Mapping[str, bytes] = field(repr=False)
    refusal: Refusal | None = None


def import_release(
    mapping_path: Path, files: Sequence[Path], root: Path, source: str = "", *, catalogue: bool = False
) -> ImportResult:
    """The package of one release, made from the publisher's files; nothing is written.

    ``files``: files, and folders with files in them. ``source``: the source that the mapping must be of, or its form,
    where that is said. Files that the mapping does not name are left alone. ``catalogue``: whether definitions go among
    the indicators of the checkout and not into the package. Wrong input of any kind comes back as findings.
    """
    name = shown(mapping_path, root)
    try:
        release = parse_mapping(_text(mapping_path, name), name)
        form = FORMS[release.form]
        if source not in ("", release.source, form.name):
            raise mistake(name, "The mapping is of another source.", f"Say {release.source}, or name another mapping.")
        folder = folder_of(release)
        if mapping_path.resolve().parent != (root / folder).resolve():
            raise mistake(name, "The mapping is not in the folder of its source and release.", f"Move it to {folder}.")
        found, sheets, described = _sheets(release, files, root, name)
        if blocks(found):
            return ImportResult(in_order(found), {})
        context = _context(root, release, form, described)
    except Refusal as refusal:
        return ImportResult(refusal.findings, {}, refusal)
    more, made = form.make(release, sheets, context, name)
    found += more
    placed = {_placed(folder, path, catalogue=catalogue): made[path] for path in sorted(made)}
    for path, data in placed.items():
        found += file_rules.over_another(path, differs=_differs(root / path, data))
    findings = in_order(found)
    return ImportResult(findings, {} if blocks(findings) else placed)


def _placed(folder: str, path: str, *, catalogue: bool) -> str:
    """Where a file that an import makes goes, below the root."""
    if catalogue and path.startswith(DEFINITIONS):
        return f"{INDICATORS}/{path.removeprefix(DEFINITIONS)}"
    return f"{folder}/{path}"


def folder_of(release: Release) -> str:
    """Where the package of a release lies, below the root; its mapping is in it."""
    return f"{FORMS[release.form].folder.format(source=release.source)}/{release.release}"


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() != data


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


def shown(path: Path, root: Path) -> str:
    """A path for messages: below the root where it lies there, else the name alone."""
    resolved, base = path.resolve(), root.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.name


def _context(root: Path, release: Release, form: Form, described: Mapping[str, bytes]) -> Context:
    vintages: dict[str, Populations] = {}
    if release.population:
        folders = sorted((root / FORMS["populations"].folder).glob("*/datapackage.json"))
        vintages = {folder.parent.name: load_populations(root, folder.parent.name) for folder in folders}
        if release.population not in vintages:
            raise mistake(
                "mapping.toml", "The population that the mapping names is not there.", "Import that population first."
            )
    before = _before(root, release) if form.is_national else {}
    return Context(places_in(root), vintages, before, described)


def places_in(root: Path) -> Places:
    """The places of a checkout: those of its list of authorities, and those of its own areas that are not in it."""
    return places_of(package.read(root / "datapackages/reference/areas"))


def _before(root: Path, release: Release) -> Texts:
    """The figures of the latest earlier release of the source; empty when there is none."""
    folders = sorted((root / folder_of(release)).parent.glob("*/datapackage.json"))
    earlier = [folder.parent for folder in folders if folder.parent.name < release.release]
    if not earlier:
        return {}
    rows = package.read(earlier[-1]).rows("observations.csv")
    return {(r["indicator"], r["area"], r["period"], r["measure"]): r["value"] or r["withheld"] for r in rows}


def _sheets(
    release: Release, files: Sequence[Path], root: Path, mapping: str
) -> tuple[list[Finding], dict[str, Sheet], dict[str, bytes]]:
    """Findings, the sheet of each table, and for tables that have one the file that describes it."""
    given = _given(files)
    found, sheets, described = list(file_rules.provenance(release, mapping)), {}, {}
    for table in release.tables:
        wrong, data = _file(table.file, table.sha256, given, root)
        found += wrong
        if data is not None:
            sheet = read_sheet(data)
            found += file_rules.unreadable(table.file, sheet)
            if sheet is not None:
                found += file_rules.normalised(table, sheet)
                sheets[table.name] = sheet
        if table.meta:
            wrong, about = _file(table.meta, table.meta_sha256, given, root)
            found += wrong
            described[table.name] = about or b""
    return found, sheets, described


def _given(files: Sequence[Path]) -> dict[str, Path]:
    """Files by their names, those in folders by their paths inside as well."""
    found: dict[str, Path] = {}
    for path in sorted(files):
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        found |= {one.name: one for one in inside}
        found |= {one.relative_to(path).as_posix(): one for one in inside if one != path}
    return found


def _file(name: str, sha256: str, given: Mapping[str, Path], root: Path) -> tuple[list[Finding], bytes | None]:
    path = given.get(name)
    try:
        data = path.read_bytes() if path is not None else None
    except OSError:
        data = None
    if path is None or data is None:
        return [file_rules.missing_file(name)], None
    inside = path.resolve().is_relative_to(root.resolve())
    return [
        *file_rules.inside_repository(name, inside=inside),
        *file_rules.invented(name),
        *file_rules.checksum(name, sha256, package.sha256(data)),
    ], data


def survey(paths: Sequence[Path], root: Path) -> tuple[Look, ...]:
    """What the files are, and those in the folders; nothing is written. Raises ConfigurationError for a mapping of the
    checkout that cannot be read."""
    files: dict[str, bytes] = {}
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        files |= {(one.relative_to(path).as_posix() if one != path else path.name): one.read_bytes() for one in inside}
    found = sorted((root / "datapackages").glob("*/*/*/mapping.toml"))
    mappings = tuple(parse_mapping(_text(one, shown(one, root)), shown(one, root)) for one in found)
    return look(files, Known(places_in(root), mappings))
