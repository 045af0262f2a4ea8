"""The cards of all nodes at once: most have the ports of their type, whatever their configuration and their wires."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from casare.app.editing.node_looks import COLLAPSED, HIDES_UNUSED
from casare.catalog import Catalog, NodePorts
from casare.model import Graph
from casare.ui.geometry.card import Card, CardShape

_SHAPE = attrgetter("shape")


def plain_cards(
    graph: Graph, catalog: Catalog, shape_of: Callable[[NodePorts], CardShape]
) -> tuple[dict[str, Card], list[str]]:
    """Return a card for each node, in the order of the graph, and the nodes whose card has to be worked out by itself.

    Each node is given the shape it has without wires; then all pairs of a shape and a wired port are looked at, which
    are few. So only nodes that hide ports, or that a wire gives another port, are left: that needs no index of the
    wires of each node.
    """
    cards: dict[str, Card] = {}
    of_type: dict[str, CardShape] = {}
    others: list[str] = []
    new = tuple.__new__
    for node_id, node in graph.nodes.items():
        _, type_id, config, (x, y), _, extra = node
        shape = of_type.get(type_id)
        if shape is None:
            shape = shape_of(catalog.ports(type_id, config))
            spec = catalog.find(type_id)
            if spec is None or not (spec.rules or spec.member_param):
                of_type[type_id] = shape
        if extra and (COLLAPSED in extra or HIDES_UNUSED in extra):
            others.append(node_id)
        cards[node_id] = new(Card, (node_id, x, y, shape))
    return cards, [*others, *_with_more_ports(graph, cards)]


def _with_more_ports(graph: Graph, cards: dict[str, Card]) -> list[str]:
    """Return the nodes with a wire at a port that their shape does not have."""
    if not graph.connections:
        return []
    sources, source_ports, targets, target_ports = zip(*graph.connections, strict=True)
    card_of = cards.__getitem__
    outputs = {*zip(map(_SHAPE, map(card_of, sources)), source_ports, strict=True)}
    inputs = {*zip(map(_SHAPE, map(card_of, targets)), target_ports, strict=True)}
    more = {pair for pair in outputs if pair[0].ports.output(pair[1]) is None}
    taken = {pair for pair in inputs if pair[0].ports.input(pair[1]) is None}
    if not more and not taken:
        return []
    found = [one for one, port in zip(sources, source_ports, strict=True) if (cards[one].shape, port) in more]
    found += [one for one, port in zip(targets, target_ports, strict=True) if (cards[one].shape, port) in taken]
    return list(dict.fromkeys(found))
