"""Connections from parsed JSON: the native four keys at speed, the other known forms with patience."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from operator import eq, itemgetter
from typing import Any, Final, NamedTuple

from casare.model.values import Connection, WireKey
from casare.storage.reading.problems import ProblemList, kind_of

_NOTHING: Final[Mapping[str, Any]] = {}
_KEYS: Final = ("source_node", "source_port", "target_node", "target_port")
_FOUR: Final = itemgetter(*_KEYS)
_FROM_TO: Final = ("from_node", "from_port", "to_node", "to_port")


class WiresRead(NamedTuple):
    """The connections by key, those that cannot be used, and the odd ones, whose depth is still to check."""

    wires: dict[WireKey, Connection]
    unreadable: list[Any]
    odd: list[Any]


def read_wires(raw_wires: Sequence[Any], nodes: Mapping[str, Any], problems: ProblemList) -> WiresRead:
    """Return the connections whose ends are in `nodes`, in the order of the file."""
    faultless = _all_at_once(raw_wires, nodes)
    if faultless is not None:
        return WiresRead(faultless, [], [])
    wires: dict[WireKey, Connection] = {}
    unreadable: list[Any] = []
    odd: list[Any] = []
    new, four, nothing = tuple.__new__, _FOUR, _NOTHING
    for index, raw in enumerate(raw_wires):
        if type(raw) is dict and len(raw) == 4:
            try:
                key = four(raw)
                source, source_port, target, target_port = key
                if (
                    type(source_port) is str
                    and type(target_port) is str
                    and source in nodes
                    and target in nodes
                    and source != target
                    and key not in wires
                ):
                    wires[key] = new(Connection, (source, source_port, target, target_port, nothing))
                    continue
            except (KeyError, TypeError):
                pass  # The patient path below says what is odd about it.
        odd.append(raw)
        wire = _read_wire(raw, index, nodes, wires, problems)
        if wire is None:
            unreadable.append(raw)
        elif wire is not _DROPPED:
            wires[wire.key] = wire
    return WiresRead(wires, unreadable, odd)


def _all_at_once(raw_wires: Sequence[Any], nodes: Mapping[str, Any]) -> dict[WireKey, Connection] | None:
    """Return all connections when not one of them is odd, else None.

    Each check runs over a whole column without a Python step per wire, which takes a fifth of the time of a loop.
    """
    if not raw_wires:
        return {}
    try:
        keys = list(map(_FOUR, raw_wires))
        sources, source_ports, targets, target_ports = zip(*keys, strict=True)
        if (
            set(map(type, raw_wires)) != {dict}
            or set(map(len, raw_wires)) != {4}
            or {*map(type, source_ports), *map(type, target_ports)} != {str}
            or not nodes.keys() >= {*sources, *targets}
            or any(map(eq, sources, targets))
        ):
            return None
    except (KeyError, TypeError, IndexError):
        return None
    new, nothing = tuple.__new__, _NOTHING
    wires = dict(zip(keys, [new(Connection, (*key, nothing)) for key in keys], strict=True))
    return wires if len(wires) == len(keys) else None


_DROPPED: Final = Connection("", "", "", "")


def _read_wire(
    raw: Any, index: int, nodes: Container[str], wires: Mapping[WireKey, Connection], problems: ProblemList
) -> Connection | None:
    wire = as_wire(raw)
    if wire is None:
        problems.add(
            "missing-required-field" if isinstance(raw, dict) else "invalid-type",
            f"Connection {index} is {kind_of(raw)} instead of an object."
            if not isinstance(raw, dict)
            else f"Connection {index} does not name its four ends ({', '.join(_KEYS)}) as texts.",
            connection=index,
            hint="It is not shown, and written back as it is.",
        )
        return None
    for node_id in (wire.source_node, wire.target_node):
        if node_id not in nodes:
            problems.add(
                "orphaned-connection",
                f"Connection {index} ends at a node that is not there: {node_id!r}.",
                connection=wire.key,
                hint="It is not shown, and written back as it is; add the node or take the connection out of the file.",
            )
            return None
    if wire.source_node == wire.target_node:
        problems.add(
            "self-connection",
            f"Connection {index} joins {wire.source_node!r} to itself.",
            node_id=wire.source_node,
            connection=wire.key,
            hint="It is not shown, and written back as it is; a loop needs a loop node.",
        )
        return None
    held = wires.get(wire.key)
    if held is None:
        return wire
    same = held == wire
    problems.add(
        "duplicate-connection",
        f"Connection {index} repeats the one from {'.'.join(wire.key[:2])} to {'.'.join(wire.key[2:])}.",
        connection=wire.key,
        hint="It is saved once." if same else "The first one is used; this one has other extra keys and is kept.",
    )
    return _DROPPED if same else None


def as_wire(raw: Any) -> Connection | None:
    """Return a connection given in any known form, or None.

    The forms: the native four keys; from_node, from_port, to_node, to_port; source and target as "node.port"; out and
    in as [node, port]; a list of the four ends. A node may be named by a number.
    """
    if isinstance(raw, list):
        ends = _four_ends(raw)
        return None if ends is None else Connection(*ends)
    if not isinstance(raw, dict):
        return None
    for keys in (_KEYS, _FROM_TO):
        ends = _four_ends([raw.get(key) for key in keys])
        if ends is not None:
            return Connection(*ends, _rest(raw, keys))
    for out_key, in_key in (("source", "target"), ("out", "in")):
        start, end = _end(raw.get(out_key)), _end(raw.get(in_key))
        if start and end:
            return Connection(*start, *end, _rest(raw, (out_key, in_key)))
    return None


def _four_ends(values: list[Any]) -> tuple[str, str, str, str] | None:
    if len(values) != 4 or not isinstance(values[1], str) or not isinstance(values[3], str):
        return None
    source, target = named(values[0]), named(values[2])
    return (source, values[1], target, values[3]) if source is not None and target is not None else None


def named(node_id: Any) -> str | None:
    """Return the id of a node as the text it is in the native form, also of one that is a number; else None."""
    if isinstance(node_id, str):
        return node_id
    return str(node_id) if type(node_id) is int else None


def _end(value: Any) -> tuple[str, str] | None:
    if isinstance(value, str):
        # A node id may hold dots, a port name may not.
        node, dot, port = value.rpartition(".")
        return (node, port) if dot and node and port else None
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return value[0], value[1]
    return None


def _rest(raw: dict[str, Any], keys: tuple[str, ...]) -> Mapping[str, Any]:
    return {key: value for key, value in raw.items() if key not in keys} if len(raw) > len(keys) else _NOTHING
