from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings

from casare.model import Connection, Frame, Graph, Node, Note
from casare.storage import encode, generate, load, load_bytes, save
from tests.storage.strategies import graphs
from tests.storage.workflows import as_bytes, catalog, codes, document

CATALOG = catalog()


def test_a_real_file_keeps_every_value_through_json_zst_gz_and_json(sample_file: Path, tmp_path: Path) -> None:
    original = orjson.loads(sample_file.read_bytes())
    current = sample_file
    for number, suffix in enumerate((".json", ".json.zst", ".json.gz", ".json")):
        target = tmp_path / f"{number}{suffix}"
        save(load(current, CATALOG).graph, target, catalog=CATALOG)
        current = target
    assert orjson.loads(current.read_bytes()) == original


def test_a_real_file_opens_without_an_error(sample_file: Path) -> None:
    assert not load(sample_file, CATALOG).has_errors


def test_every_field_of_a_file_survives_open_and_save() -> None:
    assert json.loads(encode(load_bytes(as_bytes(document()), CATALOG).graph)) == document()


def test_open_and_save_of_a_canonical_file_is_byte_identical() -> None:
    canonical = as_bytes(document()) + b"\n"
    assert encode(load_bytes(canonical, CATALOG).graph) == canonical


@pytest.mark.parametrize("present", [[], None])
def test_empty_frames_and_notes_are_written_only_if_the_file_had_them(present: list[Any] | None) -> None:
    raw = document()
    for key in ("frames", "notes"):
        if present is None:
            del raw[key]
        else:
            raw[key] = present
    assert json.loads(encode(load_bytes(as_bytes(raw), CATALOG).graph)) == raw


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_any_graph_reads_back_as_it_was(graph: Graph) -> None:
    assert load_bytes(encode(graph), CATALOG).graph == graph


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(graphs())
def test_the_canonical_text_of_any_graph_is_a_fixed_point(graph: Graph) -> None:
    text = encode(graph)
    assert encode(load_bytes(text, CATALOG).graph) == text


@pytest.mark.parametrize("suffix", [".json", ".json.gz", ".json.zst"])
def test_the_same_graph_gives_the_same_file(suffix: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(generate(300, 7), tmp_path / f"{name}{suffix}", catalog=CATALOG)
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_other_tools_still_unpack_our_compressed_files(tmp_path: Path) -> None:
    graph = generate(500, 3)
    body = encode(graph)
    save(graph, tmp_path / "a.json.zst", catalog=CATALOG)
    save(graph, tmp_path / "a.json.gz", catalog=CATALOG)
    packed = (tmp_path / "a.json.zst").read_bytes()
    assert zstandard.ZstdDecompressor().decompress(packed) == body
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed), read_across_frames=True) as reader:
        assert reader.read() == body
    assert zstandard.get_frame_parameters(packed).content_size == len(body)
    assert zstandard.get_frame_parameters(packed).has_checksum
    assert gzip.decompress((tmp_path / "a.json.gz").read_bytes()) == body
    with gzip.open(tmp_path / "a.json.gz") as file:
        assert file.read() == body


def test_saved_says_how_much_was_written_and_saved_by_compressing(tmp_path: Path) -> None:
    graph = generate(200, 1)
    saved = save(graph, tmp_path / "a.json.zst", catalog=CATALOG)
    assert saved.path == tmp_path / "a.json.zst"
    assert saved.bytes == (tmp_path / "a.json.zst").stat().st_size
    assert saved.ratio == pytest.approx(len(encode(graph)) / saved.bytes)
    assert save(graph, tmp_path / "a.json").ratio == 1


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(2**70, id="integer-past-64-bits"),
        pytest.param(-(10**300), id="huge-negative-integer"),
        pytest.param("half \ud83d of a character", id="lone-surrogate"),
        pytest.param([{"a": [2**64]}], id="nested"),
    ],
)
def test_values_orjson_cannot_write_survive(value: Any) -> None:
    graph = Graph([Node("a", "LogNode", {"value": value, "plain": "ä{}"})], metadata={"name": "x"})
    text = encode(graph)
    assert load_bytes(text, CATALOG).graph == graph
    assert encode(load_bytes(text, CATALOG).graph) == text


def test_keys_that_are_no_text_are_written_as_texts() -> None:
    graph = Graph([Node("a", "LogNode", {"map": {1: "one", None: "none"}})])
    assert load_bytes(encode(graph), CATALOG).graph.nodes["a"].config == {"map": {"1": "one", "null": "none"}}


@pytest.mark.parametrize("digits", ["12345678901234567890", "-98765432109876543210", "18446744073709551616"])
def test_long_integers_in_a_file_keep_every_digit(digits: str) -> None:
    text = as_bytes(document()).replace(b'"value": 1', b'"value": ' + digits.encode())
    assert load_bytes(text, CATALOG).graph.nodes["set"].config["value"] == int(digits)


def test_made_up_ids_of_frames_and_notes_are_not_written() -> None:
    raw = document()
    del raw["frames"][0]["id"], raw["notes"][0]["id"]
    graph = load_bytes(as_bytes(raw), CATALOG).graph
    assert list(graph.frames) == ["~frame1"]
    assert list(graph.notes) == ["~note1"]
    assert json.loads(encode(graph)) == raw


def test_the_second_form_of_a_frame_means_the_same() -> None:
    raw = document()
    raw["frames"] = [
        {
            "title": "Group",
            "position": {"x": 1, "y": 2},
            "size": {"width": 300, "height": 200},
            "color": {"r": 1, "g": 2, "b": 3, "a": 4},
            "is_collapsed": True,
            "contained_nodes": ["set"],
        }
    ]
    loaded = load_bytes(as_bytes(raw), CATALOG)
    assert loaded.graph.frames["~frame1"] == Frame(
        "~frame1", "Group", {"r": 1, "g": 2, "b": 3, "a": 4}, (1, 2), (300, 200), ("set",), True
    )
    assert not codes(loaded.problems) & {"invalid-type"}


def test_a_field_that_could_not_be_read_is_written_back_until_it_is_given_a_value() -> None:
    raw = document()
    raw["nodes"]["set"]["config"] = ["not", "an", "object"]
    raw["nodes"]["set"]["position"] = "left"
    graph = load_bytes(as_bytes(raw), CATALOG).graph
    node = graph.nodes["set"]
    graph.nodes["set"] = node._replace(config={"variable_name": "y"})
    written = json.loads(encode(graph))["nodes"]["set"]
    assert written["config"] == {"variable_name": "y"}
    assert written["position"] == "left"


def test_a_new_node_does_not_overwrite_an_unreadable_one_of_the_same_id() -> None:
    raw = document()
    raw["nodes"]["odd"] = 5
    graph = load_bytes(as_bytes(raw), CATALOG).graph
    graph.nodes["odd"] = Node("odd", "LogNode")
    nodes = json.loads(encode(graph))["nodes"]
    assert nodes["odd"]["node_type"] == "LogNode"
    assert nodes["odd_2"] == 5


def test_keys_are_written_in_the_canonical_order() -> None:
    graph = Graph(
        [Node("a", "T", {}, (1, 2), "n", {"x": 1}), Node("b", "T")],
        [Connection("a", "o", "b", "i")],
        frames=[Frame("f")],
        notes=[Note("n")],
        extra={"zz": 1, "aa": 2},
    )
    raw = json.loads(encode(graph))
    assert list(raw) == ["metadata", "nodes", "connections", "variables", "settings", "frames", "notes", "zz", "aa"]
    assert list(raw["nodes"]["a"]) == ["node_id", "node_type", "config", "position", "name", "x"]
