"""Run one folder of ``tests/rules``: lay its files over good returns, check, and say what came of it in short lines."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from site_builder.confidential.checking import check_returns, check_scope
from site_builder.confidential.rules.scope import Change, Scope
from site_builder.confidential.rules.time import period_before
from site_builder.confidential.standards import Standards, load_standards
from site_builder.confidential.workbooks.steps import convert_file, make_template
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from tests.confidential.house import BOROUGHS, CROWD, OWN, QUARTER, build_house, good_return, write
from tests.confidential.workbooks import changed
from tests.rules.generate import HERE, PLACES, RECIPE

OWN_FILES = {"expected.txt", "case.toml", RECIPE}
UNASKED = {"T700", "X800"}  # remarks of every return that stands alone


_PLACE = re.compile(r"datapackages/returns/(northwick|police)/[0-9a-zQ-]+/")


def folders() -> list[Path]:
    """Every case, by directory scan."""
    return sorted(path.parent for path in HERE.glob("*/*/expected.txt"))


def run(case: Path, root: Path) -> tuple[Finding, ...]:
    """The findings of a case, run below an empty folder."""
    settings: dict[str, Any] = _settings(case)
    if "scope" in settings:
        return check_scope(_scope(settings["scope"]))
    standards = build_house(root, crowd="crowd" in settings)
    if "stricter" in settings:
        standards = _make_stricter(root, settings["stricter"])
    own = _lay_out(case, root / "datapackages/returns", standards, settings)
    _spoil(own, settings)
    roots = [root / "datapackages/returns"]
    if settings.get("again"):
        shutil.copytree(roots[0], root / "again/returns")
        roots.append(root / "again/returns")
    visibility = Visibility(settings.get("visibility", "public"))
    if (case / RECIPE).exists():
        return _converted(root, own, visibility, json.loads((case / RECIPE).read_text()))
    packages = None if (case / "neighbour").is_dir() and case.parent.name == "D906" else [own]
    return check_returns(root, roots, visibility, packages=packages).findings


def _converted(root: Path, own: Path, visibility: Visibility, recipe: dict[str, Any]) -> tuple[Finding, ...]:
    """What ``convert`` says of the form of a return after the changes of a recipe."""
    book = root / "workbook.xlsx"
    book.unlink(missing_ok=True)
    make_template(root, own.parent.name, own.name, visibility, book)
    book.write_bytes(changed(book.read_bytes(), recipe))
    return convert_file(root, book, visibility, None, tidy=False).findings


def lines(findings: Sequence[Finding], code: str) -> list[str]:
    """``severity CODE file row N field`` for each finding, the remarks of a lonely return left out."""
    made = []
    for finding in findings:
        if finding.rule in UNASKED and finding.rule != code:
            continue
        where = finding.where
        file = _PLACE.sub("", where.file)
        row = f" row {where.row}" if where.row is not None else ""
        made.append(f"{finding.severity.value} {finding.rule} {file}{row}" + (f" {where.field}" if where.field else ""))
    return made


def _settings(case: Path) -> dict[str, Any]:
    path = case / "case.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}


def _lay_out(case: Path, returns: Path, standards: Standards, settings: dict[str, Any]) -> Path:
    """Good returns of the places that the case speaks of, its own files over them; the folder that is judged."""
    slug, period = str(settings.get("submitter", OWN)), str(settings.get("period", QUARTER))
    before = period_before(Period.parse(period)).id
    places = {"": (slug, period), "earlier": (slug, before), "neighbour": PLACES["neighbour"]}
    for other in CROWD if "crowd" in settings else BOROUGHS if "everyone" in settings else ():
        for when in (period, before):
            write(returns / other / when, good_return(standards, other, when))
    for name, (who, when) in places.items():
        source = case / name
        if name and not source.is_dir():
            continue
        folder = write(returns / who / when, good_return(standards, who, when))
        for path in source.iterdir():
            if path.is_file() and path.name not in OWN_FILES:
                shutil.copy(path, folder / path.name)
    if "known" in settings:
        (returns.parent / "reference/externals.csv").write_text(settings["known"])
        _make_real(returns)
    return returns / slug / period


def _make_real(returns: Path) -> None:
    """Descriptions that call the invented figures confidential: never committed, so made here."""
    for path in returns.glob("*/*/datapackage.json"):
        path.write_text(path.read_text().replace('"synthetic"', '"confidential"'))


def _spoil(own: Path, settings: dict[str, Any]) -> None:
    """What no committed file can be: a missing, a linked, an enormous one."""
    if "remove" in settings:
        (own / settings["remove"]).unlink()
    if "link" in settings:
        (own / settings["link"]).rename(own.parent.parent / "elsewhere.txt")
        (own / settings["link"]).symlink_to(own.parent.parent / "elsewhere.txt")
    if "fill" in settings:
        (own / settings["fill"]).write_bytes(b"x" * 1_000_001)


def _make_stricter(root: Path, column: str) -> Standards:
    """A house schema that asks for something no gate of ours knows of."""
    path = root / "datapackages/reference/return.schema.json"
    schema = json.loads(path.read_text())
    field = next(field for field in schema["fields"] if field["name"] == column)
    field["type"] = "integer"
    del field["constraints"]
    path.write_text(json.dumps(schema))
    return load_standards(root)


def _scope(settings: dict[str, Any]) -> Scope:
    return Scope(
        tuple(Change(**change) for change in settings["changes"]),
        settings.get("own"),
        {slug: name for slug, (_, name, _) in BOROUGHS.items()},
        settings["on"],
        {"2024-25-Q2": (date(2024, 10, 1), date(2024, 11, 15)), "2023-24": (date(2024, 4, 1), date(2024, 12, 31))},
        settings.get("released", {}),
    )
