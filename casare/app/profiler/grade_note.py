"""Grades that the start page can show although their file has no place for one."""

from __future__ import annotations

from contextlib import suppress

from casare.app.documents.document import Document
from casare.foundation.errors import CasareError
from casare.storage import PreviewCache, note_grade


def remember_grade(document: Document) -> None:
    """Let the start page show the grade of a document that is as its file is. Does nothing for any other."""
    if document.path is None or document.is_modified or not document.grade:
        return
    # A file that has gone meanwhile, or a cache that cannot be written, costs a chip on a card and nothing else.
    with suppress(CasareError, OSError):
        note_grade(document.path, document.catalog, PreviewCache(), document.grade)
