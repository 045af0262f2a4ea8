"""orange-canvas-core: the gestures that every editor is asked for, in its own view on its own scene.

Not in its editing widget: that follows every item while a scheme comes in, and is not done with 1,000 nodes in minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import gestures
import rig
from AnyQt.QtCore import Qt
from AnyQt.QtWidgets import QApplication
from orange_editor import registry_for, scheme_of
from orangecanvas.canvas.scene import CanvasScene
from orangecanvas.canvas.view import CanvasView


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    nodes, wires = rig.graph()
    registry, kinds = registry_for(nodes, wires)
    view = CanvasView()
    view.resize(rig.WIDTH, rig.HEIGHT)
    scene = CanvasScene()
    scene.set_registry(registry)
    view.show()
    application.processEvents()
    scene.set_scheme(scheme_of(nodes, wires, kinds))
    view.setScene(scene)
    application.processEvents()
    items = scene.node_items()
    middle = scene.itemsBoundingRect().center()
    held = min(items, key=lambda one: (one.pos() - middle).manhattanLength())

    def fit() -> None:
        view.fitInView(scene.itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)

    def actual() -> None:
        view.resetTransform()
        view.centerOn(held)

    def grip() -> tuple[float, float]:
        place = view.mapFromScene(held.pos())
        return place.x(), place.y()

    def select() -> None:
        for item in items:
            item.setSelected(True)

    gestures.measure(
        gestures.Editor(
            view,
            fit,
            actual,
            grip,
            select,
            zoom_keys=Qt.KeyboardModifier.ControlModifier,
            pans_by_button=False,
        )
    )


main()
