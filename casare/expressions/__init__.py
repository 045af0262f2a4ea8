"""Templates: the `{{name}}` and `{{node.port}}` that a text in a workflow may hold.

Two halves. `references` finds, names and renames them, and evaluates nothing: opening, checking and grading a workflow
never runs one. `templates` prepares them and works them out while a workflow runs, with values bound and never pasted.
Where names come from (variables, nodes) is the engine's business: it hands a `Names` in.
"""

from casare.expressions.errors import ExpressionError, UnknownNameError
from casare.expressions.names import UNKNOWN, Absent, Names, NoNames, Repeated
from casare.expressions.references import Reference, has_template, references, rename_references, rename_roots
from casare.expressions.templates import Reading, evaluate, prepare

__all__ = [
    "UNKNOWN",
    "Absent",
    "ExpressionError",
    "Names",
    "NoNames",
    "Reading",
    "Reference",
    "Repeated",
    "UnknownNameError",
    "evaluate",
    "has_template",
    "prepare",
    "references",
    "rename_references",
    "rename_roots",
]
