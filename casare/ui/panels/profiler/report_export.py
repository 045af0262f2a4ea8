"""Ask where a report is to be written, and write it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casare.app.document import Document
from casare.app.live_profile import LiveProfile
from casare.foundation.errors import CasareError
from casare.ui.panels.profiler.exporting import FORMATS, export, subject_of


class ReportExport(QObject):
    """The dialog of one panel."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._dialog: QFileDialog | None = None

    def ask(self, kind: str, title: str, chosen: Callable[[Path], object]) -> None:
        """Ask for a file for a report in one of FORMATS; `chosen` is called with it."""
        form = FORMATS[kind]
        dialog = QFileDialog(self._panel, form.title.removesuffix("…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{form.name} (*.{form.suffix})")
        dialog.setDefaultSuffix(form.suffix)
        dialog.selectFile(f"{title}-profile.{form.suffix}")
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        dialog.finished.connect(self._on_finished)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None


def written(document: Document, profile: LiveProfile, kind: str, path: Path) -> str:
    """Write a report to a file; return why that failed, or an empty text."""
    if profile.detailed is None:
        return ""
    try:
        export(profile.detailed, kind, path, subject_of(document, profile))
    except OSError as error:
        return f"{path.name} could not be written: {error.strerror or error}"
    except CasareError as error:
        told = ": ".join(part for part in (error.what, error.mend) if part)
        return f"{path.name} was not written, {told}."
    return ""
