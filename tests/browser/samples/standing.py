"""Sample pages of what stands out, of a profile and of the child's journey."""

from __future__ import annotations

from markupsafe import Markup

from site_builder.published import journey as way
from site_builder.published import journey_words
from site_builder.published import pages as p
from site_builder.published import pages_journey as pj
from site_builder.published import pages_parts as pp
from site_builder.published import pages_standing as ps
from site_builder.published.charts.steps import steps_chart
from site_builder.published.figures import Figure, Wording, printed, withheld
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld
from tests.browser.samples.figures import AREAS, NOT_RETURNED, QUESTIONS, TAG, TOOLS, frame, shown

_FILE = pp.File("Every comparison, CSV", "standing-out.csv", "")


def _row(name: str, code: str, z: str) -> ps.StandingRow:
    return ps.StandingRow(
        name, "boroughs/camden/sg08.html", pp.VARIATIONS[code], shown(57.5), shown(412, 0), shown(7160, 0), z, "2021-22"
    )


def stands_out() -> p.StandsOutPage:
    """Both kinds of figures: rows, an indicator without any, and one that is not compared."""
    subjects = (
        ps.StandingSubject(
            "sg08",
            "SG08",
            "Children on a child protection plan",
            "indicators/sg08.html",
            "31 Mar 2025. London 42.1 per 10,000. Phi 5.7, 31 boroughs compared.",
            (_row("Camden", "out-high", "3.40"), _row("Sutton", "edge-low", "−2.10")),
            "",
        ),
        ps.StandingSubject(
            "sg12", "SG12", "Allegations", "indicators/sg12.html", "2024-25.", (), "Not compared: it is a count."
        ),
    )
    places = (
        ps.StandingPlace("camden", "Camden", "boroughs/camden.html", Markup('Stands out: <a href="c.html">Plans</a>.')),
        ps.StandingPlace("sutton", "Sutton", "boroughs/sutton.html", "Nothing stands out. 30 of 31 compared."),
    )
    theme = ps.StandingTheme("Safe from abuse and neglect", f"{TAG}. Beyond the usual variation", subjects)
    kind = ps.StandingKind(
        "returns",
        "Figures from borough returns",
        TAG,
        ("Of 31, one stands out.",),
        (theme,),
        "By borough",
        places,
        _FILE,
    )
    return p.StandsOutPage(
        frame("stands-out.html", "What stands out", "compare"),
        "What stands out",
        "Higher and lower alike, A to Z.",
        (pp.Link("Returns", "#returns"),),
        ("Each borough is held against London’s value.",),
        (kind,),
        "",
    )


def profile() -> p.ProfilePage:
    """Lines in every state, and an indicator without figures."""
    href = "sg08.html"
    usual = (pp.VARIATIONS["out-high"], "increasing", "Returned", "")
    rows = (
        ps.ProfileRow("SG01", "Referrals", href, shown(512.3, marks="p"), "per 10,000", "2024-25", shown(499.6), "31 of 33", shown(480.1), *usual),
        ps.ProfileRow("SG14", "Private fostering", href, pp.HIDDEN, "per 10,000", "2024-25", shown(1.2), "", None, pp.NOT_COMPARED, "not comparable", "Returned", ""),
        ps.ProfileRow("SG35", "Families in temporary accommodation", href, NOT_RETURNED, "%", "2024-25", pp.HIDDEN, "", None, pp.NOT_COMPARED, "", "Not returned", ""),
        ps.ProfileRow("SG19", "Victims of knife crime", href, None, "", "", None, "", None, pp.NOT_COMPARED, "", "", "No returns yet."),
    )  # fmt: skip
    table = ps.ProfileTable(
        "Figures from borough returns",
        TAG,
        f"{TAG}. Camden, safe: figures from borough returns",
        (ps.ProfileObjective("Concerns about children are heard", rows),),
    )
    return p.ProfilePage(
        frame("boroughs/camden/profile.html", "Profile of Camden", "boroughs", crumbs=("Boroughs", "Camden")),
        pp.Link("Camden", "../camden.html"),
        "Profile of Camden",
        "Four indicators, one line each.",
        (pp.Link("Safe from abuse and neglect", "#t1"),),
        ("London is pooled.",),
        (ps.ProfileTheme("t1", "Safe from abuse and neglect", "../../themes/t1.html", (table,)),),
        (pp.File("Camden, CSV", "camden.csv", "12 KB"),),
    )


def _figures() -> tuple[Figure, ...]:
    """Counts of the steps in several states."""
    wording = Wording()
    return (
        printed("1204"), printed("1310"), printed("0"), withheld(Withheld.CONFIDENTIAL, wording),
        withheld(Withheld.NOT_AVAILABLE, wording), printed("24"),
    )  # fmt: skip


def _block(area: Area) -> pj.JourneyBlock:
    counts = _figures()
    stages = [way.Stage(way.STEPS[0], counts[0], None, None)]
    for number in range(1, len(counts)):
        pair = (way.per_100(counts[number], counts[number - 1]), way.per_100(counts[number], counts[0]))
        stages.append(way.Stage(way.STEPS[number], counts[number], *pair))
    hidden = withheld(Withheld.CONFIDENTIAL, Wording())
    backs = (
        way.Back(way.RETURNS[0], printed("301"), printed("1204"), printed("25.0")),
        way.Back(way.RETURNS[1], hidden, hidden, hidden),
    )
    of = way.Journey(area, Period.parse("2023-24"), tuple(stages), backs)
    return pj.JourneyBlock(
        journey_words.heading(of),
        "Counts in one year.",
        steps_chart(of, f"Steps in {area.name}", journey_words.described(of)),
        (journey_words.flow(of), journey_words.came_back(of)),
        journey_words.notes(of),
        pp.DataTable("Steps", ("Step", "Counted", "Per 100"), (("Referrals", shown(1204, 0), pp.HIDDEN),)),
        pp.DataTable("Came back", ("Step", "Counted"), (("Re-referrals", shown(301, 0)),)),
        TOOLS,
        QUESTIONS,
        "London Safeguarding Benchmarks, “The child’s journey in Camden”, https://example.org/journey.html",
    )


def borough_journey() -> p.BoroughJourneyPage:
    """Steps with a hidden count, one that is missing, a true zero and a ratio over 100."""
    return p.BoroughJourneyPage(
        frame("boroughs/camden/journey.html", "The child’s journey in Camden", "boroughs", crumbs=("Boroughs",)),
        pp.Link("Camden", "../camden.html"),
        "The child’s journey in Camden",
        "How many of each step there were.",
        _block(AREAS.by_slug["camden"]),
        "",
        (pp.Link("The whole path, and London", "../../journey.html"),),
    )


def journey() -> p.JourneyPage:
    """The path, without figures of its steps."""
    line = pj.PathLine("SG08", "Children on a child protection plan", "indicators/sg08.html", "National figures")
    return p.JourneyPage(
        frame("journey.html", "The child’s journey", "indicators", illustrative=False),
        "The child’s journey",
        "Where each indicator stands.",
        (pp.Link("Protection", "#protection"),),
        (pj.PathStage("protection", "Protection", "What is done.", (line,) * 4),),
        None,
        "There are no figures of these steps yet.",
        tuple(pp.Link(area.name, f"boroughs/{area.slug}/journey.html") for area in AREAS.boroughs),
    )
