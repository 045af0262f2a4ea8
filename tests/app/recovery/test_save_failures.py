"""Saves that fail: what is said, the file as it was, the work in memory and in the journal."""

from __future__ import annotations

import errno
import resource
from pathlib import Path

import pytest

from casare.app.documents.document import Document
from casare.app.recovery.journals import Journals
from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.errors import ChangeRefusedError, FileError
from casare.model import AddNodes, Node
from casare.storage import encode, generate, load, save
from casare.storage.keeping.journal import read_journal
from casare.storage.writing.writer import writing


def _edited(session: Session, path: Path) -> Document:
    document = session.open(path)
    document.do(AddNodes((Node("mine", "LogNode"),)))
    return document


def test_a_save_on_a_full_drive_leaves_file_document_and_journal_whole(tmp_path: Path, catalog: Catalog) -> None:
    path = save(generate(200, seed=1), tmp_path / "a.json", catalog=catalog).path
    before = path.read_bytes()
    session = Session(catalog)
    journals = Journals(session, gather_s=0.0)
    document = _edited(session, path)
    assert journals.flush()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
        with pytest.raises(FileError) as caught:
            session.save(document)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "4 GB" in caught.value.what
    assert ".json.zst" in caught.value.mend
    assert caught.value.where == str(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    assert document.is_modified
    (journal,) = journals.folder.path.glob("*.journal")
    assert read_journal(journal).replay() == document.graph
    journals.close()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EROFS, "The drive is read-only."),
        (errno.ESTALE, "The drive does not answer."),
        (errno.EHOSTUNREACH, "The drive does not answer."),
        (errno.EIO, "The drive reports a fault."),
        (errno.EACCES, "The folder may not be written to."),
    ],
)
def test_what_the_system_says_becomes_what_where_and_a_way_out(number: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught, writing(tmp_path / "a.json"):
        raise OSError(number, "as the system puts it")
    assert caught.value.what.startswith(said)
    assert caught.value.where == str(tmp_path / "a.json")
    assert "save" in caught.value.mend.lower()


@pytest.mark.parametrize("name", ["workflow", "arbeit größe 🦊"])
def test_a_file_without_a_suffix_keeps_its_format(name: str, tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / name
    for packed in ("a.json", "a.json.zst", "a.json.gz"):
        path.write_bytes(save(generate(5, seed=2), tmp_path / packed, catalog=catalog).path.read_bytes())
        head = path.read_bytes()[:2]
        session = Session(catalog)
        document = _edited(session, path)
        session.save(document)
        assert path.read_bytes()[:2] == head
        assert load(path, catalog).graph == document.graph


def test_a_new_file_without_a_suffix_is_refused_with_what_to_do(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(FileError, match=r"\.json"):
        Session(catalog).new().save(tmp_path / "workflow")
    assert list(tmp_path.iterdir()) == []


def test_a_frozen_document_refuses_edits_undo_and_redo_but_can_be_written(tmp_path: Path, catalog: Catalog) -> None:
    document = Session(catalog).new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    document.freeze("This is a preview.")
    for act in (lambda: document.do(AddNodes((Node("b", "LogNode"),))), document.undo, document.redo):
        with pytest.raises(ChangeRefusedError, match="This is a preview"):
            act()
    document.save(tmp_path / "a.json")
    assert (tmp_path / "a.json").read_bytes() == encode(document.graph)
    document.freeze("")
    document.undo()
    assert not document.graph.nodes
