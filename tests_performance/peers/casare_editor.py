"""casare: a document onto its canvas, painted once; then whole frames with everything in view."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rig
from PySide6.QtWidgets import QApplication

from casare.app.documents.document import Document
from casare.app.settings import SettingsStore
from casare.catalog import default_catalog
from casare.model import Graph
from casare.storage import load
from casare.ui.canvas import CanvasView
from casare.ui.theme.appearance import Appearance

PATIENCE_S = 20


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    Appearance("dark").apply(application)
    catalog = default_catalog()
    catalog.types()
    loaded = load(Path(sys.argv[1]), catalog)
    with tempfile.TemporaryDirectory() as folder:
        settings = SettingsStore(Path(folder) / "settings.json")

        def show(graph: Graph) -> CanvasView:
            canvas = CanvasView(Document(graph, catalog=catalog), settings)
            canvas.resize(rig.WIDTH, rig.HEIGHT)
            canvas.show()
            application.processEvents()
            canvas.viewport().repaint()
            return canvas

        show(Graph()).close()
        empty = rig.memory_mb()
        views: list[CanvasView] = []
        build = rig.timed(lambda: views.append(show(loaded.graph)))
        canvas = views[0]
        canvas.fit()
        sheets = canvas.canvas_scene.sheets
        until = time.monotonic() + PATIENCE_S
        canvas.viewport().repaint()
        # Far away the canvas shows pictures drawn on a thread; a frame is timed once they are there.
        while sheets._busy and time.monotonic() < until:
            application.processEvents()
            time.sleep(0.01)
        frames = [rig.timed(canvas.viewport().repaint) for _ in range(rig.FRAMES)]
        rig.report(build, frames, empty)
        sheets.close()
        canvas.close()


main()
