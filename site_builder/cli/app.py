"""The verbs: parse, call one function, say the result, exit. Imports live inside the verb, so that help is quick."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from site_builder import __version__
from site_builder.cli import session as sessions
from site_builder.cli.session import Format, Session

app = typer.Typer(
    name="site-builder",
    help="London Safeguarding Benchmarks: check returns, make safe releases, build the site.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with locals would print counts
    rich_markup_mode=None,
)

Returns = Annotated[
    list[Path] | None, typer.Option("--returns", help="Folder of returns; may be given more than once.")
]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day to take as today.")]


@app.callback()
def options(
    ctx: typer.Context,
    root: Annotated[Path | None, typer.Option(help="The checkout to work on.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How findings are written.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="Write the result to this file.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Options that every verb understands."""
    ctx.obj = Session(sessions.find_root(root), form, output)
    if version:
        ctx.obj.say(__version__)
        raise typer.Exit


def main() -> None:
    """The command ``site-builder``."""
    # vl-convert measures text with the fonts it carries: an installed copy would change a picture's bytes.
    os.environ.setdefault("FONTCONFIG_FILE", str(Path(__file__).with_name("no-system-fonts.conf")))
    sessions.run(app)


if __name__ == "__main__":
    main()
