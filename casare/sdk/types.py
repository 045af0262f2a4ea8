"""The data types of ports, and how a Python annotation names one."""

from __future__ import annotations

import datetime
import enum
import pathlib
import types
import typing
from typing import Any, Literal


class DataType(enum.StrEnum):
    """What flows through a data port.

    The first nine are values that every node understands; the rest are handles to something open elsewhere, which only
    nodes of the same family pass on.
    """

    ANY = "any"
    TEXT = "text"
    INTEGER = "integer"
    FLOAT = "float"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"
    DICT = "dict"
    BYTES = "bytes"
    OBJECT = "object"
    BROWSER = "browser"
    PAGE = "page"
    ELEMENT = "element"
    WINDOW = "window"
    CONNECTION = "connection"
    WORKBOOK = "workbook"
    WORKSHEET = "worksheet"
    DOCUMENT = "document"


_BY_PYTHON: dict[Any, DataType] = {
    str: DataType.TEXT,
    pathlib.Path: DataType.TEXT,
    datetime.datetime: DataType.TEXT,
    bool: DataType.BOOLEAN,
    int: DataType.INTEGER,
    float: DataType.NUMBER,
    list: DataType.LIST,
    tuple: DataType.LIST,
    dict: DataType.DICT,
    bytes: DataType.BYTES,
    object: DataType.ANY,
    Any: DataType.ANY,
}


def data_type_of(annotation: Any) -> DataType:
    """Return the data type a Python annotation stands for.

    `X | None` counts as X, `int | float` as NUMBER, any other union of several types as ANY, a Literal as the type of
    its first choice. Raises TypeError for an annotation no port can carry, so that the mistake shows when the node is
    declared and not when it runs.
    """
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return data_type_of(typing.get_args(annotation)[0])
    if origin is Literal:
        return data_type_of(type(typing.get_args(annotation)[0]))
    if origin in (typing.Union, types.UnionType):
        members = [member for member in typing.get_args(annotation) if member is not type(None)]
        found = {data_type_of(member) for member in members}
        if found == {DataType.INTEGER, DataType.NUMBER}:
            return DataType.NUMBER
        return found.pop() if len(found) == 1 else DataType.ANY
    found_type = _BY_PYTHON.get(origin or annotation)
    if found_type is None:
        raise TypeError(f"no port can carry {annotation!r}; use one of str, int, float, bool, list, dict, bytes, Any")
    return found_type


def choices_of(annotation: Any) -> tuple[Any, ...]:
    """Return the choices of a Literal annotation (also inside Annotated or Optional), or an empty tuple."""
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return typing.get_args(annotation)
    if origin is typing.Annotated:
        return choices_of(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        for member in typing.get_args(annotation):
            if found := choices_of(member):
                return found
    return ()
