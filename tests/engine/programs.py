"""Structured programs: drawn at random, turned into a graph, and walked by a plain recursive interpreter.

A `Block` is what is drawn. `built` adds nodes for blocks to a graph and returns the steps the interpreter walks, which
know nothing of wires: only the ids of nodes, and what a person would say happens.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from hypothesis import strategies as st

from casare.model import Connection, Graph, Node

Block = tuple[Any, ...]
Place = tuple[str, str]
"""A node and the control output at which the program goes on."""

PLAIN = {"note": "Note", "thread": "Block", "async": "Wait", "fail": "Fail"}
JUMPS = {"break": "BreakNode", "continue": "ContinueNode"}
_few = {"min_size": 1, "max_size": 3}


def blocks(*, side_by_side: bool = True) -> st.SearchStrategy[Block]:
    """Return a strategy for blocks; without `side_by_side` everything runs in one order."""

    def inside(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
        body, some = st.lists(inner, **_few), st.lists(inner, max_size=2)
        kinds = [
            st.tuples(st.just("if"), st.booleans(), st.lists(inner, max_size=3), st.lists(inner, max_size=3)),
            st.tuples(st.just("each"), st.integers(0, 3), body),
            st.tuples(st.just("while"), st.integers(0, 3), body),
            st.tuples(st.just("try"), body, some, some),
            st.tuples(st.just("retry"), st.integers(1, 3), body),
            st.tuples(st.just("sub"), body),
            st.tuples(st.just("subs"), st.integers(0, 3), body),
        ]
        if side_by_side:
            kinds.append(st.tuples(st.just("fork"), st.lists(st.lists(inner, max_size=2), min_size=2, max_size=3)))
            kinds.append(st.tuples(st.just("beside"), st.integers(0, 3), body))
        return st.one_of(kinds)

    leaf = st.sampled_from([*PLAIN, *JUMPS]).map(lambda kind: (kind,))
    batch = st.tuples(st.just("batch"), st.integers(0, 3), st.booleans())
    return st.recursive(st.one_of(leaf, leaf, batch), inside, max_leaves=14)


class FailedError(Exception):
    """A node of the program failed."""


class LeftError(Exception):
    """A loop is left, or its turn."""

    def __init__(self, how: str) -> None:
        self.how = how


class Step(NamedTuple):
    """What the interpreter walks: a node, or several parts around one."""

    kind: str
    name: str
    count: int = 0
    parts: tuple[list[Step], ...] = ()


class _Workflow:
    """The nodes and wires of one workflow. Ids are unique among all the workflows of a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.nodes: list[Node] = []
        self.wires: list[Connection] = []

    def add(self, kind: str, config: dict[str, Any] | None = None, *at: Place) -> str:
        name = f"n{self.program.count}"
        self.program.count += 1
        self.nodes.append(Node(name, kind, config or {}))
        self.wires += [Connection(*place, name, "exec_in") for place in at]
        return name

    def blocks(self, told: list[Block], at: Place, *, in_loop: bool) -> tuple[list[Step], Place]:
        """Add blocks, one after the other; return what the interpreter walks, and where it goes on."""
        steps: list[Step] = []
        for block in told:
            if block[0] not in JUMPS or in_loop:
                more, at = getattr(self, f"_{block[0]}", self._plain)(block, at, in_loop)
                steps += more
        return steps, at

    def _plain(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        kind = block[0]
        name = self.add({**PLAIN, **JUMPS}[kind], {"seconds": 0} if kind == "async" else {}, at)
        return [Step(kind if kind == "fail" or kind in JUMPS else "run", name)], (name, "exec_out")

    def _batch(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        name = self.add("Root", {"value": "{{item}}", "_batch": {"items": [4] * block[1], "parallel": block[2]}}, at)
        return [Step("run", name)], (name, "exec_out")

    def _if(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        name = self.add("IfNode", {"condition": block[1]}, at)
        then, then_end = self.blocks(block[2], (name, "true"), in_loop=in_loop)
        other, other_end = self.blocks(block[3], (name, "false"), in_loop=in_loop)
        merge = self.add("MergeNode", {}, then_end, other_end)
        return [Step("run", name), *(then if block[1] else other), Step("run", merge)], (merge, "exec_out")

    def _each(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        name = self.add("ForLoopStartNode", {"items": list(range(block[1]))}, at)
        return [self._loop(name, "ForLoopEndNode", block)], (name, "completed")

    def _while(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        counter = f"count{self.program.count}"
        zero = self.add("SetVariableNode", {"variable_name": counter, "value": 0}, at)
        condition = f"{{{{{counter}}}}} < {block[1]}"
        name = self.add("WhileLoopStartNode", {"condition": condition}, (zero, "exec_out"))
        more = self.add("IncrementVariableNode", {"variable_name": counter}, (name, "body"))
        loop = self._loop(name, "WhileLoopEndNode", block, (more, "exec_out"))
        loop.parts[0].insert(0, Step("run", more))
        return [Step("run", zero), loop], (name, "completed")

    def _loop(self, name: str, end: str, block: Block, at: Place | None = None) -> Step:
        body, last = self.blocks(block[2], at or (name, "body"), in_loop=True)
        closed = self.add(end, {"paired_start_id": name}, last)
        return Step("each", name, block[1], ([*body, Step("run", closed)],))

    def _try(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        name = self.add("TryNode", {}, at)
        body, _ = self.blocks(block[1], (name, "try_body"), in_loop=in_loop)
        caught = self.add("CatchNode", {"paired_try_id": name})
        handler, _ = self.blocks(block[2], (caught, "catch_body"), in_loop=in_loop)
        final = self.add("FinallyNode", {"paired_try_id": name})
        always, _ = self.blocks(block[3], (final, "finally_body"), in_loop=in_loop)
        parts = (body, [Step("run", caught), *handler], [Step("run", final), *always])
        return [Step("try", name, 0, parts)], (name, "exec_out")

    def _retry(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        name = self.add("RetryNode", {"max_attempts": block[1], "initial_delay": 0}, at)
        body, _ = self.blocks(block[2], (name, "retry_body"), in_loop=in_loop)
        return [Step("retry", name, block[1], (body,))], (name, "success")

    def _sub(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        return self._subs(("subs", 1, block[1]), at, in_loop)

    def _subs(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        """Add a nested workflow that runs once for each of so many items, one after the other."""
        inner = _Workflow(self.program)
        start = inner.add("StartNode")
        body, _ = inner.blocks(block[2], (start, "exec_out"), in_loop=False)
        config: dict[str, Any] = {"subflow_id": self.program.keep(inner), "isolation": "shared"}
        if block[1] != 1:
            config["_batch"] = {"items": list(range(block[1]))}
        name = self.add("SubflowNode", config, at)
        return [Step("items", name, block[1], ([Step("run", start), *body],))], (name, "exec_out")

    def _fork(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        name = self.add("ForkNode", {"branch_count": len(block[1])}, at)
        ended = [self.blocks(one, (name, f"branch_{at}"), in_loop=False) for at, one in enumerate(block[1], 1)]
        join = self.add("JoinNode", {}, *(end for _, end in ended))
        return [Step("fork", name, 0, tuple(steps for steps, _ in ended)), Step("run", join)], (join, "exec_out")

    def _beside(self, block: Block, at: Place, in_loop: bool) -> tuple[list[Step], Place]:
        name = self.add("ParallelForEachNode", {"items": list(range(block[1])), "batch_size": 2}, at)
        body, _ = self.blocks(block[2], (name, "body"), in_loop=False)
        return [Step("beside", name, block[1], (body,))], (name, "completed")


class Program:
    """A program as a graph, and as the steps that a person would say it takes."""

    def __init__(self, told: list[Block]) -> None:
        self.count = 0
        self._inside: dict[str, Any] = {}
        outer = _Workflow(self)
        start = outer.add("StartNode")
        steps, _ = outer.blocks(told, (start, "exec_out"), in_loop=False)
        self.steps = [Step("run", start), *steps]
        self.graph = Graph(outer.nodes, outer.wires, extra={"subflows": self._inside} if self._inside else None)

    def keep(self, inner: _Workflow) -> str:
        """Keep a nested workflow in the document; return its id."""
        nodes = {node.id: {"node_type": node.type, "config": dict(node.config)} for node in inner.nodes}
        names = ("source_node", "source_port", "target_node", "target_port")
        wires = [dict(zip(names, wire.key, strict=True)) for wire in inner.wires]
        name = f"inside{len(self._inside)}"
        self._inside[name] = {"name": name, "nodes": nodes, "connections": wires}
        return name


class Interpreter:
    """Walk a program: how often each node runs, in which order, and what becomes of the whole."""

    def __init__(self, program: Program) -> None:
        self.counts: Counter[str] = Counter()
        self.order: list[str] = []
        self.status = "completed"
        try:
            self._walk(program.steps)
        except FailedError:
            self.status = "failed"

    def _walk(self, steps: list[Step]) -> None:
        for step in steps:
            if step.parts:
                getattr(self, f"_{step.kind}")(step)
                continue
            self.counts[step.name] += 1
            self.order.append(step.name)
            if step.kind == "fail":
                raise FailedError
            if step.kind in JUMPS:
                raise LeftError(step.kind)

    def _each(self, step: Step) -> None:
        for _ in range(step.count):
            try:
                self._walk(step.parts[0])
            except LeftError as left:
                if left.how == "break":
                    break

    def _try(self, step: Step) -> None:
        body, handler, always = step.parts
        try:
            try:
                self._walk(body)
            except FailedError:
                self._walk(handler)
        finally:
            self._walk(always)

    def _retry(self, step: Step) -> None:
        for attempt in range(step.count):
            try:
                self._walk(step.parts[0])
            except FailedError:
                if attempt == step.count - 1:
                    raise
            else:
                return

    def _items(self, step: Step) -> None:
        for _ in range(step.count):
            self._walk(step.parts[0])

    def _fork(self, step: Step) -> None:
        failed = False
        for branch in step.parts:
            try:
                self._walk(branch)
            except FailedError:
                failed = True
        if failed:
            raise FailedError

    def _beside(self, step: Step) -> None:
        for _ in range(step.count):
            try:
                self._walk(step.parts[0])
            except FailedError:
                self.status = "degraded"
