"""Find object keys that a file gives twice, of which a JSON parser silently keeps the last."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from casare.storage.reading.problems import ProblemList


class _Repeated(dict[str, Any]):
    """An object with a repeated key, and all that the file says in it."""

    pairs: list[tuple[str, Any]]


def may_repeat_nodes(text: bytes, node_count: int) -> bool:
    """Tell whether the text may hold more nodes than the `node_count` parsed; never misses one that says its type."""
    return text.count(b'"node_type"') > node_count


def parse_keeping_repeats(text: bytes, problems: ProblemList) -> Any:
    """Parse again, keeping every node of a repeated id: the later ones get new ids. Other repeats are reported."""
    document = json.loads(text, object_pairs_hook=_object)
    if type(document) is _Repeated:
        document = _merge_sections(document, problems)
    if isinstance(document, dict) and type(document.get("nodes")) is _Repeated:
        document["nodes"] = _renamed(document["nodes"], problems)
    return _plain(document, "the file", problems)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    repeated = _Repeated(value)
    repeated.pairs = pairs
    return repeated


def _merge_sections(document: _Repeated, problems: ProblemList) -> dict[str, Any]:
    """Put repeated top-level sections together where both are objects or both are lists."""
    merged: dict[str, Any] = {}
    for key, value in document.pairs:
        held = merged.get(key)
        if key not in merged:
            merged[key] = value
            continue
        problems.add("duplicate-key", f"The section {key!r} stands in the file twice.", hint="Both are read as one.")
        if isinstance(held, dict) and isinstance(value, dict):
            both = _Repeated({**held, **value})
            both.pairs = [*_pairs(held), *_pairs(value)]
            merged[key] = both if len(both) < len(both.pairs) else dict(both)
        elif isinstance(held, list) and isinstance(value, list):
            merged[key] = [*held, *value]
        else:
            merged[key] = value
    return merged


def _pairs(value: dict[str, Any]) -> list[tuple[str, Any]]:
    return value.pairs if isinstance(value, _Repeated) else list(value.items())


def _renamed(nodes: _Repeated, problems: ProblemList) -> dict[str, Any]:
    taken = set(nodes)
    result: dict[str, Any] = {}
    for node_id, node in nodes.pairs:
        key = node_id
        if key in result:
            number = 2
            while (key := f"{node_id}_{number}") in taken:
                number += 1
            taken.add(key)
            if isinstance(node, dict) and node.get("node_id") == node_id:
                node["node_id"] = key
            report_renamed(node_id, key, problems)
        result[key] = node
    return result


def report_renamed(node_id: str, new_id: str, problems: ProblemList) -> None:
    """Report a node that was given a new id because another had the same."""
    problems.add(
        "duplicate-node-id",
        f"Two nodes have the id {node_id!r}; the later one is now {new_id!r}.",
        node_id=new_id,
        hint="Its wires, if it had any, stayed with the first; check both and save.",
    )


def _plain(value: Any, place: str, problems: ProblemList) -> Any:
    """Return `value` with ordinary dicts, reporting each repeat left: the last value stays, as in any parser."""
    if isinstance(value, list):
        return [_plain(item, place, problems) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value, _Repeated):
        for key, times in Counter(key for key, _ in value.pairs).items():
            if times > 1:
                problems.add(
                    "duplicate-key",
                    f"The key {key!r} stands {times} times in one object ({place}).",
                    hint="The last value is used, as other programs do; the others are gone once you save.",
                )
    return {key: _plain(item, f"in {key!r}", problems) for key, item in value.items()}
