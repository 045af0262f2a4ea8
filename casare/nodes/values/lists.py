"""Nodes that make a list, look into it, and give it back in another order or shape. The input list never changes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Annotated, Any, NamedTuple

from casare.nodes.inputs import ListInput
from casare.nodes.values.comparison import same
from casare.nodes.values.key_path import value_at
from casare.nodes.values.ordering import identity, sort_key
from casare.sdk import (
    Cost,
    Out,
    Param,
    Visibility,
    as_flag,
    as_integer,
    as_integer_or_none,
    as_list,
    as_text,
    node,
)

MOST_LEVELS = 100

KeyPath = Annotated[
    str, Param(placeholder="user.name", help="For items that are dicts: the dotted path to the value that counts.")
]
Item = Annotated[Any, Param(help="An item; empty leaves it out.")]
MoreItem = Annotated[Any, Param(visibility=Visibility.ADVANCED, help="An item; empty leaves it out.")]


class Membership(NamedTuple):
    """Whether the item is in the list, and where first (-1: nowhere)."""

    contains: Annotated[bool, Out(aliases=("result", "found"))]
    place: Annotated[int, Out("index", aliases=("position",))]


@node(
    "CreateListNode",
    title="Create list",
    category="data",
    icon="list-plus",
    cost=Cost(1, 0.01, 0.1),
    headline="{item_1}, {item_2}",
    keywords=("array", "new", "make"),
    pure=True,
)
def create_list(
    item_1: Annotated[Any, Param(aliases=("item1",), help="An item; empty leaves it out.")] = None,
    item_2: Annotated[Any, Param(aliases=("item2",), help="An item; empty leaves it out.")] = None,
    item_3: Annotated[Any, Param(aliases=("item3",), help="An item; empty leaves it out.")] = None,
    *,
    item_4: MoreItem = None,
    item_5: MoreItem = None,
    item_6: MoreItem = None,
    item_7: MoreItem = None,
    item_8: MoreItem = None,
    item_9: MoreItem = None,
    item_10: MoreItem = None,
    items: Annotated[list[Any] | None, Param(visibility=Visibility.ADVANCED, help="More items, after those.")] = None,
) -> Annotated[list[Any], Out("list", aliases=("result", "items"))]:
    """Make a list of items.

    Items that are empty are left out; an empty text is an item.
    """
    given = (item_1, item_2, item_3, item_4, item_5, item_6, item_7, item_8, item_9, item_10)
    return [item for item in given if item is not None] + as_list(items, "items")


@node(
    "ListGetItemNode",
    title="Item of list",
    category="data",
    icon="target",
    cost=Cost(1, 0.01, 0.1),
    headline="index",
    keywords=("element", "first", "last", "nth", "array"),
    pure=True,
)
def list_get_item(
    list: ListInput = None,
    index: Annotated[int, Param(help="0 is the first item, -1 the last.")] = 0,
    *,
    default_value: Annotated[
        Any, Param(visibility=Visibility.ADVANCED, help="What to give when there is no such item, instead of an error.")
    ] = None,
) -> Annotated[Any, Out("item", aliases=("result", "value"))]:
    """Take one item out of a list by its place."""
    items, place = as_list(list, "list"), as_integer_or_none(index, "index") or 0
    if -len(items) <= place < len(items):
        return items[place]
    if default_value not in (None, ""):
        return default_value
    raise ValueError(f"index: there is no item {place} in a list of {len(items)}")


@node(
    "ListLengthNode",
    title="Length of list",
    category="data",
    icon="hash",
    cost=Cost(1, 0.005, 0.1),
    headline="list",
    keywords=("count", "size", "how many", "array"),
    pure=True,
)
def list_length(list: ListInput = None) -> Annotated[int, Out("length", aliases=("result", "count"))]:
    """Count the items of a list."""
    return len(as_list(list, "list"))


@node(
    "ListAppendNode",
    title="Append to list",
    category="data",
    icon="list-plus",
    cost=Cost(1, 0.02, 0.2),
    headline="item",
    keywords=("add", "push", "insert", "array"),
    pure=True,
)
def list_append(
    list: ListInput = None,
    item: Annotated[Any, Param(aliases=("value",), help="What to add at the end.")] = None,
    *,
    extend: Annotated[
        bool,
        Param(visibility=Visibility.ADVANCED, help="Add the items of a list one by one, not the list as one item."),
    ] = False,
) -> Annotated[list[Any], Out(aliases=("list", "appended"))]:
    """Add an item at the end of a list."""
    added = as_list(item, "item") if as_flag(extend, "extend") else [item]
    return as_list(list, "list") + added


@node(
    "ListContainsNode",
    title="List contains",
    category="data",
    icon="search",
    cost=Cost(1, 0.02, 0.1),
    headline="item",
    keywords=("includes", "has", "find", "index of", "array"),
    pure=True,
)
def list_contains(
    list: ListInput = None, item: Annotated[Any, Param(aliases=("value",), help="What to look for.")] = None
) -> Membership:
    """Tell whether an item is in a list, and where.

    A number is found by the text that spells it, too; an item exactly like the one looked for comes first.
    """
    items = as_list(list, "list")
    if item in items:
        return Membership(True, items.index(item))
    place = next((place for place, other in enumerate(items) if same(other, item)), -1)
    return Membership(place >= 0, place)


@node(
    "ListSliceNode",
    title="Part of list",
    category="data",
    icon="scissors",
    cost=Cost(1, 0.02, 0.2),
    headline="{start} to {end}",
    keywords=("sublist", "range", "take", "skip", "head", "tail", "array"),
    pure=True,
)
def list_slice(
    list: ListInput = None,
    start: Annotated[int, Param(help="The first item to keep; 0 is the first, -2 the last but one.")] = 0,
    end: Annotated[int | None, Param(help="The first item to leave out again; empty keeps all to the end.")] = None,
    *,
    step: Annotated[
        int, Param(visibility=Visibility.ADVANCED, help="2 keeps every other item; -1 goes backwards.")
    ] = 1,
) -> Annotated[list[Any], Out(aliases=("list", "slice", "sliced_list"))]:
    """Cut a piece out of a list by the places of its items.

    Places outside the list are no error: they give what is there.
    """
    stride = as_integer(step, "step")
    if stride == 0:
        raise ValueError("step: expected a whole number other than 0")
    first = as_integer_or_none(start, "start")
    if stride < 0 and first == 0:
        # Going backwards, the default start means the end of the list.
        first = None
    return as_list(list, "list")[first : as_integer_or_none(end, "end") : stride]


@node(
    "ListJoinNode",
    title="Join list",
    category="data",
    icon="combine",
    cost=Cost(2, 0.02, 0.2),
    headline="separator",
    keywords=("text", "glue", "implode", "csv", "array"),
    pure=True,
)
def list_join(
    list: ListInput = None,
    separator: Annotated[str, Param(aliases=("delimiter",), help="What to put between the items.")] = ", ",
) -> Annotated[str, Out(aliases=("text", "joined"))]:
    """Put the items of a list together into one text."""
    return as_text(separator).join(as_text(item) for item in as_list(list, "list"))


@node(
    "ListSortNode",
    title="Sort list",
    category="data",
    icon="arrow-up-down",
    cost=Cost(4, 0.1, 0.5),
    headline="key_path",
    keywords=("order", "ascending", "descending", "rank", "array"),
    pure=True,
)
def list_sort(
    list: ListInput = None,
    reverse: Annotated[bool, Param(aliases=("descending",), help="Greatest first.")] = False,
    key_path: Annotated[
        str, Param(aliases=("sort_key", "key"), placeholder="user.name", help="For dicts: the path to sort by.")
    ] = "",
) -> Annotated[list[Any], Out(aliases=("list", "sorted", "sorted_list"))]:
    """Put the items of a list in order.

    Items that are equal stay in the order they had. A list of mixed kinds is sorted too: numbers, texts, dates, lists,
    all else, and what is empty last.
    """
    items = as_list(list, "list")
    return sorted(items, key=lambda item: sort_key(value_at(item, key_path)), reverse=as_flag(reverse, "reverse"))


@node(
    "ListReverseNode",
    title="Reverse list",
    category="data",
    icon="undo-2",
    cost=Cost(1, 0.02, 0.2),
    headline="list",
    keywords=("backwards", "flip", "array"),
    pure=True,
)
def list_reverse(list: ListInput = None) -> Annotated[list[Any], Out(aliases=("list", "reversed", "reversed_list"))]:
    """Put the items of a list in the opposite order."""
    return as_list(list, "list")[::-1]


@node(
    "ListUniqueNode",
    title="Unique items",
    category="data",
    icon="list-checks",
    cost=Cost(2, 0.05, 0.3),
    headline="list",
    keywords=("distinct", "duplicates", "dedupe", "set", "array"),
    pure=True,
)
def list_unique(list: ListInput = None) -> Annotated[list[Any], Out(aliases=("list", "unique", "unique_list"))]:
    """Keep each item of a list once, where it comes first.

    Lists and dicts count as the same when their contents are; true and 1 are two things.
    """
    first: dict[Hashable, Any] = {}
    for item in as_list(list, "list"):
        first.setdefault(identity(item), item)
    return [*first.values()]


@node(
    "ListFlattenNode",
    title="Flatten list",
    category="data",
    icon="layers",
    cost=Cost(2, 0.05, 0.3),
    headline="depth",
    keywords=("nested", "unnest", "merge lists", "array"),
    pure=True,
)
def list_flatten(
    list: ListInput = None,
    depth: Annotated[
        int,
        Param(minimum=-1, maximum=MOST_LEVELS, unit="levels", help="How many levels of lists to open; -1 opens all."),
    ] = 1,
) -> Annotated[list[Any], Out(aliases=("list", "flattened", "flattened_list"))]:
    """Put the items of lists inside a list into the list itself."""
    levels = as_integer(depth, "depth")
    if not -1 <= levels <= MOST_LEVELS:
        raise ValueError(f"depth: expected -1 to {MOST_LEVELS} levels, got {levels}")
    return _flattened(as_list(list, "list"), levels if levels >= 0 else MOST_LEVELS, all_levels=levels < 0)


def _flattened(items: list[Any], levels: int, *, all_levels: bool) -> list[Any]:
    flat: list[Any] = []
    for item in items:
        if not isinstance(item, (list, tuple)):
            flat.append(item)
        elif levels > 0:
            flat.extend(_flattened([*item], levels - 1, all_levels=all_levels))
        elif all_levels:
            raise ValueError(f"list: nested deeper than {MOST_LEVELS} levels; does it contain itself?")
        else:
            flat.append(item)
    return flat
