"""The picture for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.cli.sketch import draw
from casare.model import Connection, Graph, Node
from casare.storage import Picture, generate
from casare.storage.skeletons.describe import describe


def picture_of(graph: Graph, catalog: Catalog) -> Picture:
    picture = describe(graph, catalog).picture
    assert picture is not None
    return picture


def chain(count: int, *, step: float = 280.0) -> Graph:
    nodes = [Node(f"n{i}", "LogNode", position=(i * step, 0.0)) for i in range(count)]
    wires = [Connection(f"n{i}", "exec_out", f"n{i + 1}", "exec_in") for i in range(count - 1)]
    return Graph(nodes, wires)


def test_two_wired_nodes_are_two_equal_boxes_with_a_line_between(catalog: Catalog) -> None:
    lines = draw(picture_of(chain(2), catalog), 30)
    assert lines[0].count("┏") == 2
    assert len({len(part) for part in lines[0].split()}) == 1
    assert "─" in "".join(lines)


def test_every_node_of_a_small_workflow_is_seen(catalog: Catalog) -> None:
    text = "".join(draw(picture_of(chain(7), catalog), 76))
    assert text.count("┏") + text.count("■") == 7


def test_a_line_reaches_the_boxes_at_both_of_its_ends(catalog: Catalog) -> None:
    text = "".join(draw(picture_of(chain(3), catalog), 60))
    assert text.count("┃─") + text.count("┗─") + text.count("┛─") == 2
    assert not set("╶╴") & set(text)


@pytest.mark.parametrize("columns", [1, 8, 20, 40, 76, 200])
@pytest.mark.parametrize("shape", ["mixed", "chain", "diamond", "tree", "random"])
def test_the_picture_never_is_wider_than_asked_nor_higher_than_a_screen(
    catalog: Catalog, columns: int, shape: str
) -> None:
    lines = draw(picture_of(generate(60, 1, shape), catalog), columns)  # type: ignore[arg-type]
    assert all(len(line) <= max(columns, 8) for line in lines)
    assert 3 <= len(lines) <= 18
    assert any(line.strip() for line in lines)


def test_without_unicode_only_plain_characters_are_used(catalog: Catalog) -> None:
    lines = draw(picture_of(generate(40, 2, "mixed"), catalog), 70, ascii_only=True)
    assert "".join(lines).isascii()
    assert "#" in "".join(lines) or "+" in "".join(lines)


places = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))


@given(st.lists(places, min_size=1, max_size=30), st.integers(1, 120))
def test_any_layout_can_be_drawn(spots: list[tuple[float, float]], columns: int) -> None:
    graph = Graph([Node(f"n{i}", "LogNode", position=spot) for i, spot in enumerate(spots)])
    picture = describe(graph, Catalog()).picture
    assert picture is not None
    lines = draw(picture, columns)
    assert all(len(line) <= max(columns, 8) for line in lines)
    assert any("┏" in line or "■" in line for line in lines)
