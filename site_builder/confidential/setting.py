"""What a release is made with beside the returns: standards, policy, pinned references, earlier releases, the key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.confidential.decisions import FOLDER
from site_builder.confidential.standards import Standards, load_standards
from site_builder.confidential.suppress.costs import SYNTHETIC_KEY
from site_builder.confidential.withdrawn import Seen, load_seen
from site_builder.release import package
from site_builder.release.bases import Edition
from site_builder.release.disclosures import Statement
from site_builder.release.ledger import Ledger, load_ledger
from site_builder.release.policy import DisclosurePolicy, load_policy
from site_builder.release.reference import Populations, load_populations
from site_builder.release.releases import RELEASES
from site_builder.release.sealing import editions_before
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.periods import PeriodKind
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId

KEY_FILE = "jitter.key"  # beside the decisions of a returns repository; a secret, never committed to a public place
COLLECTION = "datapackages/reference/collection.toml"


@dataclass(frozen=True, slots=True, repr=False)
class Setting:
    """What a release is made with, beside the returns: standards, policy, pinned references, earlier releases.

    ``editions``: of the releases that stand. ``seen``: everything that readers ever saw, withdrawn releases too."""

    root: Path
    id: ReleaseId
    published_on: date
    standards: Standards
    policy: DisclosurePolicy
    populations: Populations
    pins: Mapping[str, str]
    ledger: Ledger
    editions: tuple[Edition, ...]
    seen: Seen
    told: tuple[Statement, ...] = ()  # figures that others printed of the same counts

    def __repr__(self) -> str:
        return f"<Setting of {self.id}>"

    @property
    def since(self) -> tuple[str, ...]:
        """The release before, and those after it that were withdrawn: a correction may name any of them."""
        names = [edition.release for edition in self.seen.editions]
        return tuple(names[names.index(self.editions[-1].release) :] if self.editions else names)

    @property
    def releases(self) -> Path:
        """The folder of all releases."""
        return self.root / RELEASES


def prepare(root: Path, release_id: str, published_on: date | None, *, is_new: bool) -> Setting:
    """Everything a release needs beside returns. Only releases before it in the ledger count as known."""
    release = _release_id(release_id)
    whole = load_ledger(root / RELEASES)
    standards, policy = load_standards(root), load_policy(root)
    entry = next((one for one in whole.entries if one.id == release_id), None)
    if is_new and (entry is not None or (root / RELEASES / release_id).exists()):
        raise package.refusal(
            release_id,
            "This release exists already and is never overwritten.",
            "Choose a new id: a correction is numbered .1, .2 and so on.",
        )
    ledger = whole.before(release_id)
    if release.correction and all(one.id != str(ReleaseId(release.period)) for one in ledger.entries):
        raise mistake(COLLECTION, f"{release_id} corrects a release that does not exist.", "Name the period alone.")
    day = published_on or (entry.published_on if entry else _calendar_day(standards, release))
    pins = _pins(root)
    editions = editions_before(root / RELEASES, ledger)
    return Setting(
        root,
        release,
        day,
        standards,
        policy,
        load_populations(root, pins["populations"]),
        {**pins, "collection": standards.collection.version},
        ledger,
        editions,
        load_seen(root, ledger, editions),
    )


def key_of(root: Path, classification: Classification) -> bytes:
    """The key of the costs' jitter: published for invented returns, a secret of the returns repository for real ones."""
    if classification is Classification.SYNTHETIC:
        return SYNTHETIC_KEY
    path = root / FOLDER / KEY_FILE
    if not path.is_file():
        raise mistake(f"{FOLDER}/{KEY_FILE}", "The secret key of the search is missing.", "Write random bytes into it.")
    return path.read_bytes()


def _release_id(text: str) -> ReleaseId:
    try:
        release = ReleaseId.parse(text)
    except ValueError:
        release = None
    if release is None or release.period.kind is not PeriodKind.FINANCIAL_QUARTER:
        raise mistake(COLLECTION, "This is not the id of a release.", "Write a quarter, such as 2024-25-Q2.")
    return release


def _calendar_day(standards: Standards, release: ReleaseId) -> date:
    rounds = [one for one in standards.collection.rounds if one.period == release.period]
    days = [one.publishes for one in rounds if one.publishes is not None]
    if not days or release.correction:
        raise mistake(COLLECTION, f"The calendar has no day for {release}.", "Name the day with --on.")
    return days[0]


def _pins(root: Path) -> dict[str, str]:
    """Which vintage of each reference a release is made with, from the collection calendar."""
    table = tomllib.loads((root / COLLECTION).read_text(encoding="utf-8"))
    pins = table.get("pins")
    if not isinstance(pins, dict) or "populations" not in pins:
        raise mistake(COLLECTION, "The vintage of the populations is not pinned.", "Name it under [pins].")
    return {str(name): str(vintage) for name, vintage in sorted(pins.items())}
