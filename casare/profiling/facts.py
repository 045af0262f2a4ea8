"""What can be said of one node from its own value: everything here is cached for as long as that value lives."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, Final

from casare.catalog import Catalog
from casare.expressions import Reference, references
from casare.model import Node
from casare.profiling.cost import MODIFIERS, NOTHING, node_cost
from casare.profiling.effects import NO_EFFECTS, Effects, effects_of
from casare.profiling.kinds import KindBook, NodeCost, TypeKind

_NO_REFERENCES: Final[tuple[Reference, ...]] = ()


class NodeFacts:
    """One node's kind, cost, references and effects. Never changed once made."""

    __slots__ = ("cost", "effects", "free", "kind", "node", "references", "sameness")

    def __init__(self, node: Node, kind: TypeKind) -> None:
        self.node = node
        self.kind = kind
        config = node.config
        self.free = kind.is_comment or ("_disabled" in config and config["_disabled"] is True)
        """Whether the node does nothing: a comment, or switched off."""
        self.cost: NodeCost = NOTHING
        self.references: tuple[Reference, ...] = _NO_REFERENCES
        self.effects: Effects = NO_EFFECTS
        self.sameness: Hashable = None
        """Equal for nodes that would do the same work twice; None where doing it twice is meant, or harmless."""
        if not self.free:
            self.cost = kind.base if kind.fixed and MODIFIERS.isdisjoint(config) else node_cost(kind, config)
            self.references = _references(config)
            self.effects = effects_of(kind.id, kind.touching, config, self.references)
            if kind.repeatable:
                self.sameness = _sameness(kind, config, self.cost, self.effects)

    def same_work(self, node: Node) -> bool:
        """Tell whether `node` differs from this one in place and name only."""
        mine = self.node
        return mine is node or (mine.type == node.type and mine.config == node.config)

    def moved(self, node: Node) -> NodeFacts:
        """Return the same facts about a node that differs in place and name only."""
        twin = NodeFacts.__new__(NodeFacts)
        twin.node, twin.kind, twin.cost, twin.free = node, self.kind, self.cost, self.free
        twin.references, twin.effects, twin.sameness = self.references, self.effects, self.sameness
        return twin


class FactsBook:
    """The facts of every node seen, looked up by id and believed only for the very same node value."""

    __slots__ = ("_facts", "_kinds")

    def __init__(self, catalog: Catalog) -> None:
        self._kinds = KindBook(catalog)
        self._facts: dict[str, NodeFacts] = {}

    def facts(self, nodes: Mapping[str, Node]) -> list[NodeFacts]:
        """Return the facts of all nodes, in their order, and forget nodes that are gone."""
        known, kinds = self._facts, self._kinds
        fresh: dict[str, NodeFacts] = {}
        for node_id, node in nodes.items():
            held = known.get(node_id)
            if held is None or held.node is not node:
                if held is not None and held.same_work(node):
                    held = held.moved(node)
                else:
                    held = NodeFacts(node, kinds.kind(node.type, node.config))
            fresh[node_id] = held
        self._facts = fresh
        return list(fresh.values())

    def after(
        self, before: Sequence[NodeFacts], nodes: Mapping[str, Node], changed: Collection[str]
    ) -> list[NodeFacts]:
        """Return the facts of all nodes when only those in `changed` can be other ones than `before`."""
        known, kinds = self._facts, self._kinds
        if len(before) != len(nodes) or any(node_id not in known or node_id not in nodes for node_id in changed):
            return self.facts(nodes)
        places = {node_id: place for place, node_id in enumerate(nodes) if node_id in changed}
        found = list(before)
        for node_id, place in places.items():
            node, held = nodes[node_id], known[node_id]
            if found[place] is not held:
                # It was taken out and put back somewhere else.
                return self.facts(nodes)
            if held.node is not node:
                fresh = (
                    held.moved(node) if held.same_work(node) else NodeFacts(node, kinds.kind(node.type, node.config))
                )
                found[place] = known[node_id] = fresh
        return found


def _references(config: Mapping[str, Any]) -> tuple[Reference, ...]:
    found: dict[Reference, None] = {}
    for value in config.values():
        kind = value.__class__
        if kind is str:
            if "{" in value or "%" in value:
                found.update(dict.fromkeys(references(value)))
        elif kind is list or kind is dict or kind is tuple:
            found.update(dict.fromkeys(references(value)))
    return tuple(found) if found else _NO_REFERENCES


def _sameness(kind: TypeKind, config: Mapping[str, Any], cost: NodeCost, effects: Effects) -> Hashable:
    assert kind.spec is not None
    if effects.writes or effects.barrier or (kind.spec.pure and cost.runtime_ms < 1):
        return None
    try:
        return (kind.spec.id, frozenset(config.items()))
    except TypeError:
        return (kind.spec.id, repr(sorted(config.items(), key=lambda item: item[0])))
