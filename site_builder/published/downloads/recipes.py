"""A few lines that load a table of a page in a tool of an analyst: codes stay words, numbers are numbers."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published.downloads.table import NUMBERS


class Recipe(NamedTuple):
    """How to load the data in one tool. ``code`` is printed as it is, and is run by a test."""

    tool: str
    code: str


def recipes(address: str) -> tuple[Recipe, ...]:
    """For each tool the lines that load the table at an address. A blank becomes what the tool has for no value."""
    quoted = ", ".join(f'"{name}"' for name in NUMBERS)
    return (
        Recipe(
            "Python with pandas",
            f'import pandas\nnumbers = [{quoted}]\nfigures = pandas.read_csv(\n    "{address}",\n'
            "    dtype=str, keep_default_na=False)\nfigures[numbers] = figures[numbers].apply(pandas.to_numeric)",
        ),
        Recipe(
            "R",
            f'numbers <- c({quoted})\nfigures <- read.csv(\n  "{address}",\n'
            '  colClasses = "character", na.strings = character(), encoding = "UTF-8")\n'
            "figures[numbers] <- lapply(figures[numbers], as.numeric)",
        ),
        Recipe(
            "Excel",
            "// Data > Get Data > From Other Sources > Blank Query > Advanced Editor\n"
            f'let Source = Csv.Document(Web.Contents("{address}"), [Delimiter = ",", Encoding = 65001]),\n'
            "    Named = Table.PromoteHeaders(Source, [PromoteAllScalars = false]),\n"
            f'    Blank = Table.ReplaceValue(Named, "", null, Replacer.ReplaceValue, {{{quoted}}}),\n'
            f"    Typed = Table.TransformColumnTypes(Blank, {{{_typed()}}}, "
            '"en-GB")\nin Typed',
        ),
        Recipe(
            "DuckDB",
            "CREATE TABLE figures AS\n"
            f"SELECT * REPLACE ({', '.join(f'{name}::DOUBLE AS {name}' for name in NUMBERS)})\n"
            f"FROM read_csv('{address}', all_varchar = true, header = true);",
        ),
    )


def _typed() -> str:
    return ", ".join(f'{{"{name}", type number}}' for name in NUMBERS)
