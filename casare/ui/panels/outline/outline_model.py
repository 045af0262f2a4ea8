"""The outline of a graph as Qt's trees want it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.app.faces import Face, face_of
from casare.app.finding import Outline, Row, RowKind, outline
from casare.app.level import Level

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
FACE_ROLE = ROW_ROLE + 1
_ROOT = QModelIndex()
_NOTHING = Outline((), {}, {})
_NOTE_TITLE = 80
_BATCH = 300
"""How many rows at the top are served at once; a tree of ten thousand is not laid out to show forty."""

Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractItemModel):
    """Serve the outline of one document. What a row says is worked out when it is seen, not before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Level | None = None
        self._outline = _NOTHING
        self._served = _BATCH
        self._numbers: dict[Row, int] = {}
        self._rows: list[Row] = []
        self._places: dict[Row, int] = {}

    @property
    def total(self) -> int:
        """Return how many rows there are, folded away or not."""
        return len(self._rows)

    def show_document(self, document: Level | None, only: Collection[Row] | None = None) -> None:
        """Serve the outline of a document as it is now; with `only`, no more than those rows and the frames around."""
        made = outline(document.graph) if document is not None else _NOTHING
        made = made if only is None else _narrowed(made, only)
        if document is self._document and made == self._outline:
            self.refresh()
            return
        self.beginResetModel()
        self._document = document
        self._outline = made
        self._served = _BATCH
        self._rows = []
        self._places = {}
        for rows in (self._outline.top, *self._outline.inside.values()):
            self._rows += rows
            self._places.update((row, place) for place, row in enumerate(rows))
        self._numbers = {row: number for number, row in enumerate(self._rows)}
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """Return what an index stands for."""
        return self._rows[index.internalId()] if index.isValid() else None

    def index_of(self, row: Row) -> QModelIndex:
        """Return where something stands, an invalid index when it does not; rows up to there are served then."""
        number = self._numbers.get(row)
        if number is None:
            return QModelIndex()
        place = self._places[row]
        if place >= self._served and self._outline.frame_of.get(row.id) is None:
            self._serve(place + _BATCH)
        return self.createIndex(place, 0, number)

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return the index of a child."""
        rows = self._children(parent)
        if column or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[rows[row]])

    def parent(self, index: Index | None = None) -> Any:
        """Return the index of the frame around, an invalid one at the top."""
        if index is None:
            return super().parent()
        row = self.row_at(index)
        frame = self._outline.frame_of.get(row.id) if row is not None and row.kind is not RowKind.NOTE else None
        return self.index_of(Row(RowKind.FRAME, frame)) if frame is not None else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many children there are."""
        count = len(self._children(parent))
        return count if parent.isValid() else min(count, self._served)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say of everything but frames that nothing stands inside, which saves the tree from asking."""
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if row.kind is RowKind.FRAME else chosen | Qt.ItemFlag.ItemNeverHasChildren

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return that there is one column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return how a row reads, the row itself, or the face of its node."""
        row = self.row_at(index)
        if row is None or self._document is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == FACE_ROLE:
            return self._face(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(row)}, {row.kind.value}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are more rows at the top than the tree has asked for."""
        return not parent.isValid() and self._served < len(self._outline.top)

    def fetchMore(self, parent: Index) -> None:
        """Serve some more rows at the top."""
        if self.canFetchMore(parent):
            self._serve(self._served + _BATCH)

    def _serve(self, count: int) -> None:
        first, last = self._served, min(count, len(self._outline.top)) - 1
        if last >= first:
            self.beginInsertRows(QModelIndex(), first, last)
            self._served = count
            self.endInsertRows()

    def holds(self, row: Row) -> bool:
        """Tell whether something stands in the outline as it was made last."""
        return row in self._numbers

    def refresh(self) -> None:
        """Say that rows may read otherwise."""
        last = self.rowCount() - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0))

    def _children(self, parent: Index) -> tuple[Row, ...]:
        if not parent.isValid():
            return self._outline.top
        row = self.row_at(parent)
        return self._outline.inside.get(row.id, ()) if row is not None and row.kind is RowKind.FRAME else ()

    def _face(self, row: Row) -> Face | None:
        document = self._document
        node = document.graph.nodes.get(row.id) if document is not None and row.kind is RowKind.NODE else None
        return face_of(node, document.catalog) if node is not None and document is not None else None

    def _title(self, row: Row) -> str:
        document = self._document
        if document is None:
            return ""
        if row.kind is RowKind.FRAME:
            frame = document.graph.frames.get(row.id)
            return (frame.title if frame is not None else "") or "Frame"
        if row.kind is RowKind.NOTE:
            note = document.graph.notes.get(row.id)
            text = note.text.strip() if note is not None else ""
            return text.partition("\n")[0].strip("# ")[:_NOTE_TITLE] or "Empty note"
        face = self._face(row)
        return face.title if face is not None else ""


def _narrowed(made: Outline, only: Collection[Row]) -> Outline:
    """Return no more of an outline than these rows, with the frames that lead to them."""
    kept = set(only)
    for row in only:
        around = made.frame_of.get(row.id) if row.kind is not RowKind.NOTE else None
        while around is not None and Row(RowKind.FRAME, around) not in kept:
            kept.add(Row(RowKind.FRAME, around))
            around = made.frame_of.get(around)
    inside = {key: tuple(row for row in rows if row in kept) for key, rows in made.inside.items()}
    return Outline(tuple(row for row in made.top if row in kept), inside, made.frame_of)
