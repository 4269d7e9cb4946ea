"""The disclosure policy in words: what holds for all, for one indicator, and for those that are stricter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.published import addresses
from site_builder.published.downloads.package import SERIES, series_file
from site_builder.published.downloads.table import file_name
from site_builder.published.hidden import coarser
from site_builder.release.cells import PublicCells
from site_builder.release.policy import DisclosurePolicy, EffectivePolicy
from site_builder.release.releases import Release
from site_builder.release.structure import Form
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import DisclosureOverrides, Indicator

_ZEROS = {"show": "printed as 0", "hide": "hidden like a small count"}
_STEPS = {
    "year": "by year only",
    "inner-outer": f"for {HERE.parts_name} only",
    "london": f"for {HERE.name} only",
}
_AREAS = {"borough": "", "inner-outer": HERE.parts_name, "london": HERE.name}
_WINDOWS = {"none": "", "rolling-4-quarters": "year", "pooled-3-years": "three years together"}


def sentence(form: Form, cells: PublicCells) -> str:
    """What policy holds for an indicator of a release."""
    zero = "a zero is printed as 0" if form.policy.zeros == "show" else "a zero is hidden too"
    ways = "".join(f"; it is published {way}" for way in coarser(form, cells))
    return (
        f"Counts from 1 to {form.policy.threshold} are hidden, and others where a small one could be worked out; "
        f"{zero}{ways}."
    )


def placeholders(
    policy: DisclosurePolicy, catalogue: Mapping[str, Indicator], latest: Release | None
) -> Mapping[str, str]:
    """What placeholders of the prose stand for: the policy in force, and the release that the site shows."""
    return {
        "policy version": policy.version,
        "policy threshold": str(policy.threshold),
        "policy zeros": _ZEROS[policy.zeros],
        "policy hide_complement": "always" if policy.hide_complement else "never",
        "policy hide_small_denominator": "always" if policy.hide_small_denominator else "never",
        "policy symbol": f"[{policy.symbol}]",
        "policy min_hidden_per_line": str(policy.min_hidden_per_line),
        "policy sensitive_min_hidden_per_line": str(policy.sensitive_min_hidden_per_line),
        "policy max_hidden_share": f"{policy.max_hidden_share:.0%}",
        "policy coarsen": ", then ".join(_STEPS.get(step, step) for step in policy.coarsen),
        "policy stricter": "\n".join(_stricter(policy, catalogue, latest)),
        **_downloads(latest),
    }


def _downloads(latest: Release | None) -> dict[str, str]:
    """The archives to check: names, and links once there is a release."""
    kind = latest.classification.value if latest else ""
    name, archive, series = (
        str(latest.id) if latest else "RELEASE",
        file_name("all", "zip", kind),
        file_name(SERIES, "zip", kind),
    )
    told = {
        "release files": (f"the archive of release {name}", addresses.release_file(name, archive)),
        "release packages": ("every package and the ledger", series_file(kind)),
    }
    links = {
        key: f"[{words}]({addresses.relative(addresses.HIDDEN_FIGURES, path)})" if latest else words
        for key, (words, path) in told.items()
    }
    return {"release latest": name, "release archive": archive, "release series": series, **links}


def _stricter(policy: DisclosurePolicy, catalogue: Mapping[str, Indicator], latest: Release | None) -> Iterator[str]:
    """The lines of a table of the indicators that are held to more than the policy asks of all."""
    yield "| Indicator | Hidden when small | Hidden in a total, at least | Smallest detail | Figures |"
    yield "|---|---|---|---|---|"
    usual = policy.effective(DisclosureOverrides())
    for code, indicator in catalogue.items():
        held = policy.effective(indicator.disclosure, code)
        detail = _detail(indicator, latest)
        if not indicator.is_national and (held != usual or detail):
            way = addresses.relative(addresses.HIDDEN_FIGURES, addresses.indicator(code))
            yield (
                f"| [{code} {indicator.title}]({way}) | {held.small[0]} to {held.small[-1]} | {held.min_hidden_per_line} "
                f"| {detail or 'as for others'} | {_released(held, code, latest)} |"
            )


def _detail(indicator: Indicator, latest: Release | None) -> str:
    """How much coarser than others an indicator is by its definition, or is published; empty when it is not."""
    form = latest.structure.indicators.get(indicator.code) if latest else None
    by_year = form is not None and form.grain == "year-of-quarters"
    return ", ".join(filter(None, (_AREAS[indicator.floor], "year" if by_year else _WINDOWS[indicator.cycle.window])))


def _released(held: EffectivePolicy, code: str, latest: Release | None) -> str:
    """Whether the release that the site shows has figures, and was made under the rule that is in force."""
    form = latest.structure.indicators.get(code) if latest else None
    if form is None:
        return "none yet"
    return "in the release" if form.policy == held else "in the release, under an earlier rule"
