"""What every form of open data shares: what an import is checked against, what it makes, and what a form has to offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.imports import figure_rules
from site_builder.imports.cells import Sheet
from site_builder.imports.mappings import Explanation, Release
from site_builder.imports.places import Places
from site_builder.imports.vintages import Texts
from site_builder.release.reference import Populations
from site_builder.vocabulary.findings import Finding

NATIONAL = "datapackages/national"
SHOWN, ESTIMATED = "shown", "e"  # what a remark may mean, beside a reason for withholding


@dataclass(frozen=True, slots=True)
class Context:
    """What an import is checked against: places, populations by vintage, and an earlier release of the source, empty
    when there is none. ``described``: table to the bytes of the file that describes it, for forms that have one."""

    places: Places
    vintages: Mapping[str, Populations] = field(repr=False)
    before: Texts = field(repr=False)
    described: Mapping[str, bytes] = field(default_factory=dict, repr=False)


Made = tuple[tuple[Finding, ...], dict[str, bytes]]  # findings, and the files of a package; none when findings block


def nothing_more(_release: Release) -> None:
    """The check of a form that asks no more of a mapping than all do."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which publishers give data away.

    ``says``: a sentence for people; ``header``: columns by which a table of it is known; ``needs``: what else a person
    has to have at hand. ``sources``: those that are of it without their mappings saying so. ``folder``: where packages
    go, below the root, ``{source}`` filled in. ``make``: the package from the mapping, the sheet of each table, what
    there is to check against, and the mapping's name in findings. ``check`` raises ValueError for a mapping that lacks
    what the form wants.
    """

    name: str
    says: str
    header: frozenset[str]
    needs: str
    make: Callable[[Release, Mapping[str, Sheet], Context, str], Made]
    sources: tuple[str, ...] = ()
    folder: str = f"{NATIONAL}/{{source}}"
    check: Callable[[Release], None] = nothing_more

    @property
    def is_national(self) -> bool:
        """Whether it becomes a national package, whose releases are compared with one another."""
        return self.folder.startswith(NATIONAL)


def explained(release: Release, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Explanation, ...]]:
    """The findings that the mapping does not explain, and the explanations that answer none."""
    answers = {(e.rule, figure_rules.about(e.where, e.area, e.year)): e for e in release.explained}
    open_, used = [], set()
    for finding in findings:
        key = (finding.rule, finding.where.field or "")
        if key in answers:
            used.add(key)
        else:
            open_.append(finding)
    return tuple(open_), tuple(answers[key] for key in sorted(set(answers) - used))
