"""A PNG picture carries its workflow, and gives it back whole or says why not."""

from __future__ import annotations

import contextlib
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.foundation.errors import CasareError, FileError, LimitError
from casare.storage import Limits, encode, generate, load_bytes, preview, with_workflow
from casare.storage.bytes.png_carrier import workflow_in


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)


@given(st.binary(max_size=400))
def test_what_is_put_in_comes_out(body: bytes) -> None:
    assert workflow_in(with_workflow(PNG, body), Limits()) == body


def test_a_second_workflow_takes_the_place_of_the_first() -> None:
    twice = with_workflow(with_workflow(PNG, b"old"), b"new")
    assert workflow_in(twice, Limits()) == b"new"
    assert len(twice) == len(with_workflow(PNG, b"new"))


def test_a_carried_workflow_is_read_as_its_file_would_be(catalog: Catalog, tmp_path: Path) -> None:
    graph = generate(12, 3)
    path = tmp_path / "flow.png"
    path.write_bytes(with_workflow(PNG, encode(graph)))
    loaded = load_bytes(path.read_bytes(), catalog, path=path)
    assert encode(loaded.graph) == encode(graph)
    assert not [one for one in loaded.problems if one.code == "format-mismatch"]
    seen = preview(path, catalog)
    assert (seen.format, seen.node_count) == ("png", 12)


def test_a_picture_without_a_workflow_is_refused_in_words(catalog: Catalog) -> None:
    with pytest.raises(FileError, match="carries no workflow"):
        load_bytes(PNG, catalog)


@given(st.data())
def test_a_damaged_picture_gives_the_workflow_or_an_error_in_words(data: st.DataObject) -> None:
    whole = bytearray(with_workflow(PNG, b'{"nodes": {}, "connections": []}' * 8))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(8, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    cut = bytes(whole[: data.draw(st.integers(8, len(whole)))])
    found = None
    with contextlib.suppress(CasareError):
        found = workflow_in(cut, Limits())
    assert found in (None, b'{"nodes": {}, "connections": []}' * 8)


def test_a_picture_made_to_fill_the_memory_is_refused() -> None:
    with pytest.raises(LimitError):
        workflow_in(with_workflow(PNG, b"0" * 5000), Limits(max_bytes=1000))
    with pytest.raises(LimitError):
        workflow_in(with_workflow(PNG, b"0" * 500_000), Limits(ratio_from=1000, max_ratio=10))


def test_a_workflow_is_put_into_a_whole_picture_only() -> None:
    with pytest.raises(FileError, match="damaged"):
        with_workflow(PNG[:-14], b"{}")
