"""A search over all levels of a document."""

from __future__ import annotations

import pytest

from casare.app.documents.document import Document
from casare.app.editing import delete, set_portal
from casare.app.finding import Kind, LevelsIndex, parse
from casare.app.subgraphs import group
from casare.catalog import Catalog
from casare.model import AddNodes, Batch, Connect, Connection, Node


@pytest.fixture
def document(catalog: Catalog) -> Document:
    """Return a document whose nodes "one" and "two" are inside a subgraph; a portal leads to "three"."""
    made = Document(catalog=catalog)
    ids = ("one", "two", "three")
    nodes = tuple(Node(one, "LogNode", {"message": f"apple {one}"}, (260 * at, 0)) for at, one in enumerate(ids))
    wires = (
        Connection("one", "exec_out", "two", "exec_in"),
        Connection("two", "exec_out", "three", "exec_in"),
    )
    made.do(Batch((AddNodes(nodes), Connect(wires))))
    done = group(made.graph, made.catalog, ["one", "two"], name="Cleaning")
    assert done is not None
    made.do(done.change)
    made.do(set_portal(made.graph, [key for key in made.graph.connections if key[2] == "three"], "Totals"))
    return made


def ask(document: Document, text: str, home: str = "") -> list[tuple[str, str]]:
    found = LevelsIndex(document.catalog).find(parse(text), document.graph, {}, home)
    return [(match.id, match.way) for match in found.matches]


def test_what_is_inside_a_subgraph_is_found_with_the_way_to_it(document: Document) -> None:
    assert ask(document, "apple") == [("three", "Workflow"), ("one", "Cleaning"), ("two", "Cleaning")]


def test_the_level_the_query_was_asked_on_comes_first(document: Document) -> None:
    (level,) = document.graph.subflows
    assert [one for one, _ in ask(document, "apple", level)] == ["one", "two", "three"]


def test_portals_are_found_by_name_and_tell_what_they_join(document: Document) -> None:
    index = LevelsIndex(document.catalog)
    (match,) = index.find(parse("is:portal totals"), document.graph, {}).matches
    assert (match.kind, match.id, match.where) == (Kind.PORTAL, "Totals", "Joins")
    assert match.excerpt == "Cleaning → Log"
    assert not index.find(parse("is:portal cleaning"), document.graph, {}).matches


def test_a_level_that_no_instance_leads_to_is_not_searched(document: Document) -> None:
    document.do(delete(document.graph, nodes=[one for one in document.graph.nodes if one != "three"]))
    assert [one for one, _ in ask(document, "apple")] == ["three"]


def test_problems_are_asked_of_the_level_they_are_on(document: Document) -> None:
    (level,) = document.graph.subflows
    found = LevelsIndex(document.catalog).find(parse("is:error"), document.graph, {level: {"two": "error"}})
    assert [match.id for match in found.matches] == ["two"]
