"""Word files, without Word: open, read, replace and add text, save. python-docx does the reading and writing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from casare.nodes.documents.word_text import replace_in
from casare.nodes.extras import library
from casare.nodes.files.paths import FileToRead, existing_file, file_to_write, wanted_path
from casare.sdk import (
    Bound,
    Context,
    Cost,
    DataType,
    NodeError,
    Out,
    Param,
    Widget,
    as_choice,
    as_flag,
    as_items,
    as_list,
    as_text,
    node,
)

LAST_DOCUMENT: Final = "_document"
"""The run variable that holds the document opened last, for nodes that are given none."""

_COST: Final = Cost(complexity=5, runtime_ms=120, memory_mb=15, bound=Bound.IO)
_QUICK: Final = Cost(complexity=2, runtime_ms=5, memory_mb=1)
_STYLES: Final = ("paragraph", "title", "heading 1", "heading 2", "heading 3", "list", "table")
_Document = Annotated[
    Any, Param(type=DataType.DOCUMENT, help="The open document, from Open Word file; empty: the one opened last.")
]


class Document:
    """An open Word document, and the file it belongs to."""

    def __init__(self, held: Any, path: Path) -> None:
        self._held = held
        self.path = path
        self.closed = False

    def __repr__(self) -> str:
        return f"<document {self.path.name}{', closed' if self.closed else ''}>"

    @property
    def held(self) -> Any:
        """Return the document of python-docx. Raises NodeError when it is closed."""
        if self.closed:
            raise NodeError(f"the document {self.path.name} is closed", mend="Open it again, or close it later.")
        return self._held


class OpenedDocument(NamedTuple):
    """An open document."""

    document: Annotated[Any, Out(type=DataType.DOCUMENT)]
    title: str
    author: str
    success: bool


class WordText(NamedTuple):
    """What a document says."""

    text: Annotated[str, Out(aliases=("content", "result"), help="The paragraphs, each on a line.")]
    paragraphs: list[str]
    headings: Annotated[list[str], Out(help="The paragraphs that are headings.")]
    tables: Annotated[list[list[list[str]]], Out(help="Each table as rows of texts.")]
    success: bool


class Replaced(NamedTuple):
    """How much of a text was replaced."""

    replacements: Annotated[int, Out(aliases=("count",))]
    success: bool


class ClosedDocument(NamedTuple):
    """A document that is closed."""

    file_path: str
    success: bool


@node(
    "WordOpenNode",
    title="Open Word file",
    category="documents",
    icon="file-text",
    cost=_COST,
    headline="file_path",
    keywords=("docx", "document", "letter", "template"),
)
def word_open(
    context: Context,
    file_path: FileToRead,
    *,
    create_if_missing: Annotated[bool, Param(help="Begins an empty document when there is no file.")] = False,
    visible: Annotated[bool, Param(help="Of older files: casare reads the file itself and shows no Word.")] = False,
) -> OpenedDocument:
    """Open a Word file (docx) for the nodes that follow; Word need not be installed."""
    docx = library("docx", "office", "A Word file")
    path = wanted_path(context, file_path, "file_path")
    if as_flag(create_if_missing, "create_if_missing") and not path.exists():
        found = Document(docx.Document(), file_to_write(context, file_path))
    else:
        path = existing_file(context, file_path)
        found = Document(_loaded(docx, path), path)
    context.set_variable(LAST_DOCUMENT, found)
    facts = found.held.core_properties
    return OpenedDocument(found, as_text(facts.title), as_text(facts.author), True)


@node(
    "WordGetTextNode",
    title="Read Word text",
    category="documents",
    icon="scroll-text",
    cost=_QUICK,
    headline="",
    keywords=("docx", "content", "paragraphs", "tables", "extract"),
)
def word_get_text(context: Context, document: _Document = None) -> WordText:
    """Read the text of a Word document: its paragraphs, headings and tables."""
    held = _opened(context, document).held
    paragraphs = [one.text for one in held.paragraphs]
    headings = [one.text for one in held.paragraphs if one.style.name.startswith(("Heading", "Title"))]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in held.tables]
    return WordText("\n".join(paragraphs), paragraphs, headings, tables, True)


@node(
    "WordReplaceTextNode",
    title="Replace Word text",
    category="documents",
    icon="replace",
    cost=_QUICK,
    headline="{find} → {replace}",
    keywords=("docx", "fill", "template", "letter", "substitute"),
)
def word_replace_text(
    context: Context,
    document: _Document = None,
    find: Annotated[str, Param(aliases=("find_text", "search"), placeholder="[name]", help="What to look for.")] = "",
    replace: Annotated[str, Param(aliases=("replace_text", "replace_with"), help="What to put in its place.")] = "",
) -> Replaced:
    """Replace a text wherever it stands in a document, in tables, headers and footers too.

    What replaces it looks like the beginning of what was there. It is in the file when the document is closed.
    """
    wanted = as_text(find)
    if not wanted:
        raise ValueError("find is empty; write the text to look for")
    told = as_text(replace)
    return Replaced(sum(replace_in(one, wanted, told) for one in _paragraphs(_opened(context, document).held)), True)


@node(
    "WordAddTextNode",
    title="Add Word text",
    category="documents",
    icon="file-plus",
    cost=_QUICK,
    headline="{style}: {text}",
    keywords=("docx", "write", "append", "heading", "paragraph", "table"),
)
def word_add_text(
    context: Context,
    document: _Document = None,
    text: Annotated[
        Any, Param(widget=Widget.MULTILINE, help="What to write; for a list its items, for a table its rows.")
    ] = "",
    *,
    style: Annotated[
        Literal["paragraph", "title", "heading 1", "heading 2", "heading 3", "list", "table"],
        Param(help="What it becomes. A table is made of a list of lists, or of dicts, which name its columns."),
    ] = "paragraph",
) -> ClosedDocument:
    """Add a paragraph, a heading, a list or a table to the end of a document."""
    found = _opened(context, document)
    kind = as_choice(style, _STYLES, "style")
    if kind == "table":
        _add_table(found.held, _rows(text))
    elif kind == "list":
        for item in as_items(text, "text"):
            found.held.add_paragraph(as_text(item), style="List Bullet")
    elif kind == "paragraph":
        found.held.add_paragraph(as_text(text))
    else:
        found.held.add_heading(as_text(text), 0 if kind == "title" else int(kind[-1]))
    return ClosedDocument(str(found.path), True)


@node(
    "WordCloseNode",
    title="Close Word file",
    category="documents",
    icon="save",
    cost=_COST,
    headline="output_path",
    keywords=("docx", "document", "save", "write"),
)
def word_close(
    context: Context,
    document: _Document = None,
    output_path: Annotated[
        str, Param(widget=Widget.SAVE_FILE, aliases=("save_as",), help="Where to save; empty: where it came from.")
    ] = "",
    *,
    save: Annotated[bool, Param(help="Writes the file; without it, changes are lost.")] = True,
) -> ClosedDocument:
    """Save and close a Word document."""
    found = _opened(context, document)
    held, target = found.held, found.path
    if as_flag(save, "save"):
        target = file_to_write(context, as_text(output_path).strip() or str(found.path), "output_path")
        held.save(str(target))
    found.closed = True
    return ClosedDocument(str(target), True)


def _loaded(docx: Any, path: Path) -> Any:
    try:
        return docx.Document(str(path))
    except (docx.opc.exceptions.PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        raise NodeError(
            f"{path.name} cannot be read as a Word file", mend="It has to be docx; save older files anew in Word."
        ) from None


def _opened(context: Context, told: object) -> Document:
    found = context.get_variable(LAST_DOCUMENT) if told in (None, "") else told
    if isinstance(found, Document):
        return found
    raise NodeError("no Word document is open", mend="Put Open Word file before this node.")


def _paragraphs(held: Any) -> Iterator[Any]:
    """Give every paragraph of a document: in its body, in tables at any depth, in headers and footers."""
    yield from _inside(held)
    for section in held.sections:
        for part in (section.header, section.footer):
            # Asking a section that follows the one before for its paragraphs would give it a header of its own.
            if not part.is_linked_to_previous:
                yield from _inside(part)


def _inside(part: Any) -> Iterator[Any]:
    yield from part.paragraphs
    for table in part.tables:
        # A merged cell stands in every place it covers.
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            yield from _inside(cell)


def _rows(told: object) -> list[list[str]]:
    rows = as_list(told, "text")
    if rows and all(isinstance(row, dict) for row in rows):
        names = list(dict.fromkeys(name for row in rows for name in row))
        rows = [names, *([row.get(name, "") for name in names] for row in rows)]
    return [[as_text(cell) for cell in (row if isinstance(row, (list, tuple)) else [row])] for row in rows]


def _add_table(held: Any, rows: list[list[str]]) -> None:
    if not rows:
        raise ValueError("text holds no rows; give a list of lists, or of dicts")
    table = held.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    table.style = "Table Grid"
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=False):
            cell.text = text
