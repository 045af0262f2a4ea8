"""From nodes and connections to numbered edges: aliases resolved, pairs found, wires put where they mean something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casare.catalog import Catalog, NodePorts
from casare.engine.planning import kinds
from casare.engine.planning.subflows import definitions_of, shown_by
from casare.expressions import references
from casare.model import Graph, Node
from casare.sdk import NodeType, PortKind, Role

Control = tuple[int, str, int]
"""Source slot, control output, target slot."""

_PASSING: Final = ("completed", "success", "exec_out", "default")
_OLD_WAYS: Final[Mapping[str, str]] = {
    "loop_body": "body",
    **dict.fromkeys(("done", "finish"), "completed"),
    "then": "true",
    "else": "false",
    **dict.fromkeys(("next", "exec"), "exec_out"),
}
"""Control outputs as older files call them."""
_ONWARD: Final = ("exec_out", "next", "exec")
_CHOOSING: Final = frozenset({kinds.WORK, kinds.LOOP, kinds.PARALLEL, kinds.RETRY})


class NodeFacts(NamedTuple):
    """What compiling knows about one node."""

    node: Node
    spec: NodeType | None
    """The type that declares it: for a family, the member its configuration chooses."""
    ports: NodePorts
    kind: str
    role: Role
    disabled: bool
    branches: bool
    """Whether its type has several control outputs."""


class Wiring(NamedTuple):
    """All edges of a graph by slot."""

    facts: list[NodeFacts]
    number: dict[str, int]
    control: list[Control]
    data: list[tuple[int, str, int, str]]
    """Source slot, output, target slot, input."""
    mentions: list[tuple[int, int]]
    """Source and target slot of every template that names a node."""
    pairs: list[int]
    entered: dict[int, list[tuple[int, str, str]]]
    """For each nested workflow, its control wires: source, control output, control input."""
    starts: bool
    """Whether there is a Start node, which then is where the flow begins."""


def read_facts(graph: Graph, catalog: Catalog, only: Iterable[str] | None = None) -> list[NodeFacts]:
    """Return what is known about each node, in the order of the document, or about these nodes in their order."""
    found: list[NodeFacts] = []
    inside = definitions_of(graph)
    plain: dict[str, tuple[NodeType | None, Role, str, bool]] = {}
    for node in graph.nodes.values() if only is None else (graph.nodes[node_id] for node_id in only):
        held = plain.get(node.type)
        if held is None:
            spec = catalog.find(node.type)
            role = spec.role if spec is not None else Role.WORK
            held = plain[node.type] = (spec, role, kinds.KINDS.get(role, kinds.WORK), _branches(spec))
        spec, role, kind, branches = held
        member = catalog.member(spec, node.config) if spec is not None and spec.member_param else None
        inputs = [wire.target_port for wire in graph.incoming(node.id).values()]
        outputs = [wire.source_port for wire in graph.outgoing(node.id).values()]
        ports = catalog.ports(node.type, node.config, inputs, outputs)
        if kind == kinds.SUBFLOW and inside:
            ports = _with_ways(ports, inside, node.config)
        disabled = bool(node.config.get("_disabled"))
        kind = kinds.WORK if disabled else kind
        found.append(NodeFacts(node, member or spec, ports, kind, role, disabled, branches))
    return found


def _branches(spec: NodeType | None) -> bool:
    return spec is not None and (bool(spec.rules) or sum(one.kind is PortKind.CONTROL for one in spec.outputs) > 1)


def _with_ways(ports: NodePorts, inside: Mapping[str, Any], config: Mapping[str, Any]) -> NodePorts:
    from casare.engine.deciding.ways import with_ways

    held = inside.get(str(config.get("subflow_id") or ""))
    return with_ways(ports, shown_by(held)) if held is not None else ports


def wire_up(graph: Graph, facts: list[NodeFacts], mentions: list[tuple[int, int]]) -> Wiring:
    """Return the edges of `graph`. A wire between a control and a data port counts for nothing."""
    number = {held.node.id: slot for slot, held in enumerate(facts)}
    control: list[Control] = []
    data: list[tuple[int, str, int, str]] = []
    entered: dict[int, list[tuple[int, str, str]]] = {}
    for wire in graph.connections.values():
        source, target = number[wire.source_node], number[wire.target_node]
        out = facts[source].ports.output(wire.source_port)
        into = facts[target].ports.input(wire.target_port)
        if out is None or into is None or out.kind is not into.kind:
            continue
        if out.kind is PortKind.CONTROL:
            if facts[source].branches:
                control += [(source, port, target) for port in _meant(facts[source], out.name)]
            else:
                control.append((source, out.name, target))
            if facts[target].kind == kinds.SUBFLOW:
                entered.setdefault(target, []).append((source, out.name, into.name))
        else:
            data.append((source, out.name, target, into.name))
    pairs = [-1] * len(facts)
    control = list(dict.fromkeys(control))
    present = {held.kind for held in facts}
    if not present.isdisjoint((kinds.LOOP_END, kinds.BREAK, kinds.CONTINUE)):
        control = _pair_loops(facts, number, control, pairs)
    if not present.isdisjoint((kinds.CATCH, kinds.FINALLY)):
        control = _pair_tries(facts, number, control, pairs)
    starts = any(held.role is Role.START for held in facts)
    return Wiring(facts, number, control, data, mentions, pairs, entered, starts)


def _meant(held: NodeFacts, port: str) -> tuple[str, ...]:
    """Return the control outputs that a file means by `port`.

    Files wire an `exec_out` that a loop, a Validate or a Switch does not have, to go on however that has ended.
    """
    if held.spec is None or held.kind not in _CHOOSING:
        return (port,)
    prefixes = tuple(rule.prefix for rule in held.spec.rules if rule.output)
    own = [one.name for one in held.spec.outputs if one.kind is PortKind.CONTROL]
    own += [one.name for one in held.ports.outputs if one.name.startswith(prefixes) and one.name not in own]
    if port in own or len(own) < 2:
        return (port,)
    if _OLD_WAYS.get(port) in own:
        return (_OLD_WAYS[port],)
    if port not in _ONWARD:
        return (port,)
    ended = next((name for name in ("completed", "success") if name in own), "")
    return (ended,) if ended else tuple(name for name in own if name not in kinds.FAILURE_PORTS)


def usual_ports(held: NodeFacts, pair: int) -> tuple[str, ...]:
    """Return the control outputs that fire when a node ends well and makes no decision. `pair` is -1 without one."""
    outs = [port.name for port in held.ports.outputs if port.kind is PortKind.CONTROL]
    if held.disabled:
        passing = next((name for name in _PASSING if name in outs), outs[0] if outs else "")
        return (passing,) if passing else ()
    good = [name for name in outs if name not in kinds.FAILURE_PORTS]
    declared = [port.name for port in held.spec.outputs if port.kind is PortKind.CONTROL] if held.spec else []
    if held.kind in (kinds.FINALLY, kinds.CATCH):
        # A Catch without a Try never has anything to catch.
        return tuple(name for name in good if name != "catch_body" or pair >= 0)
    if len(declared) <= 1:
        return tuple(good)
    first = next((name for name in declared if name not in kinds.FAILURE_PORTS), declared[0])
    return tuple(name for name in good if name == first or (name not in declared and "exec" in name))


def _pair_loops(
    facts: Sequence[NodeFacts], number: Mapping[str, int], control: Iterable[Control], pairs: list[int]
) -> list[Control]:
    """Find the loop of each end, break and continue; what hangs on a loop's end hangs on the loop's *completed*."""
    for slot, held in enumerate(facts):
        key = {kinds.LOOP_END: "paired_start_id"}.get(held.kind, "paired_loop_start_id")
        if held.kind in (kinds.LOOP_END, kinds.BREAK, kinds.CONTINUE):
            start = number.get(str(held.node.config.get(key, "")), -1)
            if start >= 0 and facts[start].role in (Role.LOOP_START, Role.PARALLEL_EACH):
                pairs[slot] = start
    found: list[Control] = []
    for source, port, target in control:
        kind = facts[source].kind
        if pairs[source] < 0:
            found.append((source, port, target))
        elif kind == kinds.LOOP_END and target != pairs[source]:
            found.append((pairs[source], "completed", target))
    return list(dict.fromkeys(found))


def _pair_tries(
    facts: Sequence[NodeFacts], number: Mapping[str, int], control: list[Control], pairs: list[int]
) -> list[Control]:
    """Find the Try of each Catch and Finally, and make them parts of it: the Try decides when they run."""
    before: dict[int, list[int]] = {}
    for source, _, target in control:
        before.setdefault(target, []).append(source)
    for wanted in (kinds.CATCH, kinds.FINALLY):
        for slot, held in enumerate(facts):
            if held.kind == wanted:
                pairs[slot] = _try_of(slot, facts, number, before, pairs)
    parts = [slot for slot, held in enumerate(facts) if held.kind in (kinds.CATCH, kinds.FINALLY) and pairs[slot] >= 0]
    through = {target for _, _, target in control if target in parts and facts[target].kind == kinds.CATCH}
    found: list[Control] = []
    for slot in parts:
        catches = facts[slot].kind == kinds.CATCH
        found.append((pairs[slot], f"{kinds.CATCH_PORT}{slot}" if catches else kinds.FINALLY_PORT, slot))
    for source, port, target in control:
        if target in parts:
            continue
        if source in parts and port == "exec_out":
            ends = kinds.AFTER
            if facts[source].kind == kinds.CATCH:
                ends = kinds.CAUGHT_THROUGH if source in through else kinds.CAUGHT_OUT
            found.append((pairs[source], ends, target))
        else:
            found.append((source, port, target))
    return list(dict.fromkeys(found))


def _try_of(
    slot: int,
    facts: Sequence[NodeFacts],
    number: Mapping[str, int],
    before: Mapping[int, list[int]],
    pairs: Sequence[int],
) -> int:
    told = number.get(str(facts[slot].node.config.get("paired_try_id", "")), -1)
    if told >= 0 and facts[told].kind == kinds.TRY:
        return told
    for source in before.get(slot, ()):
        if facts[source].kind == kinds.TRY:
            return source
        if facts[source].kind == kinds.CATCH and pairs[source] >= 0:
            return pairs[source]
    return -1


def find_mentions(facts: Sequence[NodeFacts]) -> list[tuple[int, int]]:
    """Return the source and target slot of every template that names a node."""
    number = {held.node.id: slot for slot, held in enumerate(facts)}
    found: dict[tuple[int, int], None] = {}
    for target, held in enumerate(facts):
        for value in held.node.config.values():
            if (type(value) is str and ("{" in value or "%" in value)) or isinstance(value, (list, dict)):
                for reference in references(value):
                    source = number.get(reference.root, target)
                    if source != target:
                        found[source, target] = None
    return list(found)
