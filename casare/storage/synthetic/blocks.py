"""The building blocks of synthetic workflows: small groups of wired nodes as people really make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from random import Random
from typing import Any, Final, NamedTuple

VARIABLES: Final = tuple(f"counter_{index}" for index in range(1, 21))
_OPERATIONS: Final = ("add", "subtract", "multiply")
_OPERATORS: Final = (">", "<", "==", ">=", "<=", "!=")
_WORDS: Final = ("alpha", "bravo", "delta", "invoice", "order", "customer", "report", "total", "tax", "shipment")


class Site(NamedTuple):
    """Where a configuration is made: a source of chance, a number that tells nodes apart, the node before."""

    chance: Random
    number: int
    before: str


def _pick(site: Site, options: tuple[str, ...]) -> str:
    # Random.choice takes three times as long, which a hundred thousand nodes notice.
    return options[int(site.chance.random() * len(options))]


def _set_variable(site: Site) -> dict[str, Any]:
    return {"variable_name": _pick(site, VARIABLES), "value": int(site.chance.random() * 1000)}


def _math(site: Site) -> dict[str, Any]:
    return {
        "operation": _pick(site, _OPERATIONS),
        "a": f"{{{{{_pick(site, VARIABLES)}}}}}",
        "b": int(site.chance.random() * 100) + 1,
    }


def _concatenate(site: Site) -> dict[str, Any]:
    return {"string_1": f"{_pick(site, _WORDS)}: ", "string_2": f"{{{{{_pick(site, VARIABLES)}}}}}", "separator": ""}


def _log(site: Site) -> dict[str, Any]:
    seen = f"{{{{{_pick(site, VARIABLES)}}}}}"
    return {"message": f"Step {site.number} after {site.before or 'the start'}: {_pick(site, _WORDS)} is {seen}"}


def _comparison(site: Site) -> dict[str, Any]:
    return {
        "a": f"{{{{{_pick(site, VARIABLES)}}}}}",
        "b": int(site.chance.random() * 100),
        "operator": _pick(site, _OPERATORS),
    }


def _create_list(site: Site) -> dict[str, Any]:
    return {f"item_{index}": _pick(site, _WORDS) for index in (1, 2, 3)}


def _create_dict(site: Site) -> dict[str, Any]:
    return {"key_1": "name", "value_1": _pick(site, _WORDS), "key_2": "count", "value_2": site.number}


CONFIGS: Final[Mapping[str, Callable[[Site], dict[str, Any]]]] = {
    "SetVariableNode": _set_variable,
    "MathOperationNode": _math,
    "ConcatenateNode": _concatenate,
    "LogNode": _log,
    "ComparisonNode": _comparison,
    "IfNode": lambda site: {"condition": f"{{{{{site.before}.result}}}}" if site.before else "{{counter_1}} > 0"},
    "MergeNode": lambda _: {},
    "CreateListNode": _create_list,
    "ForLoopStartNode": lambda _: {"mode": "items", "item_var": "item"},
    "ForLoopEndNode": lambda _: {},
    "CreateDictNode": _create_dict,
    "DictGetNode": lambda _: {"key": "name"},
    "FormatStringNode": lambda site: {
        "template": "{name} has {count}",
        "variables": {"name": _pick(site, _WORDS), "count": site.number},
    },
}
"""How a node of each type is configured."""


class Part(NamedTuple):
    """One node of a block: its type and its place in the block's grid (row 1 is the middle of three)."""

    type: str
    column: int
    row: int = 1


class Link(NamedTuple):
    """One wire of a block, between parts by number."""

    source: int
    source_port: str
    target: int
    target_port: str


class Block(NamedTuple):
    """Wired parts; control comes in at part 0 and leaves by `leave`. `pairs` are loop ends with their starts."""

    title: str
    parts: tuple[Part, ...]
    links: tuple[Link, ...]
    leave: tuple[int, str]
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def columns(self) -> int:
        """Return how many columns the block takes."""
        return max(part.column for part in self.parts) + 1


def _run(*numbers: int) -> tuple[Link, ...]:
    return tuple(Link(one, "exec_out", other, "exec_in") for one, other in pairwise(numbers))


def _line(*types: str) -> tuple[Part, ...]:
    return tuple(Part(node_type, column) for column, node_type in enumerate(types))


SINGLES: Final = tuple(
    Block(node_type, (Part(node_type, 0),), (), (0, "exec_out"))
    for node_type in ("LogNode", "SetVariableNode", "MathOperationNode", "ConcatenateNode")
)

BLOCKS: Final = (
    Block(
        "Compute",
        _line("SetVariableNode", "MathOperationNode", "ConcatenateNode", "LogNode"),
        (*_run(0, 1, 2, 3), Link(0, "value", 1, "a"), Link(2, "result", 3, "message")),
        (3, "exec_out"),
    ),
    Block(
        "Look up",
        _line("CreateDictNode", "DictGetNode", "FormatStringNode", "LogNode"),
        (*_run(0, 1, 2, 3), Link(0, "dict", 1, "dict"), Link(2, "result", 3, "message")),
        (3, "exec_out"),
    ),
    Block(
        "Decide",
        (
            Part("ComparisonNode", 0),
            Part("IfNode", 1),
            Part("LogNode", 2, 0),
            Part("SetVariableNode", 2, 2),
            Part("MergeNode", 3),
        ),
        (
            *_run(0, 1),
            Link(1, "true", 2, "exec_in"),
            Link(1, "false", 3, "exec_in"),
            *_run(2, 4),
            *_run(3, 4),
            Link(0, "result", 1, "condition"),
        ),
        (4, "exec_out"),
    ),
    Block(
        "For each",
        _line("CreateListNode", "ForLoopStartNode", "MathOperationNode", "LogNode", "ForLoopEndNode"),
        (
            *_run(0, 1),
            Link(1, "body", 2, "exec_in"),
            *_run(2, 3, 4),
            Link(0, "list", 1, "items"),
            Link(1, "current_index", 2, "b"),
        ),
        (1, "completed"),
        ((4, 1),),
    ),
    Block(
        "Fan out",
        (
            Part("SetVariableNode", 0),
            Part("MathOperationNode", 1, 0),
            Part("MathOperationNode", 1, 1),
            Part("MathOperationNode", 1, 2),
            Part("MergeNode", 2),
        ),
        (*_run(0, 1), *_run(0, 2), *_run(0, 3), *_run(1, 4), *_run(2, 4), *_run(3, 4), Link(0, "value", 2, "a")),
        (4, "exec_out"),
    ),
)
