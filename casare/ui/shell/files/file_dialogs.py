"""The system's dialogs for files, opened without waiting for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget

from casare.app.files.previews import Reader
from casare.ui.dialogs.open_preview import add_preview


class Kind(NamedTuple):
    """A kind of file: what it is called and the suffix that goes with it."""

    title: str
    suffix: str

    @property
    def filter(self) -> str:
        """Return the kind as a file dialog names it."""
        return f"{self.title} (*{self.suffix})"


WORKFLOW_KINDS = (
    Kind("Workflow", ".json"),
    Kind("Workflow, compressed with Zstandard", ".json.zst"),
    Kind("Workflow, compressed with gzip", ".json.gz"),
)
_KIND_COLUMN = 2
_COLUMN_LETTERS = {0: 38, 1: 15, 3: 22}
PICTURE_KINDS = (Kind("PNG picture", ".png"), Kind("SVG drawing", ".svg"), Kind("PDF page", ".pdf"))
CARRYING_KINDS = (Kind("PNG picture that can be opened", ".png"),)


def ask_to_open(
    parent: QWidget, folder: Path | None, chosen: Callable[[list[Path]], object], *, read: Reader | None = None
) -> QFileDialog:
    """Open a dialog for workflow files, with a preview of the one in hand, and hand over what was chosen."""
    dialog = _dialog(parent, "Open", folder)
    # A dialog of the system has no room for the preview.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    every = " ".join(f"*{kind.suffix}" for kind in WORKFLOW_KINDS)
    dialog.setNameFilters([f"Workflows ({every})", "Pictures that carry a workflow (*.png)", "All files (*)"])
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    add_preview(dialog, read)
    _fit_columns(dialog)
    dialog.open()
    return dialog


def ask_for_folder(parent: QWidget, folder: Path | None, chosen: Callable[[Path], object]) -> QFileDialog:
    """Open a dialog for a folder and hand over the one that was chosen."""
    dialog = _dialog(parent, "Open a folder", folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def ask_where_to_save(
    parent: QWidget,
    title: str,
    suggested: Path,
    kinds: Sequence[Kind],
    chosen: Callable[[Path], object],
    cancelled: Callable[[], object] = lambda: None,
) -> QFileDialog:
    """Open a dialog for a new file and hand over the path, which ends in the suffix of one of the kinds."""
    dialog = _dialog(parent, title, suggested.parent if suggested.is_absolute() else None)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([kind.filter for kind in kinds])
    by_filter = {kind.filter: kind for kind in kinds}
    start = next((kind for kind in sorted(kinds, key=_longest) if suggested.name.endswith(kind.suffix)), kinds[0])

    def on_filter(name: str) -> None:
        kind = by_filter.get(name, kinds[0])
        # Qt asks before it overwrites the file this makes of a name without a suffix.
        dialog.setDefaultSuffix(kind.suffix.removeprefix("."))

    dialog.filterSelected.connect(on_filter)
    dialog.selectNameFilter(start.filter)
    on_filter(start.filter)
    dialog.selectFile(suggested.name)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.rejected.connect(cancelled)
    dialog.open()
    return dialog


def with_suffix(path: Path, kind: Kind) -> Path:
    """Return `path` with the suffix of a kind, in place of any suffix of the workflow kinds."""
    name = path.name
    for known in sorted(WORKFLOW_KINDS, key=_longest):
        name = name.removesuffix(known.suffix)
    return path.with_name(name + kind.suffix)


def _dialog(parent: QWidget, title: str, folder: Path | None) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder) if folder is not None else "")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _fit_columns(dialog: QFileDialog) -> None:
    """Give name, size and date the room they need; the suffix tells the kind better than what the system calls it."""
    table = dialog.findChild(QTreeView)
    if table is not None:
        table.setColumnHidden(_KIND_COLUMN, True)
        for column, letters in _COLUMN_LETTERS.items():
            table.setColumnWidth(column, table.fontMetrics().averageCharWidth() * letters)


def _longest(kind: Kind) -> int:
    return -len(kind.suffix)
