"""From inputs to a site: every path, and a function that gives its bytes when asked. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path

from site_builder.published import addresses, registry
from site_builder.published.accessibility import design_of
from site_builder.published.change_words import NOTHING, in_words
from site_builder.published.changes import as_csv, changes
from site_builder.published.compose import compare, embed
from site_builder.published.compose.by_rate import by_rate, has_twin
from site_builder.published.compose.compare_script import compare_script
from site_builder.published.compose.indicator import indicator_page, page_without_figures
from site_builder.published.compose.matrix import matrix_page, matrix_pages
from site_builder.published.compose.moved import moved_pages
from site_builder.published.compose.reconciliation import reconciliation
from site_builder.published.compose.values import Drawn
from site_builder.published.corrections import corrected_pages
from site_builder.published.downloads import lists
from site_builder.published.downloads.package import SERIES, readme_of, series_file, series_zip
from site_builder.published.downloads.places import DERIVED, FROZEN, archive_file
from site_builder.published.downloads.whole import SCHEMAS, held, whole_zip
from site_builder.published.drawings import Drawings
from site_builder.published.frames import Frames
from site_builder.published.headers import PATH, headers
from site_builder.published.inputs import Inputs, load_inputs
from site_builder.published.making import Files, Making
from site_builder.published.pages import IndicatorPage, Page
from site_builder.published.pages_parts import Link
from site_builder.published.parts_page import parts_files
from site_builder.published.rebase import rebased
from site_builder.published.records import frozen_of, load_records, refuse_changed, refuse_strays
from site_builder.published.render import Renderer, named
from site_builder.published.revisions import hidden_in, may_be_told, sorted_out
from site_builder.published.tables import Tables
from site_builder.published.tokens import read_tokens
from site_builder.published.trees import Tree, TreePages, trees_of
from site_builder.published.versions import redefined, step, version_of
from site_builder.published.write import Site
from site_builder.release.ledger import FILE as LEDGER
from site_builder.release.package import checksums, checksums_of, sha256
from site_builder.release.policy import DisclosurePolicy, load_policy
from site_builder.release.reference import load_areas, load_catalogue
from site_builder.release.releases import RELEASES, load_releases
from site_builder.release.withdrawals import FILE as WITHDRAWALS
from site_builder.release.withdrawals import load_withdrawals, withdrawals_bytes
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Visibility

_READ = (
    "content",
    "templates",
    "datapackages/reference",
    "datapackages/national",
    "datapackages/releases",
    "GLOSSARY.md",
)
CHARTS = Path(".cache/charts")


def templates_of(root: Path) -> Path:
    """The templates of a checkout, or those of this software where the checkout is an instance without its own."""
    own = root / "templates"
    return own if own.is_dir() else Path(__file__).parents[2] / "templates"


def inputs_of(root: Path) -> tuple[Path, ...]:
    """The files and folders that a build reads: what a preview watches."""
    return tuple(root / name for name in _READ)


def build_site(root: Path, draft: Path | None = None, visibility: Visibility = Visibility.PUBLIC) -> Site:
    """The site of a checkout; its pages are made when asked for. Raises a Refusal when an input cannot be used.

    ``draft``: the folder of a draft release, for a preview with it as the newest one; a draft of real returns needs a
    private place.
    """
    inputs = load_inputs(root, draft, visibility)
    if draft is None:
        refuse_strays(load_records(root), [str(release.id) for release in inputs.releases])
    return Builder(root, inputs, load_policy(root)).site


def downloads_of(root: Path, release: str) -> Mapping[str, str]:
    """Checksums of the downloads of a release that never change. Raises ConfigurationError for an unknown release, and as
    ``build_site``."""
    builder = Builder(root, load_inputs(root), load_policy(root))
    trees = {tree.name: tree for tree in builder.trees}
    if release not in trees:
        raise mistake("build", f"There is no release {release}.", f"Name one of: {', '.join(trees)}.")
    return builder.frozen(trees[release])


def preview_site(root: Path) -> Site:
    """The site of a checkout with the page of components beside it, which a build never has. Raises as ``build_site``."""
    builder = Builder(root, load_inputs(root), load_policy(root))
    parts = parts_files(builder.renderer, builder.frames, builder.inputs.areas)
    return registry.joined((builder.site, parts))


def changes_between(root: Path, old: str, new: str, *, as_table: bool) -> str:
    """What differs between two releases, in words or as a table, as far as the newest release lets it be told. Raises
    ConfigurationError for an unknown id."""
    releases = load_releases(root / RELEASES)
    by_id = {str(release.id): release for release in releases}
    for name in (old, new):
        if name not in by_id:
            raise mistake("changes", f"There is no release {name}.", f"Name one of: {', '.join(by_id)}.")
    if releases.index(by_id[new]) < releases.index(by_id[old]):
        raise mistake("changes", f"{new} came before {old}.", "Name the earlier release first.")
    before, after = by_id[old], by_id[new]
    made = changes(before, after)
    told = may_be_told(made, hidden_in(releases[-1]))
    if as_table:
        return as_csv(told, old, new, after.classification.value).decode()
    if not made:
        return NOTHING
    numbers = version_of(releases, load_withdrawals(root / RELEASES))
    opening = f"{old} (version {numbers[old]}) to {new} (version {numbers[new]})"
    found, taken = sorted_out(told, before), step(before, after, made)
    return in_words(opening, taken, found, redefined(before, after), load_areas(root), load_catalogue(root))


class Builder:
    """Gathers the paths of a site. Each group of pages adds its own; figures are worked out once and shared."""

    def __init__(self, root: Path, inputs: Inputs, policy: DisclosurePolicy) -> None:
        self.inputs = inputs
        templates = templates_of(root)
        self.renderer = Renderer(templates)
        latest = inputs.latest
        dated = (str(latest.id), latest.published_on) if latest else None
        corrected = corrected_pages(inputs.revisions, inputs.areas)
        self.frames = Frames.of(
            inputs.content.settings,
            inputs.areas,
            self.renderer.assets,
            dated,
            draft=inputs.draft,
            corrected=corrected,
        )
        light = read_tokens((templates / "assets/site.css").read_text(encoding="utf-8")).light
        self.trees = trees_of(inputs)
        self.tables = Tables(inputs, self.trees[-1].tables if self.trees else None)
        self._records = {} if inputs.draft else load_records(root)
        self._kept_out: dict[str, bool] = {}  # of each page made so far: whether search engines are to leave it
        self.drawn = Drawn(root / CHARTS, light)
        self.making = Making(
            self.frames,
            inputs,
            policy,
            self.drawn,
            design_of(templates),
            self.trees,
            self.tables.rows,
            lambda: self._pages,
            lambda path: self.site[path](),
        )
        self.drawings = Drawings(self.frames, inputs, self.renderer, self.drawn, self._indicator)
        self._standing = {tree.name: TreePages(tree, inputs, self.frames, self.drawn) for tree in self.trees}

    @cached_property
    def site(self) -> Site:
        """Every path of the site."""
        path, script = self._script
        made: dict[str, Callable[[], bytes]] = {
            **{path: partial(bytes, asset) for path, asset in self.renderer.files.items()},
            **{path: partial(self._rendered, path, page) for path, page in self._pages.items()},
            path: partial(bytes, script),
            PATH: self._headers,
            "sitemap.xml": self._sitemap,
        }
        everywhere = _outside_trees({**self.drawings.files, **self.tables.files})
        trees = (self._of_tree(tree) for tree in self.trees)
        live = registry.joined((made, everywhere, registry.files_of(self.making), self._series(), *trees))
        live |= {
            path: cache(one) for path, one in live.items() if path.startswith(_SUMMED) and not path.endswith(".html")
        }
        moved = moved_pages(self.frames, self.inputs.content.redirects, live)
        return live | {path: partial(self._rendered, path, page) for path, page in moved.items()}

    def _headers(self) -> bytes:
        """What a host says with each file. The files of packages never change; of the rest only the addresses do not."""
        ours = [addresses.release_file(":release", name) for one in self.inputs.releases for name in one.files]
        theirs = [addresses.national_file(":source", ":release", n) for one in self.inputs.nationals for n in one.files]
        return headers(self.site, (*ours, *theirs))

    @cached_property
    def _pages(self) -> dict[str, Callable[[], Page]]:
        own = {addresses.RECONCILIATION: self._reconciliation} if "reconciliation" in HERE.sections else {}
        return registry.joined((registry.pages_of(self.making), self._compare(), self._indicators(), own))

    def _rendered(self, path: str, page: Callable[[], Page]) -> bytes:
        made = self._with_its_own(path, page())
        elsewhere = not made.frame.canonical.endswith(f"/{path}")
        self._kept_out[path] = made.frame.noindex or elsewhere
        return self.renderer.render(made)

    def _with_its_own(self, path: str, page: Page) -> Page:
        """A page that shows the latest release, with the way to the one that stays."""
        tree = self.trees[-1] if self.trees else None
        if tree is None or path not in self._standing[tree.name].pages:
            return page
        link = Link(f"The page of release {tree.name}", addresses.relative(path, tree.start + path))
        return replace(page, frame=replace(page.frame, permanent=link))

    def _indicators(self) -> dict[str, Callable[[], Page]]:
        pages: dict[str, Callable[[], Page]] = {}
        for code, indicator in self.inputs.catalogue.items():
            path = addresses.indicator(code)
            if code in self.inputs.figures:
                made, data = partial(self._indicator, code), self.inputs.figures[code]
                pages[path] = made
                pages |= embed.pages(self.frames, data, made, embed.views(made()))
                if has_twin(data):
                    pages[addresses.by_rate(code)] = partial(self._by_rate, code)
            else:
                pages[path] = partial(page_without_figures, self.frames, self.inputs, indicator)
        return pages

    def _compare(self) -> dict[str, Callable[[], Page]]:
        frames, inputs = self.frames, self.inputs
        pages: dict[str, Callable[[], Page]] = {
            addresses.COMPARE: lambda: compare.start(frames, inputs, self.site),
            addresses.COMPARE_BOROUGHS: partial(compare.compare_boroughs, frames, inputs, self._script[0]),
        }
        return pages | {
            path: partial(matrix_page, frames, inputs, theme, path, held)
            for path, (theme, held) in matrix_pages(inputs).items()
        }

    @cached_property
    def _script(self) -> tuple[str, bytes]:
        """The data of the page that compares a few boroughs: where it stands, and its bytes."""
        script = compare_script(self.inputs)
        return named("compare-data", "js", script), script

    def _reconciliation(self) -> Page:
        sizes = {path: len(data) for path, data in self.tables.reconciled.items()}
        return reconciliation(self.frames, self.inputs, self.tables.reconciliation, sizes)

    @cache  # noqa: B019  (a builder lives as long as its site)
    def _indicator(self, code: str) -> IndicatorPage:
        data, file = self.inputs.figures[code], self.tables.of_indicator
        return embed.offered(indicator_page(self.frames, self.inputs, data, self.drawn, file), code)

    def _by_rate(self, code: str) -> IndicatorPage:
        return by_rate(self.inputs, self.inputs.figures[code], self._indicator(code))

    def _sitemap(self) -> bytes:
        """The pages that do not ask to be left out of search engines: those without an invented figure."""
        pages = [path for path in self.site if path.endswith(".html")]
        for path in pages:
            if path not in self._kept_out:
                self.site[path]()
        return lists.sitemap(self.inputs, (p for p in pages if not self._kept_out[p]), self.frames.settings.base_url)

    def _of_tree(self, tree: Tree) -> dict[str, Callable[[], bytes]]:
        """What stands below a release beside its package: pages, tables, drawings, everything in one archive, checksums."""
        pages = self._standing[tree.name]
        drawings = Drawings(self.frames, tree.inputs, self.renderer, self.drawn, pages.indicator)
        files = {**tree.tables.files, **drawings.files}
        made = {path: one for path, one in files.items() if path.startswith(tree.start)}
        made |= {tree.start + path: partial(self._moved, tree, path, page) for path, page in pages.pages.items()}
        made[archive_file(tree.release)] = partial(self._archive, tree)
        made[tree.start + FROZEN] = lambda: checksums_of(self.frozen(tree))
        made[tree.start + DERIVED] = partial(self._derived, tree)
        return made

    def _moved(self, tree: Tree, path: str, page: Callable[[], Page]) -> bytes:
        own = self._standing[tree.name].pages
        return rebased(self._rendered(tree.start + path, page), path, tree.start, own)

    def _archive(self, tree: Tree) -> bytes:
        """Every file of a release but its pages."""
        inside = (path.removeprefix(tree.start) for path in self.site if path.startswith(tree.start))
        files = {name: self.site[tree.start + name]() for name in held(inside)}
        files |= {path: self.site[path]() for path in self.site if path.startswith(SCHEMAS)}
        title = f"{self.inputs.content.settings.title}, release {tree.name}"
        return whole_zip(files, title, f"{self.frames.settings.base_url}/{tree.start}", tree.classification)

    def _series(self) -> dict[str, Callable[[], bytes]]:
        """Every release in one archive; none before the first."""
        latest = self.inputs.latest
        if latest is None:
            return {}
        classification = latest.classification.value
        title = f"{self.inputs.content.settings.title}, every release"
        about = f"To prove them again, run “site-builder audit {SERIES}” where this archive was unpacked."
        packages = {str(release.id): release.files for release in self.inputs.releases}
        readme = readme_of(title, about, classification)
        gone = self.inputs.withdrawals
        lists = {LEDGER: self.inputs.ledger, **({WITHDRAWALS: withdrawals_bytes(gone)} if gone else {})}
        return {series_file(classification): partial(series_zip, packages, lists, readme)}

    @cache  # noqa: B019  (asked for by the site and for a record)
    def frozen(self, tree: Tree) -> Mapping[str, str]:
        """Checksums of a release's downloads that never change, by path within it. Raises IntegrityRefusal (D913) when one
        is not what was written down."""
        inside = frozen_of(tree, (path for path in self.site if path.startswith(tree.start)))
        now = {path.removeprefix(tree.start): sha256(self.site[path]()) for path in inside}
        if tree.name not in self._records:
            return now
        refuse_changed(tree.name, self._records[tree.name], now)
        return self._records[tree.name]

    def _derived(self, tree: Tree) -> bytes:
        """Checksums of all else that is made from a release, but its pages; its package has a list of its own."""
        kept = {*self.frozen(tree), *tree.release.files, FROZEN, DERIVED}
        inside = (path.removeprefix(tree.start) for path in self.site if path.startswith(tree.start))
        made = [name for name in inside if name not in kept and not name.endswith(".html")]
        return checksums({name: self.site[tree.start + name]() for name in made})


_SUMMED = f"{SERIES}/"  # files of releases are asked for by their own path and by the list of checksums that names them


def _outside_trees(files: Files) -> dict[str, Callable[[], bytes]]:
    """Files but those of releases, which stand in their trees."""
    return {path: made for path, made in files.items() if not path.startswith(f"{SERIES}/")}
