"""Lists for programs: releases with the pointer to the latest, the map of the site, what robots may read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from site_builder.published import addresses
from site_builder.published.downloads.schemas import CURRENT, POINTER, SUPERSEDED, VERSIONS, WITHDRAWN
from site_builder.published.inputs import Inputs
from site_builder.published.listed import listed, with_withdrawn
from site_builder.release.package import DESCRIPTOR, sha256
from site_builder.release.releases import Release
from site_builder.release.withdrawals import Withdrawal


def entries(inputs: Inputs, base_url: str, versions: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every release that was published, newest first. Each holds every period before it, so the next supersedes it; a draft
    is in no list. ``versions``: release to its MAJOR.MINOR.PATCH, where that is worked out."""
    published = inputs.releases[:-1] if inputs.draft else inputs.releases
    names = [str(one.id) for one in published]
    before = dict(zip(names, [None, *names], strict=False))
    after = dict(zip(names, [*names[1:], None], strict=False))

    def standing(one: Release) -> dict[str, Any]:
        name = str(one.id)
        return _entry(
            one,
            base_url,
            version=versions.get(name),
            status=SUPERSEDED if after[name] else CURRENT,
            datapackage_sha256=sha256(one.files[DESCRIPTOR]),
            supersedes=before[name],
            superseded_by=after[name],
            withdrawn_on=None,
            note="Correction" if inputs.revisions.corrects(one) else "",
        )

    every = with_withdrawn(published, inputs.withdrawals)
    made = [_gone(one, base_url) if isinstance(one, Withdrawal) else standing(one) for one in every]
    return made[::-1]


def _gone(one: Withdrawal, base_url: str) -> dict[str, Any]:
    return _entry(
        one,
        base_url,
        version=one.version,
        status=WITHDRAWN,
        datapackage_sha256=None,
        supersedes=None,
        superseded_by=None,
        withdrawn_on=one.withdrawn_on.isoformat(),
        note=one.reason.words,
    )


def _entry(one: Release | Withdrawal, base_url: str, **more: object) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.id.period.label,
        "published_on": one.published_on.isoformat(),
        "classification": one.classification.value,
        "url": f"{base_url}/{addresses.release(str(one.id))}",
        **more,
    }


def versions_json(inputs: Inputs, base_url: str, versions: Mapping[str, str] | None = None) -> bytes:
    """The list of releases. ``versions``: as in ``entries``."""
    every = entries(inputs, base_url, versions or {})
    latest = next((one["id"] for one in every if one["status"] == CURRENT), None)
    return _bytes({"schema": VERSIONS, "kind": "releases", "latest": latest, "releases": every})


def latest_json(inputs: Inputs, base_url: str) -> bytes:
    """The one pointer that moves: the latest release and the checksum of its descriptor; nulls before the first."""
    latest = [one for one in entries(inputs, base_url, {}) if one["status"] == CURRENT]
    return _bytes(
        {"schema": VERSIONS, "kind": "latest", **{name: latest[0][name] if latest else None for name in POINTER}}
    )


def sitemap(inputs: Inputs, paths: Iterable[str], base_url: str) -> bytes:
    """The pages that search engines may keep, in order, with the day of the release that they show. An invented release
    gives no day."""
    days = [(f"releases/{release.id}/", release.published_on) for release in listed(inputs)]
    lines = "".join(_line(f"{base_url}/{path}", _day(path, days)) for path in sorted(paths))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    ).encode()


def robots(base_url: str) -> bytes:
    """Everyone may read; what is illustrative asks on its own page not to be kept."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n".encode()


def _day(path: str, days: Sequence[tuple[str, date]]) -> date | None:
    """The day of a release for its own pages, and of the latest for all others."""
    own = [day for folder, day in days if path.startswith(folder)]
    return own[0] if own else days[-1][1] if days else None


def _line(address: str, day: date | None) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>\n"


def _bytes(table: Mapping[str, Any]) -> bytes:
    return (json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
