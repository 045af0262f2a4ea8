"""Ask for files: where a report is to be written, and what to compare with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casare.app.profiler.exporting import FORMATS


class FileAsking(QObject):
    """The one dialog of a panel or page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._dialog: QFileDialog | None = None

    def ask_where(self, kind: str, title: str, chosen: Callable[[Path], object]) -> None:
        """Ask for a file for a report in one of FORMATS; `chosen` is called with it."""
        form = FORMATS[kind]
        dialog = QFileDialog(self._over, form.title.removesuffix("…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{form.name} (*.{form.suffix})")
        dialog.setDefaultSuffix(form.suffix)
        dialog.selectFile(f"{title}-profile.{form.suffix}")
        self._open(dialog, chosen)

    def ask_for_workflow(self, folder: Path | None, chosen: Callable[[Path], object]) -> None:
        """Ask for a workflow to compare with; `chosen` is called with it."""
        dialog = QFileDialog(self._over, "Compare with a workflow")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Workflows (*.json *.json.zst *.json.gz)", "All files (*)"])
        if folder is not None:
            dialog.setDirectory(str(folder))
        self._open(dialog, chosen)

    def _open(self, dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        dialog.finished.connect(self._on_finished)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None
