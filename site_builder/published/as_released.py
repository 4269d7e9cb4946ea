"""The catalogue and the places as they stood at a release: a later definition, title, name of a place or new place does not
reach back into figures that stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from site_builder.release.releases import Release
from site_builder.release.tables import Row, csv_rows
from site_builder.vocabulary.areas import Areas, Level
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.symbols import Polarity

_SNAPSHOT, _PLACES = "indicators.csv", "areas.csv"


def catalogue_of(release: Release, today: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """Today's catalogue with the entries of a release as its own copy of them has them. ``today``: by code.

    Raises ConfigurationError (A101) when an indicator or a definition of the release has gone.
    """
    held = set(release.cells.indicators())
    snapshot = {row["indicator"]: row for row in csv_rows(release.files[_SNAPSHOT]) if row["indicator"] in held}
    if gone := sorted(set(snapshot) - set(today)):
        problem = f"{gone[0]} has figures in release {release.id} and has gone from the catalogue."
        raise mistake("content/indicators", problem, "Restore its file. One that is no longer collected is retired.")
    return {code: _as_it_was(one, snapshot[code]) if code in snapshot else one for code, one in today.items()}


def areas_of(release: Release, today: Areas) -> Areas:
    """The places of a release, with the names and regions that its own copy gives them; all else of them is today's.

    Raises ConfigurationError (A101) when one has gone.
    """
    snapshot = {row["area"]: row for row in csv_rows(release.files[_PLACES])}
    if gone := sorted(set(snapshot) - set(today.by_code)):
        problem = f"{gone[0]} stands in release {release.id} and has gone from the places."
        raise mistake(
            "datapackages/reference/areas", problem, "Restore its row: releases keep what they were made with."
        )
    return Areas.of(
        replace(today.by_code[code], name=row["name"], level=Level(row["level"]), region=row["region"])
        for code, row in snapshot.items()
    )


def _as_it_was(one: Indicator, row: Row) -> Indicator:
    versions = tuple(version for version in one.versions if version.number <= int(row["definition_version"]))
    if not versions or str(versions[-1].number) != row["definition_version"]:
        file = f"content/indicators/{one.code.lower()}-{one.slug}.md"
        problem = f"Definition {row['definition_version']}, which a release was made with, has gone."
        raise mistake(file, problem, "Restore it: definitions are added and never removed.")
    measure = replace(
        one.measure,
        kind=Kind(row["kind"]),
        unit=row["unit"],
        multiplier=int(row["multiplier"]),
        numerator=row["numerator"],
        denominator=row["denominator"],
    )
    return replace(one, title=row["title"], polarity=Polarity(row["polarity"]), versions=versions, measure=measure)
