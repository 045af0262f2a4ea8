"""Values are bound to SQL statements; what is pasted into them is told."""

from __future__ import annotations

from typing import Any

import pytest

from casare.app.checks import check
from casare.catalog import Catalog
from casare.model import Graph, Node
from casare.storage import Problem


def found(catalog: Catalog, config: dict[str, Any], node_type: str = "ExecuteQueryNode") -> list[Problem]:
    graph = Graph([Node("ask", node_type, config)], variables={"name": "x", "table": "orders", "row": {}})
    return [one for one in check(graph, catalog) if one.code.startswith("pasted")]


@pytest.mark.parametrize("key", ["query", "sql"])
def test_a_value_pasted_into_a_statement_is_a_warning_with_a_mend(catalog: Catalog, key: str) -> None:
    problems = found(catalog, {key: "SELECT * FROM orders WHERE name = '{{row.name}}'"})
    assert [(one.code, one.severity, one.node_id) for one in problems] == [("pasted-value", "warning", "ask")]
    assert "{{row.name}}" in problems[0].message
    assert problems[0].hint == "Write ? without quotes in its place, and put {{row.name}} into the parameters."


@pytest.mark.parametrize(
    "config",
    [
        {"query": "SELECT * FROM orders WHERE name = ?", "parameters": ["{{name}}"]},
        {"query": "{{name}}"},
        {"query": "SELECT 1 WHERE day = '{{$currentDate}}'"},
        {"query": "SELECT 1"},
        {"query": "SELECT '{{name}}'", "_disabled": True},
    ],
)
def test_what_is_bound_or_not_pasted_is_no_problem(catalog: Catalog, config: dict[str, Any]) -> None:
    assert found(catalog, config) == []


def test_each_value_is_told_once(catalog: Catalog) -> None:
    query = "SELECT * FROM a WHERE x = {{name}} OR y = {{name}} OR z = {{row.id}}"
    assert len(found(catalog, {"query": query})) == 2


@pytest.mark.parametrize(
    "text", ["SELECT * FROM {{table}}", 'INSERT INTO "{{table}}" VALUES (1)', "UPDATE a.{{table}}"]
)
def test_a_pasted_name_of_a_table_is_only_remarked_upon(catalog: Catalog, text: str) -> None:
    assert [(one.code, one.severity) for one in found(catalog, {"query": text})] == [("pasted-name", "info")]


def test_the_statements_of_a_batch_are_looked_into_and_their_parameters_are_not(catalog: Catalog) -> None:
    statements = [
        "DELETE FROM a WHERE x = {{name}}",
        {"query": "INSERT INTO a VALUES (?)", "parameters": ["{{row.id}}"]},
        {"query": "INSERT INTO a VALUES ({{row.id}})"},
    ]
    problems = found(catalog, {"statements": statements}, "ExecuteBatchNode")
    assert [one.message.split("“")[1].split("”")[0] for one in problems] == ["{{name}}", "{{row.id}}"]
