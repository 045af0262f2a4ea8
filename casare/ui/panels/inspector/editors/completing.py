"""Completion after `{{`: a list under the caret while a template is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from casare.app.templating import Completion, Offer, completion_at
from casare.ui.panels.inspector.editors.base import Surroundings
from casare.ui.panels.inspector.editors.carets import Caret
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import mono_font, ui_font
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CHIP, SPACE_S, SPACE_XS, TEXT_BODY, TEXT_CAPTION

_OFFER: Final = int(Qt.ItemDataRole.UserRole) + 1
_ROW: Final = 24
_MOST_ROWS: Final = 8
_WIDTH: Final = 340
_AROUND: Final = 18
"""What frame, margins and the padding of the list take of its height, px."""
_ICON: Final = 14
_ICONS: Final = {"variable": "variable", "output": "log-out", "part": "braces", "function": "square-function"}
_WALKING: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MOST_ROWS,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
}
_LEAVING: Final = (QEvent.Type.FocusOut, QEvent.Type.Hide)
_TAKING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)

Index = QModelIndex | QPersistentModelIndex


class OfferDelegate(QStyledItemDelegate):
    """Draw an offer: icon, name, and at the right what it is."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(_WIDTH, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        offer: Offer = index.data(_OFFER)
        theme = current_theme()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.selection_ground))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), RADIUS_CHIP, RADIUS_CHIP)
        at = QPoint(rect.left() + SPACE_S, rect.top() + (_ROW - _ICON) // 2)
        paint_icon(painter, at, _ICONS[offer.kind], theme.text_muted, _ICON)
        inner = rect.adjusted(SPACE_S + _ICON + SPACE_S, 0, -SPACE_S, 0)
        painter.setFont(mono_font(TEXT_BODY))
        painter.setPen(qcolor(theme.text))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        title = metrics.elidedText(offer.title, Qt.TextElideMode.ElideMiddle, int(inner.width() * 0.72))
        painter.drawText(inner, left, title)
        painter.setFont(ui_font(TEXT_CAPTION))
        painter.setPen(qcolor(theme.text_muted))
        room = inner.adjusted(metrics.horizontalAdvance(title) + SPACE_S, 0, 0, 0)
        detail = painter.fontMetrics().elidedText(offer.detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)


class OfferList(QFrame):
    """The list under the caret. It never takes the focus: the person goes on typing in the field."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Completions")
        self.model = QStandardItemModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(OfferDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XS, SPACE_XS, SPACE_XS, SPACE_XS)
        column.addWidget(self.view)
        self.hide()

    @property
    def offers(self) -> list[Offer]:
        """What is offered."""
        return [self.model.item(row).data(_OFFER) for row in range(self.model.rowCount())]

    @property
    def current(self) -> Offer | None:
        """The offer that Enter takes."""
        offer = self.view.currentIndex().data(_OFFER)
        return offer if isinstance(offer, Offer) else None

    def show_offers(self, offers: Sequence[Offer], field: QWidget, at: QPoint) -> None:
        """Show offers below `at` (px of the field), or above the field where there is no room."""
        self.model.clear()
        for offer in offers:
            item = QStandardItem(offer.title)
            item.setData(offer, _OFFER)
            item.setAccessibleText(f"{offer.title}, {offer.detail}")
            self.model.appendRow(item)
        self.view.setCurrentIndex(self.model.index(0, 0))
        window = self._window
        around = self.height() - self.view.viewport().height() if self.isVisible() else _AROUND
        height = min(len(offers), _MOST_ROWS) * _ROW + around
        self.resize(min(_WIDTH, window.width() - 2 * SPACE_S), height)
        below = field.mapTo(window, at)
        x = max(SPACE_S, min(below.x(), window.width() - self.width() - SPACE_S))
        y = below.y() + 2
        if y + height > window.height() - SPACE_S:
            y = field.mapTo(window, QPoint()).y() - height - 2
        self.move(x, max(SPACE_S, y))
        self.show()
        self.raise_()

    def walk(self, steps: int) -> None:
        """Go up or down; past an end, on from the other."""
        count = self.model.rowCount()
        row = self.view.currentIndex().row() + steps
        row = row % count if abs(steps) == 1 else max(0, min(row, count - 1))
        self.view.setCurrentIndex(self.model.index(row, 0))


class Completing(QObject):
    """Watch a field, offer what fits while a template is typed, and put in what is taken.

    Enter and Tab take an offer, Esc puts the list away, Ctrl+Space brings it back.
    """

    def __init__(self, caret: Caret, parent: QObject) -> None:
        super().__init__(parent)
        self._caret = caret
        self.surroundings: Surroundings | None = None
        self._list: OfferList | None = None
        self._completion: Completion | None = None
        caret.field.installEventFilter(self)

    @property
    def list(self) -> OfferList | None:
        """The list, None before it was first needed."""
        return self._list

    @property
    def is_open(self) -> bool:
        """Whether offers are on show."""
        return self._list is not None and self._list.isVisible()

    def look(self) -> None:
        """See what fits at the caret now, after something was typed."""
        position = self._caret.position()
        text = self._caret.text()
        around = self.surroundings
        known = around.known() if around is not None and position >= 0 and "{{" in text[:position] else None
        self._completion = None
        if around is not None and known is not None:
            titles = {node_id: around.node_title(node_id) for node_id in known.nodes}
            self._completion = completion_at(text, position, known, titles)
        if self._completion is None:
            self.close()
            return
        if self._list is None:
            self._list = OfferList(self._caret.field.window())
            self._list.view.clicked.connect(self._on_clicked)
            self._list.view.setMouseTracking(True)
        self._list.show_offers(self._completion.offers, self._caret.field, self._caret.place(self._completion.start))

    def close(self) -> None:
        """Put the list away."""
        if self._list is not None:
            self._list.hide()

    def take(self) -> None:
        """Put in the offer in hand."""
        offer = self._list.current if self._list is not None else None
        completion = self._completion
        self.close()
        if offer is not None and completion is not None:
            self._caret.put(completion.start, completion.start + len(completion.typed), offer.insert)
            if offer.kind == "function":
                self.look()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys that belong to the list while it is open; put it away when the focus leaves."""
        kind = event.type()
        if kind in _LEAVING:
            self.close()
        if not isinstance(event, QKeyEvent):
            return False
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if kind == QEvent.Type.ShortcutOverride and self.is_open and self._is_ours(key):
            # Esc and Enter mean the list here, whatever they mean in the window.
            event.accept()
            return True
        if kind != QEvent.Type.KeyPress:
            return False
        if key == Qt.Key.Key_Space and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.look()
            return True
        if not self.is_open or not self._is_ours(key):
            return False
        self._press(key)
        return True

    @staticmethod
    def _is_ours(key: Any) -> bool:
        return key in _WALKING or key in _TAKING or key == Qt.Key.Key_Escape

    def _press(self, key: Qt.Key) -> None:
        assert self._list is not None
        if key in _WALKING:
            self._list.walk(_WALKING[key])
        elif key in _TAKING:
            self.take()
        else:
            self.close()

    def _on_clicked(self, _index: Index) -> None:
        self.take()
