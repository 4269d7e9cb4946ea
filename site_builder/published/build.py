"""From inputs to a site: every path, and a function that gives its bytes when asked. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property, partial
from pathlib import Path

from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.charts.chart import Chart
from site_builder.published.compose import prose
from site_builder.published.compose.indicator import Drawn, Files, indicator_page, page_without_figures
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs, load_inputs
from site_builder.published.pages import IndicatorPage, Page
from site_builder.published.render import Renderer
from site_builder.published.statistics import IndicatorData
from site_builder.published.tokens import read_tokens
from site_builder.published.write import Site
from site_builder.release.policy import DisclosurePolicy, load_policy

_READ = (
    "content",
    "templates",
    "datapackages/reference",
    "datapackages/national",
    "datapackages/releases",
    "GLOSSARY.md",
)
CHARTS = Path(".cache/charts")


def inputs_of(root: Path) -> tuple[Path, ...]:
    """The files and folders that a build reads: what a preview watches."""
    return tuple(root / name for name in _READ)


def build_site(root: Path) -> Site:
    """The site of a checkout; its pages are made when asked for. Raises a Refusal when an input cannot be used."""
    return Builder(root, load_inputs(root), load_policy(root)).site


def policy_words(policy: DisclosurePolicy) -> Mapping[str, str | Markup]:
    """What placeholders of the prose stand for."""
    return {
        "policy threshold": str(policy.threshold),
        "policy min_hidden_per_line": str(policy.min_hidden_per_line),
        "policy sensitive_min_hidden_per_line": str(policy.sensitive_min_hidden_per_line),
        "policy max_hidden_share": f"{policy.max_hidden_share:.0%}",
    }


class Builder:
    """Gathers the paths of a site. Each group of pages adds its own; figures are worked out once and shared."""

    def __init__(self, root: Path, inputs: Inputs, policy: DisclosurePolicy) -> None:
        self.inputs = inputs
        self.policy = policy
        self.renderer = Renderer(root / "templates")
        latest = inputs.latest
        dated = (str(latest.id), latest.published_on) if latest else None
        self.frames = Frames.of(inputs.content.settings, inputs.areas, self.renderer.assets, dated)
        light = read_tokens((root / "templates/assets/site.css").read_text(encoding="utf-8")).light
        self.drawn = Drawn(root / CHARTS, light)

    @cached_property
    def site(self) -> Site:
        """Every path of the site."""
        made: dict[str, Callable[[], bytes]] = {}
        for path, data in self.renderer.files.items():
            made[path] = partial(bytes, data)
        for group in (self._prose, self._indicators):
            for path, page in group().items():
                made[path] = partial(self._rendered, page)
        made.update(self._charts())
        return made

    def _rendered(self, page: Callable[[], Page]) -> bytes:
        return self.renderer.render(page())

    def _prose(self) -> dict[str, Callable[[], Page]]:
        content, frames, inputs = self.inputs.content, self.frames, self.inputs
        words = policy_words(self.policy)
        pages: dict[str, Callable[[], Page]] = {
            article.path: partial(prose.article, frames, article, words) for article in content.articles
        }
        pages |= {addresses.decision(d.stem): partial(prose.record, frames, d) for d in content.decisions}
        pages |= {addresses.rule(r.code): partial(prose.rule, frames, r) for r in content.rules}
        pages[addresses.DECISIONS] = partial(prose.decisions, frames, content, inputs.catalogue)
        pages[addresses.RULES] = partial(prose.rules, frames, content)
        pages[addresses.GLOSSARY] = partial(prose.glossary, frames, content)
        pages[addresses.SEARCH] = partial(prose.search, frames, content, inputs.catalogue, inputs.areas)
        pages[addresses.NOT_FOUND] = partial(prose.not_found, frames, inputs.areas)
        return pages

    def _indicators(self) -> dict[str, Callable[[], Page]]:
        pages: dict[str, Callable[[], Page]] = {}
        for code, indicator in self.inputs.catalogue.items():
            path = addresses.indicator(code)
            if code in self.inputs.figures:
                pages[path] = partial(self._page_of, code)
            else:
                pages[path] = partial(page_without_figures, self.frames, self.inputs, indicator)
        return pages

    @cache  # noqa: B019  (a builder lives as long as its site)
    def _indicator(self, code: str) -> tuple[IndicatorPage, Chart | None]:
        data = self.inputs.figures[code]
        return indicator_page(self.frames, self.inputs, data, self.files(data), self.drawn)

    def _page_of(self, code: str) -> Page:
        return self._indicator(code)[0]

    def _charts(self) -> dict[str, Callable[[], bytes]]:
        made: dict[str, Callable[[], bytes]] = {}
        for code, data in self.inputs.figures.items():
            if self._indicator(code)[1] is not None:
                files = self.files(data)
                made[files.svg] = partial(self._chart_file, code, "svg")
                made[files.spec] = partial(self._chart_file, code, "spec")
        return made

    def _chart_file(self, code: str, which: str) -> bytes:
        chart = self._indicator(code)[1]
        if chart is None:
            raise KeyError(code)
        return chart.svg if which == "svg" else chart.spec

    def files(self, data: IndicatorData) -> Files:
        """Where the downloads of an indicator stand."""
        code = data.indicator.code.lower()
        return Files(f"x/{code}.csv", f"x/{code}.json", "x/all.zip", f"x/{code}.svg", f"x/{code}.vl.json")
