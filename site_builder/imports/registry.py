"""Every form of open data that is read, found in the modules of ``forms``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from site_builder.imports import forms
from site_builder.imports.releases import Form


def _found() -> dict[str, Form]:
    modules = [
        import_module(f"{forms.__name__}.{name}") for name in sorted(m.name for m in iter_modules(forms.__path__))
    ]
    every = [module.FORM for module in modules]
    found = {form.name: form for form in every}
    sources = [source for form in every for source in form.sources]
    if len(found) < len(every) or len(set(sources)) < len(sources):
        raise ValueError("two forms have one name, or one source")
    return found


FORMS = _found()
