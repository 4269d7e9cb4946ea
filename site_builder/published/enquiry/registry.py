"""Every trigger by name, found in the modules of ``triggers``: a new one is a new file there, or a function in one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from site_builder.published.enquiry import triggers
from site_builder.published.enquiry.case import Trigger


def _found() -> dict[str, Trigger]:
    names = sorted(module.name for module in iter_modules(triggers.__path__))
    held = [vars(import_module(f"{triggers.__name__}.{name}")).values() for name in names]
    every = [value for values in held for value in values if isinstance(value, Trigger)]
    if len({one.name for one in every}) < len(every):
        raise ValueError("two triggers have one name")
    return {one.name: one for one in sorted(every)}


TRIGGERS: Mapping[str, Trigger] = _found()
ONLY_HIDDEN = ("hidden",)  # a hidden figure fires no other, and of the subject nothing is asked
