"""The node that compares two tables, each a list of dicts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable
from typing import Annotated, Any, NamedTuple

from casare.nodes.values.ordering import identity
from casare.sdk import Cost, Out, Param, as_dict, as_flag, as_list, as_text, node

Row = dict[str, Any]


class Differences(NamedTuple):
    """What two tables do not share, the rows both have, and the numbers."""

    only_in_a: list[Row]
    only_in_b: list[Row]
    matched: Annotated[list[Row], Out(help="For each pair: key, row_a, row_b, is_modified, different_columns.")]
    diff_summary: Row
    has_differences: bool


@node(
    "DataCompareNode",
    title="Compare tables",
    category="data",
    icon="table",
    cost=Cost(6, 1, 2),
    headline="key_columns",
    keywords=("diff", "difference", "rows", "reconcile", "changes"),
    pure=True,
)
def data_compare(
    data_a: Annotated[list[Any] | None, Param(label="Table A", help="The old rows: a list of dicts.")] = None,
    data_b: Annotated[list[Any] | None, Param(label="Table B", help="The new rows: a list of dicts.")] = None,
    key_columns: Annotated[
        str, Param(placeholder="id, date", help="The columns that tell which rows belong together; empty: by place.")
    ] = "",
    *,
    compare_all_columns: Annotated[bool, Param(help="Off: only tell which rows are there, not what changed.")] = True,
    case_sensitive: Annotated[bool, Param(help="Whether A and a are different.")] = True,
) -> Differences:
    """Compare two tables row by row and tell what was added, removed and changed.

    Rows belong together when they agree in the key columns; several with the same key are paired in their order.
    Without key columns, the first row of A belongs to the first of B, and so on.
    """
    rows_a, rows_b = _rows(data_a, "data_a"), _rows(data_b, "data_b")
    columns = [column.strip() for column in as_text(key_columns).split(",") if column.strip()]
    _check_columns(columns, rows_a, "data_a")
    _check_columns(columns, rows_b, "data_b")
    exact = as_flag(case_sensitive, "case_sensitive")

    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, row in enumerate(rows_b):
        waiting[_key(row, columns, place, exact)].append(place)
    only_in_a: list[Row] = []
    matched: list[Row] = []
    for place, row in enumerate(rows_a):
        partners = waiting.get(_key(row, columns, place, exact))
        if not partners:
            only_in_a.append(row)
            continue
        other = rows_b[partners.popleft()]
        changed = _changed(row, other, columns, exact) if as_flag(compare_all_columns, "compare_all_columns") else []
        matched.append(
            {
                "key": {column: row.get(column) for column in columns} or {"index": place},
                "row_a": row,
                "row_b": other,
                "is_modified": bool(changed),
                "different_columns": changed,
            }
        )
    only_in_b = [rows_b[place] for place in sorted(place for places in waiting.values() for place in places)]
    modified = sum(pair["is_modified"] for pair in matched)
    summary = {
        "added_count": len(only_in_b),
        "removed_count": len(only_in_a),
        "modified_count": modified,
        "matched_count": len(matched),
        "total_a": len(rows_a),
        "total_b": len(rows_b),
        "key_columns": columns,
    }
    return Differences(only_in_a, only_in_b, matched, summary, bool(only_in_a or only_in_b or modified))


def _rows(value: object, name: str) -> list[Row]:
    return [as_dict(row, f"{name}, row {place}") for place, row in enumerate(as_list(value, name))]


def _check_columns(columns: list[str], rows: list[Row], name: str) -> None:
    for column in columns:
        if rows and not any(column in row for row in rows):
            known = ", ".join(map(str, rows[0]))
            raise ValueError(f"key_columns: no row of {name} has a column {column!r}; the first has {known}")


def _key(row: Row, columns: list[str], place: int, exact: bool) -> Hashable:
    return tuple(_seen(row.get(column), exact) for column in columns) if columns else place


def _changed(a: Row, b: Row, columns: list[str], exact: bool) -> list[str]:
    names = [name for name in {**a, **b} if name not in columns]
    return [name for name in names if _seen(a.get(name), exact) != _seen(b.get(name), exact)]


def _seen(value: Any, exact: bool) -> Hashable:
    return identity(value if exact or not isinstance(value, str) else value.casefold())
