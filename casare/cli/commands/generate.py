"""`casare generate N -o FILE`: a synthetic workflow for tests and benchmarks."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casare.cli.console import console, plain, print_json, shown_path
from casare.cli.options import AsJson


class Shape(StrEnum):
    """How the nodes are wired."""

    MIXED = "mixed"
    CHAIN = "chain"
    DIAMOND = "diamond"
    TREE = "tree"
    RANDOM = "random"


def run(
    count: Annotated[int, typer.Argument(metavar="N", min=0, max=1_000_000, help="How many nodes.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same workflow.")] = 0,
    shape: Annotated[Shape, typer.Option(help="How the nodes are wired.")] = Shape.MIXED,
    as_json: AsJson = False,
) -> int:
    """Write a valid workflow of N nodes. Raises FileError."""
    from casare.storage import generate, save

    graph = generate(count, seed=seed, shape=shape.value)
    save(graph, output)
    if as_json:
        from casare.cli.outputs import GenerateOutput

        print_json(
            GenerateOutput(
                path=shown_path(output), node_count=len(graph.nodes), connection_count=len(graph.connections)
            )
        )
    else:
        told = f"{shown_path(output)}: {len(graph.nodes):,} nodes, {len(graph.connections):,} connections"
        console().print(plain(told))
    return 0
