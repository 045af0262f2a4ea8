"""The tree in which JSON is edited: everything by keys, and by menu and mouse as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QMenu, QSizePolicy, QTreeView, QWidget

from casare.app.documents.json_edits import Kind, Path, as_json_text
from casare.app.documents.parameters import text_as_value
from casare.ui.panels.inspector.editors.json_model import JsonModel
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import TEXT_BODY

_ROW: Final = 24
_HEADER: Final = 24
_INDENT: Final = 18
_LEAST_ROWS, _MOST_ROWS = 2, 14
_KEY_SHARE: Final = 0.44

Keys = Qt.Key
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


class JsonTree(QTreeView):
    """Edit a JSON value row by row.

    Enter edits the value or opens what holds others, F2 edits the key, Ins adds below, Alt+Ins inside, Del takes
    away, Alt+Up and Alt+Down move, Space ticks, Ctrl+C and Ctrl+V copy and paste as JSON.
    """

    def __init__(self, model: JsonModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._value_follows = False
        self.setModel(model)
        self._keys = self._key_table()
        self._dress()
        for signal in (self.expanded, self.collapsed, model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.fit)
        model.dropped.connect(self._go)
        self.fit()

    def add(self) -> None:
        """Add a value below the current row, or inside it when it is open or empty, and ask for its key or value."""
        index = self.currentIndex().siblingAtColumn(0)
        open_or_empty = self.isExpanded(index) or not self._model.hasChildren(index)
        self._add(inside=self._model.is_container(index) and open_or_empty)

    def add_inside(self) -> None:
        """Add a value inside the current list or object."""
        self._add(inside=True)

    def remove(self) -> None:
        """Take the chosen rows away."""
        rows = self.selectionModel().selectedRows()
        if self._model.editable and rows:
            self._model.remove(rows)

    def shift(self, steps: int) -> None:
        """Move the current row up or down among its neighbours."""
        if self._model.editable and self.currentIndex().isValid():
            path = self._model.shift(self.currentIndex(), steps)
            if path is not None:
                self._go(path)

    def change_kind(self, kind: Kind) -> None:
        """Make the current value one of another kind."""
        if self._model.editable and self.currentIndex().isValid():
            self._model.change_kind(self.currentIndex(), kind)

    def copy(self) -> None:
        """Put the current value on the clipboard as JSON."""
        if self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(as_json_text(self._model.twig(self.currentIndex()).thing.value))

    def paste(self) -> None:
        """Add what is on the clipboard below the current row; what is no JSON is a text."""
        text = QGuiApplication.clipboard().text()
        if self._model.editable and text:
            self._go(self._model.add(self.currentIndex(), text_as_value(text), inside=False))

    def menu(self) -> QMenu:
        """Return the menu of the current row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = self.currentIndex()
        here, editable = index.isValid(), self._model.editable
        acts: tuple[tuple[str, str, Callable[[], None], bool], ...] = (
            ("Add", "Ins", self.add, editable),
            ("Add inside", "Alt+Ins", self.add_inside, editable and here and self._model.is_container(index)),
            ("Rename key", "F2", self._edit_key, here and self._may_edit(index, 0)),
            ("Edit value", "Return", self._edit_value, here and self._may_edit(index, 1)),
            ("Move up", "Alt+Up", lambda: self.shift(-1), editable and here),
            ("Move down", "Alt+Down", lambda: self.shift(1), editable and here),
            ("Copy as JSON", "Ctrl+C", self.copy, here),
            ("Paste", "Ctrl+V", self.paste, editable),
            ("Remove", "Del", self.remove, editable and here),
        )
        for title, keys, act, enabled in acts:
            made = menu.addAction(title)
            # Only shown: the keys are taken by the tree itself.
            made.setText(f"{title}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}")
            made.triggered.connect(act)
            made.setEnabled(enabled)
        kinds = menu.addMenu("Type")
        self.fill_kinds(kinds)
        kinds.setEnabled(editable and here)
        return menu

    def fill_kinds(self, menu: QMenu) -> None:
        """Put the kinds of value into a menu, that of the current row ticked."""
        index = self.currentIndex()
        for kind in Kind:
            action = menu.addAction(kind.value)
            action.setEnabled(index.isValid())
            action.setCheckable(True)
            action.setChecked(index.isValid() and self._model.kind(index) is kind)
            action.triggered.connect(lambda _on=False, kind=kind: self.change_kind(kind))

    def fit(self) -> None:
        """Be as high as the rows that are open, up to a limit."""
        rows = max(_LEAST_ROWS, min(self._open_rows(QModelIndex()), _MOST_ROWS))
        self.setFixedHeight(rows * _ROW + _HEADER + 2)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the tree from the shortcuts of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Carry out the keys of the tree."""
        act = self._act_of(event) if self.state() != QAbstractItemView.State.EditingState else None
        if act is not None:
            act()
            return
        index = self.currentIndex()
        if index.isValid() and event.text().isprintable() and event.text():
            # What is typed goes into the value, wherever the mouse has been.
            self.setCurrentIndex(index.siblingAtColumn(1))
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the row, below the row when it was asked for by key."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu().popup(at)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Go from the key to the value with Tab, and with Enter when the row is a new one."""
        index, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        follows = self._value_follows and hint == hints.SubmitModelCache
        self._value_follows = False
        super().closeEditor(editor, hints.NoHint)
        if index.column() == 0 and (hint == hints.EditNextItem or follows):
            self._edit_value()
        elif index.column() == 1 and hint == hints.EditPreviousItem:
            self._edit_key()

    def resizeEvent(self, event: Any) -> None:
        """Divide the width between key and value."""
        super().resizeEvent(event)
        self.setColumnWidth(0, round(self.viewport().width() * _KEY_SHARE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or how to make the first."""
        super().paintEvent(event)
        if self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setFont(ui_font(TEXT_BODY))
            painter.setPen(qcolor(current_theme().text_muted))
            told = "Empty. Ins adds a value." if self._model.editable else "Empty"
            painter.drawText(QRect(QPoint(), self.viewport().size()), Qt.AlignmentFlag.AlignCenter, told)
            painter.end()

    def _open_rows(self, above: QModelIndex) -> int:
        # Counted in the model: to ask the view where rows are makes it read more of them.
        found = self._model.rowCount(above)
        for row in range(min(found, _MOST_ROWS)):
            index = self._model.index(row, 0, above)
            if found < _MOST_ROWS and self.isExpanded(index):
                found += self._open_rows(index)
        return found

    def _key_table(self) -> dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]]:
        return {
            (Keys.Key_Insert, _NONE): self.add,
            (Keys.Key_Insert, _ALT): self.add_inside,
            (Keys.Key_Delete, _NONE): self.remove,
            (Keys.Key_Backspace, _NONE): self.remove,
            (Keys.Key_Up, _ALT): lambda: self.shift(-1),
            (Keys.Key_Down, _ALT): lambda: self.shift(1),
            (Keys.Key_F2, _NONE): self._edit_key,
            (Keys.Key_Return, _NONE): self._open,
            (Keys.Key_Enter, _NONE): self._open,
            (Keys.Key_Space, _NONE): self._tick,
        }

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._keys.get((Keys(event.key()), modifiers))

    def _add(self, *, inside: bool) -> None:
        if not self._model.editable:
            return
        index = self.currentIndex().siblingAtColumn(0)
        if inside and index.isValid():
            # Opened first: what is added comes after what has been read.
            self.expand(index)
        self._go(self._model.add(index, inside=inside))
        if self._may_edit(self.currentIndex(), 0):
            self._edit_key()
            self._value_follows = True
        else:
            self._edit_value()

    def _go(self, path: Path) -> None:
        index = self._model.index_of(self._model.find(path))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _open(self) -> None:
        index = self.currentIndex().siblingAtColumn(0)
        if self._model.is_container(index) and index.isValid():
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._edit_value()

    def _tick(self) -> None:
        index = self.currentIndex().siblingAtColumn(1)
        if index.isValid() and self._model.kind(index) is Kind.BOOLEAN:
            self._model.setData(index, "false" if self._model.twig(index).thing.value else "true")
        elif index.isValid():
            self._edit_value()

    def _edit_key(self) -> None:
        self._edit(0 if self._may_edit(self.currentIndex(), 0) else 1)

    def _edit_value(self) -> None:
        self._edit(1)

    def _edit(self, column: int) -> None:
        index = self.currentIndex().siblingAtColumn(column)
        if self._may_edit(index, column):
            self.setCurrentIndex(index)
            self.edit(index)

    def _may_edit(self, index: QModelIndex, column: int) -> bool:
        return bool(self._model.flags(index.siblingAtColumn(column)) & Qt.ItemFlag.ItemIsEditable)

    def _dress(self) -> None:
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.SelectedClicked | triggers.AnyKeyPressed)
        self.setExpandsOnDoubleClick(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAutoExpandDelay(600)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = self.header()
        header.setFixedHeight(_HEADER)
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(48)
