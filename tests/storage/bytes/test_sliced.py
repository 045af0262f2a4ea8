"""Parsing in slices gives what parsing at once gives, or leaves the text to the patient parser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.model import Graph
from casare.storage import encode, generate, load, load_bytes
from casare.storage.bytes import sliced
from casare.storage.reading import staged
from casare.storage.reading.staged import load_in_stages
from tests.storage.strategies import graphs
from tests.storage.workflows import as_bytes, catalog, document

CATALOG = catalog()


def unseen(*_: Any) -> None:
    return None


def parse_in_slices(text: bytes, step: Callable[[float], object]) -> dict[str, Any] | None:
    """Parse with each section in one call and with all of them in pieces, which must come to the same."""
    whole = sliced.parse_in_slices(text, step)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sliced, "AT_ONCE", 0)
        pieces = sliced.parse_in_slices(text, step)
    assert whole == pieces
    return pieces


def text_with(**sections: Any) -> bytes:
    return as_bytes({**document(), **sections})


@given(graphs())
def test_slices_give_what_one_call_gives_or_nothing(graph: Graph) -> None:
    text = encode(graph)
    found = parse_in_slices(text, unseen)
    try:
        expected = orjson.loads(text)
    except ValueError:
        expected = None
    assert found is None or found == expected
    assert found is None or list(found) == list(expected)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 900])
def test_no_node_is_lost_at_the_edge_of_a_slice(size: int) -> None:
    text = encode(generate(size, 1))
    found = parse_in_slices(text, unseen)
    assert found == orjson.loads(text)
    assert list(found["nodes"]) == list(orjson.loads(text)["nodes"])


def test_keys_of_other_tools_keep_their_place() -> None:
    raw = {"plugin": [1], **document(), "last": {"a": 1}}
    found = parse_in_slices(orjson.dumps(raw), unseen)
    assert found == raw
    assert list(found) == list(raw)


def test_the_last_of_two_equal_keys_wins_as_it_does_in_one_call() -> None:
    text = b'{"nodes":{"a":{"x":1},"a":{"x":2}},"connections":[1],"connections":[],"nodes":{"b":{}}}'
    assert parse_in_slices(text, unseen) == orjson.loads(text) == {"nodes": {"b": {}}, "connections": []}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"nodes":{}}',
        b'{"nodes":[],"connections":[]}',
        b'{"nodes":{},"connections":{}}',
        b'{"nodes":{},"connections":[],}',
        b'{"nodes":{"a":{"x":NaN}},"connections":[]}',
        b'{"nodes":{"a":{"x":1,}},"connections":[]}',
        b'{"nodes":{"a":01},"connections":[]}',
        b'{"nodes":{"a":"\xff"},"connections":[]}',
        b'{"nodes":{"a":"\\ud800"},"connections":[]}',
        b'{"nodes":{"\\ud800":1},"connections":[]}',
        b'{"nodes":{"a":123456789012345678901234567890},"connections":[]}',
        b'{"nodes":{},"connections":[],"settings":{"a":123456789012345678901234567890}}',
        b'{"nodes":{},"connections":[]} trailing',
        b'{"nodes":{},"connections":[',
        b"\xef\xbb\xbf" + b'{"nodes":{},"connections":[]}',
        '{"nodes":{},"connections":[]}'.encode("utf-16"),
        b'{"nodes":{"a":' + b"[" * 100_000 + b"]" * 100_000 + b'},"connections":[]}',
    ],
)
def test_whatever_is_odd_is_left_to_the_patient_parser(text: bytes) -> None:
    assert parse_in_slices(text, unseen) is None


@given(st.binary(max_size=40), st.integers(0, 2_000), st.sampled_from(["insert", "replace", "cut"]))
def test_a_damaged_text_is_refused_by_both_or_read_the_same_by_both(noise: bytes, at: int, how: str) -> None:
    text = text_with()
    damaged = {
        "insert": text[:at] + noise + text[at:],
        "replace": text[:at] + noise + text[at + len(noise) :],
        "cut": text[:at],
    }[how]
    found = parse_in_slices(damaged, unseen)
    if found is not None:
        assert found == orjson.loads(damaged)


def test_steps_come_between_pieces_and_end_at_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sliced, "AT_ONCE", 0)
    told: list[float] = []
    sliced.parse_in_slices(encode(generate(3_000, 1)), told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert len(told) > 3_000 / 256


def test_a_step_that_raises_ends_the_parsing() -> None:
    def stop(done: float) -> None:
        if done > 0.5:
            raise staged.Stopped

    with pytest.raises(staged.Stopped):
        parse_in_slices(encode(generate(2_000, 1)), stop)


def test_a_large_file_is_parsed_in_slices_and_a_small_one_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    loads = orjson.loads

    class Watched:
        @staticmethod
        def loads(text: bytes) -> Any:
            calls.append(len(text))
            return loads(text)

    monkeypatch.setattr(sliced, "orjson", Watched)
    monkeypatch.setattr(sliced, "AT_ONCE", 64 * 1024)
    for size in (100, 4_000):
        (tmp_path / f"{size}.json").write_bytes(encode(generate(size, 1)))
    load_in_stages(tmp_path / "100.json", CATALOG, unseen)
    assert calls == []
    load_in_stages(tmp_path / "4000.json", CATALOG, unseen)
    assert len(calls) > 4_000 / 256
    assert max(calls) < 256 * 1024, "no piece is large enough to be felt"


@pytest.mark.parametrize("damage", [b"", b'"nodes"', b"}", b'"position": [', b"9" * 30])
def test_a_large_damaged_file_is_refused_with_the_words_of_the_patient_parser(damage: bytes, tmp_path: Path) -> None:
    text = encode(generate(2_500, 1))
    middle = len(text) // 2
    path = tmp_path / "a.json"
    path.write_bytes(text[:middle] + damage + text[middle + 7 :])
    outcomes = []
    for act in (lambda: load(path, CATALOG), lambda: load_in_stages(path, CATALOG, unseen)):
        try:
            loaded = act()
            outcomes.append((loaded.graph, loaded.problems))
        except Exception as error:
            outcomes.append((type(error), str(error)))
    assert outcomes[0] == outcomes[1]


def test_a_large_file_with_repeated_nodes_is_read_as_by_the_plain_reader(tmp_path: Path) -> None:
    text = encode(generate(2_500, 1))
    first = text.index(b'"nodes": {') + len(b'"nodes": {')
    twice = b'"twice": {"node_id": "twice", "node_type": "LogNode", "config": {}, "position": [0, 0]},'
    path = tmp_path / "a.json"
    path.write_bytes(text[:first] + twice + twice + text[first:])
    plain, in_stages = load_bytes(path.read_bytes(), CATALOG), load_in_stages(path, CATALOG, unseen)
    assert in_stages.graph == plain.graph
    assert in_stages.problems == plain.problems
