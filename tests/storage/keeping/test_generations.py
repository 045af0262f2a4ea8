"""Earlier versions: each content once, so many and no more, readable as workflows."""

from __future__ import annotations

from pathlib import Path

import pytest

from casare.catalog import Catalog
from casare.foundation.errors import FileError
from casare.model import Graph
from casare.storage import encode, generate, load, prepare, read_skeleton
from casare.storage.keeping.generations import Generations


def _content(number: int) -> bytes:
    return encode(generate(10 + number, seed=number))


def _kept(generations: Generations, path: Path) -> list[Graph]:
    return [load(one.file, generations._catalog).graph for one in generations.versions(path)]  # type: ignore[arg-type]


def test_the_newest_versions_are_kept_and_older_ones_go(tmp_path: Path, catalog: Catalog) -> None:
    generations = Generations(tmp_path / "kept", catalog, keep=3)
    path = tmp_path / "a.json"
    for number in range(5):
        generations.keep(path, _content(number), saved_at=float(number))
    assert _kept(generations, path) == [generate(10 + number, seed=number) for number in (4, 3, 2)]
    assert len(list((tmp_path / "kept").rglob("*.json.zst"))) == 3


def test_the_same_content_is_stored_once_whatever_its_format(tmp_path: Path, catalog: Catalog) -> None:
    generations = Generations(tmp_path / "kept", catalog)
    path = tmp_path / "a.json"
    packed = prepare(generate(10, seed=0), Path("x.json.gz"), catalog=catalog).content
    assert generations.keep(path, _content(0))
    assert not generations.keep(path, packed)
    assert generations.keep(path, _content(1))
    assert generations.keep(path, packed)
    assert [one.node_count for one in generations.versions(path)] == [10, 11, 10]
    assert len(list((tmp_path / "kept").rglob("*.json.zst"))) == 2


def test_versions_past_the_room_go_but_never_the_newest(tmp_path: Path, catalog: Catalog) -> None:
    generations = Generations(tmp_path / "kept", catalog, keep_bytes=10)
    path = tmp_path / "a.json"
    for number in range(3):
        generations.keep(path, _content(number), saved_at=float(number))
    assert [one.node_count for one in generations.versions(path)] == [12]


def test_a_version_carries_a_picture_and_the_files_of_others_are_apart(tmp_path: Path, catalog: Catalog) -> None:
    generations = Generations(tmp_path / "kept", catalog)
    generations.keep(tmp_path / "größe 🦊", _content(0))
    (version,) = generations.versions(tmp_path / "größe 🦊")
    skeleton = read_skeleton(version.file)
    assert skeleton is not None
    assert skeleton.picture is not None
    assert generations.versions(tmp_path / "other") == []


def test_a_damaged_list_or_a_missing_version_costs_only_itself(tmp_path: Path, catalog: Catalog) -> None:
    generations = Generations(tmp_path / "kept", catalog)
    path = tmp_path / "a.json"
    generations.keep(path, _content(0))
    generations.keep(path, _content(1))
    generations.versions(path)[0].file.unlink()
    assert [one.node_count for one in generations.versions(path)] == [10]
    next((tmp_path / "kept").rglob("versions.json")).write_bytes(b"{")
    assert generations.versions(path) == []
    assert generations.keep(path, _content(2))


def test_what_is_no_workflow_is_not_kept(tmp_path: Path, catalog: Catalog) -> None:
    generations = Generations(tmp_path / "kept", catalog)
    with pytest.raises(FileError):
        generations.keep(tmp_path / "a.json", b"[1, 2]")
    assert generations.versions(tmp_path / "a.json") == []
