"""Every release as accessible workbooks, one an indicator and one an area; and each national series as one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from site_builder.published import addresses
from site_builder.published.downloads.places import area_workbook_file, workbook_file
from site_builder.published.downloads.sheets import Book, depends_on, workbook
from site_builder.published.downloads.workbook import Origin, of_area, of_indicator
from site_builder.published.kept import kept
from site_builder.published.making import Files, Making
from site_builder.published.trees import Tree
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.planes import Classification

_LICENCE = "Open Government Licence v3.0."


def files(making: Making) -> Files:
    """Every workbook by its path. Made ones are kept beside the drawings: each takes a tenth of a second or more."""
    folder = making.drawn.cache.with_name("workbooks") if making.drawn.cache else None
    books = _of_nationals(making)
    for tree in making.trees:
        books |= _of_tree(making, tree)
    return {path: partial(_written, book, folder) for path, book in books.items()}


def _written(book: Callable[[], Book], folder: Path | None) -> bytes:
    made = book()
    return kept(folder, depends_on(made), "xlsx", lambda: workbook(made))


def _of_nationals(making: Making) -> dict[str, Callable[[], Book]]:
    inputs = making.inputs

    def indicator(code: str) -> Book:
        return of_indicator(_origin(making, code), inputs.figures[code], making.rows(code))

    held = [code for code in inputs.package_of if code in inputs.figures]  # a package may hold more than the catalogue
    return {workbook_file(inputs, inputs.figures[code]): partial(indicator, code) for code in held}


def _of_tree(making: Making, tree: Tree) -> dict[str, Callable[[], Book]]:
    """One an indicator of a release, and one an area."""
    inputs, release = tree.inputs, tree.release

    def indicator(code: str, path: str) -> Book:
        return of_indicator(_of_release(making, release, path), inputs.figures[code], tree.rows(code))

    def area(one: Area, path: str) -> Book:
        parts = [(data, tree.rows(code).get(one.code, ())) for code, data in inputs.figures.items()]
        return of_area(_of_release(making, release, path), one, parts)

    found: dict[str, Callable[[], Book]] = {}
    for code, data in inputs.figures.items():
        path = workbook_file(inputs, data)
        found[path] = partial(indicator, code, path)
    for one in (inputs.areas.by_code[LONDON], *inputs.areas.boroughs):
        path = area_workbook_file(release, one.slug)
        found[path] = partial(area, one, path)
    return found


def _origin(making: Making, code: str) -> Origin:
    """Where the figures of a national series come from."""
    inputs, settings = making.inputs, making.frames.settings
    data = inputs.figures[code]
    path = workbook_file(inputs, data)
    package = inputs.package_of[code]
    terms = (_LICENCE, *package.attribution)
    address = f"{settings.base_url}/{path}"
    return Origin(settings.title, package.title, None, False, data.source.credit, terms, settings.contact, address)


def _of_release(making: Making, release: Release, path: str) -> Origin:
    settings, name = making.frames.settings, f"release {release.id}"
    return Origin(
        site=settings.title,
        name=name,
        published_on=release.published_on,
        is_invented=release.classification is Classification.SYNTHETIC,
        source=f"{settings.base_url}/{addresses.release(str(release.id))}",
        terms=(_LICENCE,),
        contact=settings.contact,
        address=f"{settings.base_url}/{path}",
    )
