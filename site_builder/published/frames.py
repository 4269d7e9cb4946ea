"""The frame of each page: title, address, notices, breadcrumb, signpost and footer, made in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder import __version__
from site_builder.published import addresses
from site_builder.published.charts.tiles import mark
from site_builder.published.corrections import Correction
from site_builder.published.head import head
from site_builder.published.pages_parts import Assets, Frame, Link, Mark, Notice, Phone, Signpost
from site_builder.published.settings import Settings
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words

ILLUSTRATIVE = Notice("Illustrative data", "Every figure on this page is invented, to show how a page looks.", None)
PARTLY_ILLUSTRATIVE = Notice(
    "Illustrative data", "Some figures on this page are invented. Each of them is marked “Illustrative”.", None
)
DRAFT = Notice("DRAFT, not published", "Nobody has agreed to these figures yet. Do not pass them on.", None)
_FOOTER = (
    ("About", "about/index.html"),
    ("Accessibility", addresses.ACCESSIBILITY),
    ("Methods", addresses.METHODS),
    ("Releases", addresses.RELEASES),
    ("Submit a return", addresses.SUBMITTING),
    ("What this is not", addresses.SCOPE),
    ("Contact", addresses.CONTACT),
)


@dataclass(frozen=True, slots=True)
class Frames:
    """Makes frames. ``release_id`` and ``published_on`` are those of the release that the site shows; None before
    the first one. ``draft``: whether that release is a draft, which every page then says. ``corrected``: the pages whose
    figures were corrected, by path, as ``corrected_pages`` gives them."""

    settings: Settings
    assets: Assets
    mark: Mark
    release_id: str | None
    published_on: date | None
    draft: bool = False
    corrected: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    @staticmethod
    def of(
        settings: Settings,
        areas: Areas,
        assets: Assets,
        release: tuple[str, date] | None,
        *,
        draft: bool = False,
        corrected: Mapping[str, tuple[Correction, ...]] | None = None,
    ) -> Frames:
        """Frames with the mark drawn from the squares of the areas package."""
        drawn = mark({area.slug: area.tile for area in areas.boroughs if area.tile})
        name, day = release or (None, None)
        return Frames(settings, assets, drawn, name, day, draft, corrected or {})

    def frame(
        self,
        path: str,
        title: str,
        description: str,
        section: str = "",
        above: tuple[tuple[str, str], ...] = (),
        notices: tuple[Notice, ...] = (),
        feeds: tuple[tuple[str, str], ...] = (),
        described: tuple[Mapping[str, object], ...] = (),
        data: tuple[str, ...] = (),
    ) -> Frame:
        """The frame of the page at ``path``. ``above``: label and path of the pages between Home and this one.
        ``feeds``: label and path of the feeds on its subject; ``described``: its data sets, as schema.org has them.
        ``data``: paths of its figures as files, and of what describes them.
        """
        illustrative = any(notice.tag == ILLUSTRATIVE.tag for notice in notices)
        crumbs = (("Home", addresses.HOME), *above) if path != addresses.HOME else ()
        kept_out = illustrative or self.draft
        return Frame(
            title=title,
            description=description,
            canonical=f"{self.settings.base_url}/{path}",
            root=addresses.root_of(path),
            section=section,
            breadcrumb=tuple(Link(label, addresses.relative(path, target)) for label, target in crumbs),
            notices=(*self._drafted(), *self._corrections(path), *notices),
            tag="Illustrative" if illustrative else "",
            release=self._release_line(),
            permanent=None,
            noindex=kept_out,
            assets=self.assets,
            signpost=self._signpost(addresses.relative(path, addresses.HELP)),
            mark=self.mark,
            footer=tuple(Link(label, addresses.relative(path, target)) for label, target in _FOOTER),
            head=head(self.settings, path, title, crumbs, feeds, data, described, kept_out=kept_out),
        )

    def absolute(self, title: str, description: str) -> Frame:
        """The frame of a page that is served at any depth: every link with the address of the site."""
        base = self.settings.base_url
        return Frame(
            title=title,
            description=description,
            canonical="",
            root=f"{base}/",
            section="",
            breadcrumb=(),
            notices=self._drafted(),
            tag="",
            release=self._release_line(),
            permanent=None,
            noindex=True,
            assets=self.assets,
            signpost=self._signpost(f"{base}/{addresses.HELP}"),
            mark=self.mark,
            footer=tuple(Link(label, f"{base}/{target}") for label, target in _FOOTER),
        )

    def _drafted(self) -> tuple[Notice, ...]:
        return (DRAFT,) if self.draft else ()

    def _corrections(self, path: str) -> tuple[Notice, ...]:
        return tuple(
            Notice("Corrected", one.text, Link("What changed", addresses.relative(path, one.target)))
            for one in self.corrected.get(path, ())
        )

    def _release_line(self) -> str:
        if self.release_id is None or self.published_on is None:
            return f"No release yet. Software version {__version__}."
        if self.draft:
            return f"Draft of release {self.release_id}, not published. Software version {__version__}."
        return (
            f"Release {self.release_id}, published {day_in_words(self.published_on)}. Software version {__version__}."
        )

    def _signpost(self, help_page: str) -> Signpost:
        post = self.settings.signpost
        return Signpost(
            danger=_phone("In danger now", post.emergency),
            question=post.question or f"Worried about {HERE.a_person}?",
            lines=(
                _phone(f"Adults: {post.adults_name}", post.adults),
                *((_phone(f"{HERE.people_head}: {post.children_name}", post.children),) if post.children else ()),
            ),
            council=Link("Your council", help_page),
        )


def _phone(label: str, number: str) -> Phone:
    return Phone(label, number, "tel:" + number.replace(" ", ""))
