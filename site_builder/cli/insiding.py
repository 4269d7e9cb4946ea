"""``audit --insiders``: what each borough could work out about the others from its own return, for a private place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from site_builder.confidential import insiders
from site_builder.confidential.insiders import Insight
from site_builder.confidential.observations import read_observations
from site_builder.confidential.standards import load_standards
from site_builder.release.certificate import Proved
from site_builder.release.policy import parse_policy
from site_builder.release.releases import RELEASES, sealed_packages
from site_builder.vocabulary.findings import Finding, in_order
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Visibility

_HEAD = ("indicator", "sensitive", f"{HERE.areas} that could work one out", f"{HERE.areas} that could narrow one")
_PAIRS = "pairs that could work out more"
_MEANING = (
    f"Of each indicator: how many {HERE.areas} could work out a hidden figure of another one, or rule out some of its values,\n"
    "from all that is printed and what they sent themselves. This rests on true counts: do not pass it on."
)


def insiders_in_words(
    root: Path, wanted: Sequence[str], returns: Sequence[Path], visibility: Visibility, *, pairs: bool
) -> tuple[str, tuple[Finding, ...]]:
    """The table and the findings for all releases up to the last one of ``wanted``, or up to the newest.

    ``pairs``: also what every two boroughs could work out together, of sensitive indicators. Raises DisclosureRefusal
    (D901) when real returns lie in a public or unknown place, IntegrityRefusal when a release was changed,
    ConfigurationError when there is no such release or the returns are not its own.
    """
    standards = load_standards(root)
    observations = read_observations(standards, root, returns, visibility)
    packages = sealed_packages(root / RELEASES)
    places = [place for place, one in enumerate(packages) if not wanted or one.name in wanted]
    if not places or not set(wanted) <= {one.name for one in packages}:
        raise mistake("audit", "There is no such release.", "Name a release of the ledger.")
    last, editions = packages[places[-1]], tuple(one.edition for one in packages[: places[-1] + 1])
    Proved(last.name, editions, last.certificate)
    inside = insiders.look_inside(editions, last.certificate.proofs(), observations, standards)
    policy = parse_policy(last.files["policy.json"])
    sensitive = insiders.sensitive_among(editions, policy.sensitive_min_hidden_per_line)
    single = insiders.alone(inside)
    double = insiders.in_pairs(inside, sensitive, single) if pairs else None
    found = insiders.findings_of(last.name, [*single, *(double or ())], sensitive, standards.areas)
    return table(inside.indicators(), single, double, sensitive), in_order(found)


def table(
    codes: Iterable[str], single: Sequence[Insight], double: Sequence[Insight] | None, sensitive: Collection[str]
) -> str:
    """One line an indicator that hides something, and what it means. ``double``: None when no pairs were looked at."""
    rows = [_HEAD if double is None else (*_HEAD, _PAIRS)]
    for code in codes:
        row = (
            code,
            "yes" if code in sensitive else "no",
            _many(single, code, exact=True),
            _many(single, code, exact=False),
        )
        rows.append(row if double is None else (*row, _many(double, code, exact=True) if code in sensitive else "-"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([*lines, "", _MEANING])


def _many(insights: Iterable[Insight], code: str, *, exact: bool) -> str:
    """How many boroughs, or pairs of them, have such an insight."""
    return str(len({one.who for one in insights if one.indicator == code and one.exact is exact}))
