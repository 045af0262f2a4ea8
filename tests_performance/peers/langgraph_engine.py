"""LangGraph: a chain of nodes that each add one to a number in the state."""

from __future__ import annotations

from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from load import Work, report


class State(TypedDict):
    """What the nodes share."""

    value: int


def chain(size: int) -> Work:
    """Return what runs a chain that hands a value on."""
    graph = StateGraph(State)
    for number in range(size):
        graph.add_node(f"n{number}", lambda state: {"value": state["value"] + 1})
        graph.add_edge(f"n{number - 1}" if number else START, f"n{number}")
    graph.add_edge(f"n{size - 1}", END)
    compiled = graph.compile()

    def work() -> None:
        found = compiled.invoke({"value": 0}, {"recursion_limit": size + 10})
        assert found["value"] == size

    return work


report("langgraph", {"chain": chain})
