"""The two rules of reports: every figure comes from a package, and none is typed."""

from __future__ import annotations

from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.rules import rule


@rule("A102", Severity.ERROR, "a report asks for a figure that is not there")
def no_such_figure(file: str, asked: str, problem: str) -> ConfigurationError:
    """What it checks: each figure that a report asks for names a series, a measure, an area and a period that the
    packages of the site hold.

    Why it matters: a report must not print a hole, nor a figure of another year than its sentence says.

    Example: a report asks for the figure of a year that no package holds.

    How to fix: respell the placeholder. It reads fig, then the code of a series, then numerator, denominator or value,
    then an area as in addresses, then a period such as 2022-23.
    """
    fix = "Write {{fig SERIES MEASURE AREA PERIOD}} with words that the site knows."
    return ConfigurationError(
        Finding("A102", Severity.ERROR, Location(file), f"“{asked}” stands for nothing: {problem}", fix)
    )


@rule("A103", Severity.ERROR, "a figure is typed in a report")
def typed_figure(file: str, line: int, typed: str) -> Finding:
    """What it checks: no number stands beside a per cent sign or beside {people}, episodes, incidents or times in the
    text of a report.

    Why it matters: a typed figure stays when the figures change, and nobody can tell where it came from.

    Example: a report says that 12 {people} were late.

    How to fix: let the build put the figure in: name series, measure, area and period in a placeholder. A figure that
    no package holds does not belong in a report.
    """
    problem = f"A figure is typed: “{typed}”."
    return Finding("A103", Severity.ERROR, Location(file, line), problem, "Write a placeholder for it.")


RULES = (no_such_figure, typed_figure)
