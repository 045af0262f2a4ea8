"""Node types as plain JSON values and back, without loss; what equals its default is left out."""

from __future__ import annotations

import dataclasses
import enum
import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from casare.sdk import Bound, Cost, DataType, NodeType, Param, Port, PortKind, PortRule, Role, Visibility, Widget

Raw = dict[str, Any]

_INT64: Final = 2**63


def to_raw(spec: NodeType) -> Raw:
    """Return `spec` as JSON values. Raises TypeError when a default is no value JSON could hold."""
    return _fields(spec)


def from_raw(raw: Mapping[str, Any]) -> NodeType:
    """Return the node type that `to_raw` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return NodeType(**{name: _NODE_TYPE[name](value) for name, value in raw.items()})


def encode_value(value: Any) -> Any:
    """Return a parameter's value as JSON: tuples, bytes, odd floats, big integers and odd keys are tagged with `$`.

    Raises TypeError for a value of any other kind.
    """
    if value is None or isinstance(value, bool):
        return value
    for kind, encode in _ENCODERS:
        if isinstance(value, kind):
            return encode(value.value if isinstance(value, enum.Enum) else value)
    raise TypeError(f"{value!r} cannot be written as JSON")


def decode_value(raw: Any) -> Any:
    """Return the value that `encode_value` wrote."""
    if isinstance(raw, list):
        return [decode_value(item) for item in raw]
    if not isinstance(raw, dict):
        return raw
    if len(raw) == 1:
        tag, content = next(iter(raw.items()))
        if tag in _TAGS:
            return _TAGS[tag](content)
    return {key: decode_value(item) for key, item in raw.items()}


def _encode_dict(value: dict[Any, Any]) -> Raw:
    if all(isinstance(key, str) and not key.startswith("$") and key.isprintable() for key in value):
        return {str(key): encode_value(item) for key, item in value.items()}
    return {"$dict": [[encode_value(key), encode_value(item)] for key, item in value.items()]}


def _encode_text(value: str) -> Any:
    if value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value):
        return value
    return {"$text": value.encode("utf-8", "surrogatepass").hex()}


_ENCODERS: Final[tuple[tuple[type, Callable[[Any], Any]], ...]] = (
    (str, _encode_text),
    (int, lambda value: value if -_INT64 <= value < _INT64 else {"$int": str(value)}),
    (float, lambda value: value if math.isfinite(value) else {"$float": repr(value)}),
    (bytes, lambda value: {"$bytes": value.hex()}),
    (list, lambda value: [encode_value(item) for item in value]),
    (tuple, lambda value: {"$tuple": [encode_value(item) for item in value]}),
    (dict, _encode_dict),
)
_TAGS: Final[dict[str, Callable[[Any], Any]]] = {
    "$int": int,
    "$float": float,
    "$bytes": bytes.fromhex,
    "$text": lambda content: bytes.fromhex(content).decode("utf-8", "surrogatepass"),
    "$tuple": lambda content: tuple(decode_value(item) for item in content),
    "$dict": lambda content: {decode_value(key): decode_value(item) for key, item in content},
}


def _fields(instance: Any) -> Raw:
    raw: Raw = {}
    for field in dataclasses.fields(instance):
        value = getattr(instance, field.name)
        default = field.default_factory() if callable(field.default_factory) else field.default
        if type(value) is type(default) and value == default:
            continue
        raw[field.name] = _member(field.name, value)
    return raw


def _member(name: str, value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _fields(value)
    if name in ("inputs", "outputs", "params", "rules"):
        return [_fields(item) for item in value]
    if name in ("default", "choices", "minimum", "maximum", "step"):
        return encode_value(value)
    if name == "replaced_by":
        return [value[0], [[key, encode_value(item)] for key, item in value[1]]]
    if name == "members":
        return [list(pair) for pair in value]
    return list(value) if isinstance(value, tuple) else value


def _same(value: Any) -> Any:
    return value


def _record(build: Callable[..., Any], special: Mapping[str, Callable[[Any], Any]]) -> Callable[[Raw], Any]:
    def make(raw: Raw) -> Any:
        return build(**{name: special[name](value) if name in special else value for name, value in raw.items()})

    return make


def _each(make: Callable[[Raw], Any]) -> Callable[[list[Raw]], tuple[Any, ...]]:
    return lambda raws: tuple([make(raw) for raw in raws])


_PORT: Final = _record(Port, {"kind": PortKind, "type": DataType, "aliases": tuple})
_PARAM: Final = _record(
    Param,
    {
        "type": DataType,
        "widget": lambda raw: None if raw is None else Widget(raw),
        "default": decode_value,
        "choices": decode_value,
        **dict.fromkeys(("minimum", "maximum", "step"), decode_value),
        "visibility": Visibility,
        "aliases": tuple,
    },
)
_NODE_TYPE: Final[dict[str, Callable[[Any], Any]]] = {
    **{field.name: _same for field in dataclasses.fields(NodeType)},
    "role": Role,
    "inputs": _each(_PORT),
    "outputs": _each(_PORT),
    "params": _each(_PARAM),
    "cost": _record(Cost, {"bound": Bound}),
    "rules": _each(_record(PortRule, {"kind": PortKind})),
    "aliases": tuple,
    "keywords": tuple,
    "members": lambda raw: tuple((value, type_id) for value, type_id in raw),
    "replaced_by": lambda raw: (raw[0], tuple((key, decode_value(item)) for key, item in raw[1])),
}
