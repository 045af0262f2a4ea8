"""The workflows that the acts work on."""

from __future__ import annotations

from casare.model import Connection, Frame, Graph, Node, Note


def flow() -> Graph:
    """Return set -> compare -> if -> two logs, with data wires, and two nodes that stand alone."""
    nodes = (
        Node("set", "SetVariableNode", {"variable_name": "total", "value": 3}, (0, 0)),
        Node("compare", "ComparisonNode", {"b": 2, "operator": ">"}, (280, 0)),
        Node("if", "IfNode", {}, (560, 0)),
        Node("yes", "LogNode", {"message": "yes"}, (840, -120)),
        Node("no", "LogNode", {"message": "no"}, (840, 120)),
        Node("join", "ConcatenateNode", {"string_1": "a", "string_2": "b"}, (280, 300)),
        Node("sum", "MathOperationNode", {"a": 1, "b": 2, "operation": "add"}, (560, 300)),
    )
    wires = (
        Connection("set", "exec_out", "compare", "exec_in"),
        Connection("compare", "exec_out", "if", "exec_in"),
        Connection("if", "true", "yes", "exec_in"),
        Connection("if", "false", "no", "exec_in"),
        Connection("set", "value", "compare", "a"),
        Connection("compare", "result", "if", "condition"),
    )
    return Graph(nodes, wires, metadata={"name": "flow"}, variables={"total": 0})


def framed() -> Graph:
    """Return the flow with a frame round two of its nodes and a note."""
    graph = flow()
    return Graph(
        graph.nodes.values(),
        graph.connections.values(),
        metadata={"name": "framed"},
        frames=(Frame("frame", "Decide", "", (240, -60), (560, 220), ("compare", "if")),),
        notes=(Note("note", "# Read me\n\n- **first**\n- second", (0, 300), (240, 160)),),
    )
