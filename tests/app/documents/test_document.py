"""Claims about an open document."""

from __future__ import annotations

from pathlib import Path

import pytest

from casare.app.documents.document import Document
from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError, FileError
from casare.model import AddNodes, Connect, Connection, Disconnect, Graph, MoveNodes, Node, RemoveNodes, RenameNode
from casare.storage import load


@pytest.fixture
def document(catalog: Catalog) -> Document:
    wire = Connection("a", "exec_out", "b", "exec_in")
    return Document(Graph([Node("a", "LogNode"), Node("b", "LogNode")], [wire]), catalog=catalog)


def test_a_new_document_is_pristine_until_it_is_touched(catalog: Catalog) -> None:
    document = Document(catalog=catalog)
    assert document.is_pristine
    document.do(AddNodes((Node("a", "LogNode"),)))
    assert not document.is_pristine
    assert document.is_modified
    document.undo()
    assert document.is_pristine


def test_untitled_documents_have_different_titles(catalog: Catalog) -> None:
    titles = {Document(catalog=catalog).title for _ in range(3)}
    assert len(titles) == 3
    assert all(title.startswith("Untitled ") for title in titles)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("orders.json", "orders"),
        ("orders.json.gz", "orders"),
        ("orders.v2.JSON.ZST", "orders.v2"),
        (".json", ".json"),
        ("orders.txt", "orders.txt"),
    ],
)
def test_the_title_is_the_file_name_without_suffixes(catalog: Catalog, name: str, title: str) -> None:
    assert Document(catalog=catalog, path=Path("/somewhere") / name).title == title


def test_doing_nothing_is_no_step(document: Document) -> None:
    document.do(None)
    assert not document.is_modified
    assert document.undo() is None


def test_a_refused_edit_changes_neither_document_nor_marks(document: Document) -> None:
    with pytest.raises(ChangeRefusedError):
        document.do(RemoveNodes(("a",)))
    assert not document.is_modified
    assert list(document.graph.nodes) == ["a", "b"]


def test_edit_undo_and_redo_are_each_told_once_with_what_they_touched(document: Document) -> None:
    facts: list[GraphChanged] = []
    marks: list[bool] = []
    document.changed.connect(facts.append)
    document.state_changed.connect(lambda: marks.append(document.is_modified))
    document.do(RenameNode("a", "First"))
    document.undo()
    document.redo()
    assert facts == [GraphChanged(nodes=frozenset("a"))] * 3
    assert marks == [True, False, True]


def test_what_an_edit_removes_is_no_longer_selected_and_the_rest_still_is(document: Document) -> None:
    key = ("a", "exec_out", "b", "exec_in")
    document.selection.set(["a", "b"], [key])
    document.do(Disconnect((key,)))
    assert not document.selection.wires
    document.do(RemoveNodes(("a",)))
    assert document.selection.nodes == {"b"}


def test_merged_steps_join_until_sealed(document: Document) -> None:
    for x in range(5):
        document.do(MoveNodes({"a": (x, 0)}), merge="drag")
    document.seal()
    document.do(MoveNodes({"a": (9, 0)}), merge="drag")
    assert len(document.history.labels()[0]) == 2


def test_saving_marks_this_state_and_not_a_later_one(document: Document, tmp_path: Path) -> None:
    document.do(RenameNode("a", "Saved"))
    document.save(tmp_path / "flow.json")
    assert not document.is_modified
    assert document.title == "flow"
    document.do(RenameNode("a", "Later"))
    assert document.is_modified
    document.undo()
    assert not document.is_modified
    assert load(tmp_path / "flow.json", document.catalog).graph.nodes["a"].name == "Saved"


def test_saving_again_needs_no_path(document: Document, tmp_path: Path) -> None:
    document.save(tmp_path / "flow.json")
    document.do(RenameNode("b", "Second"))
    assert document.save().path == tmp_path / "flow.json"
    assert load(tmp_path / "flow.json", document.catalog).graph.nodes["b"].name == "Second"


def test_saving_without_any_path_is_a_defect_of_the_caller(document: Document) -> None:
    with pytest.raises(ValueError, match="path"):
        document.save()


def test_a_path_given_relatively_is_kept_absolute(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    document.save(Path("flow.json"))
    assert document.path == tmp_path / "flow.json"


def test_a_failed_save_leaves_the_document_modified_and_without_the_path(document: Document, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    document.do(RenameNode("a", "Unsaved"))
    with pytest.raises(FileError):
        document.save(tmp_path / "file" / "flow.json")
    assert document.is_modified
    assert document.path is None


def test_revealing_selects_what_exists_and_asks_for_it(document: Document) -> None:
    asked: list[tuple[str, ...]] = []
    document.reveal_requested.connect(asked.append)
    document.reveal(["b", "gone"])
    assert document.selection.nodes == {"b"}
    document.reveal([], [("a", "exec_out", "b", "exec_in"), ("gone", "x", "b", "y")])
    assert document.selection.wires == {("a", "exec_out", "b", "exec_in")}
    document.reveal(["a"], select=False)
    assert document.selection.wires
    document.reveal(["gone"])
    assert asked == [("b",), ("a", "b"), ("a",)]


def test_undoing_a_removal_brings_the_wires_back(document: Document) -> None:
    document.do(Disconnect((("a", "exec_out", "b", "exec_in"),)))
    document.do(RemoveNodes(("a",)))
    document.undo()
    document.undo()
    assert list(document.graph.incoming("b")) == [("a", "exec_out", "b", "exec_in")]
    document.do(Connect((Connection("a", "exec_out", "b", "other"),)))
    assert len(document.graph.incoming("b")) == 2
