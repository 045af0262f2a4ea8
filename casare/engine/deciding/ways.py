"""Ways into a nested workflow and out of it, where it has several: which the turn came by, which it leaves by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from casare.catalog import NodePorts
from casare.engine.deciding.state import NOTHING, Frame, Scope
from casare.engine.planning.plan import ROOT
from casare.engine.planning.subflows import Interface, Outlet
from casare.engine.steps.workflow import Workflow
from casare.engine.values import Values
from casare.sdk import Port, PortKind

_BEHIND: Final = ("error",)
"""Control outputs that every such node has besides those of the workflow it runs."""


def with_ways(ports: NodePorts, shown: Interface) -> NodePorts:
    """Return the ports of a node that runs a workflow, control where that says so, whatever their names suggest."""
    if not shown.entries and not shown.exits:
        return ports
    return NodePorts(_corrected(ports.inputs, shown.entries), _corrected(ports.outputs, shown.exits))


def _corrected(ports: tuple[Port, ...], ways: tuple[Outlet, ...]) -> tuple[Port, ...]:
    control = {one.name for one in ways}
    found = [replace(port, kind=PortKind.CONTROL) if port.name in control else port for port in ports]
    known = {port.name for port in ports}
    return (*found, *(Port(name, PortKind.CONTROL) for name in control if name not in known))


def ways_in(scope: Scope, slot: int) -> set[str]:
    """Return the control inputs by which the turn has come to a slot."""
    place = scope.live.plan.place[slot]
    wires = scope.live.entered.get(slot, ())
    return {name for source, port, name in wires if (place, source, port) in scope.arrived}


def beginnings(workflow: Workflow, names: Collection[str]) -> Mapping[int, bool]:
    """Return which entries of a workflow begin, and which do not, when the turn comes by these of its control inputs.

    Nothing where it has no such inputs, or none of these: then it begins wherever it would alone.
    """
    entries = workflow.interface.entries
    chosen = {one.node for one in entries if one.name in names}
    if not chosen:
        return {}
    found = {workflow.number[one.node]: one.node in chosen for one in entries if one.node in workflow.number}
    return {slot: begins for slot, begins in found.items() if workflow.plan.home[slot] == ROOT}


def ways_out(frame: Frame) -> set[str] | None:
    """Return the control outputs a workflow was left by; None where it has none of its own."""
    workflow = frame.workflow
    exits = workflow.interface.exits
    if not exits:
        return None
    return {one.name for one in exits if _was_left_by(frame, workflow.number.get(one.node, -1), one.port)}


def _was_left_by(frame: Frame, slot: int, port: str) -> bool:
    value = frame.outputs[slot] if slot >= 0 else NOTHING
    if value is NOTHING:
        return False
    workflow = frame.workflow
    if workflow.nodes[slot].type == "SubflowExitNode":
        return True
    way = None if isinstance(value, Values) else workflow.step(slot).way(value)
    return port == way if way is not None else port in workflow.live.usual[slot] and port not in _BEHIND
