"""Checks of the names in templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Final

from casare.app.checks.survey import Survey
from casare.app.documents.parameters import key_of
from casare.expressions import Reference, has_template, references
from casare.sdk import PortKind
from casare.storage import Problem

_MOST_COMPARED: Final = 20
"""For how many unknown names the nearest known one is looked up: comparing is slow, and nobody reads more."""

_SUFFIXES: Final = ("_index", "_key")
"""A loop sets these beside the variable of its item."""


def check_names(survey: Survey) -> Iterator[Problem]:
    """Yield templates whose name no node, variable or node that sets variables stands for."""
    variables = known_variables(survey)
    everything = variables is None
    nodes = survey.graph.nodes
    compared = 0
    for node in nodes.values():
        if survey.idle(node.id):
            continue
        for reference in _distinct(node.config.values()):
            root = reference.root
            if root.startswith("$") or (variables is not None and root in variables):
                continue
            if root in nodes:
                yield from _port(survey, node.id, reference)
                continue
            if everything or survey.is_known(root):
                continue
            near = ""
            if compared < _MOST_COMPARED:
                compared += 1
                near = next(iter(get_close_matches(root, [*(variables or ()), *nodes], 1, 0.7)), "")
            yield Problem(
                "unknown-reference",
                "warning",
                f"{survey.title(node.id)} reads “{{{{{root}}}}}”, which no node, variable or earlier step sets.",
                node.id,
                hint=f"Did you mean “{{{{{near}}}}}”?" if near else "Correct the name, or add a variable of that name.",
            )


def known_variables(survey: Survey) -> set[str] | None:
    """Return the names that may hold a value during a run; None when a node sets names that only the run knows."""
    known = set(survey.graph.variables)
    for node_id, node in survey.graph.nodes.items():
        kind = survey.kinds[node_id]
        if kind.spec is None:
            # What an unknown node sets is unknown; a variable it names in its configuration is most likely set by it.
            known.update(value for value in node.config.values() if isinstance(value, str) and value.isidentifier())
            continue
        for param in kind.naming:
            value = node.config.get(key_of(param, node.config), param.default)
            if has_template(value):
                return None
            if isinstance(value, str) and value:
                known.add(value)
                known.update(value + suffix for suffix in _SUFFIXES)
    return known


def _distinct(values: Iterable[Any]) -> Iterable[Reference]:
    found: dict[Reference, None] = {}
    for value in values:
        kind = value.__class__
        if kind is str:
            if "{" in value or "%" in value:
                found.update(dict.fromkeys(references(value)))
        elif kind is list or kind is dict or kind is tuple:
            found.update(dict.fromkeys(references(value)))
    return found


def _port(survey: Survey, node_id: str, reference: Reference) -> Iterator[Problem]:
    source = survey.graph.nodes[reference.root]
    port = reference.port
    if not port or survey.kinds[source.id].spec is None:
        return
    ports = survey.ports(source)
    if ports.output(port) is not None:
        return
    names = [one.name for one in ports.outputs if one.kind is PortKind.DATA]
    near = next(iter(get_close_matches(port, names, 1, 0.6)), names[0] if len(names) == 1 else "")
    title, wanted = survey.title(source.id), f"{{{{{source.id}.{near}}}}}"
    yield Problem(
        "unknown-reference",
        "warning",
        f"{survey.title(node_id)} reads “{{{{{source.id}.{port}}}}}”, but {title} has no such output.",
        node_id,
        hint=f"Did you mean “{wanted}”?" if near else _outputs(names),
    )


def _outputs(names: list[str]) -> str:
    return f"Its outputs are {', '.join(names)}." if names else "It has no outputs; remove the reference."
