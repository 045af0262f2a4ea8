"""Grades on the start page."""

from __future__ import annotations

from pathlib import Path

from casare.app.documents.document import Document
from casare.app.profiler.grade_note import remember_grade
from casare.catalog import Catalog
from casare.model import AddNodes, Node
from casare.storage import PreviewCache, preview


def graded(path: Path, catalog: Catalog) -> Document:
    document = Document(catalog=catalog)
    document.do(AddNodes((Node("log", "LogNode"),)))
    document.grade = "B"
    document.save(path)
    return document


def test_the_grade_of_a_plain_file_is_shown_by_its_next_preview(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "plain.json"
    document = graded(path, catalog)
    assert preview(path, catalog, PreviewCache()).grade != "B"
    remember_grade(document)
    assert preview(path, catalog, PreviewCache()).grade == "B"


def test_a_document_with_unsaved_changes_leaves_the_note_alone(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "plain.json"
    document = graded(path, catalog)
    document.do(AddNodes((Node("more", "LogNode"),)))
    remember_grade(document)
    assert preview(path, catalog, PreviewCache()).grade != "B"


def test_a_file_that_has_gone_is_no_error(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "plain.json"
    document = graded(path, catalog)
    path.unlink()
    remember_grade(document)
    assert not path.exists()
