"""`casare nodes`: which node types there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casare.cli.console import console, plain, print_json, table
from casare.cli.options import AsJson
from casare.foundation.errors import UsageError
from casare.sdk import NodeType, Param, Port, PortKind

if TYPE_CHECKING:
    from casare.cli.outputs import NodeTypeOutput, ParamOutput, PortOutput


def run(
    category: Annotated[
        str, typer.Option("--category", "-c", metavar="C", help="Only the types of one category.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """List the types. Raises UsageError for a category that no type is in."""
    from casare.catalog import default_catalog

    catalog = default_catalog()
    types = catalog.types()
    if category:
        types = [spec for spec in types if spec.category.casefold() == category.casefold()]
        if not types:
            raise UsageError(
                f"there is no category called {category!r}",
                where=f"casare nodes --category {category}",
                mend=f"Choose one of: {', '.join(catalog.categories())}.",
            )
    if as_json:
        from casare.cli.outputs import NodesOutput

        print_json(NodesOutput(types=[_told(spec) for spec in types]))
    else:
        _show(types)
    return 0


def _show(types: list[NodeType]) -> None:
    out = console()
    for category in dict.fromkeys(spec.category for spec in types):
        rows = table("type", "title", "in", "out", "what it does", title=category)
        for spec in types:
            if spec.category == category:
                summary = plain(spec.summary, "dim")
                ports = (plain(_names(spec.inputs)), plain(_names(spec.outputs)))
                rows.add_row(plain(spec.id), plain(spec.title), *ports, summary)
        out.print(rows)
        out.print()
    count = len(types)
    out.print(plain(f"{count} type{'' if count == 1 else 's'}", "dim"))


def _names(ports: Iterable[Port]) -> str:
    return ", ".join(port.name for port in ports if port.kind is PortKind.DATA)


def _told(spec: NodeType) -> NodeTypeOutput:
    from casare.cli.outputs import NodeTypeOutput

    return NodeTypeOutput(
        type=spec.id,
        category=spec.category,
        title=spec.title,
        summary=spec.summary,
        inputs=[_port(port) for port in spec.inputs],
        outputs=[_port(port) for port in spec.outputs],
        params=[_param(param) for param in spec.params],
        aliases=list(spec.aliases),
    )


def _port(port: Port) -> PortOutput:
    from casare.cli.outputs import PortOutput

    return PortOutput(
        name=port.name,
        kind="control" if port.kind is PortKind.CONTROL else "data",
        type=port.type.value,
        label=port.title,
        required=port.required,
        help=port.help,
    )


def _param(param: Param) -> ParamOutput:
    from casare.cli.outputs import ParamOutput

    return ParamOutput(
        name=param.name,
        type=param.type.value,
        widget=param.widget.value if param.widget else None,
        default=_plain_value(param.default),
        required=param.required,
        choices=[_plain_value(choice) for choice in param.choices],
        minimum=param.minimum,
        maximum=param.maximum,
        unit=param.unit,
        help=param.help,
    )


def _plain_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain_value(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain_value(one) for key, one in value.items()}
    return str(value)
