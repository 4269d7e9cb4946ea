"""What the pages for data officers print from data: the calendar, what is due, what is not asked, the columns.

Each is a piece of Markdown that stands for a placeholder. Links are those of a page in ``about/submitting/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from site_builder.published import addresses
from site_builder.published.content import RuleText
from site_builder.published.dictionary import Table
from site_builder.published.figures import MISSING_OTHER, MISSING_SHORT, NOT_APPLICABLE, UNRELIABLE
from site_builder.published.phrases import count_word
from site_builder.release.reference import Collection
from site_builder.vocabulary.indicators import Indicator, NationalLink, Status, collected_by
from site_builder.vocabulary.periods import PeriodKind, day_in_words

LOOKS = {
    "reported": "The figure",
    "provisional": "The figure, marked [p]",
    "estimated": "The figure, marked [e]",
    "unreliable": f"[u] {UNRELIABLE}",
    "not_collected": f"[x] {MISSING_SHORT['not-collected']}",
    "not_yet_available": f"[x] {MISSING_OTHER}",
    "not_applicable": f"[z] {NOT_APPLICABLE}",
    "withheld": f"[x] {MISSING_OTHER}",
}
_KINDS = {"quarterly": PeriodKind.FINANCIAL_QUARTER, "yearly": PeriodKind.FINANCIAL_YEAR}
_OFTEN = {
    PeriodKind.FINANCIAL_QUARTER: "Each quarter",
    PeriodKind.FINANCIAL_HALF_YEAR: "Twice a year",
    PeriodKind.FINANCIAL_YEAR: "Once a year",
    PeriodKind.ACADEMIC_YEAR: "Once a school year",
    PeriodKind.CALENDAR_YEAR: "Once a calendar year",
}
_IN_RETURN = ("Indicator", "Numbers to give")
_SUPPLIER = "supplier:"
_NO_FILE = "There is none yet."
_STAGES_OF_RETURNS = "KVTX"


def placeholders(
    collection: Collection,
    catalogue: Mapping[str, Indicator],
    dictionary: Sequence[Table],
    rules: Iterable[RuleText],
) -> Mapping[str, str | Markup]:
    """What placeholders of the pages for data officers stand for."""
    due = {name: _due(catalogue.values(), kind) for name, kind in _KINDS.items()}
    lists = {f"returns {name}": _table(_IN_RETURN, map(_row_due, some)) for name, some in due.items()}
    numbers = {f"returns {name} number": count_word(len(some)) for name, some in due.items()}
    return {
        **lists,
        **numbers,
        "returns calendar": _pairs(calendar(collection)),
        "returns partners": _table(("Indicator", "Agency", "How often"), _partners(catalogue.values())),
        "returns twins": _pairs(_twins(catalogue)),
        "returns not asked": _table(("Indicator", "Group of figures"), _not_asked(catalogue.values())),
        "returns statuses": _pairs(_statuses(dictionary)),
        "returns missing": MISSING_SHORT["not-returned"],
        "returns late": MISSING_SHORT["late"],
        "returns queries": "\n".join(_queries(rules)),
        "returns columns": _columns(table for table in dictionary if table.is_required),
        "returns other columns": _columns(table for table in dictionary if not table.is_required) or _NO_FILE,
    }


def calendar(collection: Collection) -> Iterator[tuple[Markup, Markup]]:
    """The rounds, the latest first: the period, and from when, until when and for which release it is sent."""
    for one in sorted(collection.rounds, key=lambda one: (one.opens, one.due), reverse=True):
        released = (
            f"Released {day_in_words(one.publishes)}." if one.publishes else "From partner agencies; not released yet."
        )
        said = Markup("Send from {} to <b>{}</b>. {} Folder <code>{}</code>.")
        yield (
            escape(one.period.label),
            said.format(day_in_words(one.opens), day_in_words(one.due), released, one.period.id),
        )


def _due(catalogue: Iterable[Indicator], kind: PeriodKind) -> list[Indicator]:
    return [one for one in catalogue if one.is_collected and collected_by(one) is kind]


def _row_due(indicator: Indicator) -> tuple[str, str]:
    both = indicator.measure.has_collected_denominator
    return _link(indicator), "numerator and denominator" if both else "numerator alone"


def _partners(catalogue: Iterable[Indicator]) -> Iterator[tuple[str, ...]]:
    for one in catalogue:
        kind = collected_by(one)
        if one.source.startswith(_SUPPLIER) and one.status is Status.AGREED and kind is not None:
            yield _link(one), one.agency, _OFTEN[kind]


def _twins(catalogue: Mapping[str, Indicator]) -> Iterator[tuple[Markup, Markup]]:
    """Each indicator that returns hold and a national series is the same as or near to, and why it is asked for too."""
    for indicator in catalogue.values():
        twins = [twin for twin in indicator.national if twin.series in catalogue]
        if indicator.is_collected and twins:
            said = (_twin(catalogue[twin.series], twin) for twin in twins)
            yield _anchor(indicator), Markup("<br>").join(said)


def _twin(series: Indicator, twin: NationalLink) -> Markup:
    likeness = "the same" if twin.relation == "same" else "near it"
    return Markup("{} ({}). {}").format(_anchor(series), likeness, twin.note)


def _not_asked(catalogue: Iterable[Indicator]) -> Iterator[tuple[str, ...]]:
    for one in catalogue:
        if one.status is Status.NATIONAL:
            yield _link(one), one.agency


def _statuses(dictionary: Iterable[Table]) -> Iterator[tuple[Markup, Markup]]:
    for table in dictionary:
        for one in table.statuses:
            needs = f"{'numbers' if one.counts else 'no numbers'}{', and a note' if one.note else ''}"
            said = Markup("On the site: {}<br><small>Needs {}</small>").format(LOOKS[one.name], needs)
            yield escape(one.name), said


def _queries(rules: Iterable[RuleText]) -> Iterator[str]:
    for one in rules:
        if one.severity == "query" and one.code[0] in _STAGES_OF_RETURNS:
            way = addresses.relative(addresses.SUBMITTING, addresses.rule(one.code))
            yield f"- [{one.code}]({way}): {one.title}"


def _columns(tables: Iterable[Table]) -> Markup:
    """A heading and a list of the columns for each file."""
    return Markup("\n\n").join(_file(table) for table in tables)


def _file(table: Table) -> Markup:
    heading = Markup("## {} {{: #{} }}\n\n").format(table.file, table.file.replace(".", "-"))
    about = Markup("{}\n\n").format(table.text) if table.text else Markup()
    column = Markup('<code translate="no">{}</code>'), Markup("{}<br><small>{}</small>")
    return heading + about + _pairs((column[0].format(one.name), column[1].format(*one[1:])) for one in table.columns)


def _pairs(pairs: Iterable[tuple[Markup, Markup]]) -> Markup:
    """Names and what is said of each, which stand side by side, or one below the other on a phone."""
    pair = Markup("<div><dt>{}</dt><dd>{}</dd></div>\n")
    return Markup('<dl class="rows">\n{}</dl>').format(Markup().join(pair.format(*one) for one in pairs))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells)


def _link(indicator: Indicator) -> str:
    return f"[{indicator.code} {indicator.title}]({_way(indicator)})"


def _anchor(indicator: Indicator) -> Markup:
    return Markup('<a href="{}">{} {}</a>').format(_way(indicator), indicator.code, indicator.title)


def _way(indicator: Indicator) -> str:
    return addresses.relative(addresses.SUBMITTING, addresses.indicator(indicator.code))
