"""Every part of the site, found in the modules of ``sections``: a new part is a new file there.

A module has ``pages(making) -> Pages``, ``files(making) -> Files``, or both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

from site_builder.published import sections
from site_builder.published.making import Files, Making, Pages

Made = TypeVar("Made")


def pages_of(making: Making) -> Pages:
    """The pages of every part. Raises ValueError when two parts make one path."""
    return joined(module.pages(making) for module in _modules() if hasattr(module, "pages"))


def files_of(making: Making) -> Files:
    """The files of every part. Raises ValueError when two parts make one path."""
    return joined(module.files(making) for module in _modules() if hasattr(module, "files"))


def joined(groups: Iterable[Mapping[str, Callable[[], Made]]]) -> dict[str, Callable[[], Made]]:
    """Several groups as one. Raises ValueError when two of them make one path."""
    every: dict[str, Callable[[], Made]] = {}
    for group in groups:
        if twice := sorted(every.keys() & group.keys()):
            raise ValueError(f"two parts of the site make {twice[0]}")
        every |= group
    return every


def _modules() -> list[ModuleType]:
    names = sorted(module.name for module in iter_modules(sections.__path__))
    return [import_module(f"{sections.__name__}.{name}") for name in names]
