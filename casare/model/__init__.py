"""The document: a graph of values, and every way to change it.

Graph, Node, Connection, Frame, Note and Subflow hold what a file holds and nothing else: no run state, no selection, no
pixels, no idea of which node types exist. Edits are Change values applied by `Graph.apply`, the only writer, which
returns the inverse. File formats live in storage, use cases in app.
"""

from casare.model.changes import (
    AddFrames,
    AddNodes,
    AddNotes,
    AddSubflows,
    Batch,
    Change,
    Connect,
    Disconnect,
    InSubflow,
    MoveNodes,
    RemoveFrames,
    RemoveNodes,
    RemoveNotes,
    RemoveSubflows,
    RenameNode,
    ReplaceContent,
    ReplaceFrames,
    ReplaceNodes,
    ReplaceNotes,
    ReplaceWires,
    SetConfig,
    SetInterface,
    SetMetadata,
    SetSettings,
    SetVariables,
)
from casare.model.changes.subflows import at_level
from casare.model.content import Content
from casare.model.graph import Graph
from casare.model.history import History
from casare.model.subflows import Definition, Interface, Outlet, Promoted, Subflow
from casare.model.values import Connection, Frame, Node, Note, Unreadable, WireKey

__all__ = [
    "AddFrames",
    "AddNodes",
    "AddNotes",
    "AddSubflows",
    "Batch",
    "Change",
    "Connect",
    "Connection",
    "Content",
    "Definition",
    "Disconnect",
    "Frame",
    "Graph",
    "History",
    "InSubflow",
    "Interface",
    "MoveNodes",
    "Node",
    "Note",
    "Outlet",
    "Promoted",
    "RemoveFrames",
    "RemoveNodes",
    "RemoveNotes",
    "RemoveSubflows",
    "RenameNode",
    "ReplaceContent",
    "ReplaceFrames",
    "ReplaceNodes",
    "ReplaceNotes",
    "ReplaceWires",
    "SetConfig",
    "SetInterface",
    "SetMetadata",
    "SetSettings",
    "SetVariables",
    "Subflow",
    "Unreadable",
    "WireKey",
    "at_level",
]
