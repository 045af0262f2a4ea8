"""The values that the variables of a workflow start with, of the types they declare."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from casare.model import Graph

_YES_NO: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def start_values(graph: Graph) -> dict[str, Any]:
    """Return the variables of a workflow with the values they start with.

    A text is read as the type its variable declares; one that does not read so stays the text it is.
    """
    found: dict[str, Any] = {}
    for name, told in graph.variables.items():
        if not isinstance(told, Mapping) or not ("default_value" in told or "value" in told or "type" in told):
            found[name] = told
            continue
        value = told.get("default_value", told.get("value"))
        read = _reader(str(told.get("type", "")))
        if isinstance(value, str) and read is not None:
            with suppress(ValueError):
                value = read(value)
        found[name] = value
    return found


def typed_value(text: str, declared: str) -> Any:
    """Return a text as a value of the declared type; without one as JSON where it is some, else as it is.

    Raises ValueError for a text that is no value of the type.
    """
    read = _reader(declared)
    if read is not None:
        return read(text)
    try:
        return json.loads(text)
    except ValueError:
        return text


def _reader(declared: str) -> Callable[[str], Any] | None:
    return _TYPES.get(declared.partition("/")[0].casefold())


def _yes_no(text: str) -> bool:
    if text.strip().casefold() not in _YES_NO:
        raise ValueError("neither yes nor no")
    return _YES_NO[text.strip().casefold()]


def _json_of(kind: type) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        value = json.loads(text)
        if not isinstance(value, kind):
            raise ValueError("another kind of value")
        return value

    return read


_TYPES: Final[Mapping[str, Callable[[str], Any]]] = {
    **dict.fromkeys(("string", "filepath"), str),
    **dict.fromkeys(("integer", "int32"), int),
    "float": float,
    "boolean": _yes_no,
    **dict.fromkeys(("list", "array", "datatable"), _json_of(list)),
    **dict.fromkeys(("dict", "object"), _json_of(dict)),
}
"""By the names of types, in small letters, that files of the family use. `Any` and no type at all are not listed."""
