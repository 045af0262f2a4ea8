"""The left column of the start page: what to begin with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from casare.app.commands import command
from casare.app.files.templates import Template
from casare.app.keymaps import Keymap, KeymapStore
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import (
    ICON_SIZE,
    RADIUS_FIELD,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TEXT_BODY,
    TEXT_CAPTION,
    Theme,
)
from casare.ui.widgets.focus_ring import paint_focus_ring
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.text_label import TextLabel

_WIDTH = 260
_SHOWN = 8


class SideColumn(QWidget):
    """Offer a new workflow, opening a file or a folder, and the templates."""

    command_chosen = Signal(str)
    """The id of a command, such as `file.new`."""
    template_chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._commands: dict[str, StartRow] = {}
        heading = TextLabel("Start", "heading")
        heading.setContentsMargins(SPACE_S, 0, 0, SPACE_M)
        self._column.addWidget(heading)
        for command_id, icon_name, title in (
            ("file.new", "file-plus", "New workflow"),
            ("file.open", "folder-open", "Open…"),
            ("file.open_folder", "folder", "Open a folder…"),
            ("file.switch", "history", "Switch or open recent…"),
        ):
            row = StartRow(title, icon_name, shortcut=next(iter(command(command_id).keys), ""))
            row.clicked.connect(lambda _checked=False, chosen=command_id: self.command_chosen.emit(chosen))
            self._column.addWidget(row)
            self._commands[command_id] = row
        self._header = SectionHeader("Templates")
        self._header.setContentsMargins(SPACE_S, SPACE_M, SPACE_S, 0)
        self._header.hide()
        self._column.addWidget(self._header)
        self._templates: list[StartRow] = []
        self._column.addStretch(1)

    @property
    def template_rows(self) -> list[StartRow]:
        """The rows of the templates."""
        return list(self._templates)

    def follow(self, store: KeymapStore) -> None:
        """Show the keys that the commands have, now and whenever they become others."""
        store.changed.connect(self._show_keys)
        self._show_keys(store.current)

    def _show_keys(self, keymap: Keymap) -> None:
        for command_id, row in self._commands.items():
            row.show_keys(next(iter(keymap.keys(command_id)), ""))

    def set_templates(self, templates: Iterable[Template]) -> None:
        """Offer these templates, the first eight of them."""
        for row in self._templates:
            self._column.removeWidget(row)
            row.deleteLater()
        self._templates = []
        for template in list(templates)[:_SHOWN]:
            row = StartRow(template.title, "layout-template", note=template.description)
            row.clicked.connect(lambda _checked=False, path=template.path: self.template_chosen.emit(path))
            self._column.insertWidget(self._column.count() - 1, row)
            self._templates.append(row)
        self._header.setVisible(bool(self._templates))


class StartRow(QAbstractButton):
    """One thing to begin with: icon and title, and a shortcut at the right or a note below."""

    def __init__(self, title: str, icon_name: str, *, shortcut: str = "", note: str = "") -> None:
        super().__init__()
        self._icon = icon_name
        self._note = " ".join(note.split())
        self._shortcut = ""
        self.show_keys(shortcut)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._note)
        self.setToolTip(self._note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def keys(self) -> str:
        """The shortcut as it is shown."""
        return self._shortcut

    def show_keys(self, shortcut: str) -> None:
        """Show another shortcut at the right."""
        self._shortcut = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for one line, two with a note."""
        return QSize(_WIDTH, 44 if self._note else 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.pressed if self.isDown() else theme.hover))
            painter.drawRoundedRect(rect, RADIUS_FIELD, RADIUS_FIELD)
        self._paint_content(painter, rect, theme)
        if self.hasFocus():
            paint_focus_ring(painter, rect, theme)
        painter.end()

    def _paint_content(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        colour = theme.text_muted if self._note else theme.accent
        pixmap = icon_pixmap(self._icon, colour, ICON_SIZE, self.devicePixelRatioF())
        text = rect.adjusted(SPACE_S + ICON_SIZE + SPACE_S, SPACE_XS, -SPACE_S, -SPACE_XS)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        line = QRectF(text.left(), text.top(), text.width(), text.height() / 2) if self._note else text
        painter.drawPixmap(SPACE_S, round(line.center().y() - ICON_SIZE / 2), pixmap)
        if self._shortcut:
            painter.setFont(ui_font(TEXT_CAPTION))
            painter.setPen(qcolor(theme.text_muted))
            painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._shortcut)
            line = line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(self._shortcut) - SPACE_S, 0)
        painter.setFont(ui_font(TEXT_BODY, QFont.Weight.Medium))
        painter.setPen(qcolor(theme.text if self._note else theme.accent))
        painter.drawText(line, left, _elided(painter, self.text(), line))
        if self._note:
            painter.setFont(ui_font(TEXT_CAPTION))
            painter.setPen(qcolor(theme.text_muted))
            below = line.translated(0, line.height() - 1)
            painter.drawText(below, left, _elided(painter, self._note, below))


def _elided(painter: QPainter, text: str, rect: QRectF) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
