"""What the scripts of all editors share: a graph as plain values, a clock, a memory gauge. Standard library only."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1280, 800
FRAMES = 7


def graph() -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the nodes by id and the wires of the file named on the command line."""
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    return document["nodes"], document["connections"]


def ports(nodes: dict[str, Any], wires: list[dict[str, str]]) -> dict[str, tuple[list[str], list[str]]]:
    """Return the inputs and outputs that the nodes of each type use."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {node["node_type"]: ({}, {}) for node in nodes.values()}
    for wire in wires:
        found[nodes[wire["source_node"]]["node_type"]][1][wire["source_port"]] = None
        found[nodes[wire["target_node"]]["node_type"]][0][wire["target_port"]] = None
    return {name: (list(inputs), list(outputs)) for name, (inputs, outputs) in found.items()}


def timed(work: Callable[[], object]) -> float:
    """Return how long a piece of work took, in ms."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def memory_mb() -> float:
    """Return the memory of this process, resident, in MB; 0 where the system does not tell."""
    try:
        import resource

        with Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize() / 1e6
    except (ImportError, OSError):
        return 0.0


def report(build_ms: float, frames_ms: list[float], empty_mb: float) -> None:
    """Print the figures as the runner reads them."""
    print(json.dumps({"build_ms": build_ms, "frames_ms": frames_ms, "memory_mb": memory_mb() - empty_mb}))
