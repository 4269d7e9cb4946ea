"""What papers for meetings and documents share."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from site_builder.published import pages_document as pdoc
from site_builder.published import pages_papers as pm
from site_builder.published import pages_parts as pp
from site_builder.published.specimens.drawings import figure
from site_builder.published.specimens.tables import changed
from site_builder.published.specimens.values import AT_HAND, FILES, LINK, TABLE, TAG, Specimen, one, states
from site_builder.vocabulary.here import HERE

_WORDS = pm.Words("What success is.", f"What the {HERE.area} says.", "What came of it.", "part ready", ("An action.",))
_HEARD = (
    pm.Heard(HERE.people_head, (("A talk", "What was heard.", "What changed."), ("A letter", "What was heard.", ""))),
    pm.Heard("Families", ()),
)
_PLANNED = (
    pm.Planned("1 May 2001", "An action", "A head of service", True),
    pm.Planned("1 May 2002", "Another", "A board", False),
)


def papers() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    """Of score cards, boards, packs and documents."""
    earlier = [pm.Before(value, "") for value in states().values()] + [pm.Before(None, "No earlier figure")]
    statuses = [pm.TargetStatus(shape, shape.capitalize()) for shape in ("met", "near", "missed", "inside", "outside")]
    statuses.append(pm.TargetStatus("", "No target set"))
    return {
        ("papers", "earlier"): tuple(Specimen((before,), "p") for before in earlier),
        ("papers", "targetstatus"): tuple(Specimen((status,), "p") for status in statuses),
        ("papers", "wordsbelow"): one(_WORDS, inside="p"),
        ("papers", "plannedlist"): one(_PLANNED),
        ("papers", "heardlist"): one(_HEARD, TAG),
        ("papers", "controlline"): one(("Release 2000-01-Q4.", "Next review: 1 May 2001.")),
        ("papers", "wayson"): one(FILES, (LINK,)),
        ("document", "block"): one(_block()),
    }


def _block() -> pdoc.Part:
    return pdoc.Part(
        "block",
        pp.Link("A block of a document", AT_HAND),
        "A note.",
        Markup("<p>Prose.</p>"),
        (pp.Row("A term", "What is said of it"),),
        TABLE,
        False,
        figure(),
        changed()._replace(slug="changed-in-a-document"),
        ("A question?",),
        FILES,
    )
