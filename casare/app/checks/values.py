"""Checks of what nodes are set to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from casare.app.checks.survey import Kind, Survey, is_set
from casare.expressions import has_template
from casare.model import Node
from casare.sdk import Role
from casare.storage import Problem

_PARTNERS: Final[dict[Role, tuple[frozenset[Role], str]]] = {
    Role.LOOP_END: (frozenset({Role.LOOP_START}), "the start of a loop"),
    Role.BREAK: (frozenset({Role.LOOP_START, Role.PARALLEL_EACH}), "the start of a loop"),
    Role.CONTINUE: (frozenset({Role.LOOP_START, Role.PARALLEL_EACH}), "the start of a loop"),
    Role.CATCH: (frozenset({Role.TRY}), "a Try node"),
    Role.FINALLY: (frozenset({Role.TRY}), "a Try node"),
}
"""Which node the end of a region may name, and what to call it."""


def check_values(survey: Survey) -> Iterator[Problem]:
    """Yield values that are missing or that their parameter does not take, and pairs that are not there."""
    kinds = survey.kinds
    for node in survey.graph.nodes.values():
        kind = kinds[node.id]
        if survey.idle(node.id):
            continue
        if kind.required:
            yield from _missing(survey, node, kind)
        by_key = kind.by_key
        for key, value in node.config.items():
            entry = by_key.get(key)
            if entry is None or entry.check is None or value is None:
                continue
            if value.__class__ is str and (not value or has_template(value)):
                continue
            told = entry.check(value)
            if told:
                title = entry.param.title
                yield Problem(
                    "invalid-value",
                    "error",
                    f"{survey.title(node.id)}: the value of “{title}” does not fit. {told}",
                    node.id,
                    hint=f"Correct “{title}” in the inspector.",
                )
        if kind.pairing:
            yield from _pairs(survey, node, kind)


def _missing(survey: Survey, node: Node, kind: Kind) -> Iterator[Problem]:
    for param in kind.required:
        if is_set(param, node.config) or (node.id, param.name) in survey.given:
            continue
        names = (param.name, *param.aliases)
        if any(wire.target_port in names for wire in survey.graph.incoming(node.id).values()):
            continue
        mend = "Wire a value to it, or set it in the inspector." if param.wired else "Set it in the inspector."
        yield Problem("missing-input", "error", f"{survey.title(node.id)} needs “{param.title}”.", node.id, hint=mend)


def _pairs(survey: Survey, node: Node, kind: Kind) -> Iterator[Problem]:
    roles, partner = _PARTNERS.get(kind.role, (frozenset(), "a node"))
    for param in kind.pairing:
        named = node.config.get(param.name)
        title = survey.title(node.id)
        hint = f"Choose {partner} under “{param.title}” in the inspector."
        if not named:
            yield Problem("unpaired", "warning", f"{title} belongs to no other node.", node.id, hint=hint)
        elif has_template(named) or (str(named) not in survey.graph.nodes and survey.is_known(str(named))):
            continue
        elif str(named) not in survey.graph.nodes:
            yield Problem(
                "unpaired", "error", f"{title} belongs to “{named}”, which does not exist.", node.id, hint=hint
            )
        elif roles and survey.kinds[str(named)].spec and survey.kinds[str(named)].role not in roles:
            told = f"{title} belongs to “{named}”, which is not {partner}."
            yield Problem("unpaired", "error", told, node.id, hint=hint)
