"""Edits of JSON values as new values: what is not on the way to the edit is shared with the old one, never copied.

So an edit deep in a document of 100,000 values costs as much as the lists and objects that it lies in, and the old
value stays what it was, for undo.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import count
from typing import Any, Final

from casare.app.documents.parameters import UNSET, text_as_value, value_as_text
from casare.foundation.errors import CasareError

Step = str | int
"""The key in an object, or the place in a list."""
Path = tuple[Step, ...]

_NEW_KEY: Final = "key"


class Kind(StrEnum):
    """What a JSON value can be, by the word a person reads."""

    TEXT = "Text"
    NUMBER = "Number"
    BOOLEAN = "Yes or no"
    NOTHING = "Nothing"
    LIST = "List"
    OBJECT = "Object"


def kind_of(value: Any) -> Kind:
    """Return what a value is; what JSON has no word for counts as text."""
    if value is None:
        return Kind.NOTHING
    if isinstance(value, bool):
        return Kind.BOOLEAN
    if isinstance(value, (int, float)):
        return Kind.NUMBER
    if isinstance(value, Mapping):
        return Kind.OBJECT
    return Kind.LIST if isinstance(value, (list, tuple)) else Kind.TEXT


def as_kind(value: Any, kind: Kind) -> Any:
    """Return a value as another kind, with as much of it as that kind can hold."""
    if kind_of(value) is kind:
        return value
    if kind is Kind.TEXT:
        return "" if value is None else value_as_text(value)
    read = text_as_value(value) if isinstance(value, str) else value
    if kind is Kind.NUMBER:
        return int(read) if isinstance(read, bool) else read if isinstance(read, (int, float)) else 0
    if kind is Kind.BOOLEAN:
        return bool(read) and read is not UNSET
    if kind is Kind.LIST:
        return _as_list(read)
    return _as_object(read) if kind is Kind.OBJECT else None


def parts_in(value: Any) -> int:
    """Return how many values a list or an object holds; 0 for what holds none."""
    return len(value) if isinstance(value, (Mapping, list, tuple)) else 0


def part_at(value: Any, path: Path) -> Any:
    """Return the value at a path. Raises KeyError or IndexError when there is none."""
    for step in path:
        value = value[step]
    return value


def replace_part(value: Any, path: Path, fresh: Any) -> Any:
    """Return the value with another one at a path."""
    if not path:
        return fresh

    def put(held: Any, step: Step) -> Any:
        copy = _copied(held)
        copy[step] = fresh
        return copy

    return _changed(value, path, put)


def remove_part(value: Any, path: Path) -> Any:
    """Return the value without what is at a path."""

    def take(held: Any, step: Step) -> Any:
        copy = _copied(held)
        del copy[step]
        return copy

    return _changed(value, path, take)


def add_part(value: Any, parent: Path, place: int, part: Any, key: str = _NEW_KEY) -> tuple[Any, Path]:
    """Return the value with one part more in the list or object at `parent`, and the path of the new part.

    In an object it gets `key`, with a number after it where that is taken.
    """
    held = part_at(value, parent)
    if isinstance(held, Mapping):
        name = free_key(held, key)
        pairs = list(held.items())
        pairs.insert(place, (name, part))
        return replace_part(value, parent, dict(pairs)), (*parent, name)
    items = list(held)
    items.insert(place, part)
    return replace_part(value, parent, items), (*parent, min(place, len(held)))


def rename_part(value: Any, path: Path, name: str) -> Any:
    """Return the value with another name for a part of an object. Raises CasareError when the name is taken."""
    *above, old = path
    held = part_at(value, tuple(above))
    if name != old and name in held:
        raise CasareError(f"There is a “{name}” already.", mend="Choose another name.")
    return replace_part(value, tuple(above), {name if key == old else key: part for key, part in held.items()})


def move_part(value: Any, path: Path, parent: Path, place: int) -> tuple[Any, Path]:
    """Return the value with a part moved to a place in the list or object at `parent`, and the part's new path.

    `place` counts the parts of `parent` as they are before. Raises CasareError when a part would move into itself.
    """
    if parent[: len(path)] == path:
        raise CasareError("A value cannot be moved into itself.", mend="Drop it somewhere else.")
    above, step = path[:-1], path[-1]
    part = part_at(value, path)
    if parent == above and place > place_of(value, path):
        place -= 1
    elif isinstance(step, int) and parent[: len(above)] == above and len(parent) > len(above):
        # The list loses an item before the one that `parent` leads through.
        through = parent[len(above)]
        if isinstance(through, int) and through > step:
            parent = (*above, through - 1, *parent[len(above) + 1 :])
    return add_part(remove_part(value, path), parent, place, part, step if isinstance(step, str) else _NEW_KEY)


def place_of(value: Any, path: Path) -> int:
    """Return which part of its list or object a part is, counted from 0."""
    step = path[-1]
    return step if isinstance(step, int) else list(part_at(value, path[:-1])).index(step)


def free_key(held: Mapping[str, Any], wanted: str) -> str:
    """Return `wanted`, or the first of `wanted 2`, `wanted 3`, ... that an object does not have."""
    if wanted not in held:
        return wanted
    return next(name for name in (f"{wanted} {number}" for number in count(2)) if name not in held)


def as_json_text(value: Any) -> str:
    """Return a value as JSON laid out for reading."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def _changed(value: Any, path: Path, change: Callable[[Any, Step], Any]) -> Any:
    if len(path) == 1:
        return change(value, path[0])
    copy = _copied(value)
    copy[path[0]] = _changed(value[path[0]], path[1:], change)
    return copy


def _copied(held: Any) -> Any:
    return dict(held) if isinstance(held, Mapping) else list(held)


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return [] if value is None or value is UNSET else [value]


def _as_object(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    items = _as_list(value)
    return {str(number): item for number, item in enumerate(items)}
