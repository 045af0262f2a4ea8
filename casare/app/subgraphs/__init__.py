"""Subgraphs as people use them: make one of a selection, dissolve it, share it, give it ports and parameters.

Lives here: what an instance shows (its own node type), the boundary nodes inside a definition, the edits as pure
functions that return changes, and the flat form of a document. Does not live here: how a definition is stored in the
graph (`model`), in a file (`storage`), or how one is looked at and walked into (`app.documents`, `ui`).
"""

from casare.app.subgraphs.boundary import (
    INSTANCE,
    definition_of,
    inputs_of,
    instances_in,
    is_boundary,
    outputs_of,
)
from casare.app.subgraphs.dissolving import dissolve
from casare.app.subgraphs.grouping import Grouped, group
from casare.app.subgraphs.inlining import Flat, flattened, inlined
from casare.app.subgraphs.interfaces import (
    add_port,
    demote,
    move_port,
    promote,
    promoted_as,
    remove_port,
    rename_parameter,
    rename_port,
    rename_subgraph,
    set_port,
)
from casare.app.subgraphs.nesting import MOST_LEVELS, chain_to, loops, reachable
from casare.app.subgraphs.own_types import OwnTypes, scoped
from casare.app.subgraphs.sharing import (
    as_workflow,
    count_instances,
    instance_config,
    make_unique,
    offered,
    place_instance,
    remove_unused,
    unused,
)

__all__ = [
    "INSTANCE",
    "MOST_LEVELS",
    "Flat",
    "Grouped",
    "OwnTypes",
    "add_port",
    "as_workflow",
    "chain_to",
    "count_instances",
    "definition_of",
    "demote",
    "dissolve",
    "flattened",
    "group",
    "inlined",
    "inputs_of",
    "instance_config",
    "instances_in",
    "is_boundary",
    "loops",
    "make_unique",
    "move_port",
    "offered",
    "outputs_of",
    "place_instance",
    "promote",
    "promoted_as",
    "reachable",
    "remove_port",
    "remove_unused",
    "rename_parameter",
    "rename_port",
    "rename_subgraph",
    "scoped",
    "set_port",
    "unused",
]
