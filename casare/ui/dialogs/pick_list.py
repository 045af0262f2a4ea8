"""A sheet with a search field over a list: type, walk, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QListView, QVBoxLayout, QWidget

from casare.ui.dialogs.sheet import Sheet
from casare.ui.theme.tokens import SPACE_M, SPACE_S
from casare.ui.widgets.search_field import SearchField
from casare.ui.widgets.text_label import TextLabel

T = TypeVar("T")

ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()
_WALKING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)

Index = QModelIndex | QPersistentModelIndex


class PickModel(QAbstractListModel, Generic[T]):
    """Serve a list of values; `text` of a subclass says how each reads."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[T] = ()

    def set_items(self, items: Sequence[T]) -> None:
        """Serve other values."""
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def item(self, index: Index) -> T | None:
        """Return the value at an index."""
        return self._items[index.row()] if index.isValid() and index.row() < len(self._items) else None

    def items(self) -> Sequence[T]:
        """Return the values."""
        return self._items

    def text(self, item: T) -> str:
        """Return how a value reads."""
        return str(item)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many values there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the value, or how it reads."""
        item = self.item(index)
        if item is None:
            return None
        if role == ITEM_ROLE:
            return item
        return self.text(item) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class PickSheet(Sheet):
    """Let a person find one of many things. Subclasses say what is found and what choosing does."""

    empty = "Nothing here yet"
    """What is said when there is nothing to pick from, before anything is typed."""
    chosen = Signal(object)
    """The value that was picked, after the sheet has closed."""

    def __init__(
        self, host: QWidget, title: str, placeholder: str, model: PickModel[Any], delegate: QAbstractItemDelegate
    ) -> None:
        super().__init__(host, title, width=600, at_top=True)
        self.model = model
        self.field = SearchField(placeholder)
        self.view = QListView()
        self._nothing = TextLabel("", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMinimumHeight(64)
        model.setParent(self)
        delegate.setParent(self)
        self.view.setModel(model)
        self.view.setItemDelegate(delegate)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setStyleSheet("background: transparent;")
        self.view.setAccessibleName(title)
        self.view.clicked.connect(self._choose)
        self.field.textChanged.connect(self._on_query)
        self.field.installEventFilter(self)
        upper = QVBoxLayout()
        upper.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_S)
        upper.addWidget(self.field)
        self.content.addLayout(upper)
        self.content.addWidget(self.view)
        self.content.addWidget(self._nothing)

    def matches(self, query: str) -> Sequence[Any]:
        """Return what fits `query`, best first; a bare sheet has nothing to find."""
        return ()

    def refusal(self, item: Any) -> str:
        """Return why a value cannot be picked now, or an empty text."""
        return ""

    def open(self) -> None:
        """Show the sheet with the cursor in the field."""
        self._on_query("")
        super().open()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and choose in the list while the cursor stays in the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _WALKING:
                self._walk(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.view.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Tab:
                return True
            if event.key() == Qt.Key.Key_Escape:
                # The field alone would empty itself first: a popup that was opened by a slip must go at one press.
                self.dismiss()
                return True
        return super().eventFilter(watched, event)

    def _walk(self, event: QKeyEvent) -> None:
        last = self.model.rowCount() - 1
        now = self.view.currentIndex().row()
        if event.key() == Qt.Key.Key_Down and now == last:
            self._go(0)
        elif event.key() == Qt.Key.Key_Up and now <= 0:
            self._go(last)
        else:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}.get(Qt.Key(event.key()), -8)
            self._go(max(0, min(last, now + step)))

    def _go(self, row: int) -> None:
        self.view.setCurrentIndex(self.model.index(row))

    def _on_query(self, query: str) -> None:
        found = self.matches(query)
        self.model.set_items(found)
        self._go(0)
        self._nothing.setText(f"Nothing fits “{query.strip()}”" if query.strip() else self.empty)
        self._nothing.setVisible(not found)
        self.view.setVisible(bool(found))
        row = self.view.sizeHintForRow(0) if found else 0
        self.view.setFixedHeight(row * min(len(found), 11) + (SPACE_S if found else 0))
        if not self.isHidden():
            self.resize_card()

    def _choose(self, index: QModelIndex) -> None:
        item = self.model.item(index)
        if item is None or self.refusal(item):
            return
        self.close_sheet()
        self.chosen.emit(item)
