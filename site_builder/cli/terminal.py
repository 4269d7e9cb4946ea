"""Colour and a sign of work, where somebody watches: on a terminal alone. Elsewhere plain words, and nothing else."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STYLES = {
    r"^ERROR [A-Z0-9]+": "bold red",
    r"^QUERY [A-Z0-9]+": "bold yellow",
    r"^REMARK [A-Z0-9]+": "bold cyan",
    r"^  To fix:": "bold",
    r"^  More: .*": "dim",
}


def show(words: str) -> None:
    """Write words to standard output; in colour on a terminal, unless ``NO_COLOR`` is set."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        sys.stdout.write(words)
        return
    from rich.console import Console
    from rich.text import Text

    coloured = Text(words, end="")  # never markup: [red] in a path must print
    for pattern, style in _STYLES.items():
        coloured.highlight_regex(re.compile(pattern, re.MULTILINE), style)
    Console(highlight=False).print(coloured, soft_wrap=True, end="")


@contextmanager
def busy(words: str) -> Iterator[None]:
    """Show on standard error that work goes on, while it does."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(words), spinner="line"):
        yield
