"""The tags of portals."""

from __future__ import annotations

from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.hit import HitKind, hit
from casare.ui.geometry.portals import portal_tags


def graph(*names: str) -> Graph:
    nodes = [Node("a", "LogNode"), *(Node(f"t{at}", "LogNode", {}, (900, 200 * at)) for at in range(len(names)))]
    wires = [Connection("a", "exec_out", f"t{at}", "exec_in", {"portal": name}) for at, name in enumerate(names)]
    return Graph(nodes, wires)


def test_tags_at_one_port_stand_below_each_other_and_equal_names_share_one(catalog: Catalog) -> None:
    held = graph("x", "y", "x")
    geometry = GraphGeometry(held, catalog)
    rows = [tags.source.y for key in held.connections if (tags := portal_tags(geometry, held, key))]
    assert rows[0] == rows[2] < rows[1]


def test_an_ordinary_wire_has_no_tags_and_a_portal_is_not_hit_along_its_way(catalog: Catalog) -> None:
    held = graph("x", "")
    geometry = GraphGeometry(held, catalog)
    portal, plain = held.connections
    assert portal_tags(geometry, held, plain) is None
    tags = portal_tags(geometry, held, portal)
    assert tags is not None
    assert hit(geometry, held, *tags.target.center).kind is HitKind.PORTAL
    middle = geometry.course_of(portal).middle()
    assert hit(geometry, held, *middle).kind is HitKind.CANVAS


def test_the_reach_of_a_portal_holds_both_of_its_tags(catalog: Catalog) -> None:
    held = graph("a rather long name for a portal")
    geometry = GraphGeometry(held, catalog)
    key = next(iter(held.connections))
    tags = portal_tags(geometry, held, key)
    assert tags is not None
    assert geometry.reach_of(key).encloses(tags.source)
    assert geometry.reach_of(key).encloses(tags.target)
