"""What the profiler knows of a node type, worked out once per type and not once per node."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, Final

from casare.catalog import Catalog, is_control_name
from casare.profiling.costs.tables import NO_TABLES, CostTables, NodeCost, TypeFigures
from casare.profiling.costs.touch import Touch, touching
from casare.sdk import Bound, Cost, NodeType, PortKind, Role

UNKNOWN_COST: Final = Cost(complexity=5, runtime_ms=100, memory_mb=10)
"""What a type that nobody declared is taken to cost; the report marks every such figure as a default."""

_STEERING_ROLES: Final = frozenset((Role.BRANCH, Role.LOOP_START, Role.LOOP_END, Role.PARALLEL_EACH))

GUARDING_PORTS: Final = frozenset(("try_body", "retry_body", "protected_body"))
"""What hangs on these is caught when it fails."""
FAILING_PORTS: Final = frozenset(
    ("failed", "error", "on_error", "catch_body", "fallback", "exec_error", "on_failure", "error_out")
)
"""What hangs on these only runs after a failure."""


_READERS: Final = frozenset((Touch.NOTHING, Touch.EVERYTHING, Touch.LOG, Touch.READ_FILES))
MAX_COMPLEXITY: Final = 20.0


class Pass(enum.IntEnum):
    """What an output port passes on."""

    DATA = 0
    CONTROL = 1
    STEERING = 2
    """Control, and it matters for what follows through which port it came."""


_DATA, _CONTROL, _STEERING = Pass.DATA, Pass.CONTROL, Pass.STEERING


class TypeKind:
    """One node type as the profiler sees it: cost, role, what it touches, which of its output ports pass control.

    `spec` is None for a type that the catalog does not know, and for a choice that a family does not have.
    """

    __slots__ = (
        *("base", "control_outputs", "fixed", "has_control_input", "id", "is_comment", "outputs", "outside", "passes"),
        *("pure", "reads_only", "repeatable", "role", "spec", "steers", "touching", "waits"),
    )

    def __init__(self, type_id: str, spec: NodeType | None, known: TypeFigures | None = None) -> None:
        self.id = type_id
        self.spec = spec
        cost = spec.cost if spec else UNKNOWN_COST
        self.role = spec.role if spec else Role.WORK
        works = self.role is Role.WORK
        self.base = NodeCost(
            # As floats, so that a figure looks the same whether or not something was multiplied with it.
            float(min(max(cost.complexity, 1.0), MAX_COMPLEXITY)),
            float(cost.runtime_ms),
            float(cost.memory_mb),
            "declared" if spec else "default",
        )
        """What a run costs before parameters change it."""
        if known is not None:
            self.base = known.on(self.base)
        self.waits = works and spec is not None and cost.bound is Bound.WAIT
        """Whether it only lets time pass, so that its runtime is what its duration says."""
        self.fixed = not self.waits
        self.outside = works and spec is not None and cost.bound is Bound.IO
        """Whether it reads or calls something outside, and so may fail for reasons outside."""
        self.pure = works and spec is not None and spec.pure
        self.repeatable = self.outside or self.pure
        """Whether doing the same twice gives the same twice."""
        self.has_control_input = spec is not None and any(port.kind is PortKind.CONTROL for port in spec.inputs)
        self.touching = touching(spec)
        self.reads_only = self.touching.touch in _READERS
        """Whether nodes of the type write nothing but the variables that their parameters name."""
        self.is_comment = self.role is Role.COMMENT
        self.steers = self.role in _STEERING_ROLES
        """Whether the settings and control ports of such a node decide what runs after it, and how often."""
        self.passes: dict[str, Pass] = {}
        """What each output port passes on; grows as ports are met on wires."""
        for port in spec.outputs if spec else ():
            self.passes[port.name] = self._use(port.name, port.kind is PortKind.CONTROL)
        self.outputs = frozenset(self.passes)
        """The outputs that the type declares for every configuration."""
        self.control_outputs = frozenset(name for name, use in self.passes.items() if use)
        """Those of them that pass control."""

    def learn(self, port: str) -> Pass:
        """Return what an output port passes on; a port nobody declared is judged by its name."""
        found = self.passes[port] = self._use(port, self._judge(port))
        return found

    def _judge(self, port: str) -> bool:
        for rule in self.spec.rules if self.spec else ():
            if rule.output and port.startswith(rule.prefix):
                return rule.kind is PortKind.CONTROL
        return is_control_name(port)

    def _use(self, port: str, control: bool) -> Pass:
        if not control:
            return _DATA
        return _STEERING if self.steers or port in GUARDING_PORTS or port in FAILING_PORTS else _CONTROL


class KindBook:
    """The kinds met so far. A family's members are kinds of their own."""

    __slots__ = ("_catalog", "_families", "_members", "_types", "kinds")

    def __init__(self, catalog: Catalog, tables: CostTables = NO_TABLES) -> None:
        self._catalog = catalog
        self._types = tables.types
        self.kinds: dict[str, TypeKind] = {}
        """The kinds of types that are no family, which need no look at the configuration."""
        self._families: dict[str, NodeType] = {}
        self._members: dict[tuple[str, str], TypeKind] = {}

    def kind(self, type_id: str, config: Mapping[str, Any]) -> TypeKind:
        """Return the kind of a node with this type and configuration."""
        found = self.kinds.get(type_id)
        if found is not None:
            return found
        family = self._families.get(type_id)
        if family is None:
            spec = self._catalog.find(type_id)
            if spec is None or not spec.member_param:
                found = self.kinds[type_id] = TypeKind(type_id, spec, self._types.get(type_id))
                return found
            family = self._families[type_id] = spec
        chosen = (type_id, str(config.get(family.member_param)))
        found = self._members.get(chosen)
        if found is None:
            found = self._members[chosen] = self._member(type_id, self._catalog.member(family, config))
        return found

    def _member(self, type_id: str, spec: NodeType | None) -> TypeKind:
        known = self._types.get(spec.id) if spec else None
        return TypeKind(type_id, spec, known or self._types.get(type_id))
