"""Intentions turned into Change values: pure functions of graph, catalog and what the person pointed at.

Nothing here touches a document; `Document.do(add_node(...))` does. A function returns None when there is nothing to do.
"""

from casare.app.editing.clipboard import Pasted, copy_text, cut_changes, origin_of, part_in, paste, paste_part
from casare.app.editing.converting import connect_through, converter_for
from casare.app.editing.deleting import delete
from casare.app.editing.duplicating import copy_with_inputs, duplicate_with_inputs, paste_with_inputs
from casare.app.editing.following import add_after
from casare.app.editing.framing import add_frame_around, add_note, rehoused
from casare.app.editing.growing import add_wired, fitting_port
from casare.app.editing.healing import extract, heal
from casare.app.editing.inserting import Fit, fitting_wire, insert, splice
from casare.app.editing.many import auto_connect, disconnect, lazy_connect, lazy_wire, set_in_all
from casare.app.editing.moving import carried, move_by, positions_after
from casare.app.editing.naming import fresh_ids, rename
from casare.app.editing.node_looks import toggle_collapsed, toggle_unused
from casare.app.editing.parameters import clear_parameter, set_bypassed, set_disabled, set_parameter
from casare.app.editing.placing import Placed, add_node
from casare.app.editing.replacing import Replaced, ReplacedAll, losses_in_words, replace_node, replace_nodes
from casare.app.editing.walking import Way, downstream, neighbours, step, upstream
from casare.app.editing.wire_looks import (
    Display,
    add_waypoint,
    display_of,
    move_waypoint,
    portal_of,
    portals,
    remove_waypoint,
    set_display,
    set_portal,
    straighten,
    waypoints_of,
)
from casare.app.editing.wiring import End, Verdict, connect, verdict

__all__ = [
    "Display",
    "End",
    "Fit",
    "Pasted",
    "Placed",
    "Replaced",
    "ReplacedAll",
    "Verdict",
    "Way",
    "add_after",
    "add_frame_around",
    "add_node",
    "add_note",
    "add_waypoint",
    "add_wired",
    "auto_connect",
    "carried",
    "clear_parameter",
    "connect",
    "connect_through",
    "converter_for",
    "copy_text",
    "copy_with_inputs",
    "cut_changes",
    "delete",
    "disconnect",
    "display_of",
    "downstream",
    "duplicate_with_inputs",
    "extract",
    "fitting_port",
    "fitting_wire",
    "fresh_ids",
    "heal",
    "insert",
    "lazy_connect",
    "lazy_wire",
    "losses_in_words",
    "move_by",
    "move_waypoint",
    "neighbours",
    "origin_of",
    "part_in",
    "paste",
    "paste_part",
    "paste_with_inputs",
    "portal_of",
    "portals",
    "positions_after",
    "rehoused",
    "remove_waypoint",
    "rename",
    "replace_node",
    "replace_nodes",
    "set_bypassed",
    "set_disabled",
    "set_display",
    "set_in_all",
    "set_parameter",
    "set_portal",
    "splice",
    "step",
    "straighten",
    "toggle_collapsed",
    "toggle_unused",
    "upstream",
    "verdict",
    "waypoints_of",
]
