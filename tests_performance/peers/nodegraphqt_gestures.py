"""NodeGraphQt: the gestures that every editor is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import gestures
import rig
from nodegraphqt_editor import build, empty_graph
from PySide6.QtWidgets import QApplication


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    nodes, wires = rig.graph()
    graph = empty_graph(nodes, wires)
    application.processEvents()
    made = list(build(graph, nodes, wires).values())
    viewer = graph.viewer()
    items = [node.view for node in made]
    middle = sum(one.sceneBoundingRect().center().x() for one in items) / len(items)
    height = sum(one.sceneBoundingRect().center().y() for one in items) / len(items)
    held = min(items, key=lambda one: abs(one.scenePos().x() - middle) + abs(one.scenePos().y() - height))

    def fit() -> None:
        graph.clear_selection()
        graph.fit_to_selection()

    def actual() -> None:
        graph.clear_selection()
        graph.reset_zoom()
        viewer.center_selection([held])

    def grip() -> tuple[float, float]:
        box = held.sceneBoundingRect()
        place = viewer.mapFromScene(box.center().x(), box.top() + 12)
        return place.x(), place.y()

    gestures.measure(gestures.Editor(viewer, fit, actual, grip, graph.select_all))


main()
