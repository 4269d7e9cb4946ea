"""Where every page and file stands, from the root of the site, and the relative way from one to another."""

from __future__ import annotations

import posixpath
import re

from site_builder.vocabulary.here import HERE

HOME = "index.html"
INDICATORS = "indicators/index.html"
BOROUGHS = f"{HERE.folder}/index.html"
COMPARE = "compare/index.html"
STANDS_OUT = "stands-out.html"
JOURNEY = "journey.html"
COMPARE_BOROUGHS = f"compare/{HERE.folder}.html"
PREDICTED = "predicted.html"
RECONCILIATION = "reconciliation.html"
QUESTIONS = "questions.html"
MAP = "map.html"
COVERAGE = "coverage.html"
CALENDAR = "calendar.html"
CALENDAR_ICS = "calendar.ics"
READINESS = "readiness.html"
CHALLENGES = "challenges.html"
MODEL = "model.html"
DATA = "data/index.html"
API = "data/api.html"
LATEST = "data/latest.json"
VERSIONS = "releases/versions.json"
CATALOG = "catalog.jsonld"
DATA_JSON = "data.json"
SEARCH = "search/index.html"
PREDICTED_CSV = "predicted.csv"
PREDICTED_MODELS = "predicted-models.csv"
THEMES = "themes/index.html"
RELEASES = "releases/index.html"
WITHDRAWALS = "releases/withdrawals.csv"
CHANGES = "releases/changes.html"
NATIONAL_CHANGES = "releases/changes/national.html"
DECISIONS = "about/decisions/index.html"
RULES = "about/submitting/rules/index.html"
GLOSSARY = "about/glossary.html"
HELP = "about/help.html"
NOT_FOUND = "404.html"
METHODS = "about/methods/index.html"
HIDDEN_FIGURES = "about/methods/hidden-figures.html"
SUBMITTING = "about/submitting/index.html"
SCOPE = "about/scope.html"
CONTACT = "about/contact.html"
ACCESSIBILITY = "about/accessibility.html"
REPORTS = "reports/index.html"
PROPOSALS = "proposals/index.html"
HANDBOOK = "indicators/handbook.html"
CATALOGUE = "indicators/catalogue.csv"
COMMON_GROUND = "indicators/common-ground.html"
SOURCES = "about/sources.html"
DUTIES = "about/duties.html"
GOVERNANCE = "about/governance.html"
RELEASES_FEED = "feeds/releases.atom"
REVISIONS_FEED = "feeds/revisions.atom"
DECISIONS_FEED = "feeds/decisions.atom"


def indicator(code: str) -> str:
    """The page of an indicator."""
    return f"indicators/{code.lower()}.html"


def by_rate(code: str) -> str:
    """The page of an indicator with its rows by value."""
    return f"indicators/{code.lower()}-by-rate.html"


def revisions(code: str) -> str:
    """The page of what each release printed of an indicator."""
    return f"indicators/{code.lower()}-revisions.html"


def theme(code: str) -> str:
    """The page of a theme."""
    return f"themes/{code.lower()}.html"


def matrix(code: str, *, returns: bool = False) -> str:
    """The matrix of a theme. ``returns``: the page that figures from returns have to themselves in a large theme."""
    return f"compare/{code.lower()}{'-returns' if returns else ''}.html"


def compare_with(slug: str) -> str:
    """The page that compares a few boroughs, with one of them chosen."""
    return f"{COMPARE_BOROUGHS}?with={slug}"


def borough(slug: str) -> str:
    """The page of a borough."""
    return f"{HERE.folder}/{slug}.html"


def challenge(slug: str) -> str:
    """What to ask of a borough."""
    return f"{HERE.folder}/{slug}/challenge.html"


def borough_indicator(slug: str, code: str) -> str:
    """The page of one indicator of one borough."""
    return f"{HERE.folder}/{slug}/{code.lower()}.html"


def profile(slug: str) -> str:
    """The page of every indicator of a borough, by theme and objective."""
    return f"{HERE.folder}/{slug}/profile.html"


def journey(slug: str) -> str:
    """The page of the child's journey in a borough."""
    return f"{HERE.folder}/{slug}/journey.html"


def scorecard(slug: str, group: str) -> str:
    """A score card of a borough."""
    return f"{HERE.folder}/{slug}/scorecards/{group}.html"


def board(slug: str, name: str) -> str:
    """The page of a board of a borough: operational or leadership."""
    return f"{HERE.folder}/{slug}/boards/{name}.html"


def pack(slug: str) -> str:
    """One sheet an indicator, to take into a meeting."""
    return f"{HERE.folder}/{slug}/pack.html"


def coverage_in(period_id: str) -> str:
    """Whose figures came in one round of the collection."""
    return f"coverage/{period_id.lower()}.html"


def borough_calendar(slug: str) -> str:
    """What one borough is to send and when, for its own calendar."""
    return f"{HERE.areas}/{slug}/calendar.ics"


def release(release_id: str) -> str:
    """The page of a release."""
    return f"releases/{release_id}/index.html"


def release_report(release_id: str) -> str:
    """The report of a release."""
    return f"releases/{release_id}/report.html"


def release_indicator(release_id: str, code: str) -> str:
    """The page of an indicator in a release, which never changes: what a citation names."""
    return f"releases/{release_id}/indicators/{code.lower()}.html"


def release_file(release_id: str, file: str) -> str:
    """A file of a release."""
    return f"releases/{release_id}/{file}"


def national_file(source: str, release_id: str, file: str) -> str:
    """A file of a national package."""
    return f"national/{source}/{release_id}/{file}"


def area_feed(slug: str) -> str:
    """What is new on a borough, for programs that follow it."""
    return f"feeds/areas/{slug}.atom"


def indicator_feed(code: str) -> str:
    """What is new on an indicator, for programs that follow it."""
    return f"feeds/indicators/{code.lower()}.atom"


def embed(code: str, view: str) -> str:
    """One chart of an indicator as a page for other sites. ``view``: trend, funnel, spread or map."""
    return f"embed/{code.lower()}/{view}.html"


def card(kind: str, ending: str = "png") -> str:
    """The picture that is shown where a page is shared, by the kind of the page."""
    return f"social/{kind}.{ending}"


def rule(code: str) -> str:
    """The page of a rule."""
    return f"about/submitting/rules/{code.lower()}.html"


def report(slug: str) -> str:
    """The page of a report."""
    return f"reports/{slug}.html"


def proposal(stem: str) -> str:
    """The page of a proposal."""
    return f"proposals/{stem}.html"


def review(year: int) -> str:
    """The review of the indicators of a year."""
    return f"indicators/review/{year}.html"


def decision(stem: str) -> str:
    """The page of a decision record."""
    return f"about/decisions/{stem}.html"


def anchor(words: str) -> str:
    """The anchor of a term or a group on its page: small letters and digits, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def relative(page: str, target: str) -> str:
    """The relative way from a page to a target, with its file name; a ``#fragment`` stays. Empty stays empty.

    With a file name always, so that the site reads the same from a disk as from a server.
    """
    if not target or target.startswith(("http:", "https:", "tel:", "mailto:", "#")):
        return target
    path, mark, fragment = target.partition("#")
    way = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return way + mark + fragment


def root_of(page: str) -> str:
    """The relative way from a page to the root of the site: empty, ``../`` or more."""
    return "../" * page.count("/")
