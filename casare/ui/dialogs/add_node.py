"""Add a node by typing a few letters of its name, where the hand is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casare.app.adding import NodeFinder, ports_in_words
from casare.catalog import Catalog, PaletteEntry
from casare.ui.dialogs.add_node_rows import FoundNode, FoundNodeDelegate
from casare.ui.dialogs.pick_list import PickModel, PickSheet
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_M, SPACE_S
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.text_label import TextLabel

_WIDTH = 400
_ROWS = 7
_SHADOW = 16
_OFFSET = QPoint(-24, -22)
"""Where the corner of the popup lies from the pointer, so that the pointer is over the field."""


class Chosen(NamedTuple):
    """What was picked, and whether it is to be wired to what was selected."""

    entry: PaletteEntry
    wired: bool


class QuickAdd(PickSheet):
    """Find a node type at the pointer; `chosen` carries a Chosen.

    `purpose` heads the popup, `wiring` says in a few words what Enter will do beyond adding. With Shift, Enter does
    without it; `foot` says something else instead. The popup opens at `at` and stays inside `area`, both in px of the
    host.
    """

    def __init__(
        self,
        host: QWidget,
        finder: NodeFinder,
        catalog: Catalog,
        *,
        at: QPoint,
        area: QRect,
        purpose: str = "Add a node",
        wiring: str = "",
        foot: str = "",
    ) -> None:
        self._finder = finder
        self._catalog = catalog
        self._at = at
        self._area = area
        self._shift = False
        self._words: dict[str, str] = {}
        super().__init__(host, "Add node", purpose, _FoundModel(), FoundNodeDelegate())
        self.card.setAccessibleDescription(wiring)
        below = QHBoxLayout()
        below.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        below.setSpacing(SPACE_M)
        below.addWidget(ElidedLabel(foot or f"Enter: {wiring or 'add'}", "secondary"), 1)
        # Beside it and never shortened: a long name of the node in front must not hide how to do without it.
        below.addWidget(TextLabel("Shift+Enter: on its own" if wiring else "Esc: close", "muted"))
        self.content.addLayout(below)

    def matches(self, query: str) -> Sequence[FoundNode]:
        """Return the entries that fit, with their ports in words."""
        return [FoundNode(entry, self._ports(entry)) for entry in self._finder.find(query)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember whether Shift was held at Enter."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shadow of the card, and no scrim: what the node is wired to must stay in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(current_theme().shadow, 0.07))
        box = QRectF(self.card.geometry())
        for grow in range(_SHADOW, 0, -2):
            painter.drawRoundedRect(
                box.adjusted(-grow, -grow + 6, grow, grow + 6), RADIUS_CARD + grow, RADIUS_CARD + grow
            )
        painter.end()

    def _choose(self, index: QModelIndex) -> None:
        item = self.model.item(index)
        if item is not None:
            self.close_sheet()
            self.chosen.emit(Chosen(item.entry, not self._shift))

    def _on_query(self, query: str) -> None:
        super()._on_query(query)
        row = self.view.sizeHintForRow(0)
        if self.model.rowCount():
            self.view.setFixedHeight(row * min(self.model.rowCount(), _ROWS))
            if not self.isHidden():
                self.resize_card()

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        self.card.ensurePolished()
        self.content.activate()
        area = self._area.intersected(self.rect())
        width = min(_WIDTH, area.width() - 2 * SPACE_S)
        height = min(self.card.sizeHint().height(), area.height() - 2 * SPACE_S)
        # By the height it can have at most, so that it does not jump while a person types.
        tallest = max(height, self.field.sizeHint().height() + 46 * _ROWS + 72)
        corner = self._at + _OFFSET
        x = max(area.left() + SPACE_S, min(corner.x(), area.right() - width - SPACE_S))
        y = max(area.top() + SPACE_S, min(corner.y(), area.bottom() - tallest - SPACE_S))
        self.card.setGeometry(x, y, width, height)
        self.update()

    def _ports(self, entry: PaletteEntry) -> str:
        # Only of what is looked at: a type's ports are worked out once for each popup.
        known = self._words.get(entry.described_by)
        if known is None:
            known = self._words[entry.described_by] = ports_in_words(self._catalog, entry)
        return known


class _FoundModel(PickModel[FoundNode]):
    def text(self, item: FoundNode) -> str:
        return item.entry.title
