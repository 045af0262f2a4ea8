"""The grid of cards: columns that fill the width, keys, and the menu of a card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from casare.ui.panels.start.card_delegate import FOOTER_HEIGHT, GAP, PICTURE_HEIGHT, CardDelegate, PicturePainter
from casare.ui.panels.start.cards_model import CardsModel

_NARROWEST = 252


class CardsView(QListView):
    """Show cards in a grid. A click or Enter opens, Delete removes, the arrow keys walk."""

    card_chosen = Signal(object)
    """The Card to open."""
    remove_requested = Signal(object)
    """The Card to take off the list."""
    menu_requested = Signal(object, QPoint)
    """The Card whose menu is wanted, and where on the screen."""

    def __init__(self, model: CardsModel, paint_picture: PicturePainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = model
        self._delegate = CardDelegate(paint_picture, self)
        self._pressed = QModelIndex()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(40)
        self.setStyleSheet("background: transparent;")
        self.setAccessibleName("Workflows")

    def columns(self) -> int:
        """Return how many cards stand side by side."""
        return max(1, self._room() // (_NARROWEST + GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns fill the width."""
        size = QSize(self._room() // self.columns(), PICTURE_HEIGHT + FOOTER_HEIGHT + GAP + 2)
        if size != self.gridSize():
            self._delegate.set_cell(size)
            self.setGridSize(size)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, remove with Delete."""
        card = self._cards.card(self.currentIndex())
        if card is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.card_chosen.emit(card)
        elif card is not None and event.key() == Qt.Key.Key_Delete and card.opened_at is not None:
            self.remove_requested.emit(card)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which card is pressed."""
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.indexAt(event.position().toPoint()) if left else QModelIndex()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the card that was pressed and released, or remove it when that was on its cross."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        pressed, self._pressed = self._pressed, QModelIndex()
        card = self._cards.card(index)
        if card is None or not pressed.isValid() or pressed != index:
            return
        if self._delegate.over_cross(index, self.visualRect(index), event.position()):
            self.remove_requested.emit(card)
        else:
            self.card_chosen.emit(card)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be pressed."""
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a card."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        card = self._cards.card(index)
        if card is not None:
            at = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_requested.emit(card, at)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.viewport().update()

    def _room(self) -> int:
        # Qt lays icons out as if the scroll bar were always there.
        return self.width() - self.verticalScrollBar().sizeHint().width() - 2
