"""The inputs and outputs that can be looked at, with a word about each value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from casare.app.running.looking import MISSING, Item
from casare.app.running.pages import summary
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor

_ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class ItemsList(QTreeWidget):
    """List what a node took in and gave, by side. A handful of rows, so they are simply made anew."""

    chosen = Signal(object)
    """The Item that is current, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setRootIsDecorated(False)
        self.setAccessibleName("Inputs and outputs")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._items: list[Item] = []
        self.currentItemChanged.connect(lambda row, _before: self.chosen.emit(_item_of(row)))

    @property
    def items(self) -> list[Item]:
        """What is listed."""
        return list(self._items)

    @property
    def current(self) -> Item | None:
        """What is chosen."""
        return _item_of(self.currentItem())

    def show_items(self, items: Sequence[Item], prefer: tuple[str, str] | None = None) -> None:
        """List these; the one of the same side and name stays chosen, else the first output with a value."""
        kept = prefer
        if kept is None and self.current is not None:
            kept = (self.current.side, self.current.name)
        self._items = list(items)
        self.blockSignals(True)
        self.clear()
        rows: list[tuple[Item, QTreeWidgetItem]] = []
        for side in dict.fromkeys(item.side for item in items):
            head = QTreeWidgetItem([side, ""])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setForeground(0, qcolor(current_theme().text_muted))
            self.addTopLevelItem(head)
            for item in items:
                if item.side == side:
                    rows.append((item, _row(item)))
                    head.addChild(rows[-1][1])
            head.setExpanded(True)
        self.resizeColumnToContents(0)
        wanted = next((row for item, row in rows if (item.side, item.name) == kept), None)
        if wanted is None:
            with_value = [(item, row) for item, row in rows if item.value is not MISSING]
            outputs = [row for item, row in with_value if item.side != "Inputs"]
            wanted = outputs[0] if outputs else with_value[0][1] if with_value else rows[0][1] if rows else None
        if wanted is not None:
            self.setCurrentItem(wanted)
        self.blockSignals(False)
        self.chosen.emit(self.current)

    def choose_output(self, number: int) -> bool:
        """Choose the n-th output, from 1; tell whether there is one."""
        outputs = [item for item in self._items if item.side == "Outputs"]
        if not 1 <= number <= len(outputs):
            return False
        wanted = outputs[number - 1]
        self.show_items(self._items, (wanted.side, wanted.name))
        return True


def _row(item: Item) -> QTreeWidgetItem:
    missing = item.value is MISSING
    row = QTreeWidgetItem([item.name, "no value" if missing else summary(item.value)])
    row.setData(0, _ITEM_ROLE, item)
    muted = qcolor(current_theme().text_muted)
    row.setForeground(1, muted)
    if missing:
        row.setForeground(0, muted)
    row.setToolTip(0, f"{{{{{item.template}}}}}" if item.template else item.name)
    row.setToolTip(1, item.note)
    return row


def _item_of(row: QTreeWidgetItem | None) -> Item | None:
    held = row.data(0, _ITEM_ROLE) if row is not None else None
    return held if isinstance(held, Item) else None
