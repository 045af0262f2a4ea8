"""What a workflow may cost, as its file says in `settings.profile_budget`, and whether it keeps to it.

`{"min_grade": "B", "min_score": 80, "max_wall_ms": 60000, "max_runtime_ms": 90000, "max_peak_memory_mb": 512,
"max_critical_path_ms": 30000}`: every key is optional.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.foundation.errors import CasareError
from casare.profiling.costs.cost import number_of
from casare.profiling.reporting.report import Report

_GRADES: Final = "ABCDF"
_MOST: Final = {
    "max_wall_ms": "wall_ms",
    "max_runtime_ms": "runtime_ms",
    "max_peak_memory_mb": "peak_memory_mb",
    "max_critical_path_ms": "critical_path_ms",
}


class Check(NamedTuple):
    """One line of a budget: whether it is kept, and what to tell."""

    name: str
    kept: bool
    message: str


def budget_of(settings: Mapping[str, Any], min_grade: str | None = None) -> dict[str, Any]:
    """Return the budget of a workflow, with a least grade from outside above its own.

    Raises CasareError for one that cannot be understood, because a gate that checks nothing is worse than none.
    """
    held = settings.get("profile_budget", {})
    budget = dict(held) if isinstance(held, Mapping) else None
    known = {"min_grade", "min_score", *_MOST}
    if budget is None or not known.issuperset(budget):
        raise _wrong(f"Give {', '.join(sorted(known))}, and nothing else.")
    if min_grade is not None:
        budget["min_grade"] = min_grade
    grade = budget.get("min_grade", "F")
    if not isinstance(grade, str) or grade.upper() not in tuple(_GRADES):
        raise _wrong("Give one of A, B, C, D and F as min_grade.")
    if any(number_of(value) is None for name, value in budget.items() if name != "min_grade"):
        raise _wrong("Give numbers.")
    return budget


def checks(report: Report, budget: Mapping[str, Any]) -> tuple[Check, ...]:
    """Return each line of a budget with whether `report` keeps it. A workflow without a grade keeps no least grade."""
    found = []
    for name, value in budget.items():
        if name == "min_grade":
            least = str(value).upper()
            kept = report.grade is not None and _GRADES.index(report.grade) <= _GRADES.index(least)
            found.append(Check(name, kept, f"grade {report.grade or 'none'}, at least {least} is asked for"))
            continue
        limit = number_of(value) or 0.0
        if name == "min_score":
            kept = report.score is not None and report.score >= limit
            found.append(Check(name, kept, f"score {report.score}, at least {limit:g} is asked for"))
        else:
            amount = float(getattr(report.totals, _MOST[name]))
            found.append(Check(name, amount <= limit, f"{_MOST[name]} {amount:g}, at most {limit:g} is allowed"))
    return tuple(found)


def _wrong(mend: str) -> CasareError:
    return CasareError("the workflow's budget cannot be understood", where="settings.profile_budget", mend=mend)
