"""The system's dialogs for files, opened without waiting for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


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
PICTURE_KINDS = (Kind("PNG picture", ".png"), Kind("SVG drawing", ".svg"))
PROFILE_KINDS = (Kind("Table", ".csv"), Kind("JSON", ".json"))


def ask_to_open(parent: QWidget, folder: Path | None, chosen: Callable[[list[Path]], object]) -> QFileDialog:
    """Open a dialog for workflow files and hand over what was chosen."""
    dialog = _dialog(parent, "Open", folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    every = " ".join(f"*{kind.suffix}" for kind in WORKFLOW_KINDS)
    dialog.setNameFilters([f"Workflows ({every})", "All files (*)"])
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
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


def _longest(kind: Kind) -> int:
    return -len(kind.suffix)
