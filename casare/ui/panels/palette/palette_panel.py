"""The palette panel: a search field over the list of node types."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.app.subgraphs import offered
from casare.events import GraphChanged
from casare.ui.background import Inbox, OncePerTurn
from casare.ui.panels.palette.palette_model import PaletteModel
from casare.ui.panels.palette.palette_view import PaletteView
from casare.ui.theme.tokens import SPACE_S, SPACE_XS
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.search_field import SearchField

_WALKING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class PalettePanel(QWidget):
    """Let a person find a node type and add it: Enter adds at the middle of the canvas, dragging anywhere."""

    entry_chosen = Signal(object)
    """A PaletteEntry to add at the middle of the canvas."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Node palette")
        self._model = PaletteModel(session.catalog, self)
        self._field = SearchField("Search nodes")
        self._field.textChanged.connect(self._on_query)
        self._field.returnPressed.connect(self._on_return)
        self._field.installEventFilter(self)
        self._view = PaletteView(self._model)
        self._view.entry_chosen.connect(self.entry_chosen)
        self._empty = EmptyState("search", "No node fits", action="Clear search")
        self._empty.action_triggered.connect(self._field.clear)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_XS, 0, 0)
        column.setSpacing(SPACE_S)
        field_row = QVBoxLayout()
        field_row.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        field_row.addWidget(self._field)
        column.addLayout(field_row)
        column.addWidget(self._stack, 1)
        # The catalog may change on any thread.
        self._catalog_changes = Inbox(self)
        self._catalog_changes.received.connect(self._on_catalog_changed)
        session.catalog.changed.connect(self._post_catalog_changed)
        self._document: Document | None = None
        self._session = session
        self._subgraphs_due = OncePerTurn(self._show_subgraphs, self)
        session.front_changed.connect(self._on_front)
        self._on_front()
        self._show_state()

    @property
    def field(self) -> SearchField:
        """The search field."""
        return self._field

    @property
    def view(self) -> PaletteView:
        """The list of node types."""
        return self._view

    @property
    def folded(self) -> frozenset[str]:
        """The categories that are folded away."""
        return self._model.folded

    def set_folded(self, categories: Iterable[str]) -> None:
        """Fold exactly these categories away."""
        self._model.set_folded(categories)

    def close_service(self) -> None:
        """Hear nothing more of the catalog, which may outlive the window."""
        self._session.catalog.changed.disconnect(self._post_catalog_changed)
        self._catalog_changes.close()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk through the list while the cursor stays in the field."""
        pressed = watched is self._field and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _WALKING:
            if self._view.currentIndex().isValid():
                self._view.keyPressEvent(event)
            else:
                self._view.setCurrentIndex(self._view.first_entry())
            return True
        return super().eventFilter(watched, event)

    def _on_query(self, query: str) -> None:
        self._model.set_query(query)
        if query.strip():
            self._view.setCurrentIndex(self._view.first_entry())
        self._view.scrollToTop()
        self._show_state()

    def _on_return(self) -> None:
        if self._field.text().strip() or self._view.currentIndex().isValid():
            self._view.choose_current()

    def _on_front(self, _level: object = None) -> None:
        if self._document is not self._session.active:
            if self._document is not None:
                self._document.changed.disconnect(self._on_edit)
            self._document = self._session.active
            if self._document is not None:
                self._document.changed.connect(self._on_edit)
        self._subgraphs_due.request()

    def _on_edit(self, fact: GraphChanged) -> None:
        if fact.subflows:
            self._subgraphs_due.request()

    def _show_subgraphs(self) -> None:
        self._model.set_subgraphs(offered(self._session.front))
        self._show_state()

    def _post_catalog_changed(self) -> None:
        self._catalog_changes.post(None)

    def _on_catalog_changed(self, _changes: object) -> None:
        self._model.reload()
        self._show_state()

    def _show_state(self) -> None:
        total = self._model.total
        self._field.setPlaceholderText(f"Search {total} node{'' if total == 1 else 's'}")
        found = self._model.rowCount() > 0
        if not found and self._field.text().strip():
            self._empty.set_content(
                f"Nothing fits “{self._field.text().strip()}”",
                "Try fewer letters, another word, or a category.",
                "Clear search",
            )
        elif not found:
            self._empty.set_content("No node types", "None could be read; the log says why.")
        self._stack.setCurrentWidget(self._view if found else self._empty)
