"""The tabs: Start first and always, then one for each open document."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QTabBar, QWidget

from casare.app.documents.document import Document, title_of
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CHIP, SPACE_XS

_BUTTON = 16
_BUTTON_MARGIN = 6
"""Room between a tab's button and the tab's edge, px; a stylesheet cannot ask for it."""
_HEIGHT = 32
_INDENT = 8
_DOT = 7


class TabStrip(QWidget):
    """The ground the tabs stand on, with the line that the tab in front breaks."""

    def __init__(self, tabs: DocumentTabs) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(_INDENT, SPACE_XS, 0, 0)
        row.addWidget(tabs)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(theme.window))
        painter.fillRect(0, self.height() - 1, self.width(), 1, qcolor(theme.line))
        painter.end()


class DocumentTabs(QTabBar):
    """Show which documents are open, which is in front, and which have unsaved changes."""

    document_chosen = Signal(object)
    """The Document to bring to the front, or None for the start page."""
    close_requested = Signal(object)
    """The Document to close."""
    file_chosen = Signal(object)
    """The Path of a tab that waited to be opened."""
    arranged = Signal()
    """The tabs are in another order, or one that waited is gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "document")
        # The strip below shows through, so that its line runs on beside the tabs.
        self.setStyleSheet('QTabBar[kind="document"] { background: transparent; }')
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Open workflows")
        self._settling = False
        self._middle: int = -1
        self.addTab("Start")
        self.currentChanged.connect(self._on_current)
        self.tabMoved.connect(self._on_moved)

    def documents(self) -> list[Document]:
        """Return the documents in the order of their tabs."""
        found = [self.tabData(at) for at in range(1, self.count())]
        return [document for document in found if isinstance(document, Document)]

    def add(self, document: Document) -> None:
        """Add a tab for a document at the end, without bringing it to the front."""
        at = self._waiting_place(document.path)
        if at < 1:
            at = self._add_tab("", document)
        self.setTabData(at, document)
        self.show_state(document)

    def add_waiting(self, path: Path) -> None:
        """Add a tab for a file that is opened when the tab is gone to."""
        if self._waiting_place(path) > 0:
            return
        at = self._add_tab(title_of(path).replace("&", "&&"), path)
        self.setTabToolTip(at, f"{path}\nOpens when you go there")
        button = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
        if button is not None:
            button.setAccessibleName(f"Close {title_of(path)}")

    def remove_waiting(self, path: Path) -> None:
        """Take the tab of a file that was not opened away."""
        at = self._waiting_place(path)
        if at > 0:
            self._remove_tab(at)
            self.arranged.emit()

    def paths(self) -> list[Path]:
        """Return the files of all tabs in their order, opened or waiting."""
        held = [self.tabData(at) for at in range(1, self.count())]
        found = [one.path if isinstance(one, Document) else one for one in held]
        return [one for one in found if isinstance(one, Path)]

    def step(self, by: int) -> None:
        """Go to the tab so many further on, or back when negative; after the last comes the first."""
        if self.count() > 1:
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def remove(self, document: Document) -> None:
        """Take the tab of a document away."""
        at = self._place(document)
        if at > 0:
            self._remove_tab(at)

    def choose(self, document: Document | None) -> None:
        """Show which document is in front."""
        self._settling = True
        self.setCurrentIndex(self._place(document))
        self._settling = False

    def show_state(self, document: Document) -> None:
        """Show the title of a document and whether it has unsaved changes."""
        at = self._place(document)
        if at < 1:
            return
        self.setTabText(at, document.title.replace("&", "&&"))
        where = str(document.path) if document.path is not None else "Not saved yet"
        self.setTabToolTip(at, f"{where}\nUnsaved changes" if document.is_modified else where)
        button = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
        if isinstance(button, TabButton):
            button.set_modified(document.is_modified)
            button.setAccessibleName(f"Close {document.title}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the middle button went down."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._middle = self.tabAt(event.position().toPoint())
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the tab that the middle button was pressed and released on."""
        if event.button() == Qt.MouseButton.MiddleButton:
            at = self.tabAt(event.position().toPoint())
            if at > 0 and at == self._middle:
                self._ask_to_close(at)
            self._middle = -1
            return
        super().mouseReleaseEvent(event)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """Give every tab the same height, with a close button or without."""
        return QSize(super().tabSizeHint(index).width(), _HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """Let titles be shortened before the tabs have to scroll."""
        return QSize(min(120, self.tabSizeHint(index).width()), self.tabSizeHint(index).height())

    def _place(self, document: Document | None) -> int:
        if document is None:
            return 0
        return next((at for at in range(1, self.count()) if self.tabData(at) is document), -1)

    def _on_current(self, at: int) -> None:
        if not self._settling and at >= 0:
            held = self.tabData(at) if at else None
            if isinstance(held, Path):
                self.file_chosen.emit(held)
            else:
                self.document_chosen.emit(held)

    def _ask_to_close(self, at: int) -> None:
        held = self.tabData(at)
        if isinstance(held, Path):
            self.remove_waiting(held)
        else:
            self.close_requested.emit(held)

    def _add_tab(self, title: str, held: Document | Path) -> int:
        self._settling = True
        at = self.addTab(title)
        self.setTabData(at, held)
        button = TabButton()
        button.clicked.connect(lambda: self._ask_to_close(self._place_of(button)))
        self.setTabButton(at, QTabBar.ButtonPosition.RightSide, button)
        self._settling = False
        return at

    def _remove_tab(self, at: int) -> None:
        self._settling = True
        button = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
        self.removeTab(at)
        if button is not None:
            button.deleteLater()
        self._settling = False

    def _place_of(self, button: QWidget) -> int:
        side = QTabBar.ButtonPosition.RightSide
        return next((at for at in range(1, self.count()) if self.tabButton(at, side) is button), -1)

    def _waiting_place(self, path: Path | None) -> int:
        places = (at for at in range(1, self.count()) if isinstance(self.tabData(at), Path))
        return next((at for at in places if self.tabData(at) == path), -1) if path is not None else -1

    def _on_moved(self, source: int, target: int) -> None:
        # Start stays first, however it was pushed aside.
        if not self._settling and 0 in (source, target):
            self._settling = True
            self.moveTab(next(at for at in range(self.count()) if self.tabData(at) is None), 0)
            self._settling = False
        self.arranged.emit()


class TabButton(QAbstractButton):
    """Close a tab; while there are unsaved changes it is a dot until the pointer is on it."""

    def __init__(self) -> None:
        super().__init__()
        self._modified = False
        self.setFixedSize(_BUTTON + _BUTTON_MARGIN, _BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip("Close")

    @property
    def modified(self) -> bool:
        """Whether it shows the dot."""
        return self._modified

    def set_modified(self, modified: bool) -> None:
        """Show the dot or the cross."""
        if modified != self._modified:
            self._modified = modified
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Turn into a cross."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot or the cross."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(0, 0, _BUTTON, _BUTTON)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._modified and not self.underMouse():
            painter.setBrush(qcolor(theme.warning))
            painter.drawEllipse(rect.center(), _DOT / 2, _DOT / 2)
        else:
            if self.underMouse():
                painter.setBrush(qcolor(theme.pressed if self.isDown() else theme.hover))
                painter.drawRoundedRect(rect, RADIUS_CHIP, RADIUS_CHIP)
            colour = theme.text if self.underMouse() else theme.text_muted
            pixmap = icon_pixmap("x", colour, 12, self.devicePixelRatioF())
            painter.drawPixmap(QPointF((_BUTTON - 12) / 2, (_BUTTON - 12) / 2), pixmap)
        painter.end()
