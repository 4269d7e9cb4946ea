"""How to cite a release, and an indicator in it, for programs that keep references.

BibTeX; CSL-JSON, the form of the Citation Style Language, schema 1.0; and the Citation File Format 1.2.0. The address is
always that of the release, which does not change, so none says when somebody looked.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.settings import Settings
from site_builder.release.releases import Release
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import MONTHS, day_in_words
from site_builder.vocabulary.planes import Classification

FILE = "CITATION.cff"
BIBTEX, CSL = "citation.bib", "citation.json"
_LICENCE = "OGL-UK-3.0"
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class Cited(NamedTuple):
    """What is cited. ``key``: unique among references; ``note``: release, day and, of invented figures, that they are."""

    key: str
    title: str
    author: str
    release: str
    day: date
    url: str
    note: str


def of_release(settings: Settings, one: Release) -> Cited:
    """A release as a whole."""
    name = str(one.id)
    url = f"{settings.base_url}/{addresses.release(name)}"
    return Cited(f"{HERE.short}-{name}", f"{settings.title}, release {name}", settings.publisher, name, one.published_on, url,
                 _note(one))  # fmt: skip


def of_indicator(settings: Settings, one: Release, code: str) -> Cited:
    """An indicator of a release, by the title that it had in it. Raises KeyError for one that it does not hold."""
    name = str(one.id)
    title = titles(one)[code]
    url = f"{settings.base_url}/{addresses.release_indicator(name, code)}"
    return Cited(f"{HERE.short}-{name}-{code.lower()}", f"{title} ({code})", settings.publisher, name, one.published_on, url,
                 _note(one))  # fmt: skip


def titles(one: Release) -> dict[str, str]:
    """The indicators that a release holds figures of: code to the title that it had then."""
    held = set(one.cells.indicators())
    return {row["indicator"]: row["title"] for row in csv_rows(one.files["indicators.csv"]) if row["indicator"] in held}


def indicator_files(code: str) -> tuple[str, str]:
    """Where the BibTeX and the CSL-JSON of an indicator stand, below its release."""
    return f"citation/{code.lower()}.bib", f"citation/{code.lower()}.json"


def bibtex(cited: Cited) -> bytes:
    """An entry for BibTeX. Nothing in a title can end a field or be read as a command."""
    fields = {
        "author": f"{{{_plain(cited.author)}}}",
        "title": f"{{{_plain(cited.title)}}}",
        "year": str(cited.day.year),
        "month": MONTHS[cited.day.month - 1][:3].lower(),
        "day": str(cited.day.day),
        "version": _plain(cited.release),
        "url": cited.url,
        "note": _plain(cited.note),
    }
    lines = "".join(
        f"  {name} = {value if name == 'month' else '{' + value + '}'},\n" for name, value in fields.items()
    )
    return f"@misc{{{cited.key},\n{lines}}}\n".encode()


def csl_json(cited: Cited) -> bytes:
    """A list of one item in CSL-JSON."""
    item = {
        "id": cited.key,
        "type": "dataset",
        "title": cited.title,
        "author": [{"literal": cited.author}],
        "publisher": cited.author,
        "issued": {"date-parts": [[cited.day.year, cited.day.month, cited.day.day]]},
        "version": cited.release,
        "URL": cited.url,
        "note": cited.note,
    }
    return (json.dumps([item], ensure_ascii=False, indent=1) + "\n").encode()


def cff(cited: Cited) -> bytes:
    """A file in the Citation File Format. Every text is written as JSON writes it, which YAML reads as the same."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted('Please cite the release, never the latest page: a release does not change.')}",
        "type: dataset",
        f"title: {_quoted(cited.title)}",
        f"abstract: {_quoted(cited.note)}",
        "authors:",
        f"  - name: {_quoted(cited.author)}",
        f"version: {_quoted(cited.release)}",
        f"date-released: {_quoted(cited.day.isoformat())}",
        f"url: {_quoted(cited.url)}",
        f"license: {_LICENCE}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _note(one: Release) -> str:
    invented = "Illustrative: every figure is invented. " if one.classification is Classification.SYNTHETIC else ""
    return f"{invented}Release {one.id}, published {day_in_words(one.published_on)}. Open Government Licence v3.0."


def _plain(words: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), words)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
