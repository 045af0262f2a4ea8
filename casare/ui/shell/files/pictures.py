"""Pictures of a canvas as files: the whole of it, what is selected, or one that carries its workflow."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from casare.foundation.atomic import write_atomic
from casare.storage import encode, with_workflow
from casare.ui.shell.files.file_dialogs import CARRYING_KINDS, PICTURE_KINDS
from casare.ui.shell.files.saving import Saving
from casare.ui.theme.appearance import current_theme

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView


class Pictures:
    """Ask where to, and draw a canvas there as PNG, SVG or PDF."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    def export_all(self, canvas: CanvasView) -> None:
        """Export everything on the canvas."""
        self._export(canvas, "Export picture", ())

    def export_selection(self, canvas: CanvasView) -> None:
        """Export the part of the canvas around the selected nodes."""
        self._export(canvas, "Export picture of selection", frozenset(canvas.document.selection.nodes))

    def export_carrying(self, canvas: CanvasView) -> None:
        """Export a PNG that carries the workflow: dropped on the window, it opens."""
        # Drawing into files is rare; nobody waits for it at the start.
        from casare.ui.canvas.export import picture_of

        def write(path: Path) -> None:
            picture, _ = picture_of(canvas.canvas_scene, current_theme(), "png")
            write_atomic(path, with_workflow(picture, encode(canvas.document.document.graph)))

        self._saving.ask_to_export(canvas.document.document, "Export picture with workflow", CARRYING_KINDS, write)

    def _export(self, canvas: CanvasView, title: str, node_ids: Collection[str]) -> None:
        from casare.ui.canvas.export import kind_of, picture_of

        def write(path: Path) -> None:
            write_atomic(path, picture_of(canvas.canvas_scene, current_theme(), kind_of(path), node_ids=node_ids)[0])

        self._saving.ask_to_export(canvas.document.document, title, PICTURE_KINDS, write)
