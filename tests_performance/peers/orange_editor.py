"""orange-canvas-core: the same nodes and wires as a scheme, shown by its canvas scene."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rig
from AnyQt.QtCore import Qt
from AnyQt.QtWidgets import QApplication, QGraphicsView
from orangecanvas.canvas.scene import CanvasScene
from orangecanvas.registry import CategoryDescription, WidgetRegistry
from orangecanvas.registry.description import InputSignal, Multiple, OutputSignal, WidgetDescription
from orangecanvas.scheme import Scheme, SchemeLink, SchemeNode


def registry_for(nodes: dict[str, Any], wires: list[dict[str, str]]) -> tuple[WidgetRegistry, dict[str, Any]]:
    """Return a registry with the types of these nodes, and the types by name."""
    registry = WidgetRegistry()
    category = CategoryDescription("Bench")
    registry.register_category(category)
    kinds = {}
    for name, (inputs, outputs) in rig.ports(nodes, wires).items():
        kinds[name] = WidgetDescription(
            name,
            name,
            category="Bench",
            qualified_name=f"orangecanvas.{name}",
            package="orangecanvas",
            inputs=[InputSignal(port, object, "set", flags=Multiple) for port in inputs],
            outputs=[OutputSignal(port, object) for port in outputs],
        )
        registry.register_widget(kinds[name])
    return registry, kinds


def scheme_of(nodes: dict[str, Any], wires: list[dict[str, str]], kinds: dict[str, Any]) -> Scheme:
    """Return the nodes and wires as a scheme."""
    scheme = Scheme()
    scheme.set_loop_flags(Scheme.AllowLoops)
    made = {}
    for node_id, node in nodes.items():
        made[node_id] = SchemeNode(kinds[node["node_type"]], title=node_id, position=tuple(node["position"]))
        scheme.add_node(made[node_id])
    for wire in wires:
        start, end = made[wire["source_node"]], made[wire["target_node"]]
        link = SchemeLink(start, start.output_channel(wire["source_port"]), end, end.input_channel(wire["target_port"]))
        scheme.add_link(link)
    return scheme


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    nodes, wires = rig.graph()
    registry, kinds = registry_for(nodes, wires)
    view = QGraphicsView()
    view.resize(rig.WIDTH, rig.HEIGHT)
    scene = CanvasScene()
    scene.set_registry(registry)
    view.show()
    application.processEvents()
    empty = rig.memory_mb()

    def fill() -> None:
        scene.set_scheme(scheme_of(nodes, wires, kinds))
        # Only now, which is the quicker way: a view that watches follows every single item.
        view.setScene(scene)
        application.processEvents()
        view.viewport().repaint()

    took = rig.timed(fill)
    view.fitInView(scene.itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
    application.processEvents()
    rig.report(took, [rig.timed(view.viewport().repaint) for _ in range(rig.FRAMES)], empty)


if __name__ == "__main__":
    main()
