"""Many items through the same steps, each step busy with another item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from casare.nodes.flow.loops import ParallelItem
from casare.sdk import Bound, Cost, Param, Role, Visibility, as_items, node


@node(
    "PipelineNode",
    title="Pipeline",
    category="flow",
    icon="rows-3",
    cost=Cost(6, 1, 2, Bound.IO),
    role=Role.PARALLEL_EACH,
    control_out=("body", "completed"),
    headline="items",
    keywords=("stages", "stream", "queue", "concurrent", "assembly line", "loop"),
)
def pipeline(
    items: Annotated[
        list[Any], Param(placeholder="{{items}}", help="What goes through the body, one after the other.")
    ],
    *,
    queue_size: Annotated[
        int, Param(minimum=1, maximum=1000, label="Queue", help="How many items may wait before each step.")
    ] = 2,
    fail_fast: Annotated[bool, Param(help="Stop all items as soon as one fails.")] = True,
    timeout_per_item: Annotated[
        float,
        Param(minimum=0, unit="s", visibility=Visibility.ADVANCED, help="After which an item is given up; 0: never."),
    ] = 0.0,
) -> Iterator[ParallelItem]:
    """Send every item through the steps of the body; each step works on another item at the same time.

    A step takes one item at a time, in their order, and waits while the queue before the next step is full. The results
    come out in the order of the items.
    """
    things = list(items.values()) if isinstance(items, Mapping) else as_items(items, "items")
    for index, item in enumerate(things):
        yield ParallelItem(item, index, [])
