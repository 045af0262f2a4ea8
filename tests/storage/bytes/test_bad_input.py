"""What cannot be opened is refused with what, where and how to mend, and never with anything but a CasareError."""

from __future__ import annotations

import contextlib
import gzip
import os
import zlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from casare.foundation.errors import CasareError, FileError, LimitError, NotAWorkflowError
from casare.model import Graph
from casare.storage import Limits, PreviewCache, correct_preview, encode, generate, load, load_bytes, preview, save
from tests.storage.workflows import as_bytes, catalog, codes, document

CATALOG = catalog()
TEXT = as_bytes(document())


def refusal(data: bytes, limits: Limits | None = None) -> CasareError:
    with pytest.raises(CasareError) as caught:
        load_bytes(data, CATALOG, limits=limits)
    assert caught.value.what
    assert caught.value.mend
    return caught.value


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b'{"nodes": NaN}', "NaN"),
        (b'{"nodes": {}, // why\n}', "comments"),
        (b'{"nodes": {},}', "comma"),
        (b"{'nodes': {}}", "double quotes"),
        (b'{"nodes": None}', "null"),
        (b'{"nodes": {"a": ', "breaks off"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"PK\x03\x04\xff\xff", "zip"),
        (b'{"nodes": "\xff"}', "UTF-8"),
        (b'{\n<<<<<<< HEAD\n"nodes": {}}', "merge conflict"),
        (b'{"nodes": 1e999}', "JSON"),
        (b'{"nodes": {}} trailing', "JSON"),
    ],
)
def test_text_that_is_no_json_is_explained(data: bytes, said: str) -> None:
    error = refusal(data)
    assert isinstance(error, FileError)
    assert said in str(error)


def test_a_syntax_error_names_line_column_and_the_place() -> None:
    error = refusal(b'{\n  "nodes": {},\n  "connections" []\n}')
    assert "line 3, column 17" in error.where
    assert '"connections" []' in error.where


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[1, 2]", "a list"),
        (b"5", "a number"),
        (b'"text"', "a text"),
        (b"null", "null"),
        (b"{}", "an empty object"),
        (b'{"name": "x", "version": "1.0.0", "dependencies": {}}', "npm"),
        (b'[{"id": "1", "type": "inject", "z": "t", "wires": [["2"]]}]', "Node-RED"),
        (b'{"nodes": [{"id": "1", "type": "n8n-nodes-base.set", "typeVersion": 1}], "connections": {}}', "n8n"),
        (b'{"last_node_id": 1, "last_link_id": 1, "nodes": [{"id": 1, "type": "KSampler"}], "links": []}', "ComfyUI"),
        (b'{"3": {"class_type": "KSampler", "inputs": {}}}', "ComfyUI"),
        (b'{"nodes": [{"id": "a", "type": "t", "data": {}}], "edges": []}', "React Flow"),
        (b'{"ir_version": "0.1.0", "nodes": [{"id": "a", "type": "shell"}], "edges": []}', "pflow"),
        (b'{"graph": {"nodes": [], "edges": []}}', "nodes and edges"),
        (b'{"cells": [], "nbformat": 4}', "Jupyter"),
        (b'{"node_id": "a", "node_type": "LogNode", "config": {}}', "one node"),
        (b'{"nodes": 5}', "other keys"),
        (b'{"nodes": {"a": 5}}', "other keys"),
    ],
)
def test_json_of_something_else_is_named(data: bytes, said: str) -> None:
    error = refusal(data)
    assert isinstance(error, NotAWorkflowError)
    assert said in error.what


@pytest.mark.parametrize("cut", [1, 5, 20])
@pytest.mark.parametrize("suffix", [".json.gz", ".json.zst"])
def test_a_file_that_breaks_off_is_refused(suffix: str, cut: int, tmp_path: Path) -> None:
    packed = gzip.compress(TEXT) if suffix == ".json.gz" else zstandard.ZstdCompressor().compress(TEXT)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(packed[:-cut])
    with pytest.raises(FileError, match="breaks off") as caught:
        load(path, CATALOG)
    assert caught.value.where == str(path)


def test_a_zstd_stream_without_a_stated_size_that_breaks_off_is_refused() -> None:
    stream = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    packed = stream.compress(TEXT * 50) + stream.flush()
    assert "breaks off" in refusal(packed[:-6]).what


def test_a_wrong_checksum_is_refused() -> None:
    packed = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(TEXT))
    packed[-1] ^= 1
    assert "damaged" in refusal(bytes(packed)).what
    zipped = bytearray(gzip.compress(TEXT))
    zipped[-6] ^= 1
    assert "damaged" in refusal(bytes(zipped)).what


@pytest.mark.parametrize("packed", [gzip.compress(TEXT), zstandard.ZstdCompressor().compress(TEXT)], ids=["gz", "zst"])
def test_bytes_after_the_end_are_refused(packed: bytes) -> None:
    assert "do not belong" in refusal(packed + b"GARBAGE").what


def test_what_other_tools_rightly_append_is_read() -> None:
    half = len(TEXT) // 2
    members = gzip.compress(TEXT[:half]) + gzip.compress(TEXT[half:])
    frames = b"".join(map(zstandard.ZstdCompressor().compress, (TEXT[:half], TEXT[half:])))
    skippable = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
    for packed in (members, members + b"\0" * 512, frames, skippable + frames + skippable):
        assert len(load_bytes(packed, CATALOG).graph.nodes) == 2


def _bomb(form: str, size: int) -> bytes:
    if form == "zst":
        return zstandard.ZstdCompressor().compress(b" " * size)
    if form == "zst-stream":
        stream = zstandard.ZstdCompressor(write_content_size=False).compressobj()
        return b"".join((stream.compress(b" " * size), stream.flush()))
    return gzip.compress(b" " * size)


@pytest.mark.parametrize("form", ["gz", "zst", "zst-stream"])
def test_a_decompression_bomb_is_stopped(form: str) -> None:
    bomb = _bomb(form, 96 * 1024 * 1024)
    assert len(bomb) < 120_000
    error = refusal(bomb, Limits(max_bytes=32_000_000, max_ratio=1e9))
    assert isinstance(error, LimitError)
    assert "32 MB" in error.what
    ratio_error = refusal(bomb, Limits(max_ratio=500))
    assert isinstance(ratio_error, LimitError)
    assert "500" in ratio_error.what


def test_a_frame_that_lies_about_its_size_takes_no_memory() -> None:
    head = b"\x28\xb5\x2f\xfd" + bytes((0b11100000,)) + (400 * 1024 * 1024).to_bytes(8, "little")
    assert isinstance(refusal(head + b"\x01\x00\x00"), LimitError)


def test_a_small_file_that_repeats_itself_is_no_bomb() -> None:
    raw = document()
    raw["nodes"]["set"]["config"]["note"] = "a" * 4_000_000
    text = as_bytes(raw)
    packed = zstandard.ZstdCompressor().compress(text)
    assert len(text) / len(packed) > 1000
    assert load_bytes(packed, CATALOG).problems == ()


def test_a_file_past_the_size_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(LimitError, match="more than"):
        load(path, CATALOG)


@pytest.mark.parametrize("deep", [b"[" * 10_000 + b"]" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000])
def test_nesting_ten_thousand_deep_is_a_limit_error(deep: bytes) -> None:
    for text in (deep, TEXT.replace(b'"value": 1', b'"value": ' + deep)):
        assert isinstance(refusal(text), LimitError)


@pytest.mark.parametrize(
    "place", [b'"value": 1', b'"plain": 3', b'"stop_on_error": true', b'"z": 1', b'"label": "value"', b'"color": "red"']
)
def test_the_nesting_limit_holds_in_every_section(place: bytes) -> None:
    assert place in TEXT
    key = place.split(b":")[0]
    text = TEXT.replace(place, key + b": " + b"[" * 201 + b"]" * 201)
    assert isinstance(refusal(text), LimitError)


@pytest.mark.parametrize(("levels", "fits"), [(196, True), (197, False)])
def test_nesting_is_allowed_up_to_the_limit_exactly(levels: int, fits: bool) -> None:
    # The document, its nodes, the node and its configuration are four levels.
    text = TEXT.replace(b'"value": 1', b'"value": ' + b"[" * levels + b"]" * levels)
    if fits:
        assert load_bytes(text, CATALOG).problems == ()
    else:
        assert isinstance(refusal(text), LimitError)


def test_brackets_in_texts_are_no_nesting() -> None:
    text = TEXT.replace(b'"value": 1', b'"value": "' + b"[{" * 5_000 + b'"')
    assert load_bytes(text, CATALOG).problems == ()


def test_a_missing_file_and_a_folder_are_said_to_be_that(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "no.json", "no such file"),
        (tmp_path, "folder"),
        (tmp_path / "no" / "a.json", "no"),
    ):
        for call in (load, preview):
            with pytest.raises(FileError, match=said) as caught:
                call(path, CATALOG)
            assert caught.value.where == str(path)


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    with pytest.raises(FileError, match="pipe"):
        load(tmp_path / "a.json", CATALOG)


def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(TEXT)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    # Tests may run as root, whom the system refuses nothing: only the answer of the system is replaced.
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FileError, match="may not be read"):
        load(path, CATALOG)


def test_a_name_with_a_null_byte_is_a_file_error() -> None:
    with pytest.raises(FileError):
        load(Path("a\0b.json"), CATALOG)


def test_content_wins_over_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(gzip.compress(TEXT))
    loaded = load(path, CATALOG)
    assert codes(loaded.problems) == {"format-mismatch"}
    assert loaded.source.format == "gz"


def _files(plain: bytes, graph: Graph) -> dict[str, bytes]:
    import tempfile

    files = {"json": plain}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("json.gz", "json.zst"):
            path = Path(folder) / f"a.{suffix}"
            save(graph, path, catalog=CATALOG)
            files[suffix] = path.read_bytes()
    return files


FILES = _files(TEXT, generate(30, 5))
OTHERS = _files(encode(generate(12, 8)), generate(12, 8))


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    suffix = draw(st.sampled_from(sorted(FILES)))
    data = bytearray(FILES[suffix])
    match draw(st.sampled_from(["flip", "cut", "insert", "noise", "head", "tail"])):
        case "flip":
            for _ in range(draw(st.integers(1, 4))):
                data[draw(st.integers(0, len(data) - 1))] ^= 1 << draw(st.integers(0, 7))
        case "cut":
            del data[draw(st.integers(0, len(data))) :]
        case "insert":
            at = draw(st.integers(0, len(data)))
            data[at:at] = draw(st.binary(max_size=20))
        case "head" | "tail" as end:
            other = OTHERS[draw(st.sampled_from(sorted(OTHERS)))]
            count = draw(st.integers(1, min(len(data), len(other))))
            place = slice(None, count) if end == "head" else slice(-count, None)
            data[place] = other[place]
        case _:
            data = bytearray(draw(st.binary(max_size=200)))
    return suffix, bytes(data)


@given(damaged())
def test_damage_of_any_kind_ends_in_success_or_a_casare_error(case: tuple[str, bytes]) -> None:
    import tempfile

    suffix, data = case
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{suffix}"
        path.write_bytes(data)
        # Anything else that is raised fails the test.
        with contextlib.suppress(CasareError):
            preview(path, CATALOG)
        with contextlib.suppress(CasareError):
            loaded = load(path, CATALOG)
            cache = PreviewCache(Path(folder) / "previews")
            correct_preview(loaded, CATALOG, cache)
            # Whatever picture was shown before, from now on it is that of the body.
            assert preview(path, CATALOG, cache).node_count == len(loaded.graph.nodes)


@given(st.binary(max_size=60))
def test_a_magic_followed_by_noise_is_refused_in_order(noise: bytes) -> None:
    for magic in (b"\x1f\x8b", b"\x1f\x8b\x08\x04", b"\x28\xb5\x2f\xfd", b"\x5e\x2a\x4d\x18"):
        with pytest.raises(CasareError):
            load_bytes(magic + noise, CATALOG)


def test_a_raw_deflate_stream_is_no_workflow() -> None:
    refusal(zlib.compress(TEXT))
