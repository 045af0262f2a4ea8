"""Synthetic workflows for tests and benchmarks: valid, laid out without overlap, the same for the same seed."""

from __future__ import annotations

from math import isqrt
from random import Random
from typing import Any, Final, Literal, get_args

from casare.foundation.errors import UsageError
from casare.model import Connection, Frame, Graph, Node
from casare.storage.synthetic.blocks import BLOCKS, CONFIGS, SINGLES, VARIABLES, Block, Site

Shape = Literal["mixed", "chain", "diamond", "tree", "random"]

COLUMN_STEP: Final = 280
ROW_STEP: Final = 200
_BAND_ROWS: Final = 4
_PATTERN: Final = ("SetVariableNode", "MathOperationNode", "ConcatenateNode", "LogNode")
_STEMS: Final[dict[str, str]] = {
    node_type: "".join(f"_{char.lower()}" if char.isupper() else char for char in node_type.removesuffix("Node"))[1:]
    for node_type in CONFIGS
}


def generate(n: int, seed: int = 0, shape: Shape = "mixed", *, frames: bool = False) -> Graph:
    """Return a workflow of exactly `n` nodes and about 1.3 wires a node (diamond 2, tree 1).

    Shapes: `mixed` is a flow of calculations, decisions, loops and fan-outs as people build them; `chain` one line;
    `diamond` 1 to n - 2 to 1; `tree` binary; `random` a directed acyclic graph. `frames` puts frames around the groups
    of a mixed one. Raises UsageError for a negative count or an unknown shape.
    """
    if n < 0:
        raise UsageError(f"A workflow cannot have {n} nodes.", mend="Give a count of 0 or more.")
    if shape not in get_args(Shape):
        raise UsageError(f"There is no shape {shape!r}.", mend=f"Choose one of {', '.join(get_args(Shape))}.")
    draft = _Draft(Random(seed))
    if n:
        {"mixed": _mixed, "chain": _chain, "diamond": _diamond, "tree": _tree, "random": _random}[shape](draft, n)
    return draft.graph(n, seed, shape, frames)


class _Draft:
    """A graph in the making."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.nodes: list[Node] = []
        self.wires: list[Connection] = []
        self.frames: list[Frame] = []

    def add(self, node_type: str, column: int, row: int, before: str = "") -> str:
        number = len(self.nodes) + 1
        node_id = f"{_STEMS[node_type]}_{number}"
        config = CONFIGS[node_type](Site(self.chance, number, before))
        self.nodes.append(Node(node_id, node_type, config, (column * COLUMN_STEP, row * ROW_STEP)))
        return node_id

    def wire(self, source: str, source_port: str, target: str, target_port: str) -> None:
        self.wires.append(Connection(source, source_port, target, target_port))

    def run(self, source: str, target: str) -> None:
        self.wires.append(Connection(source, "exec_out", target, "exec_in"))

    def graph(self, n: int, seed: int, shape: str, frames: bool) -> Graph:
        variables: dict[str, Any] = {
            name: {"name": name, "type": "Integer", "default_value": index}
            for index, name in enumerate(VARIABLES if n else ())
        }
        return Graph(
            self.nodes,
            self.wires,
            frames=self.frames if frames else (),
            metadata={
                "name": f"Synthetic {shape} of {n}",
                "description": f"Generated with seed {seed}.",
                "version": "1.0.0",
                "schema_version": "1.0.0",
            },
            variables=variables,
            settings={"stop_on_error": True, "timeout": 30, "retry_count": 0},
        )


def _mixed(draft: _Draft, n: int) -> None:
    columns = max(12, isqrt(2 * n))
    column = band = 0
    leave = ("", "")
    random = draft.chance.random
    while (left := n - len(draft.nodes)) > 0:
        block = BLOCKS[int(random() * len(BLOCKS))] if random() < 0.3 else SINGLES[int(random() * len(SINGLES))]
        if len(block.parts) > left:
            block = SINGLES[int(random() * len(SINGLES))]
        if column + block.columns > columns:
            column, band = 0, band + 1
        ids = _place(draft, block, column, band * _BAND_ROWS, leave[0])
        if leave[0]:
            draft.wire(*leave, ids[0], "exec_in")
        leave = (ids[block.leave[0]], block.leave[1])
        column += block.columns


def _place(draft: _Draft, block: Block, column: int, row: int, before: str) -> list[str]:
    ids: list[str] = []
    for part in block.parts:
        ids.append(draft.add(part.type, column + part.column, row + part.row, ids[0] if ids else before))
    for link in block.links:
        draft.wire(ids[link.source], link.source_port, ids[link.target], link.target_port)
    first = len(draft.nodes) - len(ids)
    for end, start in block.pairs:
        draft.nodes[first + end] = draft.nodes[first + end]._replace(config={"paired_start_id": ids[start]})
    if len(ids) > 1:
        _frame(draft, block, column, row, ids)
    return ids


def _frame(draft: _Draft, block: Block, column: int, row: int, ids: list[str]) -> None:
    top = min(part.row for part in block.parts)
    bottom = max(part.row for part in block.parts)
    draft.frames.append(
        Frame(
            f"frame_{len(draft.frames) + 1}",
            block.title,
            "",
            (column * COLUMN_STEP - 20, (row + top) * ROW_STEP - 30),
            ((block.columns - 1) * COLUMN_STEP + 240, (bottom - top) * ROW_STEP + 190),
            tuple(ids),
        )
    )


def _chain(draft: _Draft, n: int) -> None:
    columns = max(12, isqrt(n))
    before = ""
    for index in range(n):
        node_id = draft.add(_PATTERN[index % 4], index % columns, index // columns, before)
        if before:
            draft.run(before, node_id)
            if index % 4 == 3:
                draft.wire(before, "result", node_id, "message")
        before = node_id


def _diamond(draft: _Draft, n: int) -> None:
    start = draft.add("SetVariableNode", 0, 0)
    rows = max(10, isqrt(2 * n))
    middle = [draft.add("MathOperationNode", 1 + index // rows, index % rows, start) for index in range(max(0, n - 2))]
    for node_id in middle:
        draft.run(start, node_id)
    if n > 1:
        end = draft.add("MergeNode", 2 + len(middle) // rows, 0)
        for node_id in middle or [start]:
            draft.run(node_id, end)


def _tree(draft: _Draft, n: int) -> None:
    ids: list[str] = []
    for index in range(n):
        level = (index + 1).bit_length() - 1
        parent = ids[(index - 1) // 2] if index else ""
        ids.append(draft.add(_PATTERN[index % 4], level, index + 1 - (1 << level), parent))
        if parent:
            draft.run(parent, ids[index])


def _random(draft: _Draft, n: int) -> None:
    columns = max(12, isqrt(n))
    ids: list[str] = []
    for index in range(n):
        parents: set[int] = set()
        for _ in range(1 + (draft.chance.random() < 0.32)):
            if index:
                parents.add(index - 1 - int(draft.chance.random() * min(index, 40)))
        before = ids[min(parents)] if parents else ""
        ids.append(draft.add(_PATTERN[index % 4], index % columns, index // columns, before))
        for parent in sorted(parents):
            draft.run(ids[parent], ids[index])
