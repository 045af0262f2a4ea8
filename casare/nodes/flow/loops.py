"""Doing something again: over items, while a condition holds, and for many items at once."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from casare.sdk import (
    Bound,
    Context,
    Cost,
    DataType,
    NodeError,
    Out,
    Param,
    Role,
    Visibility,
    Widget,
    as_integer,
    as_items,
    as_list,
    as_truth,
    node,
)

_PAIR = Param(widget=Widget.NODE, help="The start of the loop this belongs to; set when the two are added together.")


_NO_RANGE = (0, 10, 1)
"""The range of a loop that says nothing about it."""


class LoopItem(NamedTuple):
    """One turn of a loop over items."""

    current_item: Annotated[Any, Out(aliases=("item",))]
    current_index: Annotated[int, Out(aliases=("index",))]
    current_key: Annotated[Any, Out(aliases=("key",))]


@node(
    "ForLoopStartNode",
    title="For each",
    category="flow",
    icon="repeat",
    cost=Cost(4, 0.1, 0.5),
    role=Role.LOOP_START,
    control_out=("body", "completed"),
    headline="items",
    keywords=("for", "loop", "iterate", "range", "repeat", "list"),
)
def for_loop_start(
    items: Annotated[
        Any,
        Param(
            placeholder="{{items}}", help="A list, a dictionary (its values, with their keys), or a text (its letters)."
        ),
    ] = None,
    end: Annotated[int, Param(help="Where a range ends; the end itself is left out.")] = 10,
    *,
    context: Context,
    mode: Annotated[Literal["items", "range"], Param(help="Go through items, or count.")] = "items",
    list_var: Annotated[
        str, Param(widget=Widget.VARIABLE, label="List variable", help="Where to find the items when none are given.")
    ] = "",
    item_var: Annotated[
        str, Param(label="Item variable", help="Also holds the item of the turn; with _index and _key added, the rest.")
    ] = "item",
    start: Annotated[int, Param(help="Where a range starts.")] = 0,
    step: Annotated[int, Param(help="How far a range goes each turn; below 0 counts down.")] = 1,
) -> Iterator[LoopItem]:
    """Do what is between this node and its loop end once for every item.

    The body hangs on *body*; when there are no more items the flow goes on at *completed*.
    """
    if mode == "range" or (items is None and not list_var and (start, end, step) != _NO_RANGE):
        pairs: Iterable[tuple[Any, Any]] = enumerate(_range(start, end, step))
    else:
        pairs = _pairs(items if items is not None else context.get_variable(list_var) if list_var else None)
    for index, (key, item) in enumerate(pairs):
        if item_var:
            context.set_variable(item_var, item)
            context.set_variable(f"{item_var}_index", index)
            context.set_variable(f"{item_var}_key", key)
        yield LoopItem(item, index, key)


def _range(start: Any, end: Any, step: Any) -> range:
    by = as_integer(step, "step")
    if by == 0:
        raise NodeError("a range with a step of 0 never ends", mend="Give a step of 1, or -1 to count down.")
    return range(as_integer(start, "start"), as_integer(end, "end"), by)


def _pairs(items: Any) -> Iterable[tuple[Any, Any]]:
    if items is None:
        raise NodeError("there is nothing to loop over", mend="Wire a list to items, or name one, such as {{items}}.")
    if isinstance(items, str):
        # A reference that nothing has replaced is no text whose letters somebody wants.
        return enumerate(as_list(items, "items") if items.lstrip().startswith(("[", "{{")) else items)
    if isinstance(items, Mapping):
        return items.items()
    if isinstance(items, Iterable) and not isinstance(items, bytes):
        return enumerate(items)
    return enumerate([items])


@node(
    "ForLoopEndNode",
    title="End of for each",
    category="flow",
    icon="undo-2",
    cost=Cost(1, 0.01, 0),
    role=Role.LOOP_END,
    keywords=("loop end", "next"),
    headline="",
)
def for_loop_end(*, paired_start_id: Annotated[str, _PAIR] = "") -> None:
    """Close the body of a For each: the next turn begins here."""


class WhileTurn(NamedTuple):
    """One turn of a loop with a condition."""

    current_iteration: Annotated[int, Out(aliases=("iteration", "index"))]


@node(
    "WhileLoopStartNode",
    title="While",
    category="flow",
    icon="rotate-cw",
    cost=Cost(4, 0.1, 0.5),
    role=Role.LOOP_START,
    control_out=("body", "completed"),
    headline="condition",
    keywords=("loop", "until", "repeat"),
)
def while_loop_start(
    condition: Annotated[
        Any,
        Param(
            type=DataType.BOOLEAN,
            widget=Widget.EXPRESSION,
            aliases=("expression",),
            placeholder="{{count}} < 3",
            help="Looked at before every turn.",
        ),
    ] = False,
    *,
    context: Context,
    max_iterations: Annotated[int, Param(minimum=1, step=100, help="The loop ends after so many turns anyway.")] = 1000,
) -> Generator[WhileTurn, Any, None]:
    """Do what is between this node and its loop end for as long as a condition holds.

    The engine sends the condition, worked out anew, before each further turn.
    """
    turn = 0
    limit = as_integer(max_iterations, "max_iterations")
    while as_truth(condition):
        if turn >= limit:
            context.log(f"the loop was ended after {limit} turns with its condition still true", level="warning")
            return
        condition = yield WhileTurn(turn)
        turn += 1


@node(
    "WhileLoopEndNode",
    title="End of while",
    category="flow",
    icon="undo-2",
    cost=Cost(1, 0.01, 0),
    role=Role.LOOP_END,
    keywords=("loop end",),
    headline="",
)
def while_loop_end(*, paired_start_id: Annotated[str, _PAIR] = "") -> None:
    """Close the body of a While: the condition is looked at again."""


@node(
    "BreakNode",
    title="Break",
    category="flow",
    icon="log-out",
    cost=Cost(1, 0.01, 0),
    role=Role.BREAK,
    keywords=("leave loop", "exit", "stop"),
    headline="",
)
def break_(*, paired_loop_start_id: Annotated[str, _PAIR] = "") -> None:
    """Leave the loop at once; the flow goes on where the loop is completed."""


@node(
    "ContinueNode",
    title="Continue",
    category="flow",
    icon="skip-forward",
    cost=Cost(1, 0.01, 0),
    role=Role.CONTINUE,
    keywords=("next turn", "skip"),
    headline="",
)
def continue_(*, paired_loop_start_id: Annotated[str, _PAIR] = "") -> None:
    """Leave the rest of this turn out and begin the next one."""


class ParallelItem(NamedTuple):
    """One turn of many at once; the engine fills `results` when all turns are through, in the order of the items."""

    current_item: Annotated[Any, Out(aliases=("item",))]
    current_index: Annotated[int, Out(aliases=("index",))]
    results: list[Any]


@node(
    "ParallelForEachNode",
    title="For each in parallel",
    category="flow",
    icon="rows-3",
    cost=Cost(6, 1, 2, Bound.IO),
    role=Role.PARALLEL_EACH,
    control_out=("body", "completed"),
    headline="items",
    keywords=("batch", "concurrent", "map", "loop"),
)
def parallel_for_each(
    items: Annotated[list[Any], Param(placeholder="{{items}}", help="One turn of the body for each.")],
    *,
    batch_size: Annotated[int, Param(minimum=1, maximum=50, label="At once", help="How many turns run at a time.")] = 5,
    fail_fast: Annotated[bool, Param(help="Stop all turns as soon as one fails.")] = False,
    timeout_per_item: Annotated[
        float, Param(minimum=0, unit="s", visibility=Visibility.ADVANCED, help="After which a turn is given up.")
    ] = 60.0,
) -> Iterator[ParallelItem]:
    """Do the body once for every item, several turns at the same time.

    Each turn has variables of its own; the results come out in the order of the items.
    """
    things = list(items.values()) if isinstance(items, Mapping) else as_items(items, "items")
    for index, item in enumerate(things):
        yield ParallelItem(item, index, [])
