"""Checks of wires."""

from __future__ import annotations

from collections.abc import Iterator

from casare.app.checks.survey import Survey
from casare.catalog import is_control_name, refusal
from casare.model import Connection
from casare.sdk import PortKind
from casare.storage import Problem


def check_wires(survey: Survey) -> Iterator[Problem]:
    """Yield wires between ports that do not fit, and values that are wired twice."""
    nodes, feeding = survey.graph.nodes, dict[tuple[str, str], Connection]()
    for key, wire in survey.graph.connections.items():
        source = survey.ports(nodes[wire.source_node]).output(wire.source_port)
        target = survey.ports(nodes[wire.target_node]).input(wire.target_port)
        if source is not None and target is not None:
            # What passes the turn fits what takes it; asking in full costs more than all other checks together.
            both_control = source.kind is PortKind.CONTROL and target.kind is PortKind.CONTROL
            told = None if both_control else refusal(source, target)
            if told:
                yield Problem(
                    "incompatible-wire",
                    "error",
                    f"{_ends(survey, wire)}: {told}.",
                    wire.target_node,
                    key,
                    hint="Delete the wire, or put a node that converts the value between the two.",
                )
        is_data = target.kind is PortKind.DATA if target is not None else not is_control_name(wire.target_port)
        if is_data:
            name = target.name if target is not None else wire.target_port
            first = feeding.setdefault((wire.target_node, name), wire)
            if first is not wire:
                yield Problem(
                    "duplicate-input",
                    "error",
                    f"{survey.title(wire.target_node)} gets “{name.replace('_', ' ')}” from two wires, "
                    f"from {survey.title(first.source_node)} and from {survey.title(wire.source_node)}.",
                    wire.target_node,
                    key,
                    hint="Delete one of the two; a value input takes one wire.",
                )


def _ends(survey: Survey, wire: Connection) -> str:
    return f"{survey.title(wire.source_node)} → {survey.title(wire.target_node)}"
