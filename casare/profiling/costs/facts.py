"""What can be said of one node from its own value: everything here is cached for as long as that value lives."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

from casare.catalog import Catalog
from casare.expressions import Reference
from casare.model import Node
from casare.profiling.costs.cost import MODIFIERS, NOTHING, node_cost
from casare.profiling.costs.effects import NO_EFFECTS, Effects, effects_of
from casare.profiling.costs.kinds import KindBook, TypeKind
from casare.profiling.costs.mentions import mentions
from casare.profiling.costs.nesting import Nested, Nesting
from casare.profiling.costs.tables import NO_TABLES, CostTables, NodeCost
from casare.sdk import Role

_NO_REFERENCES: Final[tuple[Reference, ...]] = ()


class NodeFacts:
    """One node's kind, cost, references and effects. Never changed once made, but for what is worked out when asked."""

    __slots__ = ("_effects", "_sameness", "cost", "free", "kind", "node", "references")

    def __init__(self, node: Node, kind: TypeKind) -> None:
        self.node = node
        self.kind = kind
        config = node.config
        self._effects: Effects | None = None
        self._sameness: Hashable = _UNASKED
        self.cost: NodeCost = NOTHING
        self.references: tuple[Reference, ...] = _NO_REFERENCES
        self.free = kind.is_comment or ("_disabled" in config and config["_disabled"] is True)
        """Whether the node does nothing: a comment, or switched off."""
        if not self.free:
            self.cost = kind.base if kind.fixed and MODIFIERS.isdisjoint(config) else node_cost(kind, config)
            if config:
                self.references = mentions(config)

    @property
    def effects(self) -> Effects:
        """Return what the node touches besides its ports."""
        found = self._effects
        if found is None:
            kind = self.kind
            found = self._effects = (
                NO_EFFECTS if self.free else effects_of(kind.id, kind.touching, self.node.config, self.references)
            )
        return found

    @property
    def sameness(self) -> Hashable:
        """Return what is equal for nodes that do the same work twice; None where twice is meant, or harmless."""
        if self._sameness is _UNASKED:
            self._sameness = None if self.free or not self.kind.repeatable else _sameness(self)
        return self._sameness

    def same_work(self, node: Node) -> bool:
        """Tell whether `node` differs from this one in place and name only."""
        mine = self.node
        return mine is node or (mine.type == node.type and (mine.config is node.config or mine.config == node.config))

    def moved(self, node: Node) -> NodeFacts:
        """Return the same facts about a node that differs in place and name only."""
        return self._twin(node, self.cost)

    def costing(self, cost: NodeCost) -> NodeFacts:
        """Return the same facts with another cost, as a what-if asks for."""
        return self._twin(self.node, cost)

    def _twin(self, node: Node, cost: NodeCost) -> NodeFacts:
        twin = NodeFacts.__new__(NodeFacts)
        twin.node, twin.kind, twin.cost, twin.free = node, self.kind, cost, self.free
        twin.references, twin._effects = self.references, self._effects
        twin._sameness = self._sameness if cost is self.cost else _UNASKED
        return twin


class FactsBook:
    """The facts of every node seen, looked up by id and believed only for the very same node value."""

    __slots__ = ("_facts", "_kinds", "_measured", "_nesting", "nested")

    def __init__(self, catalog: Catalog, tables: CostTables = NO_TABLES, nesting: Nesting | None = None) -> None:
        self._kinds = KindBook(catalog, tables)
        self._measured = tables.nodes
        self._facts: dict[str, NodeFacts] = {}
        self._nesting = nesting
        self.nested: dict[str, Nested] = {}
        """By node id what is known of the workflow that it runs."""

    def facts(self, nodes: Mapping[str, Node]) -> list[NodeFacts]:
        """Return the facts of all nodes, in their order, and forget nodes that are gone."""
        known = self._facts
        if known:
            found = [
                held if held is not None and held.node is node else self._renewed(held, node)
                for held, node in zip(map(known.get, nodes), nodes.values(), strict=True)
            ]
        else:
            kinds, kind = self._kinds.kinds, self._kinds.kind
            found = [NodeFacts(node, kinds.get(node[1]) or kind(node[1], node[2])) for node in nodes.values()]
            if self._measured or self._nesting is not None:
                found = [self._as_known(held) for held in found]
        self._facts = dict(zip(nodes, found, strict=True))
        return found

    def after(
        self, before: Sequence[NodeFacts], nodes: Mapping[str, Node], places: Mapping[str, int]
    ) -> list[NodeFacts]:
        """Return the facts of all nodes when only those at `places` can be other ones than `before`."""
        known = self._facts
        found = list(before)
        for node_id, place in places.items():
            node = nodes[node_id]
            if found[place].node is not node:
                found[place] = known[node_id] = self._renewed(known.get(node_id), node)
        return found

    def _renewed(self, held: NodeFacts | None, node: Node) -> NodeFacts:
        if held is not None and held.same_work(node):
            return held.moved(node)
        return self._as_known(NodeFacts(node, self._kinds.kind(node.type, node.config)))

    def _as_known(self, held: NodeFacts) -> NodeFacts:
        """Return facts with what is known better than by declaration: measured, or worked out from inside."""
        if self._nesting is not None and held.kind.role is Role.SUBFLOW and not held.free:
            inner = self._nesting.look_into(held.node)
            self.nested.pop(held.node.id, None)
            if inner is not None:
                self.nested[held.node.id] = inner
                held = held.costing(inner.cost) if inner.cost is not None else held
        return self._as_measured(held)

    def _as_measured(self, held: NodeFacts) -> NodeFacts:
        measured = self._measured.get(held.node.id)
        if measured is None or held.free:
            return held
        return held.costing(measured.on(held.cost))


_UNASKED: Final = object()
_MANNER: Final = frozenset(
    ("retry_count", "max_retries", "retries", "retry_delay", "retry_interval", "timeout", "continue_on_error")
)
"""How something is done and not what: two calls are the same work however often each is tried."""


def _sameness(held: NodeFacts) -> Hashable:
    kind, config = held.kind, held.node.config
    assert kind.spec is not None
    if kind.spec.pure and held.cost.runtime_ms < 1:
        return None
    if held.effects.writes or held.effects.barrier:
        return None
    work = [item for item in config.items() if item[0] not in _MANNER]
    try:
        return (kind.spec.id, frozenset(work))
    except TypeError:
        return (kind.spec.id, repr(sorted(work, key=_by_key)))


def _by_key(item: tuple[str, Any]) -> str:
    return item[0]
