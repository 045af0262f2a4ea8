"""More on databases: many statements at once, and what tables there are."""

from __future__ import annotations

from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.databases.db_session import Connection, RetryCount, RetryInterval, database_of, with_retries
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Widget,
    as_flag,
    as_items,
    as_text,
    node,
    shown,
)

_EXITS: Final = ("exec_out", "exec_error")
_COST: Final = Cost(complexity=3, runtime_ms=10, memory_mb=0.5, bound=Bound.IO)
_Table = Annotated[str, Param(aliases=("table",), placeholder="orders", help="The name of the table.")]


class BatchDone(NamedTuple):
    """What each of many statements did."""

    results: Annotated[list[dict[str, Any]], Out(help="For each statement: success, rows_affected and error.")]
    total_rows_affected: Annotated[int, Out(aliases=("rows_affected",))]
    success: Annotated[bool, Out(help="Whether all went well.")]
    error: Annotated[str, Out(help="The first thing that went wrong.")]


class Existence(NamedTuple):
    """Whether a table is there."""

    exists: bool
    success: bool
    error: str


class Columns(NamedTuple):
    """The columns of a table."""

    columns: Annotated[list[dict[str, Any]], Out(help="name, type, nullable, default and primary_key of each.")]
    column_names: list[str]
    success: bool
    error: str


@node(
    "ExecuteBatchNode",
    title="Run many statements",
    category="database",
    icon="layers",
    cost=Cost(complexity=6, runtime_ms=120, memory_mb=4, bound=Bound.IO),
    control_out=_EXITS,
    headline="statements",
    keywords=("sql", "batch", "bulk", "insert", "script"),
)
def execute_batch(
    context: Context,
    connection: Connection = None,
    statements: Annotated[
        list[Any] | None,
        Param(
            widget=Widget.JSON,
            language="sql",
            help='A list of SQL texts, or of dicts: {"query": "INSERT ... VALUES (?)", "parameters": [1]}.',
        ),
    ] = None,
    *,
    stop_on_error: Annotated[
        bool, Param(help="Takes everything back and fails at the first error; without it the others are kept.")
    ] = True,
    retry_count: RetryCount = 0,
    retry_interval: RetryInterval = 1000,
) -> BatchDone:
    """Run many statements one after the other.

    With *stop on error* they are one transaction: all of them hold or none does, unless a transaction is under way
    already, which then decides.
    """
    held = database_of(context, connection)
    todo = [_statement(one, place) for place, one in enumerate(as_items(statements, "statements", commas=False), 1)]
    if not todo:
        raise ValueError("statements is empty; give a list of SQL statements")
    together = as_flag(stop_on_error, "stop_on_error") and not held.in_transaction
    if together:
        held.begin()
    results: list[dict[str, Any]] = []
    try:
        for place, (query, parameters) in enumerate(todo, 1):
            try:
                done = with_retries(
                    lambda query=query, parameters=parameters: held.run(query, parameters),  # type: ignore[misc]
                    retry_count,
                    retry_interval,
                )
                results.append({"success": True, "rows_affected": done.affected, "error": ""})
            except (NodeError, ValueError) as error:
                if as_flag(stop_on_error, "stop_on_error"):
                    what = error.what if isinstance(error, NodeError) else str(error)
                    raise NodeError(
                        f"statement {place} of {len(todo)}: {what}", where=query[:120], mend="Mend that statement."
                    ) from None
                results.append({"success": False, "rows_affected": 0, "error": str(error).partition("\n")[0]})
    except NodeError:
        if together:
            held.end(keep=False)
        raise
    if together:
        held.end(keep=True)
    problem = next((str(one["error"]) for one in results if not one["success"]), "")
    return BatchDone(results, sum(int(one["rows_affected"]) for one in results), not problem, problem)


@node(
    "TableExistsNode",
    title="Table exists",
    category="database",
    icon="circle-question-mark",
    cost=_COST,
    control_out=_EXITS,
    headline="table_name",
    keywords=("sql", "check", "schema"),
)
def table_exists(context: Context, connection: Connection = None, table_name: _Table = "") -> Existence:
    """Tell whether a database has a table or view of this name."""
    name = _named(table_name)
    return Existence(database_of(context, connection).look(lambda seen: bool(seen.has_table(name))), True, "")


@node(
    "GetTableColumnsNode",
    title="Columns of a table",
    category="database",
    icon="columns-3",
    cost=_COST,
    control_out=_EXITS,
    headline="table_name",
    keywords=("sql", "schema", "fields", "describe"),
)
def get_table_columns(context: Context, connection: Connection = None, table_name: _Table = "") -> Columns:
    """List the columns of a table with their types. The node fails when there is no such table."""
    name = _named(table_name)
    held = database_of(context, connection)

    def ask(seen: Any) -> list[dict[str, Any]] | None:
        if not seen.has_table(name):
            return None
        keys = set(seen.get_pk_constraint(name)["constrained_columns"])
        return [
            {
                "name": one["name"],
                "type": str(one["type"]),
                "nullable": bool(one["nullable"]),
                "default": one["default"],
                "primary_key": one["name"] in keys,
            }
            for one in seen.get_columns(name)
        ]

    found = held.look(ask)
    if found is None:
        raise NodeError(f"the database {held.name} has no table {name}", mend="Check the name of the table.")
    return Columns(found, [one["name"] for one in found], True, "")


def _named(table_name: object) -> str:
    name = as_text(table_name).strip()
    if not name:
        raise ValueError("table_name is empty; write the name of the table there")
    return name


def _statement(one: Any, place: int) -> tuple[str, Any]:
    if isinstance(one, str) and one.strip():
        return one.strip(), None
    if isinstance(one, dict):
        query = as_text(one.get("query") or one.get("sql")).strip()
        if query:
            return query, one.get("parameters", one.get("params"))
    raise ValueError(f"statements: number {place} is no SQL text and no dict with a query, but {shown(one)}")
