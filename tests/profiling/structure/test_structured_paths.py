"""The critical path of a thousand workflows with branches and loops, against every path tried one by one."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from casare.catalog import default_catalog
from casare.model import Connection, Graph, Node
from casare.profiling import analyze

_WORK = ("ReadCSVNode", "WriteCSVNode", "LogNode", "MathOperationNode")


class _Drawn:
    """A workflow while it is being drawn, with its true edges and how often each node runs."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.nodes: list[Node] = []
        self.wires: list[Connection] = []
        self.edges: list[tuple[str, str]] = []
        self.runs: dict[str, float] = {}

    def add(self, type_id: str, runs: float, ends: list[tuple[str, str]], **config: object) -> str:
        node_id = f"n{len(self.nodes)}"
        self.nodes.append(Node(node_id, type_id, config))
        self.runs[node_id] = runs
        for source, port in ends:
            self.wires.append(Connection(source, port, node_id, "exec_in"))
            self.edges.append((source, node_id))
        return node_id

    def block(self, ends: list[tuple[str, str]], runs: float, depth: int) -> list[tuple[str, str]]:
        """Draw a part behind `ends`; return where the flow goes on."""
        kind = self.chance.random()
        if depth == 0 or kind < 0.45:
            return [(self.add(self.chance.choice(_WORK), runs, ends), "exec_out")]
        if kind < 0.6:
            return self.block(self.block(ends, runs, depth - 1), runs, depth - 1)
        if kind < 0.75:
            choice = self.add("IfNode", runs, ends, condition="{{x}}")
            arms = [self.block([(choice, port)], runs, depth - 1) for port in ("true", "false")]
            return [(self.add("MergeNode", runs, [end for arm in arms for end in arm]), "exec_out")]
        if kind < 0.87:
            fork = self.add("LogNode", runs, ends)
            sides = [self.block([(fork, "exec_out")], runs, depth - 1) for _ in range(2)]
            return [(self.add("MergeNode", runs, [end for side in sides for end in side]), "exec_out")]
        turns = self.chance.randint(1, 4)
        start = self.add("ForLoopStartNode", runs, ends, items=list(range(turns)))
        body = self.block([(start, "body")], runs * turns, depth - 1)
        end = self.add("ForLoopEndNode", runs * turns, body, paired_start_id=start)
        after = self.add("LogNode", runs, [(start, "completed")])
        self.edges.append((end, after))
        return [(after, "exec_out")]


def _longest(node_id: str, behind: dict[str, list[str]], taken: dict[str, float]) -> float:
    """Return the length of the longest of all paths from a node, each of them walked (ms)."""
    return taken[node_id] + max((_longest(one, behind, taken) for one in behind.get(node_id, ())), default=0.0)


def test_the_critical_path_is_the_longest_of_all_paths_through_branches_and_loops() -> None:
    catalog = default_catalog()
    for seed in range(1000):
        drawn = _Drawn(seed)
        drawn.block([(drawn.add("StartNode", 1, []), "exec_out")], 1, 4)
        report = analyze(Graph(drawn.nodes, drawn.wires), catalog)
        behind: dict[str, list[str]] = {}
        for source, target in drawn.edges:
            behind.setdefault(source, []).append(target)
        taken: dict[str, float] = {}
        for node in drawn.nodes:
            spec = catalog.find(node.type)
            assert spec is not None
            taken[node.id] = spec.cost.runtime_ms * drawn.runs[node.id]
        assert report.totals.critical_path_ms == pytest.approx(_longest("n0", behind, taken)), seed
        path, edges = report.critical_path, set(drawn.edges)
        assert all(pair in edges for pair in itertools.pairwise(path)), seed
        assert sum(taken[one] for one in path) == pytest.approx(report.totals.critical_path_ms), seed
