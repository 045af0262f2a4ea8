"""How single fields of a file are read, shared by the reader and the writer.

A known field of a wrong kind is kept under its own key in the value's `extra`. The writer writes that original back as
long as it still reads as what the document holds, so nothing is lost until a person gives the field a new value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from casare.model.values import Frame, Note, Point

COORDINATE_LIMIT: Final = 1e9
"""How far from the origin anything may stand, in scene px; past it single-precision painting falls apart."""


def number(value: Any) -> float | None:
    """Return `value` when it is a number a canvas can use, else None."""
    if (type(value) is int or type(value) is float) and -COORDINATE_LIMIT <= value <= COORDINATE_LIMIT:
        return value
    return None


def pair(value: Any, first: str, second: str) -> Point | None:
    """Return two numbers given as a list or as an object with these keys, or None."""
    if isinstance(value, (list, tuple)) and len(value) >= 2:
        a, b = number(value[0]), number(value[1])
    elif isinstance(value, dict):
        a, b = number(value.get(first)), number(value.get(second))
    else:
        return None
    return None if a is None or b is None else (a, b)


def point(value: Any) -> Point:
    """Return a position given as [x, y] or {x, y}; the origin when it is unreadable."""
    return pair(value, "x", "y") or (0, 0)


def place(value: Any) -> Point | None:
    """Return the position of a node, whose numbers may also be given as texts, "3, 4" or ["3", "4"]; else None."""
    if isinstance(value, str):
        value = value.split(",")
        value = value if len(value) == 2 else None
    elif isinstance(value, dict):
        value = [value.get("x"), value.get("y")]
    if not isinstance(value, (list, tuple)) or len(value) < 2:
        return None
    return pair([_numeral(one) for one in value[:2]], "x", "y")


def _numeral(value: Any) -> Any:
    """Return the number that a text says; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        said = float(value)
    except ValueError:
        return None
    return int(said) if said.is_integer() else said


def text(value: Any) -> str:
    """Return a text, empty when the value is none."""
    return value if isinstance(value, str) else ""


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object, empty when the value is none."""
    return value if isinstance(value, dict) else {}


def _size(default: tuple[float, float]) -> Callable[[Any], Point]:
    def read(value: Any) -> Point:
        size = pair(value, "width", "height")
        return size if size and size[0] > 0 and size[1] > 0 else default

    return read


def members(value: Any) -> tuple[str, ...]:
    """Return a list of ids, leaving out what is no text."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


FRAME_SIZE: Final = Frame._field_defaults["size"]
NOTE_SIZE: Final = Note._field_defaults["size"]

NODE_READS: Final[dict[str, Callable[[Any], Any]]] = {
    "node_type": text,
    "config": mapping,
    "position": lambda value: place(value) or (0, 0),
    "name": text,
}
FRAME_READS: Final[dict[str, Callable[[Any], Any]]] = {
    "title": text,
    "position": point,
    "size": _size(FRAME_SIZE),
    "node_ids": members,
    "collapsed": lambda value: value is True,
}
NOTE_READS: Final[dict[str, Callable[[Any], Any]]] = {
    "text": text,
    "position": point,
    "size": _size(NOTE_SIZE),
}

OUTLET_READS: Final[dict[str, Callable[[Any], Any]]] = {
    "id": text,
    "name": text,
    "type": text,
    "internal_node_id": text,
    "internal_port_name": text,
    "required": lambda value: value is True,
    "description": text,
}
PROMOTED_READS: Final[dict[str, Callable[[Any], Any]]] = {
    "name": text,
    "display_name": text,
    "label": text,
    "internal_node_id": text,
    "internal_property_name": text,
}
