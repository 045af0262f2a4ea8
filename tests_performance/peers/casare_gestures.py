"""casare: the gestures that every editor is asked for."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import gestures
import rig
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from casare.app.documents.document import Document
from casare.app.settings import SettingsStore
from casare.catalog import default_catalog
from casare.storage import load
from casare.ui.canvas import CanvasView
from casare.ui.theme.appearance import Appearance


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    Appearance("dark").apply(application)
    catalog = default_catalog()
    catalog.types()
    document = Document(load(Path(sys.argv[1]), catalog).graph, catalog=catalog)
    with tempfile.TemporaryDirectory() as folder:
        canvas = CanvasView(document, SettingsStore(Path(folder) / "settings.json"))
        canvas.resize(rig.WIDTH, rig.HEIGHT)
        canvas.show()
        cards = canvas.stage.geometry.cards
        bounds = canvas.stage.geometry.bounds()
        assert bounds is not None
        x, y = bounds.center
        middle = min(cards.values(), key=lambda card: abs(card.x - x) + abs(card.y - y))

        def actual() -> None:
            canvas.zoom_to(1.0)
            canvas.centerOn(middle.x, middle.y)

        def grip() -> tuple[float, float]:
            card = cards[middle.node_id]
            place = canvas.mapFromScene(QPointF(card.x + 100, card.y + 14))
            return place.x(), place.y()

        gestures.measure(
            gestures.Editor(canvas, canvas.fit, actual, grip, lambda: document.selection.set(document.graph.nodes))
        )
        canvas.canvas_scene.sheets.close()
        canvas.close()


main()
