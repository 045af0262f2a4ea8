"""NodeGraphQt: the same nodes and wires through its public interface, without undo steps and cycle checks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rig
from NodeGraphQt import BaseNode, NodeGraph
from PySide6.QtWidgets import QApplication


def node_class(name: str, inputs: list[str], outputs: list[str]) -> type:
    """Return a node type with these ports."""

    def make(self: Any) -> None:
        BaseNode.__init__(self)
        for port in inputs:
            self.add_input(port, multi_input=True)
        for port in outputs:
            self.add_output(port)

    return type(name, (BaseNode,), {"__identifier__": "bench", "NODE_NAME": name, "__init__": make})


def empty_graph(nodes: dict[str, Any], wires: list[dict[str, str]]) -> Any:
    """Return a graph in a window that knows the types of these nodes."""
    graph = NodeGraph()
    graph.set_acyclic(False)
    for name, (inputs, outputs) in rig.ports(nodes, wires).items():
        graph.register_node(node_class(name, inputs, outputs))
    graph.widget.resize(rig.WIDTH, rig.HEIGHT)
    graph.widget.show()
    return graph


def build(graph: Any, nodes: dict[str, Any], wires: list[dict[str, str]]) -> dict[str, Any]:
    """Put the nodes and wires into a graph and return the nodes by id."""
    made = {
        node_id: graph.create_node(
            f"bench.{node['node_type']}", name=node_id, selected=False, pos=node["position"], push_undo=False
        )
        for node_id, node in nodes.items()
    }
    for wire in wires:
        start = made[wire["source_node"]].get_output(wire["source_port"])
        end = made[wire["target_node"]].get_input(wire["target_port"])
        start.connect_to(end, push_undo=False)
    return made


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    nodes, wires = rig.graph()
    graph = empty_graph(nodes, wires)
    application.processEvents()
    empty = rig.memory_mb()

    def fill() -> None:
        build(graph, nodes, wires)
        application.processEvents()
        graph.viewer().viewport().repaint()

    took = rig.timed(fill)
    viewer = graph.viewer()
    graph.clear_selection()
    graph.fit_to_selection()
    application.processEvents()
    rig.report(took, [rig.timed(viewer.viewport().repaint) for _ in range(rig.FRAMES)], empty)


if __name__ == "__main__":
    main()
