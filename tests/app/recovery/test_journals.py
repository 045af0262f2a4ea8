"""Journals of a session: written within moments, gone when nothing is unsaved, given back after a death."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from casare.app.documents.document import Document
from casare.app.recovery.journals import Journals, JournalTrouble
from casare.app.recovery.lost import KEPT_S, Lost, LostWork
from casare.app.recovery.places import OwnFolder, journals_folder
from casare.app.recovery.track import essential
from casare.app.session import Session
from casare.catalog import Catalog
from casare.model import AddNodes, Graph, MoveNodes, Node, SetConfig, SetVariables
from casare.storage import generate, load, save
from casare.storage.keeping.journal import read_journal
from casare.storage.keeping.stamps import OnDisk
from tests_performance.random_edits import random_edit

Editor = tuple[Session, Journals]


class _Editors:
    """Editors of one user; a dead one leaves its folder and no lock."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.troubles: list[JournalTrouble] = []
        self._alive: list[Journals] = []
        self._looking: list[LostWork] = []

    def start(self) -> Editor:
        session = Session(self.catalog)
        journals = Journals(session, self.troubles.append, gather_s=0.0)
        self._alive.append(journals)
        return session, journals

    def die(self, editor: Editor) -> None:
        """Let the lock go as the system does, with everything left lying about."""
        assert editor[1].flush()
        editor[1].folder._lock.release()
        for track in editor[1]._tracks.values():
            track.file.close()
        self._alive.remove(editor[1])

    def look(self) -> list[Lost]:
        self.look_away()
        self._looking.append(LostWork(self.catalog))
        return self._looking[-1].find()

    def look_away(self) -> None:
        while self._looking:
            self._looking.pop().close()

    def end(self) -> None:
        self.look_away()
        for journals in self._alive:
            journals.close()


@pytest.fixture
def editors(catalog: Catalog) -> Iterator[_Editors]:
    """Return what starts and kills editors."""
    made = _Editors(catalog)
    yield made
    made.end()


@pytest.fixture
def file(tmp_path: Path, catalog: Catalog) -> Path:
    """Return a workflow file."""
    return save(generate(20, seed=7), tmp_path / "größe 🦊.json", catalog=catalog).path


def _journals() -> list[Path]:
    return sorted(journals_folder().rglob("*.journal"))


def _edit(document: Document, name: str = "added") -> None:
    document.do(AddNodes((Node(name, "LogNode"),)))


def test_nothing_is_written_before_the_first_edit(editors: _Editors, file: Path) -> None:
    session, journals = editors.start()
    session.open(file)
    session.new()
    assert journals.flush()
    assert not journals_folder().exists()


def test_every_edit_undo_and_redo_comes_back_after_a_death(editors: _Editors, file: Path) -> None:
    editor = editors.start()
    document = editor[0].open(file)
    rng = random.Random(3)
    for _ in range(200):
        document.do(random_edit(document.graph, rng))
        if rng.random() < 0.2:
            document.undo()
        if rng.random() < 0.1:
            document.redo()
    editors.die(editor)
    (lost,) = editors.look()
    assert lost.recover() == document.graph
    assert (lost.path, lost.title, lost.on_disk, lost.declined) == (file, "größe 🦊", OnDisk.SAME, False)
    assert lost.edits > 100
    assert lost.differences


def test_a_document_that_was_never_saved_comes_back_too(editors: _Editors) -> None:
    editor = editors.start()
    document = editor[0].new()
    _edit(document)
    editors.die(editor)
    (lost,) = editors.look()
    assert lost.path is None
    assert lost.title == document.title
    assert lost.recover() == document.graph
    assert lost.differences.added == ("Log",)


def test_saving_undoing_all_or_closing_leaves_nothing_to_recover(editors: _Editors, file: Path) -> None:
    editor = session, journals = editors.start()
    saved, undone, closed = session.open(file), session.new(), session.new()
    for document in (saved, undone, closed):
        _edit(document)
    assert journals.flush()
    assert len(_journals()) == 3
    session.save(saved)
    undone.undo()
    session.close(closed)
    assert journals.flush()
    assert len(_journals()) == 1
    editors.die(editor)
    assert editors.look() == []
    assert _journals() == []


def test_edits_after_a_save_stand_on_the_new_file(editors: _Editors, file: Path) -> None:
    editor = session, _ = editors.start()
    document = session.open(file)
    _edit(document, "before")
    session.save(document)
    _edit(document, "after")
    editors.die(editor)
    (lost,) = editors.look()
    assert lost.differences.added == ("Log",)
    assert (lost.on_disk, lost.edits) == (OnDisk.SAME, 1)
    assert lost.stamp == document.stamp


def test_a_living_editor_is_left_alone_and_two_with_one_file_are_told_apart(editors: _Editors, file: Path) -> None:
    one, other = editors.start(), editors.start()
    _edit(one[0].open(file), "one")
    _edit(other[0].open(file), "other")
    assert other[1].flush()
    editors.die(one)
    (lost,) = editors.look()
    assert "one" in lost.recover().nodes
    editors.die(other)
    assert {next(iter(lost.recover().nodes.keys() & {"one", "other"})) for lost in editors.look()} == {"one", "other"}


def test_what_one_editor_is_looking_at_is_not_offered_by_another(editors: _Editors, catalog: Catalog) -> None:
    editor = editors.start()
    _edit(editor[0].new())
    editors.die(editor)
    assert len(editors.look()) == 1
    second = LostWork(catalog)
    assert second.find() == []
    editors.look_away()
    assert len(second.find()) == 1
    second.close()


def test_a_second_death_during_recovery_loses_nothing_and_doubles_nothing(editors: _Editors, file: Path) -> None:
    first = editors.start()
    _edit(first[0].open(file))
    editors.die(first)
    (lost,) = editors.look()
    second = session, journals = editors.start()
    document = session.show(Document(lost.recover(), catalog=editors.catalog, path=file))
    # It dies after the new journal is sure and before the old one is deleted.
    journals.adopt(document, edits=lost.edits, follows=lost.name, then=lambda: None)
    editors.look_away()
    editors.die(second)
    (again,) = editors.look()
    assert again.file != lost.file
    assert again.recover() == document.graph
    assert not lost.file.exists()


def test_an_adopted_journal_takes_the_place_of_the_old_one(editors: _Editors, file: Path) -> None:
    first = editors.start()
    _edit(first[0].open(file))
    editors.die(first)
    (lost,) = editors.look()
    session, journals = editors.start()
    document = session.show(Document(lost.recover(), catalog=editors.catalog, path=file))
    journals.adopt(document, edits=lost.edits, follows=lost.name, then=lost.discard)
    assert journals.flush()
    assert not lost.file.exists()
    assert len(_journals()) == 1


def test_declined_work_is_kept_for_a_week(editors: _Editors) -> None:
    editor = editors.start()
    _edit(editor[0].new())
    editors.die(editor)
    (lost,) = editors.look()
    lost.decline()
    (declined,) = editors.look()
    assert declined.declined
    assert declined.recover() == lost_graph(declined)
    long_ago = time.time() - KEPT_S - 60
    os.utime(declined.file, (long_ago, long_ago))
    assert editors.look() == []
    editors.look_away()
    assert list(journals_folder().iterdir()) == []


def lost_graph(lost: Lost) -> Graph:
    """Return what the journal of lost work holds."""
    return read_journal(lost.file).replay()


@pytest.mark.parametrize("spoil", ["change", "remove"])
def test_a_file_that_changed_meanwhile_is_told(spoil: str, editors: _Editors, file: Path) -> None:
    editor = editors.start()
    _edit(editor[0].open(file))
    editors.die(editor)
    if spoil == "change":
        save(generate(3, seed=1), file, catalog=editors.catalog)
    else:
        file.unlink()
    (lost,) = editors.look()
    assert lost.on_disk is (OnDisk.CHANGED if spoil == "change" else OnDisk.MISSING)
    assert "added" in lost.recover().nodes


def test_a_damaged_journal_hides_no_other(editors: _Editors) -> None:
    editor = editors.start()
    for _ in range(2):
        _edit(editor[0].new())
    editors.die(editor)
    _journals()[0].write_bytes(b"nonsense")
    assert len(editors.look()) == 1
    assert len(_journals()) == 2


def test_a_journal_that_grows_is_begun_anew_with_a_snapshot(editors: _Editors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casare.app.recovery.track.GROWN_BYTES", 2000)
    editor = session, journals = editors.start()
    document = session.new()
    _edit(document)
    sizes = []
    for number in range(60):
        document.do(SetConfig("added", {"text": f"{number} " * 50}))
        assert journals.flush()
        sizes.append(_journals()[0].stat().st_size)
    assert max(sizes) < 8000
    assert any(after < before for before, after in pairwise(sizes))
    editors.die(editor)
    (lost,) = editors.look()
    assert lost.recover() == document.graph
    assert lost.edits == 61


def test_the_moves_of_a_drag_are_written_as_one() -> None:
    changes = [MoveNodes({"a": (n, n), "b": (n, 0)}) for n in range(50)]
    other = SetVariables({"x": 1})
    assert essential([*changes, other, *changes[:3]]) == [changes[-1], other, changes[2]]
    assert essential([changes[0], MoveNodes({"a": (5, 5)})]) == [changes[0], MoveNodes({"a": (5, 5)})]


def test_a_journal_that_cannot_be_written_is_told_once_and_goes_on_when_it_can(
    editors: _Editors, casare_home: Path
) -> None:
    editor = session, journals = editors.start()
    document = session.new()
    blocked = journals_folder()
    blocked.parent.mkdir(parents=True)
    blocked.write_text("a file in the place of the folder")
    for number in range(3):
        _edit(document, f"n{number}")
        assert journals.flush()
    assert [one.document for one in editors.troubles] == [document]
    assert "cannot be written" in editors.troubles[0].error.what
    assert editors.troubles[0].error.mend
    blocked.unlink()
    _edit(document, "late")
    editors.die(editor)
    (lost,) = editors.look()
    assert lost.recover() == document.graph


def test_a_disk_that_is_full_in_the_middle_of_a_record_costs_only_what_did_not_fit(editors: _Editors) -> None:
    import resource

    editor = session, journals = editors.start()
    document = session.new()
    _edit(document)
    assert journals.flush()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_journals()[0].stat().st_size + 40, hard))
        document.do(SetConfig("added", {"text": "".join(random.Random(1).choices("abcdefgh", k=3000))}))
        assert journals.flush()
        full = read_journal(_journals()[0])
        _edit(document, "more")
        assert journals.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(editors.troubles) == 1
    assert full.edits == 1
    _edit(document, "after")
    editors.die(editor)
    (lost,) = editors.look()
    assert lost.recover() == document.graph


def test_a_value_that_no_file_can_hold_is_told_and_breaks_nothing(editors: _Editors) -> None:
    session, journals = editors.start()
    document = session.new()
    _edit(document)
    document.do(SetConfig("added", {"odd": object()}))
    assert journals.flush()
    assert "no JSON" in editors.troubles[0].error.what
    document.do(SetConfig("added", {"odd": 1}))
    assert journals.flush()
    assert read_journal(_journals()[0]).replay() == document.graph


def test_an_edit_waits_for_no_disk(editors: _Editors, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    real: Callable[[int], None] = os.fsync

    def slow(descriptor: int) -> None:
        gate.wait(10)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    session, journals = editors.start()
    document = session.new()
    for number in range(50):
        _edit(document, f"n{number}")
    assert not journals.flush(0.0)
    gate.set()
    assert journals.flush()
    assert len(read_journal(_journals()[0]).replay().nodes) == 50


def test_a_clean_end_leaves_no_trace(catalog: Catalog) -> None:
    session = Session(catalog)
    journals = Journals(session, folder=OwnFolder())
    _edit(session.new())
    assert journals.flush()
    assert len(_journals()) == 1
    journals.close()
    assert list(journals_folder().iterdir()) == []


def test_a_file_loads_as_it_was_while_its_journal_grows(editors: _Editors, file: Path) -> None:
    before = file.read_bytes()
    session, journals = editors.start()
    _edit(session.open(file))
    assert journals.flush()
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
    assert load(file, editors.catalog).graph == generate(20, seed=7)
