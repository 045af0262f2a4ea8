"""A save puts the new file in place whole, or leaves the old one whole, and leaves nothing else behind."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from casare.foundation.errors import FileError
from casare.model import AddNodes, Graph, Node
from casare.storage import encode, generate, load, prepare, save, write
from tests.storage.workflows import catalog

CATALOG = catalog()
SUFFIXES = [".json", ".json.gz", ".json.zst"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "full"), (errno.EDQUOT, "share"), (errno.EACCES, "may not be written"), (errno.EROFS, "read-only")],
)
def test_a_save_that_fails_half_way_leaves_the_old_file_whole_and_no_other(
    suffix: str, number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a{suffix}"
    save(generate(5), path, catalog=CATALOG)
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    # A full disk cannot be had as root everywhere: only the answer of the system is replaced.
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileError, match=said) as caught:
        save(generate(50), path, catalog=CATALOG)
    assert caught.value.where == str(path)
    assert caught.value.mend
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_that_is_really_full_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    save(generate(5), path)
    before = path.read_bytes()
    real_open = os.fdopen

    def onto_a_full_device(handle: int, *args: object, **named: object) -> object:
        os.dup2(os.open("/dev/full", os.O_WRONLY), handle)
        return real_open(handle, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "fdopen", onto_a_full_device)
    with pytest.raises(FileError, match="disk is full"):
        save(generate(50), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_of_that_name_and_a_missing_folder_are_said_to_be_that(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    (tmp_path / "file").write_text("x")
    for path, said in (
        (tmp_path / "a.json", "There is a folder of this name"),
        (tmp_path / "no" / "a.json", "folder does not exist"),
        (tmp_path / "file" / "a.json", "is a file, not a folder"),
        (tmp_path / ("n" * 300 + ".json"), "name is too long"),
    ):
        with pytest.raises(FileError, match=said) as caught:
            save(generate(3), path)
        assert caught.value.where == str(path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.json", "file"]


@pytest.mark.parametrize("name", ["a.txt", "a", ".json", "a.yaml", "a.zst", "a.json.bak"])
def test_a_name_without_a_known_suffix_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="format") as caught:
        save(generate(3), tmp_path / name)
    assert ".json.zst" in caught.value.mend
    assert list(tmp_path.iterdir()) == []


def test_a_value_json_cannot_hold_is_named_with_its_node(tmp_path: Path) -> None:
    graph = Graph([Node("good", "LogNode", {"a": 1}), Node("bad", "LogNode", {"handle": object()})])
    with pytest.raises(FileError, match="cannot be saved") as caught:
        save(graph, tmp_path / "a.json")
    assert caught.value.where == "node bad, setting handle"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_save_prepared_on_another_thread_holds_the_moment_of_the_copy(suffix: str, tmp_path: Path) -> None:
    graph = generate(100, 2)
    snapshot = graph.copy()
    expected = encode(graph)
    path = tmp_path / f"a{suffix}"
    results = []
    worker = threading.Thread(target=lambda: results.append(prepare(snapshot, path, catalog=CATALOG)))
    worker.start()
    graph.apply(AddNodes((Node("late", "LogNode"),)))
    worker.join()
    write(results[0], path)
    assert encode(load(path, CATALOG).graph) == expected


def test_saving_does_not_touch_the_graph(tmp_path: Path) -> None:
    graph = generate(60, 4)
    before = graph.copy()
    save(graph, tmp_path / "a.json.zst", catalog=CATALOG)
    assert graph == before


def test_the_permissions_of_the_old_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save(generate(3), path)
    path.chmod(0o640)
    save(generate(4), path)
    assert path.stat().st_mode & 0o777 == 0o640
