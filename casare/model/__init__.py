"""The document: a graph of values, and every way to change it.

Graph, Node, Connection, Frame and Note hold what a file holds and nothing else: no run state, no selection, no pixels,
no idea of which node types exist. Edits are Change values applied by `Graph.apply`, the only writer, which returns the
inverse. File formats live in storage, use cases in app.
"""

from casare.model.changes import (
    AddFrames,
    AddNodes,
    AddNotes,
    Batch,
    Change,
    Connect,
    Disconnect,
    MoveNodes,
    RemoveFrames,
    RemoveNodes,
    RemoveNotes,
    RenameNode,
    ReplaceContent,
    ReplaceFrames,
    ReplaceNodes,
    ReplaceNotes,
    ReplaceWires,
    SetConfig,
    SetMetadata,
    SetSettings,
    SetVariables,
)
from casare.model.content import Content
from casare.model.graph import Graph
from casare.model.history import History
from casare.model.values import Connection, Frame, Node, Note, Unreadable, WireKey

__all__ = [
    "AddFrames",
    "AddNodes",
    "AddNotes",
    "Batch",
    "Change",
    "Connect",
    "Connection",
    "Content",
    "Disconnect",
    "Frame",
    "Graph",
    "History",
    "MoveNodes",
    "Node",
    "Note",
    "RemoveFrames",
    "RemoveNodes",
    "RemoveNotes",
    "RenameNode",
    "ReplaceContent",
    "ReplaceFrames",
    "ReplaceNodes",
    "ReplaceNotes",
    "ReplaceWires",
    "SetConfig",
    "SetMetadata",
    "SetSettings",
    "SetVariables",
    "Unreadable",
    "WireKey",
]
