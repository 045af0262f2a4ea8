"""What an expression comes to with what is known before a run."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from casare.app.templating.known import Known
from casare.expressions import Absent, ExpressionError, Reading, evaluate, references
from casare.expressions.names import word_for

_LONGEST: Final = 80


class Trial(NamedTuple):
    """How it went: the value in a few words, or why there is none (yet)."""

    text: str
    state: str
    """value, unknown (only a run can tell) or error."""
    mend: str = ""


def try_out(value: Any, known: Known) -> Trial:
    """Work out a value that holds templates, with the values that are known. Never raises."""
    unknown = _first_unknown(value, known)
    if unknown:
        return Trial(f"{unknown} is known once the workflow has run", "unknown")
    try:
        found = evaluate(value, known, Reading.TEXT)
    except ExpressionError as error:
        return Trial(error.what, "error", error.mend)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        return Trial(str(error) or type(error).__name__, "error")
    return Trial(told(found), "value")


def told(value: Any) -> str:
    """Return a value and its type in a line."""
    if isinstance(value, str):
        text = value.replace("\n", "⏎")
    else:
        try:
            text = json.dumps(value, ensure_ascii=False, default=str)
        except (TypeError, ValueError):
            text = str(value)
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return f"{text}  ({word_for(value)})"


def _first_unknown(value: Any, known: Known) -> str:
    for one in references(value):
        held = known.value(one.root)
        if isinstance(held, Absent) or (one.root in known.nodes and one.root not in known.outputs):
            return one.root
    return ""
