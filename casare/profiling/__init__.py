"""What a workflow costs, where the time goes, how good it is, and what to change.

Lives here: what a node costs (`costs`), the true order and the critical path (`structure`), simulated time and memory
(`schedule`), `rules` and the score with that of nodetool (`scoring`), analysis after an edit (`incremental`), what-if
and comparison (`studies`), and the result (`reporting`, `exports`). Does not live here: files (`storage`), running
anything (`engine`), when to analyse and how to show it (`app`, `ui`). Nothing is measured here: all figures are
estimates from declarations, and each says what it rests on.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from casare.profiling.analysis import analyze
    from casare.profiling.profiler import Profiler
    from casare.profiling.reporting.report import LedgerEntry, NodeReport, Report, Scoring, Totals
    from casare.profiling.reporting.text import duration_text, memory_text
    from casare.profiling.scoring.grade import grade_of

__all__ = [
    "LedgerEntry",
    "NodeReport",
    "Profiler",
    "Report",
    "Scoring",
    "Totals",
    "analyze",
    "duration_text",
    "grade_of",
    "memory_text",
]

_HOMES: Final = {
    "analyze": "analysis",
    "grade_of": "scoring.grade",
    "Profiler": "profiler",
    **dict.fromkeys(("LedgerEntry", "NodeReport", "Report", "Scoring", "Totals"), "reporting.report"),
    **dict.fromkeys(("duration_text", "memory_text"), "reporting.text"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for: the window needs a few small modules of this package long before it analyses."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
