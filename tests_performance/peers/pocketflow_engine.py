"""PocketFlow: a chain of nodes that each add one to a number in the shared store."""

from __future__ import annotations

from itertools import pairwise

from load import Work, report
from pocketflow import Flow, Node


class Add(Node):
    """Add one."""

    def prep(self, shared):
        return shared["value"]

    def exec(self, value):
        return value + 1

    def post(self, shared, _, value):
        shared["value"] = value


class Nothing(Node):
    """Do nothing."""


def chain(size: int) -> Work:
    """Return what runs a chain that hands a value on."""
    return _flow([Add() for _ in range(size)], size)


def bare(size: int) -> Work:
    """Return what runs a chain that hands nothing on."""
    return _flow([Nothing() for _ in range(size)], 0)


def _flow(nodes: list[Node], wanted: int) -> Work:
    for one, other in pairwise(nodes):
        one >> other
    flow = Flow(start=nodes[0])

    def work() -> None:
        shared = {"value": 0}
        flow.run(shared)
        assert shared["value"] == wanted

    return work


report("pocketflow", {"chain": chain, "bare chain": bare})
