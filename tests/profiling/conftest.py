"""A small catalog with round costs, and a way to write a graph in a line or two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.sdk import Bound, Cost, NodeType, Param, Port, PortKind, Role

_IN = Port("exec_in", PortKind.CONTROL)
_OUT = Port("exec_out", PortKind.CONTROL)


def _type(
    type_id: str,
    cost: Cost,
    *,
    role: Role = Role.WORK,
    category: str = "data",
    outs: tuple[str, ...] = ("exec_out",),
    params: tuple[str, ...] = (),
    pure: bool = False,
) -> NodeType:
    controls = tuple(Port(name, PortKind.CONTROL) for name in outs)
    return NodeType(
        id=type_id,
        title=type_id,
        category=category,
        role=role,
        inputs=(_IN, Port("value")),
        outputs=(*controls, Port("result")),
        params=tuple(Param(name) for name in params),
        cost=cost,
        pure=pure,
    )


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return a catalog with types of known cost."""
    found = Catalog(lambda: ())
    for spec in (
        _type("Start", Cost(1, 0, 0), role=Role.START),
        _type("Work", Cost(2, 10, 1)),
        _type("Pure", Cost(2, 10, 1), pure=True),
        _type("Fetch", Cost(3, 200, 4, Bound.IO), category="http"),
        _type("Load", Cost(3, 50, 100, Bound.IO), category="data", pure=True),
        _type("Cheap", Cost(1, 0.01, 0.1)),
        _type("If", Cost(1, 0, 0), role=Role.BRANCH, outs=("true", "false")),
        _type("Merge", Cost(1, 0, 0), role=Role.MERGE),
        _type("For", Cost(2, 1, 1), role=Role.LOOP_START, outs=("body", "completed"), params=("items", "end")),
        _type("While", Cost(2, 1, 1), role=Role.LOOP_START, outs=("body", "completed"), params=("max_iterations",)),
        _type("End", Cost(1, 0, 0), role=Role.LOOP_END, params=("paired_start_id",)),
        _type("Try", Cost(1, 0, 0), role=Role.TRY, outs=("try_body", "exec_out")),
        _type("Comment", Cost(1, 5, 5), role=Role.COMMENT),
    ):
        found.register(spec)
    return found


BuildGraph = Callable[..., Graph]


@pytest.fixture(scope="session")
def build() -> BuildGraph:
    """Return a function that makes a graph of `{id: type or (type, config)}` and wires like `a -> b` or `a.true -> b`.

    A wire `a.result => b` is a data wire into the input `value`.
    """

    def make(nodes: Mapping[str, str | tuple[str, dict[str, Any]]], *wires: str) -> Graph:
        made = []
        for node_id, held in nodes.items():
            type_id, config = (held, {}) if isinstance(held, str) else held
            made.append(Node(node_id, type_id, config))
        joined = []
        for wire in wires:
            source, arrow, target = wire.split()
            node_id, _, port = source.partition(".")
            joined.append(Connection(node_id, port or "exec_out", target, "value" if arrow == "=>" else "exec_in"))
        return Graph(made, joined)

    return make
