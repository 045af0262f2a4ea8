"""Changes and content as plain data, and back: what a journal keeps.

One codec for all of them, made from the annotations of their fields, so that a new kind of change is covered once it is
listed in `casare.model.changes`. The plain form is lists, dicts, text and numbers only in its outer layers: the
values inside (nodes, wires) stay as they are, and whoever writes JSON writes a tuple as a list. Floats and integers
stay apart; tuples inside a person's own configuration come back as lists, as they would from a file.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from casare.foundation.errors import CasareError
from casare.model import changes
from casare.model.changes import Change
from casare.model.content import Content
from casare.model.subflows import Definition
from casare.model.values import Unreadable

Read = Callable[[Any], Any]


class PlainDataError(CasareError):
    """Report plain data that is no change or content this version knows."""


def change_to_plain(change: Change) -> list[Any]:
    """Return a change as its name followed by its fields. Raises TypeError for what is no change."""
    kind = type(change)
    if kind is not _kinds().get(kind.__name__):
        raise TypeError(f"{kind.__name__} is no change")
    plain: list[Any] = [kind.__name__]
    for field in fields(cast(Any, kind)):
        value = getattr(change, field.name)
        if isinstance(value, tuple) and field.name == "changes":
            value = [change_to_plain(part) for part in value]
        elif isinstance(value, Content):
            value = content_to_plain(value)
        elif field.name == "change":
            value = change_to_plain(value)
        elif field.name == "definitions":
            value = [definition_to_plain(one) for one in value]
        plain.append(value)
    return plain


def change_from_plain(plain: Any) -> Change:
    """Return the change that `change_to_plain` was given. Raises PlainDataError for anything else."""
    try:
        name, *values = plain
        kind = _kinds()[name]
        readers = _field_readers(kind)
        return cast(Change, kind(*(read(value) for read, value in zip(readers, values, strict=True))))
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise PlainDataError(f"An edit cannot be understood: {error!r}.") from error


def content_to_plain(content: Content) -> list[Any]:
    """Return content as a list of its fields."""
    subflows = [definition_to_plain(one) for one in content.subflows]
    return [*content[:-2], subflows, unreadable_to_plain(content.unreadable)]


def definition_to_plain(definition: Definition) -> list[Any]:
    """Return a subgraph as a list of its fields."""
    told = [getattr(definition, field.name) for field in fields(Definition)]
    return [*told[:-1], unreadable_to_plain(definition.unreadable)]


def content_from_plain(plain: Any) -> Content:
    """Return the content that `content_to_plain` was given. Raises PlainDataError for anything else."""
    try:
        return cast(Content, _reader(Content)(plain))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise PlainDataError(f"A snapshot cannot be understood: {error!r}.") from error


def unreadable_to_plain(unreadable: Unreadable) -> list[Any]:
    """Return the parts of a file that were not understood as a list of its fields."""
    return [getattr(unreadable, field.name) for field in fields(Unreadable)]


@cache
def _kinds() -> Mapping[str, type]:
    # Change itself is a protocol; the rest of the names are all the changes there are.
    return {name: getattr(changes, name) for name in changes.__all__ if name != "Change"}


@cache
def _field_readers(kind: type) -> tuple[Read, ...]:
    hints = get_type_hints(kind, localns={"Change": Change, "Content": Content})
    return tuple(_reader(hints[field.name]) for field in fields(cast(Any, kind)))


@cache
def _reader(hint: Any) -> Read:
    """Return what makes a value of this annotation out of plain data. Raises TypeError for one it does not know."""
    if hint in (str, int, float, bool, Any, object, types.NoneType):
        return _as_it_is
    if hint is Change:
        return change_from_plain
    return _record_reader(hint) if isinstance(hint, type) else _container_reader(hint)


def _container_reader(hint: Any) -> Read:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_reader(arguments)
    if origin in (dict, Mapping):
        read = _reader(arguments[1])
        return dict if read is _as_it_is else lambda plain: {key: read(value) for key, value in plain.items()}
    if origin in (Union, types.UnionType):
        return _union_reader(arguments)
    raise TypeError(f"no way to read {hint!r} from plain data")


def _record_reader(hint: type) -> Read:
    if issubclass(hint, tuple) and hasattr(hint, "_fields"):
        return _row_reader(hint)
    if is_dataclass(hint):
        readers = _field_readers(hint)
        return lambda plain: hint(*(read(value) for read, value in zip(readers, plain, strict=True)))
    raise TypeError(f"no way to read {hint!r} from plain data")


def _union_reader(arguments: tuple[Any, ...]) -> Read:
    others = [one for one in arguments if one is not types.NoneType]
    readers = {_reader(one) for one in others}
    if len(readers) != 1:
        raise TypeError(f"no way to tell {arguments!r} apart in plain data")
    read = readers.pop()
    return lambda plain: None if plain is None else read(plain)


def _tuple_reader(arguments: tuple[Any, ...]) -> Read:
    readers = tuple(_reader(one) for one in arguments if one is not Ellipsis)
    if all(read is _as_it_is for read in readers):
        return tuple
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        read = readers[0]
        return lambda plain: tuple([read(value) for value in plain])
    return lambda plain: tuple([read(value) for read, value in zip(readers, plain, strict=True)])


def _row_reader(kind: Any) -> Read:
    hints = get_type_hints(kind)
    special = [(at, _reader(hints[name])) for at, name in enumerate(kind._fields)]
    special = [(at, read) for at, read in special if read is not _as_it_is]
    count = len(kind._fields)

    def read_row(plain: Any) -> Any:
        row = list(plain)
        if len(row) != count:
            raise ValueError(f"{len(row)} fields for a {kind.__name__}")
        for at, read in special:
            row[at] = read(row[at])
        return kind._make(row)

    return read_row


def _as_it_is(plain: Any) -> Any:
    return plain
