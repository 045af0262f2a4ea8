"""What tests of the engine share: a catalog with nodes made for tests, and graphs written in a line or two."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, RunReport, Workflow, compile_graph
from casare.engine.performing import weights
from casare.model import Connection, Graph, Node
from casare.sdk.declare import type_of


@pytest.fixture(scope="session")
def probes() -> Any:
    # Under a name that other processes find too.
    return importlib.import_module("tests.engine.probes")


@pytest.fixture(scope="session")
def types(homes: Path, probes: Any) -> Catalog:
    """Return a catalog of the built-in types and those of `probes.py`, which are called without `Node` at the end."""
    catalog = Catalog(time_to_live_s=float("inf"))
    for body in probes.ALL:
        catalog.register(type_of(body), body)
    return catalog


@pytest.fixture(autouse=True)
def _nothing_weighed() -> None:
    weights.forget()


Told = Mapping[str, str | tuple[str, Mapping[str, Any]]]


def graph_of(nodes: Told, wires: str = "", **sections: Any) -> Graph:
    """Return a graph. A node is a type or (type, config); wires are `a>b` (control, `exec_out` to `exec_in`),
    `a.port>b`, and `a.out->b.in` for values; they stand one after the other: `a>b>c a.x->c.y`."""
    made = []
    for node_id, told in nodes.items():
        type_id, config = (told, {}) if isinstance(told, str) else told
        made.append(Node(node_id, type_id, config))
    connections: list[Connection] = []
    for word in wires.split():
        if "->" in word:
            source, target = word.split("->")
            connections.append(Connection(*source.rsplit(".", 1), *target.rsplit(".", 1)))
            continue
        ends = word.split(">")
        for source, target in pairwise(ends):
            name, _, port = source.partition(".")
            connections.append(Connection(name, port or "exec_out", target.partition(".")[0], "exec_in"))
    return Graph(made, connections, **sections)


@pytest.fixture
def run(types: Catalog) -> Callable[..., RunReport]:
    """Return a function that runs a graph told in a line or two, with a list `seen` among its variables."""

    def start(
        nodes: Told,
        wires: str = "",
        *,
        variables: Mapping[str, Any] | None = None,
        options: Any = None,
        declared: Mapping[str, Any] | None = None,
        **sections: Any,
    ) -> RunReport:
        graph = graph_of(nodes, wires, variables=declared, **sections)
        workflow = Workflow(graph, compile_graph(graph, types).plan, types)
        given = {"seen": [], "counts": {}, **(variables or {})}
        told = {**(options or {}), "variables": given}
        return Run(workflow, RunOptions(**told)).run()

    return start


@pytest.fixture
def seen(run: Callable[..., RunReport]) -> Callable[..., str]:
    """Return a function that runs a graph and returns what its Note nodes noted, as one text."""

    def start(*args: Any, **kwargs: Any) -> str:
        return " ".join(run(*args, **kwargs).variables["seen"])

    return start


@pytest.fixture
def make_graph() -> Callable[..., Graph]:
    return graph_of
