"""The page that documents the static interface for programs, with a file of the site as its example."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from site_builder.published import addresses
from site_builder.published.downloads.api import INDEX, Holding, holdings, schema_path
from site_builder.published.downloads.recipes import Recipe
from site_builder.published.downloads.schemas import REASONS, VERSIONS_PATH, Schema, record
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_api import ApiPage
from site_builder.published.pages_parts import DataTable, File, Row
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE

_PLACES = (
    (INDEX, "Begin here: links to all that follows, and the address of the schema."),
    ("api/indicators.json", "What each indicator means, and the periods that it has."),
    ("api/areas.json", "Every place, with its code and level."),
    ("api/periods.json", "Every period, the oldest first, with its first and last day."),
    ("api/indicators/CODE.json", "One indicator: all places and periods."),
    ("api/latest/CODE.json", "One indicator: the period that its page leads with. Small, for a chart or a widget."),
    ("api/areas/SLUG.json", "One place: all indicators and periods."),
)
_RULES = (
    Row("Fields are only added", "A field keeps its name, its kind and its meaning. To take one away or change it would be "
        "another schema, at another address. So ignore fields that you do not know."),
    Row("A release never changes", "The numbers under the address of a release stay as they are. A correction is a new "
        "release. The pointer to the latest release is the one address whose content moves."),
    Row("No number without a reason", "A number that is null has its reason in the field beside it: c, x, z, low or u. "
        "Zero is a number. There is no other way to say that something is missing."),
    Row("Digits as printed", "Numbers have the digits of the page, and the field text is what the page shows."),
    Row("Only files", "There is no server program, no key and no limit. What you ask for is a file."),
)  # fmt: skip
_KINDS = {"string": "text", "number": "number", "integer": "whole number", "null": "null"}


def api_page(frames: Frames, inputs: Inputs, file: Callable[[str], bytes]) -> ApiPage:
    """The page. ``file``: what stands at a path of the site, for the example."""
    path, shown = addresses.API, _shown(inputs)
    invented = shown is not None and shown[0].classification == "synthetic"
    return ApiPage(
        frame=frames.frame(
            path,
            "Data for programs",
            "Every figure of this site as JSON files, with their layout, their schema and what a program can rely on.",
            "data",
            (("Data", addresses.DATA),),
            (ILLUSTRATIVE,) if invented else (),
        ),
        heading="Data for programs",
        lead="Every figure here is also in small JSON files, which any program can read. No key is needed.",
        places=DataTable("Files below each release and each national package", ("File", "What it holds"), _PLACES),
        rules=_RULES,
        examples_text=_examples_text(shown),
        examples=_examples(shown, file, frames.settings.base_url),
        fields=DataTable("Fields of a record", ("Field", "Kind", "What it holds"), _fields()),
        files=_files(inputs, path),
    )


def _shown(inputs: Inputs) -> tuple[Holding, str] | None:
    """What the example is of: the first figure of the front page that is not invented, or else the first there is."""
    held = sorted(holdings(inputs), key=lambda one: one.classification == "synthetic")
    order = inputs.content.settings.front_page
    for one in held:
        for code in (*(c for c in order if c in one.figures), *one.figures):
            return one, code
    return None


def _examples_text(shown: tuple[Holding, str] | None) -> str:
    if shown is None:
        return "There is no figure yet."
    held, code = shown
    return f"The file {held.folder}{held.file('latest', code)}, with the record of {HERE.name} alone. It is of: {held.title}."


def _examples(shown: tuple[Holding, str] | None, file: Callable[[str], bytes], base: str) -> tuple[Recipe, ...]:
    if shown is None:
        return ()
    held, code = shown
    tree = json.loads(file(held.folder + held.file("latest", code)))
    tree["series"] = [one for one in tree["series"] if one["area"] == LONDON]
    program = (
        "import json\nfrom urllib.request import urlopen\n\n"
        f'base = "{base}/{held.folder}"\n'
        f'index = json.load(urlopen(base + "{INDEX}"))\n'
        f'figures = json.load(urlopen(base + index["latest"]["{code}"]))\n'
        'for one in figures["series"]:\n    print(one["area_name"], one["text"])'
    )
    return Recipe("The file", json.dumps(tree, ensure_ascii=False, indent=1)), Recipe("Reading it in Python", program)


def _fields() -> tuple[tuple[str, str, str], ...]:
    return tuple((name, _kind(name, schema), str(schema["description"])) for name, schema in record().items())


def _kind(name: str, schema: Schema) -> str:
    kinds: Any = schema.get("type", [])
    words = " or ".join(_KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)) or "one of a list"
    return f"{words}; see {REASONS[name]}" if name in REASONS else words


def _files(inputs: Inputs, path: str) -> tuple[File, ...]:
    named: Mapping[str, str] = {
        "Schema of these files": schema_path(),
        "Schema of the list of releases": VERSIONS_PATH,
        "The list of releases": addresses.VERSIONS,
        "The pointer to the latest release": addresses.LATEST,
        "The catalogue of data sets (DCAT)": addresses.CATALOG,
        **{f"Index: {held.title}": held.folder + INDEX for held in holdings(inputs)},
    }
    return tuple(File(words, addresses.relative(path, target), "") for words, target in named.items())
