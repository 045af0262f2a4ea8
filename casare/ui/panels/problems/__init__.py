"""The problems panel: what was found wrong in the document, where, and what to do.

Lives here: gathering load problems and checks of the active document, the list, its filter. Does not live here: the
checks themselves (`app.checks`, `storage`).
"""

from casare.ui.panels.problems.problem_watch import ProblemWatch
from casare.ui.panels.problems.problems_panel import ProblemsPanel

__all__ = ["ProblemWatch", "ProblemsPanel"]
