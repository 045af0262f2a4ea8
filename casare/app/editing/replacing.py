"""Make a node another type, keeping what the new type can use, and saying what it cannot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from casare.app.editing.wiring import ports_of
from casare.catalog import Catalog, NodePorts, refusal
from casare.expressions import has_template
from casare.model import Batch, Change, Connect, Connection, Disconnect, Graph, Node, ReplaceNodes, WireKey
from casare.sdk import Param, Port, PortKind


class Replaced(NamedTuple):
    """The change that makes a node another type, and what the new type has no place for."""

    change: Change
    wires: tuple[Connection, ...] = ()
    """Wires that are cut, as they were: no port of the new type fits them."""
    keys: tuple[str, ...] = ()
    """Keys of the configuration that mean nothing to the new type, and are kept."""
    misfits: tuple[str, ...] = ()
    """Keys that the new type knows, with a value that is none of its choices; kept too."""


class ReplacedAll(NamedTuple):
    """The change that makes several nodes another type, and what became of each."""

    change: Change | None
    each: tuple[Replaced, ...]


def replace_node(
    graph: Graph, catalog: Catalog, node_id: str, type_id: str, config: Mapping[str, Any] | None = None
) -> Replaced | None:
    """Make a node another type; None when it is of that type and `config` brings nothing new.

    Its id, name and place stay, so that whatever names it still does. Parameters go over by name, old names included,
    and `config` (what the palette's entry sets) wins over them. A wire goes to the port of its name if that fits, else
    to the first free one that does: of the same type before any other.
    """
    node = graph.nodes[node_id]
    merged = {**_config(catalog, node, type_id), **(config or {})}
    if node.type == type_id and merged == node.config:
        return None
    known = {param.name: param for param in _declared(catalog, type_id, merged)}
    new = node._replace(type=type_id, config=merged)
    # By the type alone: a port that only a wire implies is none that the new type has.
    ports = catalog.ports(type_id, merged)
    gone: list[Connection] = []
    made: list[Connection] = []
    lost: list[Connection] = []
    for wire, moved in _rewired(graph, catalog, node_id, ports):
        if moved is None or moved.key != wire.key:
            gone.append(wire)
            (lost if moved is None else made).append(moved or wire)
    changes: list[Change] = [Disconnect(tuple(wire.key for wire in gone))] if gone else []
    changes.append(ReplaceNodes((new,), "Replace"))
    if made:
        changes.append(Connect(tuple(made)))
    change = changes[0] if len(changes) == 1 else Batch(tuple(changes), "Replace node")
    extra = tuple(key for key in merged if key not in known and not key.startswith("_"))
    misfits = tuple(key for key, value in merged.items() if key in known and not _is_choice(known[key], value))
    return Replaced(change, tuple(lost), extra, misfits)


def replace_nodes(
    graph: Graph, catalog: Catalog, node_ids: Collection[str], type_id: str, config: Mapping[str, Any] | None = None
) -> ReplacedAll:
    """Make several nodes another type, as one step, each as `replace_node` does."""
    chosen = set(node_ids)
    trial = graph.copy()
    done: list[Replaced] = []
    for node_id in [one for one in graph.nodes if one in chosen]:
        # On a copy, because the wires between two of them change twice.
        replaced = replace_node(trial, catalog, node_id, type_id, config)
        if replaced is not None:
            trial.apply(replaced.change)
            done.append(replaced)
    if len(done) < 2:
        return ReplacedAll(done[0].change if done else None, tuple(done))
    return ReplacedAll(Batch(tuple(one.change for one in done), f"Replace {len(done)} nodes"), tuple(done))


def losses_in_words(replaced: ReplacedAll) -> str:
    """Return what the new type had no place for, as one sentence; empty when nothing was lost."""
    wires = sum(len(one.wires) for one in replaced.each)
    keys = sorted({key for one in replaced.each for key in (*one.keys, *one.misfits)})
    parts = []
    if wires:
        parts.append("1 wire was cut" if wires == 1 else f"{wires} wires were cut")
    if keys:
        shown = ", ".join(keys[:3]) + (" …" if len(keys) > 3 else "")
        parts.append(f"kept without use: {shown}")
    return f"Replaced; {'; '.join(parts)}" if parts else ""


def _config(catalog: Catalog, node: Node, type_id: str) -> dict[str, Any]:
    """Return the configuration under the names that the new type uses; a name that is taken keeps its own value."""
    old = catalog.params(node.type, node.config)
    new = _declared(catalog, type_id, node.config)
    names = {alias: param.name for param in new for alias in param.aliases} | {param.name: param.name for param in new}
    result: dict[str, Any] = {}
    moved: dict[str, tuple[str, Any]] = {}
    for key, value in node.config.items():
        meant = next((param for param in old if key == param.name or key in param.aliases), None)
        candidates = (key, *((meant.name, *meant.aliases) if meant else ()))
        name = next((names[one] for one in candidates if one in names), key)
        if name == key:
            result[key] = value
        else:
            moved[key] = (name, value)
    for key, (name, value) in moved.items():
        result[key if name in node.config or name in result else name] = value
    return result


def _declared(catalog: Catalog, type_id: str, config: Mapping[str, Any]) -> list[Param]:
    """Return the parameters that a type has by itself, without those that stand for unknown keys."""
    spec = catalog.find(type_id)
    declared = {param.name for param in catalog.params(type_id, {})} | ({spec.member_param} if spec else set())
    member = catalog.member(spec, config) if spec else None
    declared |= {param.name for param in (member.params if member else ())}
    # A rule makes parameters as the configuration asks for them: those are inputs of the same name.
    declared |= {port.name for port in catalog.ports(type_id, config).inputs}
    return [param for param in catalog.params(type_id, config) if param.name in declared]


def _is_choice(param: Param, value: Any) -> bool:
    return not param.choices or value in param.choices or has_template(value)


def _rewired(
    graph: Graph, catalog: Catalog, node_id: str, ports: NodePorts
) -> list[tuple[Connection, Connection | None]]:
    """Return each wire of the node with what it becomes; None for one that no port fits."""
    incoming, outgoing = list(graph.incoming(node_id).values()), list(graph.outgoing(node_id).values())
    here = ports_of(graph, catalog, node_id)

    def fits_input(wire: WireKey, port: Port) -> bool:
        source = ports_of(graph, catalog, wire[0]).output(wire[1])
        return source is not None and refusal(source, port) is None

    def fits_output(wire: WireKey, port: Port) -> bool:
        target = ports_of(graph, catalog, wire[2]).input(wire[3])
        return target is not None and refusal(port, target) is None

    into = _ports_for([wire.key for wire in incoming], ports.inputs, ports.input, fits_input, here.input, 3)
    out = _ports_for([wire.key for wire in outgoing], ports.outputs, ports.output, fits_output, here.output, 1)
    found: list[tuple[Connection, Connection | None]] = []
    made: set[WireKey] = set()
    for wire in incoming:
        name = into.get(wire.key)
        found.append((wire, wire._replace(target_port=name) if name is not None else None))
    for wire in outgoing:
        name = out.get(wire.key)
        found.append((wire, wire._replace(source_port=name) if name is not None else None))
    for at, (wire, moved) in enumerate(found):
        # Two wires from one port that come to the same end are one.
        if moved is not None and moved.key in made:
            found[at] = (wire, None)
        elif moved is not None:
            made.add(moved.key)
    return found


def _ports_for(
    wires: Collection[WireKey],
    side: tuple[Port, ...],
    named: Callable[[str], Port | None],
    fits: Callable[[WireKey, Port], bool],
    before: Callable[[str], Port | None],
    end: int,
) -> dict[WireKey, str]:
    """Return the port that each wire gets on one side of the node, which is its end of this index.

    Wires that shared a port share the new one as well; a data input takes one wire.
    """
    single = end == 3
    by_old: dict[str, str] = {}
    taken: set[str] = set()
    found: dict[WireKey, str] = {}
    for wire in sorted(wires, key=lambda wire: (same := named(wire[end])) is None or not fits(wire, same)):
        name = wire[end]
        same, old = named(name), before(name)
        candidates = [same] if same is not None else []
        candidates += [port for port in side if port.name == by_old.get(name)]
        ranked = sorted(side, key=lambda port: old is None or port.type is not old.type)
        candidates += [port for port in ranked if port.name not in taken]
        for port in candidates:
            full = single and port.kind is PortKind.DATA and port.name in taken
            if not full and fits(wire, port):
                found[wire] = by_old[name] = port.name
                taken.add(port.name)
                break
    return found
