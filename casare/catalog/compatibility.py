"""Which wires fit: a reason in words for each one that does not, and what to put between the two ends instead."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from casare.sdk import DataType, Port, PortKind

_WORDS: Final = {
    DataType.ANY: "any value",
    DataType.TEXT: "a text",
    DataType.INTEGER: "a whole number",
    DataType.FLOAT: "a number",
    DataType.NUMBER: "a number",
    DataType.BOOLEAN: "a yes/no value",
    DataType.LIST: "a list",
    DataType.DICT: "a dictionary",
    DataType.BYTES: "bytes",
    DataType.OBJECT: "an object",
    DataType.BROWSER: "a browser",
    DataType.PAGE: "a browser page",
    DataType.ELEMENT: "a page element",
    DataType.WINDOW: "a window",
    DataType.CONNECTION: "a connection",
    DataType.WORKBOOK: "a workbook",
    DataType.WORKSHEET: "a worksheet",
    DataType.DOCUMENT: "a document",
}
_WIDENING: Final = frozenset(
    {
        (DataType.INTEGER, DataType.FLOAT),
        (DataType.INTEGER, DataType.NUMBER),
        (DataType.FLOAT, DataType.NUMBER),
        (DataType.NUMBER, DataType.FLOAT),
        (DataType.INTEGER, DataType.TEXT),
        (DataType.FLOAT, DataType.TEXT),
        (DataType.NUMBER, DataType.TEXT),
        (DataType.BOOLEAN, DataType.TEXT),
    }
)
_HANDLES: Final = frozenset(DataType) - {
    DataType.ANY,
    DataType.TEXT,
    DataType.INTEGER,
    DataType.FLOAT,
    DataType.NUMBER,
    DataType.BOOLEAN,
    DataType.LIST,
    DataType.DICT,
    DataType.BYTES,
}


class Conversion(NamedTuple):
    """A node that turns one type into another: put it between the two ends, wired at `input` and `output`."""

    type_id: str
    config: Mapping[str, Any]
    input: str
    output: str


def refusal(source: Port, target: Port) -> str | None:
    """Return why a wire from `source` (an output) to `target` (an input) may not be made, or None when it may."""
    if source.kind is not target.kind:
        if source.kind is PortKind.CONTROL:
            return f"a control wire cannot feed the value “{target.title}”; wire it to a control input, such as exec in"
        return f"the value “{source.title}” cannot start a node; wire it to a value input"
    if source.kind is PortKind.CONTROL or fits(source.type, target.type):
        return None
    wanted = _WORDS[target.type].removeprefix("a ").removeprefix("an ")
    reason = f"{_WORDS[source.type]} cannot feed a {wanted} input"
    if target.type in (DataType.OBJECT,):
        reason = f"{_WORDS[source.type]} cannot feed an object input"
    node = converter(source, target)
    hint = (
        f"put a {node.removesuffix('Node')} node between them"
        if node
        else f"“{target.title}” needs {_WORDS[target.type]}"
    )
    return f"{reason}; {hint}"


def fits(source: DataType, target: DataType) -> bool:
    """Tell whether a value of one type can be used where the other is wanted, without a node between them."""
    if source is target or DataType.ANY in (source, target) or (source, target) in _WIDENING:
        return True
    return DataType.OBJECT in (source, target) and source in _HANDLES and target in _HANDLES


def conversion(source: Port, target: Port) -> Conversion | None:
    """Return the node that makes a refused pair fit, with its configuration and ports; None when there is none."""
    if source.kind is not PortKind.DATA or target.kind is not PortKind.DATA or fits(source.type, target.type):
        return None
    return _SPECIAL.get((source.type, target.type)) or (
        _TRANSFORMS.get(target.type) if source.type not in _HANDLES else None
    )


def converter(source: Port, target: Port) -> str | None:
    """Return the type of the node that makes a refused pair fit, or None."""
    found = conversion(source, target)
    return found.type_id if found else None


def _transform(kind: str) -> Conversion:
    return Conversion("TransformNode", MappingProxyType({"transform_type": kind}), "value", "result")


_TRANSFORMS: Final = {
    DataType.TEXT: _transform("to_string"),
    DataType.INTEGER: _transform("to_integer"),
    DataType.FLOAT: _transform("to_float"),
    DataType.NUMBER: _transform("to_float"),
    DataType.BOOLEAN: _transform("to_boolean"),
    DataType.LIST: _transform("to_list"),
}
_SPECIAL: Final = {
    (DataType.TEXT, DataType.DICT): Conversion("JsonParseNode", MappingProxyType({}), "json_string", "data"),
    (DataType.DICT, DataType.TEXT): Conversion("DictToJsonNode", MappingProxyType({}), "dict", "json_string"),
    (DataType.LIST, DataType.TEXT): Conversion("ListJoinNode", MappingProxyType({}), "list", "result"),
    (DataType.LIST, DataType.INTEGER): Conversion("ListLengthNode", MappingProxyType({}), "list", "length"),
    (DataType.LIST, DataType.NUMBER): Conversion("ListLengthNode", MappingProxyType({}), "list", "length"),
    (DataType.TEXT, DataType.LIST): Conversion("TextSplitNode", MappingProxyType({}), "text", "result"),
    (DataType.DICT, DataType.LIST): Conversion("DictItemsNode", MappingProxyType({}), "dict", "items"),
}
