"""Read ports and parameters from a typed Python signature."""

from __future__ import annotations

import collections.abc
import dataclasses
import inspect
import typing
from collections.abc import Callable
from typing import Any, NamedTuple

from casare.sdk.context import Arrivals, Context, Failure
from casare.sdk.outputs import Branch, Delay, Out
from casare.sdk.specs import Param, Port, Widget
from casare.sdk.types import DataType, choices_of, data_type_of

_WIDGETS = {
    DataType.TEXT: Widget.TEXT,
    DataType.INTEGER: Widget.INTEGER,
    DataType.FLOAT: Widget.NUMBER,
    DataType.NUMBER: Widget.NUMBER,
    DataType.BOOLEAN: Widget.BOOLEAN,
    DataType.LIST: Widget.LIST,
    DataType.DICT: Widget.KEY_VALUE,
}

_DECISIONS = (Branch, Delay)
_SUPPLIED = (Context, Arrivals, Failure, Failure | None)


class Signature(NamedTuple):
    """What a signature says: data inputs, data outputs, and all parameters in the order of the arguments."""

    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    params: tuple[Param, ...]


def read_signature(body: Callable[..., Any]) -> Signature:
    """Return the ports and parameters of a function, or of a class's `__call__`.

    Raises TypeError for an argument without annotation, a variadic argument, or a type no port can carry.
    """
    target = body.__call__ if inspect.isclass(body) else body
    hints = typing.get_type_hints(target, include_extras=True)
    inputs: list[Port] = []
    params: list[Param] = []
    for argument in inspect.signature(target).parameters.values():
        if argument.name == "self":
            continue
        if argument.kind in (argument.VAR_POSITIONAL, argument.VAR_KEYWORD):
            raise TypeError(f"{body.__qualname__}: a node cannot take *{argument.name}; name each input")
        if argument.name not in hints:
            raise TypeError(f"{body.__qualname__}: argument {argument.name} needs a type annotation")
        annotation = hints[argument.name]
        if annotation in _SUPPLIED:
            continue
        wired = argument.kind is not argument.KEYWORD_ONLY
        param = _param(argument, annotation, wired)
        params.append(param)
        if wired:
            inputs.append(
                Port(param.name, type=param.type, label=param.label, required=param.required, help=param.help)
            )
    return Signature(tuple(inputs), _outputs(hints.get("return", type(None))), tuple(params))


def port_name(argument: str) -> str:
    """Return the port an argument stands for: its name without the underscore that keeps it apart from a keyword.

    `in_` feeds the port `in`.
    """
    return argument.removesuffix("_")


def argument_names(body: Callable[..., Any]) -> dict[str, str]:
    """Return the argument of `body` for each of its ports and parameters; what the engine fills in is left out."""
    target = body.__call__ if inspect.isclass(body) else body
    hints = typing.get_type_hints(target, include_extras=True)
    names = (name for name in inspect.signature(target).parameters if name != "self")
    return {port_name(name): name for name in names if hints.get(name) not in _SUPPLIED}


def supplied_arguments(body: Callable[..., Any]) -> dict[str, type]:
    """Return the arguments that the engine fills in, each with the type it asks for.

    The types are `Context`, `Arrivals` and `Failure`; an argument that may be None when nothing failed counts as
    `Failure`.
    """
    target = body.__call__ if inspect.isclass(body) else body
    hints = typing.get_type_hints(target, include_extras=True)
    kinds = {Context: Context, Arrivals: Arrivals, Failure: Failure, Failure | None: Failure}
    return {name: kinds[hint] for name, hint in hints.items() if name != "return" and hint in _SUPPLIED}


def _param(argument: inspect.Parameter, annotation: Any, wired: bool) -> Param:
    told = next((meta for meta in getattr(annotation, "__metadata__", ()) if isinstance(meta, Param)), Param())
    data_type = told.type if told.type is not DataType.ANY else data_type_of(annotation)
    choices = told.choices or choices_of(annotation)
    required = argument.default is argument.empty
    return dataclasses.replace(
        told,
        name=port_name(argument.name),
        type=data_type,
        choices=choices,
        widget=told.widget or (Widget.CHOICE if choices else _WIDGETS.get(data_type, Widget.ANY)),
        default=None if required else argument.default,
        required=required,
        wired=wired,
    )


def _outputs(annotation: Any) -> tuple[Port, ...]:
    if annotation in (None, type(None), *_DECISIONS):
        return ()
    if typing.get_origin(annotation) in (collections.abc.Iterator, collections.abc.Generator):
        # A loop: the body yields what each turn gives.
        return _outputs(typing.get_args(annotation)[0])
    if inspect.isclass(annotation) and issubclass(annotation, tuple) and hasattr(annotation, "_fields"):
        fields = typing.get_type_hints(annotation, include_extras=True)
        return tuple(_output(name, fields[name]) for name in annotation._fields if fields[name] not in _DECISIONS)
    return (_output("result", annotation),)


def _output(name: str, annotation: Any) -> Port:
    told = next((meta for meta in getattr(annotation, "__metadata__", ()) if isinstance(meta, Out)), Out())
    return Port(
        told.name or port_name(name),
        type=told.type or data_type_of(annotation),
        label=told.label,
        help=told.help,
        aliases=told.aliases,
    )
