"""Files as other programs and hands write them: what can be understood is, and the preview says what opening says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from casare.storage import Loaded, encode, generate, load_bytes, preview
from casare.storage.skeletons import partial as partial_decode
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.partial import partial_skeleton
from tests.storage.workflows import as_bytes, catalog, codes, document

CATALOG = catalog()
SPOTS = {"set": (0, 0), "log": (400, -20.5)}
Change = Callable[[dict[str, Any]], None]


def nodes_of(raw: dict[str, Any]) -> list[dict[str, Any]]:
    nodes = raw["nodes"]
    return list(nodes.values()) if isinstance(nodes, dict) else nodes


def opened(raw: dict[str, Any]) -> Loaded:
    loaded = load_bytes(as_bytes(raw), CATALOG)
    again = load_bytes(encode(loaded.graph), CATALOG)
    assert again.graph == loaded.graph, "what was understood is still there after a save"
    return loaded


def changed(change: Change) -> dict[str, Any]:
    raw = document()
    change(raw)
    return raw


def put(key: str, value: Callable[[float, float], Any]) -> Change:
    def change(raw: dict[str, Any]) -> None:
        for node in nodes_of(raw):
            x, y = node.pop("position")
            node[key] = value(x, y)

    return change


def as_x_and_y(raw: dict[str, Any]) -> None:
    for node in nodes_of(raw):
        node["x"], node["y"] = node.pop("position")


POSITIONS: dict[str, Change] = {
    "texts in a list": put("position", lambda x, y: [str(x), str(y)]),
    "texts in an object": put("position", lambda x, y: {"x": f" {x} ", "y": f"{y}"}),
    "one text": put("position", lambda x, y: f"{x}, {y}"),
    "an object": put("position", lambda x, y: {"x": x, "y": y}),
    "three numbers": put("position", lambda x, y: [x, y, 1]),
    "keys of the node": as_x_and_y,
}


@pytest.mark.parametrize("way", POSITIONS)
def test_a_position_is_read_however_it_is_written(way: str) -> None:
    graph = opened(changed(POSITIONS[way])).graph
    assert {node.id: node.position for node in graph.nodes.values()} == SPOTS


def test_a_position_written_as_text_is_written_back_as_it_came() -> None:
    raw = changed(POSITIONS["one text"])
    saved = orjson.loads(encode(opened(raw).graph))
    assert [node["position"] for node in nodes_of(saved)] == [node["position"] for node in nodes_of(raw)]


@pytest.mark.parametrize("nothing", [None, [], "", "absent"])
def test_nodes_without_any_position_are_laid_out_along_their_wires(nothing: Any) -> None:
    raw = orjson.loads(encode(generate(60, 3)))
    for node in nodes_of(raw):
        node["position"] = nothing
        if nothing == "absent":
            del node["position"]
    loaded = opened(raw)
    spots = {node.id: node.position for node in loaded.graph.nodes.values()}
    assert len(set(spots.values())) == 60
    assert all(spots[wire.source_node][0] < spots[wire.target_node][0] for wire in loaded.graph.connections.values())
    assert [one.code for one in loaded.problems if one.code != "unknown-node-type"] == ["laid-out"]


def test_nodes_in_a_circle_are_laid_out_too() -> None:
    raw = document()
    for node in nodes_of(raw):
        del node["position"]
    raw["connections"].append(
        {"source_node": "log", "source_port": "exec_out", "target_node": "set", "target_port": "exec_in"}
    )
    assert [node.position for node in opened(raw).graph.nodes.values()] == [(0, 0), (320, 0)]


def test_one_node_without_a_position_leaves_the_others_where_they_are() -> None:
    raw = document()
    del raw["nodes"]["log"]["position"]
    raw["nodes"]["set"]["position"] = [5, 6]
    loaded = opened(raw)
    assert [node.position for node in loaded.graph.nodes.values()] == [(5, 6), (0, 0)]
    assert codes(loaded.problems) == {"invalid-position"}


def four_ends(wire: dict[str, Any]) -> list[str]:
    return [wire[key] for key in ("source_node", "source_port", "target_node", "target_port")]


def numbered(raw: dict[str, Any]) -> None:
    number = {node_id: at for at, node_id in enumerate(raw["nodes"])}
    raw["nodes"] = [{**node, "node_id": number[node["node_id"]]} for node in raw["nodes"].values()]
    for wire in raw["connections"]:
        wire.update(source_node=number[wire["source_node"]], target_node=number[wire["target_node"]])
    raw["frames"] = []


CONNECTIONS: dict[str, Change] = {
    "an object": lambda raw: raw.update(connections=dict(enumerate_texts(raw["connections"]))),
    "lists of four": lambda raw: raw.update(connections=[four_ends(wire) for wire in raw["connections"]]),
    "numbers for nodes": numbered,
}


def enumerate_texts(items: list[Any]) -> list[tuple[str, Any]]:
    return [(str(at), item) for at, item in enumerate(items)]


@pytest.mark.parametrize("way", CONNECTIONS)
def test_connections_are_read_however_they_are_written(way: str) -> None:
    loaded = opened(changed(CONNECTIONS[way]))
    assert [key[1::2] for key in loaded.graph.connections] == [("exec_out", "exec_in"), ("value", "message")]
    assert codes(loaded.problems) <= {"imported"}


def test_variables_in_a_list_are_read_beside_native_nodes() -> None:
    raw = document()
    raw["variables"] = [{"name": "a", "type": "String", "value": "x"}, {"name": "b"}]
    loaded = opened(raw)
    assert list(loaded.graph.variables) == ["a", "b"]
    assert codes(loaded.problems) == {"imported"}


def test_a_configuration_called_properties_is_the_configuration() -> None:
    raw = document()
    raw["nodes"]["set"]["properties"] = raw["nodes"]["set"].pop("config")
    assert opened(raw).graph.nodes["set"].config == document()["nodes"]["set"]["config"]


@pytest.mark.parametrize("written", ["casare_rpa.nodes.LogNode", "Log"])
def test_a_known_type_under_another_name_is_suggested(written: str) -> None:
    raw = document()
    raw["nodes"]["log"]["node_type"] = written
    [problem] = opened(raw).problems
    assert problem.code == "unknown-node-type"
    assert problem.hint.endswith("perhaps 'LogNode' is meant.")


def far_away(raw: dict[str, Any]) -> None:
    for node in nodes_of(raw):
        node["position"] = [1e300, 10**400]


def repeated(raw: dict[str, Any]) -> None:
    raw["connections"] *= 2


def to_itself(raw: dict[str, Any]) -> None:
    raw["connections"][0]["source_node"] = "log"


ODD: dict[str, Change] = {
    **POSITIONS,
    **CONNECTIONS,
    "numbers past all bounds": far_away,
    "each wire twice": repeated,
    "a wire to itself": to_itself,
}


@pytest.mark.parametrize("way", ODD)
@pytest.mark.parametrize("decode", ["_by_msgspec", "_by_orjson"])
def test_the_preview_of_an_odd_file_says_what_opening_it_says(
    way: str, decode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_by_msgspec", "_by_orjson"):
        monkeypatch.setattr(partial_decode, name, getattr(partial_decode, decode))
    path = tmp_path / "odd.json"
    # The standard encoder writes numbers of any length.
    path.write_text(json.dumps(changed(ODD[way])), encoding="utf-8")
    graph = load_bytes(path.read_bytes(), CATALOG).graph
    skeleton = partial_skeleton(path.read_bytes(), CATALOG)
    assert skeleton is None or skeleton == describe(graph, CATALOG)
    seen, meant = preview(path, CATALOG), describe(graph, CATALOG)
    assert (seen.node_count, seen.connection_count, seen.bounds, seen.picture) == (
        meant.node_count,
        meant.connection_count,
        meant.bounds,
        meant.picture,
    )
