"""A workflow as people's files have it, told in a few words: nodes by id, wires, and what its log says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Case(NamedTuple):
    nodes: dict[str, Any]
    wires: str
    log: list[str]
    variables: Mapping[str, Any] = MappingProxyType({})
    status: str = "completed"

    def check(self, run: Callable[..., Any], **told: Any) -> None:
        """Run it and compare what its log says."""
        report = run(self.nodes, self.wires, variables=self.variables, **told)
        assert report.status == self.status, report.errors
        assert [line.message for line in report.log if line.level != "note"] == self.log


def put(name: str, value: Any) -> tuple[str, dict[str, Any]]:
    return "SetVariableNode", {"variable_name": name, "value": value}


def log(message: str) -> tuple[str, dict[str, Any]]:
    return "LogNode", {"message": message}


def add(a: Any, b: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    return "MathOperationNode", {"a": a, "b": b, "operation": "add", **more}


def each(items: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    return "ForLoopStartNode", {"items": items, **more}


def end(start: str) -> tuple[str, dict[str, Any]]:
    return "ForLoopEndNode", {"paired_start_id": start}


def when(condition: str) -> tuple[str, dict[str, Any]]:
    return "IfNode", {"condition": condition}
