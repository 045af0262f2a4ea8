"""The outline of a graph as Qt's trees want it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.app.documents.faces import Face, face_of
from casare.app.documents.level import Level
from casare.app.finding import Outline, Row, RowKind, outline
from casare.app.subgraphs import MOST_LEVELS, definition_of
from casare.model import Graph, Subflow

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
FACE_ROLE = ROW_ROLE + 1
_ROOT = QModelIndex()
_NOTHING = Outline((), {}, {})
_NOTE_TITLE = 80
_BATCH = 300
"""How many rows at the top are served at once; a tree of ten thousand is not laid out to show forty."""
_HOLDERS = (RowKind.FRAME, RowKind.PORTALS)

Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractItemModel):
    """Serve the outline of one level. What a row says, and what is inside a subgraph, is worked out when it is seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Level | None = None
        self._outline = _NOTHING
        self._served = _BATCH
        self._numbers: dict[Row, int] = {}
        self._rows: list[Row] = []
        self._places: dict[Row, int] = {}
        self._inside: dict[Row, tuple[Row, ...]] = {}
        self._around: dict[Row, Row] = {}
        self._narrowed = False

    @property
    def total(self) -> int:
        """Return how many rows there are, folded away or not; what is inside subgraphs counts once it was seen."""
        return len(self._rows)

    def show_document(self, document: Level | None, only: Collection[Row] | None = None) -> None:
        """Serve the outline of a document as it is now; with `only`, no more than those rows and those around them."""
        made = outline(document.graph) if document is not None else _NOTHING
        made = made if only is None else _narrowed(made, only)
        opened = any(row.way for row in self._rows)
        if document is self._document and made == self._outline and not opened:
            self.refresh()
            return
        self.beginResetModel()
        self._document = document
        self._outline = made
        self._served = _BATCH
        self._rows, self._places, self._numbers = [], {}, {}
        self._inside, self._around = dict(made.inside), dict(made.around)
        self._narrowed = only is not None
        for rows in (made.top, *made.inside.values()):
            self._count(rows)
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
        if place >= self._served and row not in self._around:
            self._serve(place + _BATCH)
        return self.createIndex(place, 0, number)

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return the index of a child."""
        rows = self._children(parent)
        if column or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[rows[row]])

    def parent(self, index: Index | None = None) -> Any:
        """Return the index of what is around, an invalid one at the top."""
        if index is None:
            return super().parent()
        row = self.row_at(index)
        around = self._around.get(row) if row is not None else None
        return self.index_of(around) if around is not None else QModelIndex()

    def hasChildren(self, parent: Index = _ROOT) -> bool:
        """Tell whether anything stands inside, without looking into a subgraph for it."""
        row = self.row_at(parent)
        if row is None:
            return bool(self._outline.top)
        if row.kind is RowKind.NODE:
            inner = self._subgraph(row)
            return inner is not None and bool(inner.graph.nodes)
        return bool(self._inside.get(row))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many children there are."""
        count = len(self._children(parent))
        return count if parent.isValid() else min(count, self._served)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say of what holds nothing that nothing stands inside, which saves the tree from asking."""
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        holds = row.kind in _HOLDERS or (row.kind is RowKind.NODE and self._subgraph(row) is not None)
        return chosen if holds else chosen | Qt.ItemFlag.ItemNeverHasChildren

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
            kind = "subgraph" if row.kind is RowKind.NODE and self._subgraph(row) is not None else row.kind.value
            return f"{self._title(row)}, {kind}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are more rows at the top than the tree has asked for."""
        return not parent.isValid() and self._served < len(self._outline.top)

    def fetchMore(self, parent: Index) -> None:
        """Serve some more rows at the top."""
        if self.canFetchMore(parent):
            self._serve(self._served + _BATCH)

    def holds(self, row: Row) -> bool:
        """Tell whether something stands in the outline as it was made last."""
        return row in self._numbers

    def holders(self) -> list[Row]:
        """Return the rows that are unfolded at first: frames and the group of portals of the level itself."""
        return [row for row in self._outline.inside if self._outline.inside[row]]

    def refresh(self) -> None:
        """Say that rows may read otherwise."""
        last = self.rowCount() - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0))

    def _serve(self, count: int) -> None:
        first, last = self._served, min(count, len(self._outline.top)) - 1
        if last >= first:
            self.beginInsertRows(QModelIndex(), first, last)
            self._served = count
            self.endInsertRows()

    def _count(self, rows: Collection[Row]) -> None:
        self._numbers.update((row, number) for number, row in enumerate(rows, len(self._rows)))
        self._rows += rows
        self._places.update((row, place) for place, row in enumerate(rows))

    def _children(self, parent: Index) -> tuple[Row, ...]:
        row = self.row_at(parent)
        if row is None:
            return self._outline.top
        if row.kind is RowKind.NODE and row not in self._inside:
            self._look_into(row)
        return self._inside.get(row, ())

    def _look_into(self, row: Row) -> None:
        """Work out what is inside a subgraph instance."""
        inner = self._subgraph(row)
        made = outline(inner.graph, (*row.way, row.id)) if inner is not None else _NOTHING
        self._inside.update(made.inside)
        self._inside[row] = made.top
        self._around.update(made.around)
        self._around.update(dict.fromkeys(made.top, row))
        for rows in (made.top, *made.inside.values()):
            self._count(rows)

    def _subgraph(self, row: Row) -> Subflow | None:
        """Return the subgraph that a node stands for; None too where a filter hides what is inside."""
        graph = self._graph(row)
        node = graph.nodes.get(row.id) if graph is not None else None
        if node is None or graph is None or self._narrowed or len(row.way) >= MOST_LEVELS:
            return None
        return definition_of(graph, node)

    def _graph(self, row: Row) -> Graph | None:
        """Return the graph that a row is in; None when the way there is gone."""
        graph = self._document.graph if self._document is not None else None
        for instance in row.way:
            node = graph.nodes.get(instance) if graph is not None else None
            inner = definition_of(graph, node) if graph is not None and node is not None else None
            graph = inner.graph if inner is not None else None
        return graph

    def _face(self, row: Row) -> Face | None:
        graph = self._graph(row)
        node = graph.nodes.get(row.id) if graph is not None and row.kind is RowKind.NODE else None
        return face_of(node, self._document.catalog) if node is not None and self._document is not None else None

    def _title(self, row: Row) -> str:
        graph = self._graph(row)
        if graph is None:
            return ""
        if row.kind is RowKind.FRAME:
            frame = graph.frames.get(row.id)
            return (frame.title if frame is not None else "") or "Frame"
        if row.kind is RowKind.NOTE:
            note = graph.notes.get(row.id)
            text = note.text.strip() if note is not None else ""
            return text.partition("\n")[0].strip("# ")[:_NOTE_TITLE] or "Empty note"
        if row.kind in (RowKind.PORTALS, RowKind.PORTAL):
            return "Portals" if row.kind is RowKind.PORTALS else row.id
        face = self._face(row)
        return face.title if face is not None else ""


def _narrowed(made: Outline, only: Collection[Row]) -> Outline:
    """Return no more of an outline than these rows, with those around them."""
    kept = set(only)
    for row in only:
        around = made.around.get(row)
        while around is not None and around not in kept:
            kept.add(around)
            around = made.around.get(around)
    inside = {key: tuple(row for row in rows if row in kept) for key, rows in made.inside.items()}
    return Outline(tuple(row for row in made.top if row in kept), inside, made.around)
