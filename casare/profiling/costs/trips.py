"""How often the body of a loop runs, as far as the document says."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casare.expressions import references
from casare.model import Graph
from casare.profiling.costs.cost import number_of
from casare.profiling.costs.facts import NodeFacts
from casare.sdk import Role

ASSUMED_TRIPS: Final = 10
"""What a loop is taken to run when only the run itself can tell."""
MOST_TRIPS: Final = 1_000_000_000

Lookup = Callable[[str], Any]


class Trips(NamedTuple):
    """How often, and whether that is assumed."""

    turns: float
    assumed: bool


def trips_of(facts: NodeFacts, lookup: Lookup) -> Trips:
    """Return how often the body behind a loop start runs one after another.

    Items that run side by side count as one. `lookup` gives the literal value of a variable, or None.
    """
    config = facts.node.config
    if facts.kind.role is Role.PARALLEL_EACH:
        items = _length(config.get("items"), lookup)
        at_once = max(number_of(config.get("batch_size")) or 5, 1)
        return Trips(math.ceil((ASSUMED_TRIPS if items is None else items) / at_once), items is None)
    if facts.kind.spec and facts.kind.spec.param("max_iterations"):
        limit = number_of(config.get("max_iterations"))
        return Trips(min(ASSUMED_TRIPS, limit) if limit is not None and limit > 0 else ASSUMED_TRIPS, True)
    if config.get("mode") == "range" or ("items" not in config and "end" in config):
        return _range_trips(facts)
    named = config.get("list_var")
    items = _length(config["items"], lookup) if config.get("items") is not None else None
    if items is None and config.get("items") is None and isinstance(named, str) and named:
        items = _length(lookup(named), lookup)
    return Trips(ASSUMED_TRIPS, True) if items is None else Trips(min(items, MOST_TRIPS), False)


def variable_lookup(graph: Graph, facts: Sequence[NodeFacts], writers: Sequence[int]) -> Lookup:
    """Return a function that gives the literal value of a variable: set once by one node, or declared and never set."""
    written: dict[str, list[Any]] | None = None

    def lookup(name: str) -> Any:
        # Few loops run over a variable, and without one nobody has to know what is written where.
        nonlocal written
        if written is None:
            written = _literals_written(facts, writers)
        values = written.get(name)
        if values is not None:
            return values[0] if len(values) == 1 else None
        declared = graph.variables.get(name)
        if isinstance(declared, Mapping):
            return declared.get("default_value", declared.get("value"))
        return declared

    return lookup


def _literals_written(facts: Sequence[NodeFacts], writers: Sequence[int]) -> dict[str, list[Any]]:
    """Return by variable what each of its writers sets it to; None for what only the run can tell."""
    written: dict[str, list[Any]] = {}
    for number in writers:
        held = facts[number]
        for resource in held.effects.writes:
            if resource.startswith("var:"):
                config = held.node.config
                literal = config.get("value") if config.get("variable_name") == resource[4:] else None
                written.setdefault(resource[4:], []).append(literal)
    return written


def _range_trips(facts: NodeFacts) -> Trips:
    config, spec = facts.node.config, facts.kind.spec
    bounds: list[float] = []
    for name, default in (("start", 0), ("end", 10), ("step", 1)):
        param = spec.param(name) if spec else None
        value = number_of(config.get(name, param.default if param else default))
        if value is None:
            return Trips(ASSUMED_TRIPS, True)
        bounds.append(math.trunc(value))
    start, end, step = bounds
    if not step:
        return Trips(ASSUMED_TRIPS, True)
    return Trips(min(max(math.ceil((end - start) / step), 0), MOST_TRIPS), False)


def _length(value: Any, lookup: Lookup) -> int | None:
    if isinstance(value, (list, tuple, Mapping)):
        return len(value)
    if isinstance(value, str):
        named = list(references(value))
        if len(named) == 1 and not named[0].rest and value.strip().startswith(("{{", "${", "%")):
            held = lookup(named[0].root)
            return None if isinstance(held, str) else _length(held, lookup)
        # A text loops over its letters, or over the parts of a list written as text: only the run can tell which.
        return None
    return 1 if isinstance(value, (int, float)) else None
