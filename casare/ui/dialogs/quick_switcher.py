"""The quick switcher: open tabs and recent files, with the picture of the one that is chosen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casare.app.ages import age
from casare.app.documents.document import Document
from casare.app.files.previews import PreviewResult, PreviewService, Reader, State
from casare.app.files.search import Fields, SearchIndex
from casare.app.session import Session
from casare.ui.background import Inbox
from casare.ui.dialogs.pick_list import ITEM_ROLE, PickModel, PickSheet
from casare.ui.panels.start import PicturePainter
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import ICON_SIZE, RADIUS_FIELD, SPACE_M, SPACE_S, TEXT_BODY, TEXT_CAPTION
from casare.ui.widgets.grade_chip import paint_grade
from casare.ui.widgets.row_ground import paint_row_ground

_ROW = 44
_PICTURE = QSize(240, 150)


class Place(NamedTuple):
    """One place to go to: an open document, or a file."""

    title: str
    note: str
    path: Path | None = None
    document: Document | None = None
    when: str = ""


class QuickSwitcher(PickSheet):
    """Go to an open tab or a recent file by a few letters of its name."""

    empty = "No other workflow is open or was opened lately"

    def __init__(self, host: QWidget, session: Session, paint_picture: PicturePainter, read: Reader) -> None:
        super().__init__(host, "Switch", "Go to an open or recent workflow", _PlaceModel(), _PlaceDelegate())
        self._index = SearchIndex(places(session), lambda place: Fields(place.title, text=place.note))
        self._picture = _PictureView(paint_picture)
        self._known: dict[Path, PreviewResult] = {}
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_results)
        self._service = PreviewService(read, self._inbox.post, workers=1)
        self.content.removeWidget(self.view)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, SPACE_M, SPACE_M)
        row.setSpacing(SPACE_S)
        row.addWidget(self.view, 1)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self.content.insertLayout(1, row)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.model.modelReset.connect(self._on_current)
        self.finished.connect(self._stop)

    def matches(self, query: str) -> Sequence[Place]:
        """Return the places that fit; without a query the open tabs, then the recent files."""
        return self._index.find(query)

    def _on_current(self, *_: object) -> None:
        place = self.model.item(self.view.currentIndex())
        path = place.path if place is not None else None
        self._picture.setVisible(place is not None)
        self._picture.show_result(self._known.get(path) if path is not None else None)
        if path is not None and path not in self._known:
            self._service.want([path])

    def _on_results(self, results: list[PreviewResult]) -> None:
        self._known.update((result.path, result) for result in results)
        self._on_current()

    def _stop(self) -> None:
        self._service.close()
        self._inbox.close()


def places(session: Session) -> list[Place]:
    """Return the open documents but the one in front, then the recent files that are not open."""
    now = time.time()
    opened = [
        Place(one.title, str(one.path.parent) if one.path else "not saved yet", one.path, one, "open")
        for one in session.documents
        if one is not session.active
    ]
    taken = {one.path for one in session.documents if one.path is not None}
    recent = [
        Place(_stem(entry.path), str(entry.path.parent), entry.path, None, age(entry.opened_at, now))
        for entry in session.recents.entries()
        if entry.path not in taken
    ]
    return [*opened, *recent]


def _stem(path: Path) -> str:
    for suffix in (".json.zst", ".json.gz", ".json"):
        if path.name.lower().endswith(suffix):
            return path.name[: -len(suffix)]
    return path.name


class _PlaceModel(PickModel[Place]):
    def text(self, item: Place) -> str:
        return f"{item.title}, {item.note}, {item.when}"


class _PlaceDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place: Place = index.data(ITEM_ROLE)
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option, left=SPACE_S, right=0, radius=RADIUS_FIELD)
        rect: QRect = option.rect
        content = rect.adjusted(SPACE_S + SPACE_M, 0, -SPACE_M, 0)
        name = "app-window" if place.document is not None else "file-json"
        pixmap = icon_pixmap(name, theme.text_muted, ICON_SIZE, painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(content.left(), content.center().y() - ICON_SIZE // 2 + 1), pixmap)
        content.setLeft(content.left() + ICON_SIZE + SPACE_M)
        upper = QRect(content.left(), content.top() + 5, content.width(), 18)
        lower = QRect(content.left(), content.top() + 22, content.width(), 16)
        painter.setFont(ui_font(TEXT_CAPTION))
        painter.setPen(qcolor(theme.text_muted))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, place.when)
        upper.setRight(upper.right() - painter.fontMetrics().horizontalAdvance(place.when) - SPACE_S)
        _text(painter, lower, place.note, Qt.TextElideMode.ElideMiddle)
        painter.setFont(ui_font(TEXT_BODY))
        painter.setPen(qcolor(theme.text))
        _text(painter, upper, place.title, Qt.TextElideMode.ElideRight)
        painter.restore()


class _PictureView(QWidget):
    """The picture of the chosen file, or what is the matter with it."""

    def __init__(self, paint_picture: Callable[[QPainter, QRectF, Any, Any], None]) -> None:
        super().__init__()
        self._paint_picture = paint_picture
        self._result: PreviewResult | None = None
        self.setFixedSize(_PICTURE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_result(self, result: PreviewResult | None) -> None:
        self._result = result
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(qcolor(theme.line))
        painter.setBrush(qcolor(theme.canvas))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_FIELD, RADIUS_FIELD)
        painter.setFont(ui_font(TEXT_CAPTION))
        painter.setPen(qcolor(theme.text_muted))
        lower = rect.adjusted(SPACE_M, rect.height() - 28, -SPACE_M, -SPACE_S)
        result = self._result
        if result is None:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "No picture yet")
        elif result.state is not State.READY or result.seen is None:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(rect.adjusted(SPACE_M, 0, -SPACE_M, 0), flags, result.reason)
        else:
            preview = result.seen.preview
            if preview.picture:
                self._paint_picture(painter, rect.adjusted(SPACE_M, SPACE_M, -SPACE_M, -32), preview.picture, theme)
            counts = f"{preview.node_count:,} nodes · {preview.connection_count:,} wires"
            painter.setFont(ui_font(TEXT_CAPTION))
            painter.setPen(qcolor(theme.text_muted))
            painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, counts)
            paint_grade(painter, QRectF(lower.right() - 22, lower.top() + 2, 22, 16), preview.grade or None, theme)
        painter.end()


def _text(painter: QPainter, rect: QRect, text: str, mode: Qt.TextElideMode) -> None:
    shown = painter.fontMetrics().elidedText(text, mode, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
