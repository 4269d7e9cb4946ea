"""A release as it stands for good: its inputs, its tables and its pages, all below ``releases/<id>/``.

What stands there is made from the release's own package and what that was made with, so a later release changes no figure
of it. Pages are drawn by today's templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from site_builder.published import addresses
from site_builder.published.compose import embed
from site_builder.published.compose.borough import borough
from site_builder.published.compose.indicator import indicator_page
from site_builder.published.compose.older import older
from site_builder.published.compose.values import Drawn
from site_builder.published.corrections import corrected_pages
from site_builder.published.downloads.table import Row
from site_builder.published.frames import DRAFT, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages import IndicatorPage, Page
from site_builder.published.pages_parts import Frame, Head
from site_builder.published.rebase import IN_LATEST
from site_builder.published.tables import Tables
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A release with its inputs, as they stood when it came, and its tables."""

    release: Release
    inputs: Inputs
    tables: Tables

    @property
    def name(self) -> str:
        """Its id."""
        return str(self.release.id)

    @property
    def classification(self) -> str:
        """What its figures are, in the word of packages."""
        return self.release.classification.value

    @property
    def start(self) -> str:
        """What every path of it begins with."""
        return addresses.release_file(self.name, "")

    def rows(self, code: str) -> Mapping[str, tuple[Row, ...]]:
        """The rows of an indicator's table by area."""
        return self.tables.rows(code)


def trees_of(inputs: Inputs) -> tuple[Tree, ...]:
    """A tree for each release, oldest first."""
    made = [(release, inputs.as_of(release)) for release in inputs.releases]
    return tuple(Tree(release, then, Tables(then)) for release, then in made)


class TreePages:
    """The pages of a tree by the path that they have in the latest release; ``rebase`` moves their links.

    ``frames``: of the site. ``drawn``: what drawing a chart needs."""

    def __init__(self, tree: Tree, whole: Inputs, frames: Frames, drawn: Drawn) -> None:
        self._tree = tree
        self._whole = whole
        self._frames = replace(
            frames,
            release_id=tree.name,
            published_on=tree.release.published_on,
            draft=tree.inputs.draft,
            corrected=corrected_pages(tree.inputs.revisions, tree.inputs.areas),
        )
        self._drawn = drawn

    @cached_property
    def pages(self) -> dict[str, Callable[[], Page]]:
        """Indicators, boroughs and embeds; each is made when asked for."""
        inputs = self._tree.inputs
        made: dict[str, Callable[[], Page]] = {}
        for code, data in inputs.figures.items():
            page = partial(self.indicator, code)
            made[addresses.indicator(code)] = page
            made |= embed.pages(self._frames, data, page, embed.views(page()))
        for area in inputs.areas.boroughs:
            made[addresses.borough(area.slug)] = partial(borough, self._frames, inputs, area)
        return {path: partial(self._standing, path, page) for path, page in made.items()}

    @cache  # noqa: B019  (these pages live as long as their site)
    def indicator(self, code: str) -> IndicatorPage:
        """The page of an indicator in A to Z order, the only one that a release keeps."""
        inputs = self._tree.inputs
        page = embed.offered(indicator_page(self._frames, inputs, inputs.figures[code], self._drawn), code)
        return replace(page, boroughs=page.boroughs._replace(orders=()))

    def _standing(self, path: str, page: Callable[[], Page]) -> Page:
        """A page that says which release it is of, and where the latest one is."""
        made = page()
        return replace(made, frame=self._kept(made.frame, path))

    def _kept(self, frame: Frame, path: str) -> Frame:
        papers = "Packs and score cards are of the newest." if path.startswith(f"{HERE.folder}/") else ""
        told = older(self._whole, self._tree.release, f"{IN_LATEST}{path}", papers)
        if self._whole.draft and not self._frames.draft:
            told = (DRAFT, *told)  # a release that stands, in a preview that nobody may pass on
        head = Head(feeds=frame.head.feeds, data=frame.head.data)
        return replace(
            frame,
            title=f"{frame.title}, release {self._tree.name}",
            notices=(*told, *frame.notices),
            head=head,
            noindex=frame.noindex or self._whole.draft,
        )
