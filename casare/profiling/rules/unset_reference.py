"""Templates that name something which is not there.

Why these points: a template without a value fails, or worse goes on with an empty one: 4 a node, like a repeated
call. With six of them the file is broken and more of the same tells nothing new: 24.
"""

from __future__ import annotations

import re

from casare.profiling.costs.kinds import TypeKind
from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import NOTHING, Finding, Rule, counted


def _check(evidence: Evidence) -> Finding | None:
    facts = evidence.facts
    reading = evidence.census.referring
    if not reading:
        return None
    known = names_set(evidence)
    if known is None:
        return None
    index = evidence.shape.order.wiring.number
    nodes = []
    given: dict[tuple[TypeKind, str], bool] = {}
    for number in reading:
        for root, rest in facts[number].references:
            source = index.get(root)
            if source is None:
                missing = root not in known and not root.startswith("$")
            else:
                asked = (facts[source].kind, rest)
                if asked not in given:
                    given[asked] = gives(*asked)
                missing = not given[asked]
            if missing:
                nodes.append(number)
                break
    if not nodes:
        return None
    return Finding(
        4.0 * len(nodes), nodes, f"{counted(len(nodes), 'node reads', 'nodes read')} a name that nothing sets."
    )


def names_set(evidence: Evidence) -> set[str] | None:
    """Return the names of all variables, or None when a node sets a variable whose name only the run can tell."""
    known = set(evidence.graph.variables)
    written = evidence.shape.written
    if "var:*" in written:
        return None
    for name in written:
        known.update((name[4:], f"{name[4:]}_index", f"{name[4:]}_key"))
    for number in evidence.census.where(lambda kind: kind.spec is not None and kind.spec.param("item_var") is not None):
        item = evidence.facts[number].node.config.get("item_var", "item")
        known.update((f"{item}", f"{item}_index", f"{item}_key"))
    for number in evidence.census.where(lambda kind: kind.spec is None):
        # What an unknown node sets is unknown; a name it is configured with is most likely one that it sets.
        known.update(value for value in evidence.facts[number].node.config.values() if isinstance(value, str))
    return known


def gives(kind: TypeKind, rest: str) -> bool:
    """Tell whether a node has the output that stands first in `rest`, as far as its type is known."""
    if kind.spec is None or kind.spec.rules or not rest.startswith("."):
        return True
    port = rest[1:]
    return port in kind.outputs or re.split(r"[.\[]", port, maxsplit=1)[0] in kind.outputs


RULE = Rule(
    id="unset-reference",
    title="Reads what nothing sets",
    severity="error",
    formula="4 for each node with a template that names no variable, and no node or no output of that node",
    cap=24,
    advice="Correct the name in the template, or set it before.",
    check=_check,
    watches=("item_var",),
    sees=NOTHING,
)
