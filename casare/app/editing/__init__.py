"""Intentions turned into Change values: pure functions of graph, catalog and what the person pointed at.

Nothing here touches a document; `Document.do(add_node(...))` does. A function returns None when there is nothing to do.
"""

from casare.app.editing.clipboard import Pasted, copy_text, cut_changes, origin_of, part_in, paste, paste_part
from casare.app.editing.deleting import delete
from casare.app.editing.framing import add_frame_around, add_note
from casare.app.editing.growing import add_wired, fitting_port
from casare.app.editing.moving import move_by, positions_after
from casare.app.editing.naming import fresh_ids, rename
from casare.app.editing.parameters import clear_parameter, set_disabled, set_parameter
from casare.app.editing.placing import Placed, add_node
from casare.app.editing.wiring import End, Verdict, connect, verdict

__all__ = [
    "End",
    "Pasted",
    "Placed",
    "Verdict",
    "add_frame_around",
    "add_node",
    "add_note",
    "add_wired",
    "clear_parameter",
    "connect",
    "copy_text",
    "cut_changes",
    "delete",
    "fitting_port",
    "fresh_ids",
    "move_by",
    "origin_of",
    "part_in",
    "paste",
    "paste_part",
    "positions_after",
    "rename",
    "set_disabled",
    "set_parameter",
    "verdict",
]
