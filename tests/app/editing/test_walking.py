"""Claims about walking along wires by keyboard, and about all that leads to a node or follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from random import Random

import networkx
import pytest
from hypothesis import given
from random_edits import CHANCE, some_graph

from casare.app.editing.walking import Way, downstream, neighbours, step, upstream
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.storage import generate


def branching(places: Mapping[str, tuple[float, float]] | None = None) -> Graph:
    at = {"if": (0, 0), "yes": (280, -50), "no": (280, 90), "value": (0, 300), "far": (280, 500), **(places or {})}
    types = {"if": "IfNode", "value": "MathOperationNode"}
    return Graph(
        [Node(one, types.get(one, "LogNode"), position=place) for one, place in at.items()],
        [
            Connection("value", "result", "no", "message"),
            Connection("if", "false", "no", "exec_in"),
            Connection("if", "true", "yes", "exec_in"),
        ],
    )


@pytest.mark.parametrize(
    ("start", "way", "end"),
    [
        ("if", Way.NEXT, "yes"),
        ("no", Way.PREVIOUS, "if"),
        ("value", Way.NEXT, "no"),
        ("yes", Way.NEXT, None),
        ("if", Way.PREVIOUS, None),
        ("yes", Way.DOWN, "no"),
        ("no", Way.UP, "yes"),
        ("no", Way.DOWN, "far"),
        ("yes", Way.UP, None),
        ("if", Way.DOWN, "value"),
    ],
)
def test_an_arrow_key_goes_where_the_wires_or_the_neighbours_are(
    catalog: Catalog, start: str, way: Way, end: str | None
) -> None:
    assert step(branching(), catalog, start, way) == end


def test_neighbours_come_by_control_first_then_in_the_order_of_the_ports(catalog: Catalog) -> None:
    graph = branching()
    assert neighbours(graph, catalog, "if", onwards=True) == ["yes", "no"]
    assert neighbours(graph, catalog, "no", onwards=False) == ["if", "value"]


def test_next_and_previous_lead_there_and_back_in_a_chain(catalog: Catalog) -> None:
    graph = generate(50, 1, "chain")
    ids = list(graph.nodes)
    walked = [ids[0]]
    while (following := step(graph, catalog, walked[-1], Way.NEXT)) is not None:
        walked.append(following)
    assert walked == ids
    assert all(step(graph, catalog, b, Way.PREVIOUS) == a for a, b in pairwise(ids))


@given(CHANCE)
def test_upstream_and_downstream_are_what_graph_theory_says(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance, nodes=9)
    drawn = networkx.DiGraph()
    drawn.add_nodes_from(graph.nodes)
    drawn.add_edges_from((key[0], key[2]) for key in graph.connections)
    chosen = [one for one in graph.nodes if chance.random() < 0.3]
    assert downstream(graph, chosen) == set(chosen).union(*(networkx.descendants(drawn, one) for one in chosen))
    assert upstream(graph, chosen) == set(chosen).union(*(networkx.ancestors(drawn, one) for one in chosen))


def test_ids_that_are_gone_lead_nowhere() -> None:
    assert upstream(branching(), ["ghost"]) == frozenset()
