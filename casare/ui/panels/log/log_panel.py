"""The log panel: filter, list, copy, clear."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from casare.app.log_book import Entry, Level, LogBook
from casare.ui.background import Inbox
from casare.ui.panels.log.log_delegate import LogDelegate
from casare.ui.panels.log.log_model import LogModel
from casare.ui.theme.tokens import SPACE_S, SPACE_XS
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.search_field import SearchField


class LogPanel(QWidget):
    """Show a LogBook, newest entry last, following the end unless the person has scrolled away from it."""

    def __init__(self, book: LogBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Log")
        self._book = book
        self._model = LogModel(self)
        self._view = _LogView(self._model)
        self._field = SearchField("Filter")
        self._field.setMaximumWidth(220)
        self._levels = QComboBox()
        self._levels.setAccessibleName("Lowest level")
        for title, level in (
            ("Everything", Level.DEBUG),
            ("Warnings and errors", Level.WARNING),
            ("Errors", Level.ERROR),
        ):
            self._levels.addItem(title, level)
        self._copy = IconButton("copy", "Copy all that is shown")
        self._clear = IconButton("trash-2", "Clear the log")
        self._field.textChanged.connect(self._refilter)
        self._levels.currentIndexChanged.connect(self._refilter)
        self._copy.clicked.connect(self.copy_shown)
        self._clear.clicked.connect(book.clear)
        self._empty = EmptyState(
            "terminal", "Nothing logged yet", "Warnings and errors of this run will be listed here."
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        self._build()
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_entries)
        book.added.connect(self._on_added)
        book.cleared.connect(self._on_cleared)
        self._on_entries(book.entries())

    @property
    def model(self) -> LogModel:
        """The entries that are shown."""
        return self._model

    @property
    def view(self) -> QListView:
        """The list of entries."""
        return self._view

    def set_filter(self, text: str = "", lowest: Level = Level.DEBUG) -> None:
        """Show only entries of at least this level that hold the text."""
        self._field.setText(text)
        self._levels.setCurrentIndex(max(0, self._levels.findData(lowest)))

    def copy_shown(self) -> None:
        """Put everything that is shown on the clipboard as text."""
        QGuiApplication.clipboard().setText("\n".join(entry.as_text() for entry in self._model.entries()))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        row.setSpacing(SPACE_S)
        row.addWidget(self._field, 1)
        row.addWidget(self._levels)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def _on_added(self, entry: Entry) -> None:
        self._inbox.post(entry)

    def _on_cleared(self) -> None:
        self._model.clear()
        self._show_state()

    def _on_entries(self, entries: list[Entry]) -> None:
        bar = self._view.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        self._model.append(entries)
        self._show_state()
        if at_end:
            self._view.scrollToBottom()

    def _refilter(self) -> None:
        lowest = self._levels.currentData()
        self._model.set_filter(self._field.text(), lowest if lowest is not None else Level.DEBUG)
        self._show_state()
        self._view.scrollToBottom()

    def _show_state(self) -> None:
        shown = self._model.rowCount() > 0
        if not shown and self._model.total:
            self._empty.set_content("No entry fits", "Other entries are hidden by the filter.")
        elif not shown:
            self._empty.set_content("Nothing logged yet", "Warnings and errors of this run will be listed here.")
        self._copy.setEnabled(shown)
        self._clear.setEnabled(self._model.total > 0)
        self._stack.setCurrentWidget(self._view if shown else self._empty)


class _LogView(QListView):
    def __init__(self, model: LogModel) -> None:
        super().__init__()
        self._entries = model
        self.setModel(model)
        self.setItemDelegate(LogDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Log entries")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectedIndexes())
            entries = self._entries.entries()
            QGuiApplication.clipboard().setText("\n".join(entries[row].as_text() for row in rows))
        else:
            super().keyPressEvent(event)
