"""What is said of each return by itself: the rules of stages C, K and V, and the second check. No files but verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_builder.confidential import returns
from site_builder.confidential.folders import ReturnPackage
from site_builder.confidential.rules import all_rules, cells, keys, optional, values
from site_builder.confidential.standards import RETURN, Standards
from site_builder.confidential.verdicts import Verdict, Verdicts
from site_builder.vocabulary.findings import Severity

ROW_RULES = (*cells.RULES, *keys.RULES, *optional.RULES, *values.RULES)  # stages C, K and V run together
BY_CODE = {rule.code: rule for rule in all_rules()}


def said_of(packages: Sequence[ReturnPackage], standards: Standards, verdicts: Verdicts | None) -> Sequence[Verdict]:
    """The verdict on each package: one that was kept, or a new one, which is then kept."""
    if verdicts is None:
        return judge(packages, standards)
    keys_of = [verdicts.key(package) for package in packages]
    kept = [verdicts.read(key) for key in keys_of]
    fresh = iter(judge([one for one, old in zip(packages, kept, strict=True) if old is None], standards))
    said = [next(fresh) if old is None else old for old in kept]
    for key, old, verdict in zip(keys_of, kept, said, strict=True):
        if old is None:
            verdicts.write(key, verdict)
    return said


def judge(packages: Sequence[ReturnPackage], standards: Standards) -> list[Verdict]:
    """What stages C, K and V say of each package by itself, and the second check where they found no error."""
    said = [[(rule.code, flaw) for rule in ROW_RULES for flaw in rule(one, standards)] for one in packages]
    for some, more in zip(said, returns.judged_singly(packages, standards), strict=True):
        known = {(flaw.file, flaw.row) for code, flaw in some if BY_CODE[code].severity is Severity.ERROR}
        some += [(code, flaw) for code, flaw in more if (flaw.file, flaw.row) not in known]
    return [tuple(some) for some in said]


def sharing(packages: Sequence[ReturnPackage], standards: Standards) -> list[ReturnPackage]:
    """The packages that hold a key which another one holds, too."""
    columns = standards.schemas[RETURN].descriptor["primaryKey"]
    keys_of = [{tuple(row[column] for column in columns) for row in package.rows} for package in packages]
    times = Counter(key for some in keys_of for key in some)
    return [one for one, some in zip(packages, keys_of, strict=True) if any(times[key] > 1 for key in some)]
