"""Findings in words or for machines, one module a format: a new format is a new file here with a function ``render``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable

from site_builder.cli.wording import Run
from site_builder.vocabulary.findings import Finding

Render = Callable[[Iterable[Finding], Run], str]


def formats() -> tuple[str, ...]:
    """The names of all formats, which are those of the modules of this folder."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def renderer(form: str) -> Render:
    """The function that writes findings in a format. It is imported when it is wanted: some formats know every rule."""
    render: Render = importlib.import_module(f"{__name__}.{form}").render
    return render
