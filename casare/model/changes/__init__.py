"""Every edit, as a value: imperative, frozen, complete in itself, and able to name its own inverse.

`carry_out` is called by `Graph.apply` and by `Batch` only. It either does all of its work or raises with the graph as
it was.
"""

from casare.model.changes.base import Change
from casare.model.changes.batch import Batch
from casare.model.changes.decor import (
    AddFrames,
    AddNotes,
    RemoveFrames,
    RemoveNotes,
    ReplaceFrames,
    ReplaceNotes,
)
from casare.model.changes.nodes import AddNodes, MoveNodes, RemoveNodes, RenameNode, ReplaceNodes, SetConfig
from casare.model.changes.sections import SetMetadata, SetSettings, SetVariables
from casare.model.changes.subflows import AddSubflows, InSubflow, RemoveSubflows, SetInterface
from casare.model.changes.whole import ReplaceContent
from casare.model.changes.wires import Connect, Disconnect, ReplaceWires

__all__ = [
    "AddFrames",
    "AddNodes",
    "AddNotes",
    "AddSubflows",
    "Batch",
    "Change",
    "Connect",
    "Disconnect",
    "InSubflow",
    "MoveNodes",
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
]
