"""What a workflow costs, where the time goes, how good it is, and what to change.

Lives here: the cost of a node, the true order of execution, the critical path, memory, simulated wall time, the rules
behind the score, and the compatible score of nodetool. Does not live here: files (`storage`), running anything
(`engine`), when to analyse and how to show it (`app`, `ui`). Nothing is measured here: all figures are estimates from
declarations, and each says what it rests on.
"""

from casare.profiling.analysis import analyze
from casare.profiling.grade import grade_of
from casare.profiling.profiler import Profiler
from casare.profiling.report import LedgerEntry, NodeReport, Report, Scoring, Totals
from casare.profiling.text import duration_text, memory_text

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
