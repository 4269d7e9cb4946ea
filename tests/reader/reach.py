"""The forms of sentences about what a borough's page holds: shown, hidden, not available, and from which agencies."""

from __future__ import annotations

import re
from collections import Counter

from tests.reader.reader import Place, Reader, form

COUNCIL = {
    "social care": {"children's social care", "early help", "local authority designated officer"},
    "education": {"education", "special educational needs and disability"},
}
ONE_NAME = {"special educational needs and disability", "child and adolescent mental health services"}


@form(
    r"(?P<what>National figures|Figures from returns): (?P<shown>\d+) of (?P<all>\d+) are shown"
    r"(?:; (?P<hidden>\w+) (?:is|are) hidden to protect children)?(?:; (?P<missing>\w+) (?:is|are) not available)?"
    r"(?:; (?P<off>\w+) (?:is|are) too unreliable to show)?(?:; (?P<none>\w+) (?:does|do) not apply here)?\."
)
def _covered(r: Reader, at: Place, m: re.Match[str]) -> None:
    codes = [code for code in r.record.periods if (code in r.record.national) is (m["what"] == "National figures")]
    marks = Counter(r.leading(code, at.area, r.record.headline(code)).mark for code in codes)
    assert (int(m["shown"]), int(m["all"])) == (len(codes) - sum(marks[one] for one in "cxuz"), len(codes))
    for part, mark in (("hidden", "c"), ("missing", "x"), ("off", "u"), ("none", "z")):
        assert r.number(m[part] or "no") == marks[mark], part


@form(
    r"(?:Illustrative: b|B)readth of reporting: (?P<level>[a-z’ ]+), with figures of (?P<council>social care|education|"
    r"social care, education|social care and education)?"
    r"(?:(?: and |, )?(?P<many>\w+) agenc(?:y|ies)(?: beyond these)? \((?P<names>.+)\))?\."
)
def _breadth(r: Reader, at: Place, m: re.Match[str]) -> None:
    came = {
        agency
        for code in r.record.periods
        if r.record.states.get((at.area, code, r.record.headline(code))) == "reported"
        for agency in _agencies(r.record.catalogue[code]["agency"])
    }
    within = [name for name, some in COUNCIL.items() if came & some]
    beyond = sorted(came - {one for some in COUNCIL.values() for one in some})
    assert re.split(r", | and ", m["council"] or "") == (within or [""])
    assert r.number(m["many"] or "no") == len(beyond)
    assert (m["names"] or "") == " and ".join(filter(None, (", ".join(beyond[:-1]), "".join(beyond[-1:]))))
    levels = ("other agencies", "social care", "children’s services", "partnership")
    reached = len(within) if "social care" in within else 0
    assert m["level"] == levels[reached + (reached == 2 and len(beyond) > 2)]


def _agencies(words: str) -> list[str]:
    plain = re.sub(r" \(.*\)", "", words)
    return [plain] if plain in ONE_NAME else plain.split(" and ")
