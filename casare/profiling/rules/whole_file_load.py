"""Whole files read again in every turn of a loop, or read whole where a part would do.

Why these points: a file read whole works until the day it is large: 1 as a reminder. Read again in each turn of a
loop it costs its time and memory every time: 5. The figure of the peak is judged by another rule, so 10 is the most.
"""

from __future__ import annotations

from casare.profiling.costs.cost import number_of
from casare.profiling.costs.kinds import TypeKind
from casare.profiling.costs.touch import Touch
from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted

_LIMITS = ("max_rows", "max_size", "limit", "chunk_size")
_LIMITED = frozenset(_LIMITS)


def _check(evidence: Evidence) -> Finding | None:
    regions = evidence.shape.regions
    nodes: list[int] = []
    points = 0.0
    for number in evidence.census.where(_loads):
        held = evidence.facts[number]
        config = held.node.config
        if not _LIMITED.isdisjoint(config) and any((number_of(config.get(name)) or 0) > 0 for name in _LIMITS):
            continue
        again = regions.regions[regions.of_node[number]].trips > 1 and "file:*" not in held.effects.reads
        points += 5 if again else 1
        nodes.append(number)
    if not nodes:
        return None
    return Finding(
        points, nodes, f"{counted(len(nodes), 'node loads', 'nodes load')} a whole file, however large it is."
    )


def _loads(kind: TypeKind) -> bool:
    return kind.outside and kind.touching.touch is Touch.READ_FILES and kind.spec is not None and "Read" in kind.spec.id


RULE = Rule(
    id="whole-file-load",
    title="Whole file in memory",
    severity="info",
    formula="1 for each node that loads a file without a limit, 5 for one that loads the same file in every turn",
    cap=10,
    advice="Read the file once, before the loop, and set a limit on its size or rows.",
    check=_check,
    sees=Sees.REGIONS,
    watches=_LIMITS,
)
