"""Which value goes past a node that is bypassed, where the names do not say it."""

from __future__ import annotations

from casare.catalog import NodePorts, refusal
from casare.sdk import DataType, PortKind


def ways_past(ports: NodePorts) -> dict[str, str]:
    """Return, for each data output, the data input whose value it hands on: the first of its very type, else that fits.

    A value of any type goes on where no other does, so that a chain of texts stays a chain when a node of it is taken
    out, as in the editors people come from.
    """
    inputs = [port for port in ports.inputs if port.kind is PortKind.DATA]
    found: dict[str, str] = {}
    for out in ports.outputs:
        if out.kind is not PortKind.DATA:
            continue
        fitting = [port for port in inputs if refusal(port, out) is None]
        fitting.sort(key=lambda port: (port.type is not out.type, DataType.ANY in (port.type, out.type)))
        if fitting:
            found[out.name] = fitting[0].name
    return found
