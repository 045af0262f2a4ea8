"""After a small edit the plan is often the same: tell so from what changed, without compiling all of it again."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_
from typing import Final

from casare.catalog import Catalog
from casare.engine.planning import kinds
from casare.engine.planning.plan import Plan
from casare.engine.planning.wiring import NodeFacts, read_facts
from casare.engine.steps.workflow import Workflow
from casare.expressions import references
from casare.model import Connection, Graph, Node, WireKey

MOST_CHANGED: Final = 64
"""With more nodes changed than this, compiling anew is not much slower."""
_PAIRS: Final = ("paired_start_id", "paired_loop_start_id", "paired_try_id")


def same_plan(before: Workflow, graph: Graph, catalog: Catalog) -> Plan | None:
    """Return the plan of `before` when it is that of `graph` too: same nodes and wires, changed only in what they hold.

    Nodes that were not touched are the same objects in both graphs, so this takes a few ms for 10,000 of them.
    """
    old = before.graph
    if before.catalog is not catalog or len(old.nodes) != len(graph.nodes):
        return None
    changed: list[tuple[Node, Node]] = []
    for one, other in zip(old.nodes.values(), graph.nodes.values(), strict=True):
        if one is other:
            continue
        if one.id != other.id or len(changed) == MOST_CHANGED:
            return None
        changed.append((one, other))
    if not _same_order(old.connections, graph.connections):
        return None
    facts = read_facts(old, catalog, [one.id for one, _ in changed])
    others = read_facts(graph, catalog, [other.id for _, other in changed])
    alike = all(_alike(one, other, graph) for one, other in zip(facts, others, strict=True))
    return before.plan if alike else None


def _same_order(one: Mapping[WireKey, Connection], other: Mapping[WireKey, Connection]) -> bool:
    """Tell whether both have the same wires in the same order. Those of a copy are the same objects."""
    return len(one) == len(other) and (all(map(is_, one, other)) or [*one] == [*other])


def _alike(one: NodeFacts, other: NodeFacts, graph: Graph) -> bool:
    """Tell whether two states of a node have the same place in a plan."""
    return (
        one.node.type == other.node.type
        and (one.kind, one.role, one.disabled) == (other.kind, other.role, other.disabled)
        and one.ports == other.ports
        and one.spec is other.spec
        and [one.node.config.get(key) for key in _PAIRS] == [other.node.config.get(key) for key in _PAIRS]
        and _named(one.node, graph) == _named(other.node, graph)
        and one.kind not in kinds.OWNERS | {kinds.SUBFLOW}
    )


def _named(node: Node, graph: Graph) -> list[str]:
    return [found.root for found in references(dict(node.config)) if found.root in graph.nodes]
