"""What a query means, and what fits it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.finding import Found, GraphIndex, Kind, find, parse, syntax
from casare.app.finding.query import Term
from casare.catalog import Catalog
from casare.model import Connection, Frame, Graph, Node, Note, SetConfig


@pytest.fixture
def graph() -> Graph:
    """Return a graph with something for every filter."""
    return Graph(
        [
            Node("get", "HttpRequestNode", {"url": "https://example.org/orders", "method": "GET"}, name="Fetch orders"),
            Node("log", "LogNode", {"message": "orders: {{get.body}}", "_disabled": True}),
            Node("lone", "LogNode", {"message": "nobody"}),
            Node("odd", "SomebodyElsesNode", {"kept": {"deep": ["Treasure"]}}),
        ],
        [Connection("get", "exec_out", "log", "exec_in"), Connection("log", "exec_out", "odd", "exec_in")],
        frames=[Frame("f", "Shop floor", node_ids=("get", "log"))],
        notes=[Note("n", "# Orders\nsee the shop for orders")],
    )


@pytest.fixture
def ask(graph: Graph, catalog: Catalog):  # type: ignore[no-untyped-def]
    """Return a function that searches the graph and gives the ids."""
    index = GraphIndex(catalog)
    index.follow(graph)

    def run(text: str) -> list[str]:
        return [match.id for match in find(parse(text), index, graph, {"log": "warning", "odd": "error"}).matches]

    return run


def test_words_are_found_in_any_order_and_any_text(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("orders fetch") == ["get"]
    assert ask("treasure") == ["odd"]
    assert ask("nothing of the kind") == []
    assert ask("") == []


def test_a_title_comes_before_a_type_and_a_type_before_a_value(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("orders") == ["get", "n", "log"]
    assert ask("log") == ["log", "lone"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("type:log", ["log", "lone"]),
        ("type:log nobody", ["lone"]),
        ("param:message", ["log", "lone"]),
        ("param:message=nobody", ["lone"]),
        ("param:url=example.org", ["get"]),
        ("is:disabled", ["log"]),
        ("is:unconnected", ["lone"]),
        ("is:problem", ["log", "odd"]),
        ("is:error", ["odd"]),
        ("is:unknown", ["odd"]),
        ("is:note", ["n"]),
        ("is:frame", ["f"]),
        ("in:shop", ["get", "log"]),
        ("in:shop -is:disabled", ["get"]),
        ('"shop floor"', ["f"]),
        ("is:dis", ["log"]),
    ],
)
def test_filters_ask_for_what_they_say(ask, query: str, ids: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert ask(query) == ids


def test_an_address_is_no_filter(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("https://example.org") == ["get"]


def test_a_state_nobody_knows_is_told_and_left_out() -> None:
    query = parse("is:purple orders")
    assert "disabled" in query.complaint
    assert query.terms == (Term("", "orders"),)


def test_a_match_says_where_and_marks_the_words(graph: Graph, catalog: Catalog) -> None:
    index = GraphIndex(catalog)
    index.follow(graph)
    found = find(parse("nobody"), index, graph, {})
    (match,) = found.matches
    assert (match.kind, match.where) == (Kind.NODE, "Message")
    assert [match.excerpt[start:end] for start, end in match.spans] == ["nobody"]
    assert found.ids(Kind.NODE) == {"lone"}


def test_a_secret_is_never_found(catalog: Catalog) -> None:
    secret = next(
        (spec, param)
        for spec in catalog.types()
        for param in spec.params
        if param.widget is not None and param.widget.value == "secret"
    )
    graph = Graph([Node("a", secret[0].id, {secret[1].name: "hunter2"})])
    index = GraphIndex(catalog)
    index.follow(graph)
    assert find(parse("hunter2"), index, graph, {}) == Found(parse("hunter2"))


def test_the_index_works_out_anew_only_what_has_changed(graph: Graph, catalog: Catalog) -> None:
    index = GraphIndex(catalog)
    index.follow(graph)
    before = dict(index.nodes)
    graph.apply(SetConfig("lone", {"message": "somebody"}))
    index.follow(graph)
    assert {key for key in before if index.nodes[key] is not before[key]} == {"lone"}
    assert [match.id for match in find(parse("somebody"), index, graph, {}).matches] == ["odd", "lone"]


def test_every_filter_stands_in_the_help() -> None:
    assert all(f"{name}:" in syntax() for name in ("type", "param", "in", "is"))


@given(st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    query = parse(text)
    assert all(term.text for term in query.terms)
