"""What the signature of a body says, read once for each body: for every node it would cost more than most nodes do."""

from __future__ import annotations

import collections.abc
import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from casare.sdk import Branch, argument_names, supplied_arguments


class BodySignature(NamedTuple):
    """The arguments of a body, what the engine fills in, and the shape of what it gives back."""

    arguments: Mapping[str, str]
    """The argument of each port and parameter."""
    supplied: Mapping[str, type]
    fields: tuple[Any, ...] | None
    """The types of the fields, where the value is a named tuple."""
    decides: bool
    """Whether the value itself is the way it chose."""


_known: WeakKeyDictionary[Callable[..., Any], BodySignature] = WeakKeyDictionary()
_TURNS = (collections.abc.Iterator, collections.abc.Generator)


def signature_of(body: Callable[..., Any]) -> BodySignature:
    """Return what the signature of a body says."""
    found = _known.get(body)
    if found is None:
        told = _returned(body)
        named = inspect.isclass(told) and issubclass(told, tuple) and hasattr(told, "_fields")
        fields = tuple(typing.get_type_hints(told)[name] for name in told._fields) if named else None
        found = BodySignature(argument_names(body), supplied_arguments(body), fields, told is Branch)
        _known[body] = found
    return found


def _returned(body: Callable[..., Any]) -> Any:
    """Return the type a body gives back; for a loop, that of one turn."""
    target: Any = body.__call__ if inspect.isclass(body) else body
    told = typing.get_type_hints(target).get("return", type(None))
    return typing.get_args(told)[0] if typing.get_origin(told) in _TURNS else told
