"""An error of a node in the words a person needs: what, where, how to mend."""

from __future__ import annotations

import traceback

from casare.engine.deciding.state import Scope
from casare.engine.errors import Problem
from casare.engine.planning import kinds
from casare.engine.planning.plan import ROOT
from casare.foundation.errors import CasareError

_COUNTED = frozenset({kinds.LOOP, kinds.PARALLEL, kinds.RETRY, kinds.CIRCLE})
_DEFECT = "This is a defect of the node. Report it with the workflow and the trace."


def _turns_in(scope: Scope) -> list[int]:
    """Return the numbers of the loops' turns around, outermost first, as far as the workflow the scope is in."""
    found: list[int] = []
    at: Scope | None = scope
    while at is not None and at.owner is not None and at.number != ROOT:
        if at.owner.kind in _COUNTED:
            found.append(at.turn)
        at = at.parent
    return found[::-1]


def problem_of(scope: Scope, slot: int, type_id: str, error: BaseException) -> Problem:
    """Return the problem that an exception of a node is."""
    plan = scope.frame.plan
    node_id = plan.ids[slot]
    turns = _turns_in(scope)
    place = f"{node_id} (turn {'.'.join(str(turn + 1) for turn in turns)})" if turns else node_id
    if isinstance(error, CasareError):
        where = f" ({error.where})" if error.where else ""
        message, hint = f"{error.what}{where}", error.mend
    elif isinstance(error, (ValueError, OSError, LookupError, ArithmeticError)):
        message, hint = str(error) or type(error).__name__, ""
    else:
        message, hint = f"{type(error).__name__}: {error}", _DEFECT
    clean = scope.frame.hub.clean
    return Problem(
        node_id,
        clean(message),
        hint=clean(hint),
        type=type(error).__name__,
        node_type=type_id,
        chain=(*scope.frame.chain, place),
        trace=clean("".join(traceback.format_exception(error))),
        error=error if isinstance(error, Exception) else None,
    )
