"""One value, in the way that tells most about it: table, tree, text, picture, or just itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from casare.app.latest import Latest
from casare.app.running.pages import (
    MOST_CHARACTERS,
    PAGE,
    PICTURE,
    PLAIN,
    TABLE,
    TEXT,
    TREE,
    Table,
    table_of,
    text_of,
)
from casare.engine.keeping.showing import Mask
from casare.ui.background import Inbox
from casare.ui.panels.data.table_model import TableModel
from casare.ui.panels.data.tree_model import TreeModel
from casare.ui.theme.tokens import ROW_HEIGHT, SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.text_label import TextLabel

_MOST_WIDE = 320
Made = tuple[str, Any]


class ValueView(QWidget):
    """Show a value. What takes time is made ready on a thread; only a page of it ever comes here."""

    place_chosen = Signal(str)
    """The path of the part that is current, as a template names it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._path = ""
        self._kind = ""
        self._mask = Mask()
        self._rows = PAGE
        self._characters = MOST_CHARACTERS
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_made)
        self._making: Latest[tuple[int, Made]] = Latest(self._inbox.post, "casare-data")
        self._wish = 0
        self.destroyed.connect(self._inbox.close)
        self.table = QTableView()
        self._rows_model = TableModel(self)
        self.tree = QTreeView()
        self._tree_model = TreeModel(self)
        self.text = QPlainTextEdit(readOnly=True)
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.plain = TextLabel("", "figure")
        self._more = QPushButton()
        self._more.clicked.connect(self._show_more)
        self._count = TextLabel("", "muted")
        self._build()

    @property
    def kind(self) -> str:
        """In which way the value is shown."""
        return self._kind

    @property
    def more(self) -> QPushButton:
        """The button for the next page; hidden when all is shown."""
        return self._more

    def show_value(self, value: Any, path: str, kind: str, mask: Mask) -> None:
        """Show a value in one of the ways of `kinds_of`; `path` is how a template names it."""
        self._value, self._path, self._kind, self._mask = value, path, kind, mask
        self._rows, self._characters = PAGE, MOST_CHARACTERS
        self._more.hide()
        self._count.hide()
        if kind == TREE:
            self._making.drop()
            self._tree_model.show(value, path, mask)
            self._stack.setCurrentWidget(self.tree)
            self.tree.resizeColumnToContents(0)
        elif kind == PLAIN:
            self._making.drop()
            self.plain.setText(text_of(value, mask, 2000) if value is not None else "nothing")
            self._stack.setCurrentWidget(self._plain_page)
        else:
            self._make()

    def selected(self) -> tuple[Any, str]:
        """Return the part that is current with its path, the whole value when none is."""
        if self._kind == TREE:
            branch = self._tree_model.branch(self.tree.currentIndex())
            if branch is not None:
                return branch.value, branch.path
        if self._kind == TABLE and self.table.currentIndex().isValid():
            at = self.table.currentIndex()
            return self._cell(at)
        return self._value, self._path

    def close_threads(self) -> None:
        """Make nothing more ready."""
        self._making.close()
        self._inbox.close()

    def _cell(self, at: QModelIndex) -> tuple[Any, str]:
        column = self._rows_model.table.columns[at.column()]
        try:
            row = self._value[at.row()]
            value = next((held for key, held in row.items() if str(key) == column), None)
        except (IndexError, AttributeError, RuntimeError):
            return self._value, self._path
        step = f".{column}" if column.isidentifier() else f'["{column}"]'
        return value, f"{self._path}[{at.row()}]{step}"

    def _make(self) -> None:
        self._wish += 1
        wish, value, mask, kind = self._wish, self._value, self._mask, self._kind
        rows, characters = self._rows, self._characters

        def work() -> tuple[int, Made]:
            if kind == TABLE:
                return wish, (kind, table_of(value, mask, rows))
            if kind == PICTURE:
                return wish, (kind, QImage.fromData(bytes(value)))
            return wish, (TEXT, text_of(value, mask, characters))

        self._making.submit(work)

    def _on_made(self, results: Sequence[tuple[int, Made]]) -> None:
        wish, (kind, made) = results[-1]
        if wish != self._wish:
            return
        if kind == TABLE:
            self._show_table(made)
        elif kind == PICTURE:
            self.picture.setPixmap(QPixmap.fromImage(made))
            self._stack.setCurrentWidget(self._picture_page)
            self._tell(f"{made.width()} × {made.height()} px, {len(self._value):,} bytes")
        else:
            if self.text.toPlainText() != made:
                self.text.setPlainText(made)
            self._stack.setCurrentWidget(self.text)
            total = len(self._value) if isinstance(self._value, (str, bytes, bytearray)) else len(made)
            if total > self._characters:
                self._offer(f"Show {min(total, self._characters * 5):,} characters", f"{len(made):,} of {total:,}")

    def _show_table(self, table: Table) -> None:
        fresh = self._rows_model.table.columns != table.columns
        self._rows_model.show(table)
        if fresh:
            self.table.resizeColumnsToContents()
            for column in range(len(table.columns)):
                self.table.setColumnWidth(column, min(_MOST_WIDE, self.table.columnWidth(column) + SPACE_M))
        self._stack.setCurrentWidget(self.table)
        if len(table.rows) < table.total:
            self._offer(f"Show {PAGE * 10:,} more", f"{len(table.rows):,} of {table.total:,} rows")
        else:
            self._tell(f"{table.total:,} row{'' if table.total == 1 else 's'}")

    def _show_more(self) -> None:
        self._rows += PAGE * 10
        self._characters *= 5
        self._more.hide()
        self._make()

    def _offer(self, text: str, count: str) -> None:
        self._more.setText(text)
        self._more.show()
        self._tell(count)

    def _tell(self, count: str) -> None:
        self._count.setText(count)
        self._count.show()

    def _on_current(self, _current: QModelIndex | QPersistentModelIndex, _previous: object = None) -> None:
        self.place_chosen.emit(self.selected()[1])

    def _build(self) -> None:
        self.table.setModel(self._rows_model)
        self.table.setAccessibleName("Rows")
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.tree.setModel(self._tree_model)
        self.tree.setAccessibleName("Parts")
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(False)
        self.text.setAccessibleName("Text")
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setProperty("kind", "plain")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.plain.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for view in (self.table, self.tree):
            view.selectionModel().currentChanged.connect(self._on_current)
        self._plain_page = QWidget()
        middle = QVBoxLayout(self._plain_page)
        middle.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        middle.addWidget(self.plain, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._picture_page = QScrollArea(widgetResizable=True)
        self._picture_page.setWidget(self.picture)
        self._stack = QStackedWidget()
        for page in (self.table, self.tree, self.text, self._picture_page, self._plain_page):
            self._stack.addWidget(page)
        self._more.setProperty("kind", "link")
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        foot.addWidget(self._count)
        foot.addWidget(self._more)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        self._more.hide()
        self._count.hide()
