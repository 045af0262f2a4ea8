"""The outline panel: a filter over the tree of what is in the workflow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QTreeView, QVBoxLayout, QWidget

from casare.app.documents.level import Level
from casare.app.editing import portal_of
from casare.app.finding import PORTALS, Kind, Row, RowKind
from casare.app.session import Session
from casare.events import GraphChanged
from casare.model import WireKey
from casare.ui.background import OncePerTurn
from casare.ui.background.find_watch import FindWatch
from casare.ui.panels.outline.outline_model import OutlineModel
from casare.ui.panels.outline.row_delegate import OutlineDelegate
from casare.ui.theme.tokens import SPACE_S
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.search_field import SearchField

_AFTER_EDIT = 60
"""How long after the last edit the tree is made anew, ms."""
_MARKED = 100
"""With more things selected than this, only the first is marked in the tree."""
_KINDS = {Kind.NODE: RowKind.NODE, Kind.FRAME: RowKind.FRAME, Kind.NOTE: RowKind.NOTE, Kind.PORTAL: RowKind.PORTAL}
_OPEN_UP_TO = 400
"""Frames of a workflow with up to so many rows are unfolded at first."""


class OutlinePanel(QWidget):
    """Show the session's active document as a tree; a click or Enter brings what is chosen into view."""

    decor_chosen = Signal(str, str)
    """A frame, a note or a portal of the level in front to go to: what it is, and its id (a portal's name)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Outline")
        self._document: Level | None = None
        self._watch = FindWatch(dict, self)
        self._watch.changed.connect(self._on_found)
        self._folded: set[Row] = set()
        self._opened: set[Row] = set()
        """Subgraphs that were unfolded by hand."""
        self._settling = False
        self._filtered = False
        self.model = OutlineModel(self)
        self.field = SearchField("Filter the outline")
        self.field.textChanged.connect(self._on_filter)
        self.field.installEventFilter(self)
        self.tree = QTreeView()
        self._empty = EmptyState("list-tree", "Nothing here yet", "Frames, nodes and notes are listed here.")
        self._stack = QStackedWidget()
        self._rebuild_due = OncePerTurn(self._rebuild, self, _AFTER_EDIT)
        self._mark_due = OncePerTurn(self._mark_selected, self)
        self._build()
        # A thread must not outlive the window that waits for it.
        self.destroyed.connect(self._watch.close)
        session.front_changed.connect(self._follow)
        self._follow(session.front)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the filter to the tree with Down."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.field and pressed and event.key() == Qt.Key.Key_Down:  # type: ignore[attr-defined]
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.tree.currentIndex().isValid():
                self.tree.setCurrentIndex(self.model.index(0, 0))
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setItemDelegate(OutlineDelegate(tree))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setMouseTracking(True)
        tree.setIndentation(16)
        tree.setExpandsOnDoubleClick(False)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setAccessibleName("Outline")
        tree.clicked.connect(self._choose)
        tree.activated.connect(self._choose)
        tree.collapsed.connect(lambda index: self._note_folded(index, folded=True))
        tree.expanded.connect(lambda index: self._note_folded(index, folded=False))
        self._stack.addWidget(tree)
        self._stack.addWidget(self._empty)
        upper = QVBoxLayout()
        upper.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        upper.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(self._stack, 1)

    def _follow(self, document: Level | None) -> None:
        if self._document is not None:
            self._document.changed.disconnect(self._on_changed)
            self._document.selection.changed.disconnect(self._mark_due.request)
        self._document = document
        self._folded, self._opened = set(), set()
        if document is not None:
            document.changed.connect(self._on_changed)
            document.selection.changed.connect(self._mark_due.request)
        self._watch.follow(document)
        self._rebuild()

    def _on_changed(self, fact: GraphChanged) -> None:
        nodes = self._document.graph.nodes if self._document is not None else {}
        came_or_went = any(self.model.holds(Row(RowKind.NODE, one)) != (one in nodes) for one in fact.nodes)
        portals = fact.wires and (self.model.holds(PORTALS) or any(map(self._is_portal, fact.wires)))
        if fact.frames or fact.notes or fact.subflows or came_or_went or portals or self._watch.found.query:
            self._rebuild_due.request()
        elif fact.nodes:
            # The same things read otherwise: the tree of ten thousand need not be made anew for that.
            self.model.refresh()

    def _is_portal(self, key: WireKey) -> bool:
        wire = self._document.graph.connections.get(key) if self._document is not None else None
        return wire is not None and bool(portal_of(wire.extra))

    def _on_filter(self, text: str) -> None:
        self._watch.ask(text)
        if not self._watch.found.query:
            self._rebuild()

    def _on_found(self) -> None:
        if not self._watch.searching and (self._watch.found.query or self._filtered):
            self._rebuild()

    def _rebuild(self) -> None:
        self._rebuild_due.cancel()
        only = None
        if self._watch.found.query:
            here = self._document.id if self._document is not None else ""
            found = (match for match in self._watch.found.matches if match.level == here)
            only = [Row(_KINDS[match.kind], match.id) for match in found]
        self._filtered = only is not None
        self._settling = True
        self.model.show_document(self._document, only)
        if only is not None or self.model.total <= _OPEN_UP_TO:
            # Not everything: subgraphs stay folded, and may even be inside themselves.
            for row in self.model.holders():
                self.tree.expand(self.model.index_of(row))
        if only is None:
            for row in sorted(self._opened, key=lambda one: len(one.way)):
                self.tree.expand(self.model.index_of(row))
            for row in self._folded:
                self.tree.collapse(self.model.index_of(row))
        self._settling = False
        self._show_state()
        self._mark_selected()

    def _show_state(self) -> None:
        if self._document is None:
            self._empty.set_content("No workflow is open", "What is in the workflow in front is listed here.")
        elif self._watch.found.query:
            self._empty.set_content("Nothing fits", "Try fewer words, or type:, param: and is: as in Find.")
        else:
            self._empty.set_content("Nothing here yet", "Frames, nodes and notes are listed here.")
        self._stack.setCurrentWidget(self.tree if self.model.rowCount() else self._empty)

    def _mark_selected(self) -> None:
        """Select in the tree what is selected on the canvas, and bring the first of it into view."""
        document = self._document
        if document is None:
            return
        chosen = document.selection
        rows = [
            *(Row(RowKind.FRAME, one) for one in chosen.frames),
            *(Row(RowKind.NODE, one) for one in chosen.nodes),
            *(Row(RowKind.NOTE, one) for one in chosen.notes),
        ]
        found = [index for row in rows if (index := self.model.index_of(row)).isValid()]
        marks = QItemSelection()
        for index in found[:1] if len(found) > _MARKED else found:
            marks.select(index, index)
        mode = QItemSelectionModel.SelectionFlag
        self.tree.selectionModel().select(marks, mode.ClearAndSelect)
        if found and not marks.contains(self.tree.currentIndex()):
            self.tree.selectionModel().setCurrentIndex(found[0], mode.NoUpdate)
            self.tree.scrollTo(found[0])

    def _choose(self, index: QModelIndex) -> None:
        row, document = self.model.row_at(index), self._document
        if row is None or document is None:
            return
        if row.kind is RowKind.PORTALS:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
            return
        root = document.document
        if not all(root.enter(instance) for instance in row.way):
            return
        if row.kind is RowKind.NODE:
            root.front.reveal([row.id])
        else:
            self.decor_chosen.emit(row.kind.value, row.id)

    def _note_folded(self, index: QModelIndex, *, folded: bool) -> None:
        row = self.model.row_at(index)
        if row is None or self._settling or self._watch.found.query:
            return
        # Frames and the group of portals begin unfolded; subgraphs and what is inside them do not.
        begins_folded = row.kind is RowKind.NODE or bool(row.way)
        kept = self._opened if begins_folded else self._folded
        if folded is begins_folded:
            kept.discard(row)
        else:
            kept.add(row)
