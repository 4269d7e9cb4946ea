"""The change of London beside the title of an indicator's page: the difference of two printed figures."""

from __future__ import annotations

import re
from decimal import Decimal

from tests.reader.reader import Place, Reader, form
from tests.reader.record import LONDON


@form(
    r"(?P<sign>[+−])(?P<moved>[\d,.]*\d)(?P<unit> per [\d,]+| points)?"
    r"|(?P<still>0(?:\.0+)?)(?P<of> per [\d,]+| points)"
)
def _moved(r: Reader, at: Place, m: re.Match[str]) -> None:
    years = r.five(at.code)
    assert r.verdict(at.code, LONDON)
    assert years[-1] == r.record.headline(at.code)
    first, last = (
        Decimal(r.record.value(at.code, LONDON, year).text.replace(",", "")) for year in (years[0], years[-1])
    )
    moved = Decimal((m["moved"] or m["still"]).replace(",", ""))
    assert last - first == (-moved if m["sign"] == "−" else moved)
    assert moved.as_tuple().exponent == last.as_tuple().exponent
    measure = r.record.measure(at.code)
    expected = {"percent": " points", "rate": f" per {measure.get('multiplier', 1):,}"}.get(measure["unit"])
    assert (m["unit"] or m["of"]) == expected
