"""What all triggers have in common: what began a run, the sample for runs from the editor, and what overlaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from casare.sdk import PAYLOAD, Context, Cost, Param, Visibility, as_dict

COST: Final = Cost(complexity=2, runtime_ms=0.1, memory_mb=0.1)

Overlap = Annotated[
    Literal["queue", "skip", "parallel"],
    Param(
        label="While a run goes on",
        help="What becomes of the next one: it waits in a queue, is skipped, or runs beside it.",
    ),
]
Sample = Annotated[
    dict[str, Any] | None,
    Param(
        visibility=Visibility.ADVANCED,
        help="What a run from the editor begins with: values for some of the outputs, by their names.",
    ),
]


def payload_of(context: Context, sample: object, usual: Mapping[str, Any]) -> dict[str, Any]:
    """Return what began the run, the sample for a run that nothing began. Its entries become variables of the run."""
    told = context.get_variable(PAYLOAD)
    given = {**usual, **(told if isinstance(told, Mapping) else as_dict(sample, "sample"))}
    for name, value in given.items():
        context.set_variable(name, value)
    return given
