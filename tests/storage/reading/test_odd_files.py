"""What is odd about a file is reported, shown as well as possible, and never lost."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casare.storage import Loaded, encode, load_bytes
from tests.storage.strategies import json_values
from tests.storage.workflows import as_bytes, catalog, codes, document

CATALOG = catalog()


def opened(raw: Any) -> Loaded:
    return load_bytes(as_bytes(raw), CATALOG)


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield (*above, key)
        yield from paths(inner, (*above, key))


ALL_PATHS = list(paths(document()))


def replaced(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    raw = document()
    place: Any = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return raw


def removed(path: tuple[Any, ...]) -> dict[str, Any]:
    raw = document()
    place: Any = raw
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return raw


def says(whole: Any, part: Any) -> bool:
    """Tell whether `whole` says all that `part` says; an object may have more keys."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(key in whole and says(whole[key], value) for key, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return len(whole) == len(part) and all(map(says, whole, part))
    return type(whole) is type(part) and bool(whole == part)


def holds(whole: Any, part: Any) -> bool:
    """Tell whether `part` is said somewhere inside `whole`."""
    if says(whole, part):
        return True
    inner = whole.values() if isinstance(whole, dict) else whole if isinstance(whole, list) else ()
    return any(holds(item, part) for item in inner)


_REPAIRED = {("nodes", "set", "node_id"), ("nodes", "log", "node_id")}


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ALL_PATHS), json_values)
def test_a_wrong_value_in_any_field_is_neither_a_crash_nor_lost(path: tuple[Any, ...], value: Any) -> None:
    raw = replaced(path, value)
    loaded = load_bytes(json.dumps(raw).encode(), CATALOG)
    written = json.loads(encode(loaded.graph))
    # A node that calls itself by another name is put right, which its problem says.
    if path not in _REPAIRED or not isinstance(value, str):
        # An empty list of nodes is imported as the empty object it stands for.
        # What is unreadable in a list is written after what is readable.
        parts = value if isinstance(value, list) and len(path) == 1 else [value]
        assert all(holds(written, part) for part in parts) or (path, value) == (("nodes",), [])
    again = load_bytes(encode(loaded.graph), CATALOG)
    assert encode(again.graph) == encode(loaded.graph)


@pytest.mark.parametrize("path", ALL_PATHS, ids=lambda path: ".".join(map(str, path)))
def test_a_missing_field_is_no_crash_and_nothing_else_is_lost(path: tuple[Any, ...]) -> None:
    raw = removed(path)
    written = json.loads(encode(opened(raw).graph))
    for other in ("metadata", "variables", "settings", "plugin_data"):
        if other in raw:
            assert written[other] == raw[other]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("nodes", "set"), 5, "invalid-type"),
        (("nodes", "set", "node_id"), "other", "node-id-mismatch"),
        (("nodes", "set", "node_id"), 5, "invalid-type"),
        (("nodes", "set", "node_type"), 5, "invalid-type"),
        (("nodes", "set", "node_type"), "", "missing-required-field"),
        (("nodes", "set", "node_type"), "NoSuchNode", "unknown-node-type"),
        (("nodes", "set", "config"), [1], "invalid-config"),
        (("nodes", "set", "position"), [1], "invalid-position"),
        (("nodes", "set", "position"), [1, "2"], "invalid-position"),
        (("nodes", "set", "position"), [True, 2], "invalid-position"),
        (("nodes", "set", "position"), [1e30, 2], "invalid-position"),
        (("nodes", "log", "name"), 5, "invalid-type"),
        (("nodes",), [], "imported"),
        (("nodes",), "text", "missing-nodes"),
        (("connections",), {}, "invalid-type"),
        (("connections", 0), 5, "invalid-type"),
        (("connections", 0, "source_port"), None, "missing-required-field"),
        (("connections", 0, "source_node"), "gone", "orphaned-connection"),
        (("connections", 0, "target_node"), "set", "self-connection"),
        (("metadata",), None, "invalid-type"),
        (("metadata", "name"), "", "missing-name"),
        (("metadata", "name"), "n" * 101, "name-too-long"),
        (("metadata", "schema_version"), "9.0.0", "schema-version-mismatch"),
        (("frames",), 1, "invalid-type"),
        (("frames", 0), 1, "invalid-type"),
        (("frames", 0, "size"), "big", "invalid-type"),
        (("frames", 0, "node_ids"), ["gone"], "unknown-frame-member"),
        (("notes", 0), "text", "invalid-type"),
        (("notes", 0, "text"), 5, "invalid-type"),
    ],
)
def test_each_oddity_has_its_own_code(path: tuple[Any, ...], value: Any, code: str) -> None:
    assert code in codes(opened(replaced(path, value)).problems)


def test_a_faultless_file_has_no_problem() -> None:
    assert opened(document()).problems == ()


def test_an_empty_workflow_is_said_to_be_empty() -> None:
    raw = {**document(), "nodes": {}, "connections": [], "frames": []}
    assert codes(opened(raw).problems) == {"empty-workflow"}


def test_a_duplicate_connection_is_kept_once() -> None:
    raw = document()
    raw["connections"].append(copy.deepcopy(raw["connections"][0]))
    loaded = opened(raw)
    assert codes(loaded.problems) == {"duplicate-connection"}
    assert json.loads(encode(loaded.graph)) == document()


def test_a_connection_to_a_missing_node_is_written_back() -> None:
    orphan = {"source_node": "set", "source_port": "exec_out", "target_node": "gone", "target_port": "exec_in"}
    raw = document()
    raw["connections"].append(orphan)
    loaded = opened(raw)
    [problem] = loaded.problems
    assert (problem.code, problem.severity) == ("orphaned-connection", "error")
    assert problem.connection == ("set", "exec_out", "gone", "exec_in")
    assert len(loaded.graph.connections) == 2
    assert json.loads(encode(loaded.graph)) == raw


def test_both_nodes_of_a_repeated_id_are_kept() -> None:
    text = as_bytes(document()).replace(b'"log"', b'"set"')
    loaded = load_bytes(text, CATALOG)
    assert list(loaded.graph.nodes) == ["set", "set_2"]
    assert loaded.graph.nodes["set"].type == "SetVariableNode"
    assert loaded.graph.nodes["set_2"].type == "LogNode"
    [problem] = [problem for problem in loaded.problems if problem.code == "duplicate-node-id"]
    assert (problem.severity, problem.node_id) == ("error", "set_2")


def test_a_section_given_twice_is_read_as_one() -> None:
    text = as_bytes(document())[:-2] + b', "nodes": {"more": {"node_type": "LogNode"}}}'
    loaded = load_bytes(text, CATALOG)
    assert list(loaded.graph.nodes) == ["set", "log", "more"]
    assert "duplicate-key" in codes(loaded.problems)


def test_node_type_as_a_word_in_a_configuration_is_no_duplicate() -> None:
    loaded = opened(replaced(("nodes", "set", "config"), {"node_type": "x", "text": '"node_type"'}))
    assert loaded.problems == ()


def test_unknown_types_are_warned_of_once_with_their_count() -> None:
    raw = document()
    for node in raw["nodes"].values():
        node["node_type"] = "PluginNode"
    [problem] = opened(raw).problems
    assert (problem.code, problem.severity, problem.node_id) == ("unknown-node-type", "warning", "set")
    assert "2 nodes" in problem.message


def test_a_legacy_type_migrates_and_its_own_settings_win() -> None:
    raw = document()
    raw["nodes"]["set"]["node_type"] = "ReadFileNode"
    raw["nodes"]["set"]["config"] = {"file_path": "a.txt", "encoding": "latin-1"}
    loaded = opened(raw)
    node = loaded.graph.nodes["set"]
    assert node.type == "FileSystemSuperNode"
    assert node.config == {"action": "Read File", "encoding": "latin-1", "file_path": "a.txt"}
    [problem] = loaded.problems
    assert (problem.code, problem.severity, problem.node_id) == ("migrated", "info", "set")


def test_the_validators_marker_is_dropped() -> None:
    assert json.loads(encode(opened({**document(), "__validated__": True}).graph)) == document()


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_is_tolerated(mark: bytes) -> None:
    assert load_bytes(mark + as_bytes(document()), CATALOG).problems == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_its_mark_is_read(encoding: str) -> None:
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(encoding, "")
    loaded = load_bytes((mark + json.dumps(document())).encode(encoding), CATALOG)
    assert codes(loaded.problems) == {"encoding"}
    assert len(loaded.graph.nodes) == 2


def test_timings_name_every_stage() -> None:
    stages = ["read", "decompress", "parse", "validate", "migrate", "build", "fingerprint"]
    assert list(opened(document()).timings) == stages
