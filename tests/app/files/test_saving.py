"""Saving on threads: which state is written, in which order, and what the document then knows of it."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casare.app.documents.document import Document
from casare.app.files.saving import SaveResult, Saves
from casare.catalog import Catalog
from casare.foundation.errors import FileError
from casare.model import AddNodes, Node, SetMetadata
from casare.storage import Packed, Saved, encode, generate, load, write


class Disk:
    """A disk that holds each write until it is let through, fails when told to, and remembers the order."""

    def __init__(self) -> None:
        self.order: list[Path] = []
        self.begun = threading.Semaphore(0)
        self.through = threading.Semaphore(0)
        self.error: Exception | None = None
        self.at_once = True
        self.now = 0
        self.most = 0
        self._lock = threading.Lock()

    def __call__(self, packed: Packed, path: Path) -> Saved:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.begun.release()
        if not self.at_once:
            assert self.through.acquire(timeout=10)
        with self._lock:
            self.now -= 1
            self.order.append(path)
        if self.error is not None:
            raise self.error
        return write(packed, path)


FULL = FileError("The disk is full.", mend="Free some space.")


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def saves(disk: Disk) -> Iterator[Saves]:
    made = Saves(write=disk)
    yield made
    for _ in range(50):
        disk.through.release()
    made.close()


@pytest.fixture
def document(catalog: Catalog, tmp_path: Path) -> Document:
    return Document(generate(12, 1), catalog=catalog, path=tmp_path / "a.json")


def add(document: Document, node_id: str) -> None:
    document.do(AddNodes((Node(node_id, "LogNode"),)))


def rename(document: Document, name: str) -> None:
    document.do(SetMetadata({"name": name}))


def test_a_save_writes_what_a_save_on_the_spot_writes(saves: Saves, document: Document, tmp_path: Path) -> None:
    document.grade = "B"
    for suffix in (".json", ".json.gz", ".json.zst"):
        target, other = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
        saves.save(document, target)
        assert saves.wait(10)
        document.save(other)
        assert target.read_bytes() == other.read_bytes()


def test_the_state_at_the_moment_of_asking_is_written(saves: Saves, document: Document, disk: Disk) -> None:
    disk.at_once = False
    add(document, "before")
    asked = encode(document.graph)
    saves.save(document)
    add(document, "after")
    disk.through.release()
    assert saves.wait(10)
    assert document.path is not None
    assert document.path.read_bytes() == asked
    assert "after" in document.graph.nodes


def test_edits_made_meanwhile_leave_the_document_modified(saves: Saves, document: Document, disk: Disk) -> None:
    disk.at_once = False
    add(document, "before")
    saves.save(document)
    add(document, "after")
    disk.through.release()
    assert saves.wait(10)
    assert document.is_modified
    document.undo()
    assert not document.is_modified, "this is the state that was written"
    document.undo()
    assert document.is_modified


def test_a_merged_edit_made_meanwhile_is_a_step_of_its_own(saves: Saves, document: Document, disk: Disk) -> None:
    disk.at_once = False
    document.do(SetMetadata({"name": "a"}), merge="typing")
    saves.save(document)
    document.do(SetMetadata({"name": "ab"}), merge="typing")
    disk.through.release()
    assert saves.wait(10)
    assert document.is_modified
    document.undo()
    assert (document.graph.name, document.is_modified) == ("a", False)


def test_an_undo_made_meanwhile_leaves_the_document_modified(saves: Saves, document: Document, disk: Disk) -> None:
    disk.at_once = False
    add(document, "one")
    saves.save(document)
    document.undo()
    disk.through.release()
    assert saves.wait(10)
    assert document.is_modified
    document.redo()
    assert not document.is_modified


def test_a_failed_save_leaves_the_document_modified_and_the_file_as_it_was(
    saves: Saves, document: Document, disk: Disk
) -> None:
    saves.save(document)
    assert saves.wait(10)
    assert document.path is not None
    old = document.path.read_bytes()
    add(document, "one")
    disk.error = FULL
    saves.save(document)
    told: list[SaveResult] = []
    saves.finished.connect(told.append)
    assert saves.wait(10)
    assert [(one.saved, one.error) for one in told] == [(None, FULL)]
    assert document.is_modified
    assert document.path.read_bytes() == old
    document.undo()
    disk.error = None
    saves.save(document)
    assert saves.wait(10)
    assert not document.is_modified


def test_a_failed_save_elsewhere_takes_nothing_from_a_document_that_was_saved(
    saves: Saves, document: Document, disk: Disk, tmp_path: Path
) -> None:
    path = document.path
    disk.error = FULL
    saves.save(document, tmp_path / "other.json")
    assert saves.wait(10)
    assert (document.path, document.is_modified) == (path, False)
    add(document, "one")
    assert document.is_modified
    document.undo()
    assert not document.is_modified


def test_a_save_that_went_well_after_one_that_failed_counts(saves: Saves, document: Document, disk: Disk) -> None:
    disk.at_once = False
    add(document, "one")
    disk.error = FULL
    saves.save(document)
    assert disk.begun.acquire(timeout=10)
    saves.save(document)
    disk.through.release()
    assert disk.begun.acquire(timeout=10)
    disk.error = None
    disk.through.release()
    assert saves.wait(10)
    assert len(disk.order) == 2
    assert not document.is_modified


def test_saves_of_one_document_are_written_one_after_another_in_order(
    saves: Saves, document: Document, disk: Disk, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.json" for number in range(8)]
    for path in paths:
        rename(document, path.stem)
        saves.save(document, path)
    told: list[SaveResult] = []
    saves.finished.connect(told.append)
    assert saves.wait(10)
    assert [one.path for one in told] == paths == disk.order
    assert disk.most == 1
    assert [load(path, document.catalog).graph.name for path in paths] == [path.stem for path in paths]
    assert document.path == paths[-1]


def test_a_slow_disk_holds_up_its_own_document_only(
    saves: Saves, document: Document, disk: Disk, catalog: Catalog, tmp_path: Path
) -> None:
    disk.at_once = False
    other = Document(generate(3, 2), catalog=catalog, path=tmp_path / "other.json")
    saves.save(document)
    saves.save(other)
    assert disk.begun.acquire(timeout=10)
    assert disk.begun.acquire(timeout=10)
    assert disk.most == 2


def test_a_document_is_saving_until_the_result_was_taken_up(saves: Saves, document: Document, disk: Disk) -> None:
    assert not saves.is_saving(document)
    disk.at_once = False
    saves.save(document)
    assert saves.is_saving(document)
    assert saves.busy
    assert not saves.wait(0)
    disk.through.release()
    assert saves.wait(10)
    assert not saves.is_saving(document)
    assert not saves.busy


def test_the_path_is_that_of_the_last_save_that_went_well(
    saves: Saves, document: Document, disk: Disk, tmp_path: Path
) -> None:
    names: list[str] = []
    document.state_changed.connect(lambda: names.append(document.title))
    saves.save(document, tmp_path / "good.json.gz")
    assert saves.wait(10)
    assert (document.title, names[-1]) == ("good", "good")
    disk.error = FULL
    saves.save(document, tmp_path / "bad.json")
    assert saves.wait(10)
    assert document.title == "good"


def test_whoever_waits_for_results_is_woken_on_the_saving_thread(document: Document) -> None:
    woken = threading.Event()
    where: list[str] = []

    def wake() -> None:
        where.append(threading.current_thread().name)
        woken.set()

    saves = Saves(wake)
    saves.save(document)
    assert woken.wait(10)
    [result] = saves.settle()
    assert (result.document, result.error) == (document, None)
    assert where == ["casare-save"]
    assert saves.settle() == []
    saves.close()


def test_results_are_taken_up_on_the_thread_that_settles_and_not_before(
    saves: Saves, document: Document, disk: Disk, tmp_path: Path
) -> None:
    before = document.path
    threads: list[int] = []
    saves.finished.connect(lambda _: threads.append(threading.get_ident()))
    disk.at_once = False
    saves.save(document, tmp_path / "new.json")
    assert disk.begun.acquire(timeout=10)
    disk.through.release()
    assert document.path == before
    assert saves.wait(10)
    assert document.path == tmp_path / "new.json"
    assert threads == [threading.get_ident()]


def test_closing_waits_for_what_was_begun(document: Document, disk: Disk) -> None:
    disk.at_once = False
    saves = Saves(write=disk)
    for number in range(3):
        rename(document, str(number))
        saves.save(document)
    letting = threading.Thread(target=lambda: [disk.through.release() for _ in range(3)])
    letting.start()
    saves.close()
    letting.join()
    assert len(disk.order) == 3
    assert document.path is not None
    assert load(document.path, document.catalog).graph.name == "2"


def test_a_document_without_a_file_needs_a_path(saves: Saves, catalog: Catalog, tmp_path: Path) -> None:
    document = Document(generate(2, 1), catalog=catalog)
    with pytest.raises(ValueError, match="path"):
        saves.save(document)
    assert not saves.busy
    saves.save(document, tmp_path / "a.json")
    assert saves.wait(10)
    assert document.path == tmp_path / "a.json"


@pytest.mark.parametrize("name", ["a.txt", "missing/a.json", "folder.json"])
def test_what_cannot_be_written_is_told(name: str, saves: Saves, document: Document, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    add(document, "one")
    saves.save(document, tmp_path / name)
    told: list[SaveResult] = []
    saves.finished.connect(told.append)
    assert saves.wait(10)
    assert isinstance(told[0].error, FileError)
    assert told[0].error.mend
    assert document.is_modified


def test_a_value_that_json_cannot_hold_is_told_with_its_node(saves: Saves, document: Document) -> None:
    document.do(AddNodes((Node("odd", "LogNode", {"message": object()}),)))
    saves.save(document)
    told: list[SaveResult] = []
    saves.finished.connect(told.append)
    assert saves.wait(10)
    assert told[0].error is not None
    assert "odd" in told[0].error.where


def test_an_error_that_nobody_foresaw_is_told_too(
    saves: Saves, document: Document, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    disk.error = ZeroDivisionError("a defect")
    saves.save(document)
    told: list[SaveResult] = []
    saves.finished.connect(told.append)
    assert saves.wait(10)
    assert told[0].error is not None
    assert "ZeroDivisionError: a defect" in told[0].error.what
    assert "a save failed" in caplog.text


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_file_whole(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves = Saves()
    saves.save(document)
    assert saves.wait(10)
    assert document.path is not None
    old = document.path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    add(document, "one")
    monkeypatch.setattr(os, "fsync", full)
    told: list[SaveResult] = []
    saves.finished.connect(told.append)
    saves.save(document)
    assert saves.wait(10)
    assert told[0].error is not None
    assert "full" in told[0].error.what
    assert document.path.read_bytes() == old
    assert [one.name for one in document.path.parent.iterdir()] == [document.path.name]


def test_a_snapshot_costs_no_more_than_a_copy_of_the_tables(catalog: Catalog, tmp_path: Path, disk: Disk) -> None:
    disk.at_once = False
    saves = Saves(write=disk)
    document = Document(generate(2_000, 1), catalog=catalog, path=tmp_path / "a.json")
    values = document.graph.nodes
    saves.save(document)
    assert document.graph.nodes is values, "the document keeps its own tables; the thread has the copy"
    assert all(document.graph.nodes[node_id] is node for node_id, node in values.items())
    disk.through.release()
    saves.close()
