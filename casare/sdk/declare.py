"""`@node` and `family`: how a module declares the node types it holds."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from casare.sdk.signature import read_signature
from casare.sdk.specs import Cost, NodeType, Param, Port, PortKind, PortRule, Role, Widget
from casare.sdk.types import DataType

Body = TypeVar("Body", bound=Callable[..., Any])

_ATTRIBUTE = "__casare_node_type__"


def node(
    type_id: str,
    *,
    title: str,
    category: str,
    icon: str = "box",
    cost: Cost | None = None,
    headline: str | None = None,
    role: Role = Role.WORK,
    control_in: Sequence[str] = ("exec_in",),
    control_out: Sequence[str] = ("exec_out",),
    rules: Sequence[PortRule] = (),
    aliases: Sequence[str] = (),
    keywords: Sequence[str] = (),
    replaced_by: tuple[str, Mapping[str, Any]] | None = None,
    pure: bool = False,
) -> Callable[[Body], Body]:
    """Declare the decorated function or class to be the body of node type `type_id`.

    Ports, parameters and outputs come from the signature (of `__call__` for a class), the help from the docstring: its
    first line is the summary. `headline` is the line on the card (see `NodeType`): the first parameter when it is not
    given, nothing when it is empty. Raises TypeError when the signature holds a type no port can carry.
    """

    def declare(body: Body) -> Body:
        read = read_signature(body)
        summary, _, rest = (inspect.getdoc(body) or "").partition("\n")
        spec = NodeType(
            id=type_id,
            title=title,
            category=category,
            icon=icon,
            summary=summary.strip(),
            help=rest.strip(),
            role=role,
            inputs=(*_control(control_in), *read.inputs),
            outputs=(*_control(control_out), *read.outputs),
            params=read.params,
            cost=cost or Cost(),
            rules=tuple(rules),
            headline=_headline(read.params) if headline is None else headline,
            aliases=tuple(aliases),
            keywords=tuple(keywords),
            replaced_by=(replaced_by[0], tuple(replaced_by[1].items())) if replaced_by else None,
            pure=pure,
            module=body.__module__,
            qualname=body.__qualname__,
        )
        setattr(body, _ATTRIBUTE, spec)
        return body

    return declare


def family(
    type_id: str,
    *,
    title: str,
    category: str,
    icon: str,
    summary: str,
    members: Mapping[str, Callable[..., Any]],
    param: str = "action",
    aliases: Sequence[str] = (),
    keywords: Sequence[str] = (),
) -> NodeType:
    """Declare a node type whose `param` chooses which of `members` it is.

    Its own ports and parameters are those of the first member; the others are looked up when the value is known. Assign
    the result to a module-level name, which is how it is found.
    """
    member_types = {value: type_of(body) for value, body in members.items()}
    first = next(iter(member_types.values()))
    chooser = Param(
        name=param,
        type=DataType.TEXT,
        widget=Widget.CHOICE,
        default=next(iter(members)),
        choices=tuple(members),
        help="Chooses what the node does, and with it its ports.",
    )
    frame = inspect.currentframe()
    caller = frame.f_back if frame else None
    return NodeType(
        id=type_id,
        title=title,
        category=category,
        icon=icon,
        summary=summary,
        inputs=first.inputs,
        outputs=first.outputs,
        params=(chooser, *first.params),
        cost=first.cost,
        headline=param,
        aliases=tuple(aliases),
        keywords=tuple(keywords),
        member_param=param,
        members=tuple((value, spec.id) for value, spec in member_types.items()),
        module=caller.f_globals["__name__"] if caller else "",
    )


def type_of(body: Callable[..., Any]) -> NodeType:
    """Return the node type a function or class was declared as; raise TypeError when it was not."""
    spec = getattr(body, _ATTRIBUTE, None)
    if not isinstance(spec, NodeType):
        raise TypeError(f"{body!r} is not declared with @node")
    return spec


def declared_types(module: Any) -> list[NodeType]:
    """Return the node types that `module` itself declares, in the order of the file."""
    found: list[NodeType] = []
    for value in vars(module).values():
        spec = value if isinstance(value, NodeType) else getattr(value, _ATTRIBUTE, None)
        if isinstance(spec, NodeType) and spec.module == module.__name__ and spec not in found:
            found.append(spec)
    return found


def _control(names: Sequence[str]) -> tuple[Port, ...]:
    return tuple(Port(name, PortKind.CONTROL) for name in names)


def _headline(params: Sequence[Param]) -> str:
    return params[0].name if params else ""
