"""Editors with a button that opens a dialog or a pop-up: files, folders, colours, moments."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCalendarWidget, QColorDialog, QFileDialog, QMenu, QWidget, QWidgetAction

from casare.app.documents.parameters import is_template
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.editors.line import AnyEditor, TextEditor
from casare.ui.panels.inspector.editors.swatch import Swatch
from casare.ui.widgets.icon_button import IconButton

_TIME = "%Y-%m-%d %H:%M"


class PathEditor(TextEditor):
    """Edit a path; the button at its end opens a file dialog that leaves the window usable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = IconButton("folder-open", "Browse…")
        self.button.clicked.connect(self.browse)
        self.row.addWidget(self.button)
        self._dialog: QFileDialog | None = None

    @property
    def dialog(self) -> QFileDialog | None:
        """The dialog that is open, or None."""
        return self._dialog

    def set_param(self, param: Param) -> None:
        """Edit a path of another kind."""
        super().set_param(param)
        words = {Widget.FOLDER: "Choose a folder", Widget.SAVE_FILE: "Choose where to write"}
        name = words.get(param.widget or Widget.FILE, "Choose a file")
        self.button.setToolTip(f"{name}…")
        self.button.setAccessibleName(f"{name} for {param.title}")

    def browse(self) -> None:
        """Open the dialog at the path there is."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        dialog = QFileDialog(self, self.param.title)
        kind = self.param.widget
        if kind is Widget.FOLDER:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        elif kind is Widget.SAVE_FILE:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setFileMode(QFileDialog.FileMode.AnyFile)
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        text = self.line.text()
        if text and not is_template(text) and Path(text).expanduser().parent.is_dir():
            dialog.selectFile(str(Path(text).expanduser()))
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(self._on_finished)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _on_chosen(self, path: str) -> None:
        self.line.setText(path)
        self.left.emit()

    def _on_finished(self) -> None:
        self._dialog = None


class MomentEditor(AnyEditor):
    """Edit a date with a time; the button opens a calendar, and the time typed so far stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = IconButton("calendar", "Choose a day…")
        self.button.clicked.connect(self.open_calendar)
        self.row.addWidget(self.button)

    def set_param(self, param: Param) -> None:
        """Edit a moment of another parameter."""
        super().set_param(param)
        self.button.setAccessibleName(f"Choose a day for {param.title}")

    def open_calendar(self) -> None:
        """Show a calendar below the button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        now = self._moment()
        if now is not None:
            calendar.setSelectedDate(QDate(now.year, now.month, now.day))
        calendar.clicked.connect(self.choose_day)
        calendar.clicked.connect(menu.close)
        held = QWidgetAction(menu)
        held.setDefaultWidget(calendar)
        menu.addAction(held)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def choose_day(self, day: QDate) -> None:
        """Take a day over and keep the time."""
        before = self._moment() or datetime(day.year(), day.month(), day.day())
        moment = before.replace(year=day.year(), month=day.month(), day=day.day())
        self.line.setText(moment.strftime(_TIME))
        self.left.emit()

    def _moment(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.line.text().strip())
        except ValueError:
            return None


class ColorEditor(TextEditor):
    """Edit a colour as `#rrggbb`; the swatch before it opens a colour dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.swatch = Swatch()
        self.swatch.clicked.connect(self.browse)
        self.row.insertWidget(0, self.swatch)
        self._dialog: QColorDialog | None = None

    @property
    def dialog(self) -> QColorDialog | None:
        """The dialog that is open, or None."""
        return self._dialog

    def set_param(self, param: Param) -> None:
        """Edit a colour of another parameter."""
        super().set_param(param)
        self.swatch.setAccessibleName(f"Choose a colour for {param.title}")

    def show_value(self, value: Any) -> None:
        """Show the text and the colour."""
        super().show_value(value)
        self.swatch.set_colour(self.line.text() or self.line.placeholderText())

    def browse(self) -> None:
        """Open the dialog at the colour there is."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        dialog = QColorDialog(self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        colour = QColor(self.line.text())
        if colour.isValid():
            dialog.setCurrentColor(colour)
        dialog.colorSelected.connect(self._on_chosen)
        dialog.finished.connect(self._on_finished)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _on_text(self, text: str) -> None:
        super()._on_text(text)
        self.swatch.set_colour(text)

    def _on_chosen(self, colour: QColor) -> None:
        self.line.setText(colour.name())
        self.left.emit()

    def _on_finished(self) -> None:
        self._dialog = None
