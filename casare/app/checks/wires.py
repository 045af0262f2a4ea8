"""Checks of wires."""

from __future__ import annotations

from collections.abc import Iterator

from casare.app.checks.survey import Survey
from casare.app.subgraphs.instances import INSTANCE
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
        else:
            yield from _strangers(survey, wire, source is None, target is None)
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


def _strangers(survey: Survey, wire: Connection, source_unknown: bool, target_unknown: bool) -> Iterator[Problem]:
    """Yield the ends of a wire at ports that their nodes do not have. What is not known of a node is not said."""
    for unknown, node_id, port, side in (
        (source_unknown, wire.source_node, wire.source_port, "output"),
        (target_unknown, wire.target_node, wire.target_port, "input"),
    ):
        if unknown and survey.kinds[node_id].spec is not None and survey.graph.nodes[node_id].type != INSTANCE:
            yield Problem(
                "unknown-port",
                "warning",
                f"{_ends(survey, wire)}: {survey.title(node_id)} has no {side} “{port}”.",
                node_id,
                wire.key,
                hint="Draw the wire to a port that is there, or delete it.",
            )


def _ends(survey: Survey, wire: Connection) -> str:
    return f"{survey.title(wire.source_node)} → {survey.title(wire.target_node)}"
