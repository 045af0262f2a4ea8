"""Nodes from parsed JSON: a tight loop for the well-formed, a patient path for the odd."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.model.values import Node
from casare.storage.reading.fields import COORDINATE_LIMIT, pair, place
from casare.storage.reading.problems import ProblemList, kind_of

_NOTHING: Final[Mapping[str, Any]] = {}
_KNOWN: Final = frozenset(("node_id", "node_type", "config", "position", "name"))


class NodesRead(NamedTuple):
    """The nodes, and what is no node at all by key.

    The depth of two lists is still to check: the lists and objects found in configurations, and the odd nodes whole.
    """

    nodes: list[Node]
    unreadable: dict[str, Any]
    nested: list[Any]
    odd: list[Any]
    unplaced: list[str]
    """The nodes of which the file does not say where they stand. They are at the origin, and not yet reported."""


def read_nodes(raw_nodes: Mapping[str, Any], problems: ProblemList) -> NodesRead:
    """Return the nodes of the `nodes` section, in the order of the file."""
    nodes: list[Node] = []
    unreadable: dict[str, Any] = {}
    nested: list[Any] = []
    odd: list[Any] = []
    unplaced: list[str] = []
    # Locals, exact type tests and tuple.__new__ make this loop twice as fast as the readable form of it below.
    add, new = nodes.append, tuple.__new__
    low, high = -COORDINATE_LIMIT, COORDINATE_LIMIT
    for node_id, raw in raw_nodes.items():
        if type(raw) is dict and 4 <= len(raw) <= 5:
            try:
                node_type, config, position = raw["node_type"], raw["config"], raw["position"]
                name = raw["name"] if len(raw) == 5 else ""
                x, y = position
                if (
                    raw["node_id"] == node_id
                    and type(node_type) is str
                    and type(config) is dict
                    and type(position) is list
                    and (type(x) is int or type(x) is float)
                    and (type(y) is int or type(y) is float)
                    and low <= x <= high
                    and low <= y <= high
                    and node_type
                    and (len(raw) == 4 or (name and type(name) is str))
                ):
                    nested.extend([value for value in config.values() if type(value) is dict or type(value) is list])
                    add(new(Node, (node_id, node_type, config, (x, y), name, _NOTHING)))
                    continue
            except (KeyError, TypeError, ValueError):
                pass  # The patient path below says what is odd about it.
        node = _read_node(node_id, raw, problems)
        odd.append(raw)
        if node is None:
            unreadable[node_id] = raw
        else:
            add(node)
            if not (raw.get("position") or ("x" in raw and "y" in raw)):
                unplaced.append(node_id)
    return NodesRead(nodes, unreadable, nested, odd, unplaced)


def _read_node(node_id: str, raw: Any, problems: ProblemList) -> Node | None:
    if not isinstance(raw, dict):
        problems.add(
            "invalid-type",
            f"The node {node_id!r} is {kind_of(raw)} instead of an object.",
            node_id=node_id,
            hint="It is not shown, and written back as it is.",
        )
        return None
    extra = {key: value for key, value in raw.items() if key not in _KNOWN}
    _check_id(node_id, raw, extra, problems)
    node_type = _read_type(node_id, raw, extra, problems)
    config = raw.get("config", {})
    if "config" not in raw and isinstance(raw.get("properties"), dict):
        # What nodes that stand in a list call it.
        config = extra.pop("properties")
    if not isinstance(config, dict):
        extra["config"] = config
        problems.add(
            "invalid-config",
            f"The configuration of {node_id!r} is {kind_of(config)} instead of an object.",
            node_id=node_id,
            hint="The node starts with an empty one; the original is written back until you set a value.",
        )
        config = {}
    name = raw.get("name", "")
    if "name" in raw and (not isinstance(name, str) or not name):
        extra["name"] = name
        if name:
            _wrong_kind(problems, node_id, "name", name, "a text")
        name = ""
    return Node(node_id, node_type, config, _read_position(node_id, raw, extra, problems), name, extra)


def _check_id(node_id: str, raw: dict[str, Any], extra: dict[str, Any], problems: ProblemList) -> None:
    inner = raw.get("node_id", node_id)
    if inner == node_id or (type(inner) is int and str(inner) == node_id):
        return
    if isinstance(inner, str):
        problems.add(
            "node-id-mismatch",
            f"The node under {node_id!r} calls itself {inner!r}.",
            node_id=node_id,
            hint=f"It is read, and saved, as {node_id!r}.",
        )
    else:
        extra["node_id"] = inner
        _wrong_kind(problems, node_id, "node_id", inner, "a text")


def _read_type(node_id: str, raw: dict[str, Any], extra: dict[str, Any], problems: ProblemList) -> str:
    node_type = raw.get("node_type")
    if isinstance(node_type, str) and node_type:
        return node_type
    if "node_type" not in raw and isinstance(raw.get("type"), str):
        return str(extra.pop("type"))
    if node_type:
        extra["node_type"] = node_type
        _wrong_kind(problems, node_id, "node_type", node_type, "a text")
    else:
        if "node_type" in raw:
            extra["node_type"] = node_type
        problems.add(
            "missing-required-field",
            f"The node {node_id!r} does not say its type (node_type).",
            node_id=node_id,
            hint="It is shown as a placeholder; replace it by a node of the right type.",
        )
    return ""


def _read_position(
    node_id: str, raw: dict[str, Any], extra: dict[str, Any], problems: ProblemList
) -> tuple[float, float]:
    position = raw.get("position")
    if not position and "x" in raw and "y" in raw:
        position = {"x": raw["x"], "y": raw["y"]}
    found = place(position)
    in_numbers = pair(position, "x", "y") is not None
    if "position" in raw and not (in_numbers and isinstance(position, (list, dict)) and len(position) == 2):
        extra["position"] = raw["position"]
    if found is None and position:
        problems.add(
            "invalid-position",
            f"The node {node_id!r} has no usable position.",
            node_id=node_id,
            hint="It stands at the origin; move it, or arrange the graph.",
        )
    elif found is not None and not in_numbers:
        problems.add(
            "invalid-position",
            f"The position of the node {node_id!r} is written as text.",
            node_id=node_id,
            hint="It was read as the numbers it says; moving the node writes numbers.",
        )
    return found or (0, 0)


def _wrong_kind(problems: ProblemList, node_id: str, key: str, value: Any, wanted: str) -> None:
    problems.add(
        "invalid-type",
        f"{key} of the node {node_id!r} is {kind_of(value)} instead of {wanted}.",
        node_id=node_id,
        hint="The original is written back until you set a value.",
    )
