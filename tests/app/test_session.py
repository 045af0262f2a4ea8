"""Claims about the open documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.errors import FileError
from casare.model import AddNodes, Graph, Node, RenameNode
from casare.storage import generate, load, save


@pytest.fixture
def session(catalog: Catalog) -> Session:
    return Session(catalog)


def write(path: Path, *, name: str = "Orders") -> Path:
    save(Graph([Node("log", "LogNode", {"message": "hi"})], metadata={"name": name}), path)
    return path


def test_opening_a_file_twice_gives_the_same_document(session: Session, tmp_path: Path) -> None:
    path = write(tmp_path / "flow.json")
    first = session.open(path)
    session.new()
    assert session.open(path) is first
    assert session.active is first
    assert len(session.documents) == 2


@pytest.mark.parametrize("spelling", ["dotted", "linked", "relative"])
def test_the_same_file_under_another_spelling_is_the_same_document(
    session: Session, tmp_path: Path, spelling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = session.open(write(tmp_path / "flow.json"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.json").symlink_to(tmp_path / "flow.json")
    monkeypatch.chdir(tmp_path)
    other = {
        "dotted": tmp_path / "folder" / ".." / "flow.json",
        "linked": tmp_path / "link.json",
        "relative": Path("flow.json"),
    }
    assert session.open(other[spelling]) is first


def test_a_file_that_was_deleted_while_open_is_still_the_open_document(session: Session, tmp_path: Path) -> None:
    first = session.open(write(tmp_path / "flow.json"))
    (tmp_path / "flow.json").unlink()
    assert session.open(tmp_path / "flow.json") is first


@pytest.mark.parametrize("content", [None, b"", b"not json", b"[1, 2]", b'"text"'])
def test_a_failed_open_changes_nothing(session: Session, tmp_path: Path, content: bytes | None) -> None:
    before = session.open(write(tmp_path / "good.json"))
    recents, told = session.recents.entries(), list[object]()
    session.opened.connect(told.append)
    session.active_changed.connect(told.append)
    bad = tmp_path / "bad.json"
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(FileError):
        session.open(bad)
    with pytest.raises(FileError):
        session.open_template(bad)
    assert session.documents == [before]
    assert session.active is before
    assert session.recents.entries() == recents
    assert told == []


def test_a_file_whose_name_is_no_valid_text_can_be_opened(session: Session, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.json")
    write(tmp_path / "flow.json").rename(path)
    session.open(path)
    assert session.recents.entries()[0].path == path
    assert Session(session.catalog).recents.entries()[0].path == path


def test_opening_remembers_the_file_and_shows_it_once(session: Session, tmp_path: Path) -> None:
    told: list[tuple[str, Document | None]] = []
    session.opened.connect(lambda document: told.append(("opened", document)))
    session.active_changed.connect(lambda document: told.append(("active", document)))
    document = session.open(write(tmp_path / "flow.json"))
    assert told == [("opened", document), ("active", document)]
    assert [one.path for one in session.recents.entries()] == [tmp_path / "flow.json"]
    assert not document.is_modified


def test_a_template_is_opened_as_an_unsaved_document_and_never_written_to(session: Session, tmp_path: Path) -> None:
    path = write(tmp_path / "template.json", name="Daily report")
    before = path.read_bytes()
    document = session.open_template(path)
    assert document.path is None
    assert document.title == "Daily report"
    assert session.recents.entries() == []
    assert session.open_template(path) is not document
    document.do(RenameNode("log", "Mine"))
    session.save(document, tmp_path / "mine.json")
    assert path.read_bytes() == before
    assert [one.path for one in session.recents.entries()] == [tmp_path / "mine.json"]


def test_saving_as_makes_the_new_file_the_document(session: Session, tmp_path: Path) -> None:
    document = session.new()
    session.save(document, tmp_path / "new.json.zst")
    assert session.open(tmp_path / "new.json.zst") is document
    document.do(AddNodes((Node("late", "LogNode"),)))
    session.save(document)
    assert list(load(tmp_path / "new.json.zst", session.catalog).graph.nodes) == ["late"]


def test_closing_the_active_document_brings_its_neighbour_to_the_front(session: Session) -> None:
    first, second, third = session.new(), session.new(), session.new()
    session.activate(second)
    session.close(second)
    assert session.active is third
    session.close(third)
    assert session.active is first
    session.close(first)
    assert session.active is None
    assert session.documents == []


def test_closing_another_document_leaves_the_active_one_in_front(session: Session) -> None:
    first, second = session.new(), session.new()
    told: list[Document | None] = []
    session.active_changed.connect(told.append)
    session.close(first)
    assert session.active is second
    assert told == []


def test_closing_is_told_when_the_document_is_no_longer_open(session: Session) -> None:
    document, seen = session.new(), list[tuple[Document, bool]]()
    session.closed.connect(lambda closed: seen.append((closed, closed in session.documents)))
    session.close(document)
    assert seen == [(document, False)]


def test_bringing_the_active_document_to_the_front_again_tells_nothing(session: Session) -> None:
    document, told = session.new(), list[Document | None]()
    session.active_changed.connect(told.append)
    session.activate(document)
    session.activate(None)
    session.activate(None)
    assert told == [None]
    assert session.documents == [document]


def test_a_session_may_hold_the_same_template_and_file_apart(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    save(generate(20, 1), path)
    opened, copied = session.open(path), session.open_template(path)
    assert opened.graph == copied.graph
    opened.do(RenameNode(next(iter(opened.graph.nodes)), "changed"))
    assert opened.graph != copied.graph
