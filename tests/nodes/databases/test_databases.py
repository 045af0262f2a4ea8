from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.nodes.databases import database_tables, databases
from casare.nodes.databases.db_session import Database, bound
from casare.sdk import Context, NodeError


@pytest.fixture
def shop(run: Context) -> Iterator[Database]:
    database = databases.database_connect(run, database="shop.db").connection
    database.run("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, total REAL DEFAULT 0)")
    database.run("INSERT INTO orders (customer, total) VALUES ('Ann', 10.5), ('Bo', 20)")
    yield database
    database.close()


def rows(run: Context, query: str = "SELECT customer FROM orders ORDER BY id", **given: Any) -> list[Any]:
    return [one["customer"] for one in databases.execute_query(run, query=query, **given).results]


def on_disk(tmp_path: Path) -> list[str]:
    with sqlite3.connect(tmp_path / "shop.db") as raw:
        names = [row[0] for row in raw.execute("SELECT customer FROM orders ORDER BY id")]
    raw.close()
    return names


def test_a_query_gives_rows_as_dicts(run: Context, shop: Database) -> None:
    found = databases.execute_query(run, shop, "SELECT customer, total FROM orders WHERE total > ?", [15])
    assert found == ([{"customer": "Bo", "total": 20.0}], 1, ["customer", "total"], True, "")


def test_a_change_tells_how_many_rows_and_which_id(run: Context, shop: Database, tmp_path: Path) -> None:
    done = databases.execute_non_query(run, shop, "INSERT INTO orders (customer) VALUES (:who)", {"who": "Cy"})
    assert done == (1, 3, True, "")
    done = databases.execute_non_query(run, query="UPDATE orders SET total = 1 WHERE id < 3")
    assert done.rows_affected == 2
    assert on_disk(tmp_path) == ["Ann", "Bo", "Cy"], "without a transaction a change holds at once"


def test_a_node_without_a_wire_uses_the_database_opened_last(run: Context, shop: Database) -> None:
    assert rows(run) == ["Ann", "Bo"]
    databases.close_database(run)
    with pytest.raises(NodeError, match="no database is open"):
        rows(run)


def test_what_is_committed_holds_and_what_is_rolled_back_does_not(run: Context, shop: Database, tmp_path: Path) -> None:
    assert databases.begin_transaction(run, shop).connection is shop
    databases.execute_non_query(run, shop, "INSERT INTO orders (customer) VALUES ('Cy')")
    assert on_disk(tmp_path) == ["Ann", "Bo"]
    databases.commit_transaction(run, shop)
    assert on_disk(tmp_path) == ["Ann", "Bo", "Cy"]
    databases.begin_transaction(run, shop)
    databases.execute_non_query(run, shop, "DELETE FROM orders")
    databases.rollback_transaction(run, shop)
    assert rows(run) == on_disk(tmp_path) == ["Ann", "Bo", "Cy"]


def test_without_auto_commit_only_a_commit_makes_changes_hold(run: Context, tmp_path: Path, shop: Database) -> None:
    shop.close()
    database = databases.database_connect(run, database="shop.db", auto_commit=False).connection
    database.run("DELETE FROM orders WHERE id = 1")
    assert on_disk(tmp_path) == ["Ann", "Bo"]
    databases.commit_transaction(run)
    assert on_disk(tmp_path) == ["Bo"]
    database.close()


@pytest.mark.parametrize("act", [databases.commit_transaction, databases.rollback_transaction])
def test_there_is_nothing_to_end_without_a_transaction(run: Context, shop: Database, act: Any) -> None:
    with pytest.raises(NodeError, match="no transaction is under way"):
        act(run, shop)


def test_a_second_transaction_does_not_begin_inside_the_first(run: Context, shop: Database) -> None:
    databases.begin_transaction(run)
    with pytest.raises(NodeError, match="under way"):
        databases.begin_transaction(run)


def test_a_batch_is_one_transaction(run: Context, shop: Database) -> None:
    done = database_tables.execute_batch(
        run,
        shop,
        ["UPDATE orders SET total = 1", {"query": "INSERT INTO orders (customer) VALUES (?)", "parameters": ["Cy"]}],
    )
    assert (done.total_rows_affected, done.success, done.error) == (3, True, "")
    assert [one["rows_affected"] for one in done.results] == [2, 1]
    with pytest.raises(NodeError, match=r"statement 2 of 2: .*no such table: nowhere"):
        database_tables.execute_batch(run, shop, ["DELETE FROM orders", "DELETE FROM nowhere"])
    assert rows(run) == ["Ann", "Bo", "Cy"]


def test_a_batch_goes_on_after_an_error_when_told_to(run: Context, shop: Database) -> None:
    done = database_tables.execute_batch(
        run, shop, ["DELETE FROM nowhere", "DELETE FROM orders WHERE id = 1"], stop_on_error=False
    )
    assert [one["success"] for one in done.results] == [False, True]
    assert done.success is False
    assert "no such table: nowhere" in done.error
    assert rows(run) == ["Bo"]


def test_a_batch_leaves_a_transaction_that_is_under_way_to_its_owner(run: Context, shop: Database) -> None:
    databases.begin_transaction(run)
    database_tables.execute_batch(run, shop, ["DELETE FROM orders"])
    databases.rollback_transaction(run)
    assert rows(run) == ["Ann", "Bo"]


def test_tables_and_columns_are_told(run: Context, shop: Database) -> None:
    assert database_tables.table_exists(run, shop, "orders") == (True, True, "")
    assert database_tables.table_exists(run, shop, "nothing").exists is False
    found = database_tables.get_table_columns(run, shop, "orders")
    assert found.column_names == ["id", "customer", "total"]
    assert [(one["type"], one["nullable"], one["primary_key"]) for one in found.columns] == [
        ("INTEGER", True, True),
        ("TEXT", False, False),
        ("REAL", True, False),
    ]
    with pytest.raises(NodeError, match="no table nothing"):
        database_tables.get_table_columns(run, shop, "nothing")


def test_bad_sql_fails_with_what_the_database_says(run: Context, shop: Database) -> None:
    with pytest.raises(NodeError, match=r"shop.db refused: .*syntax error") as failed:
        databases.execute_query(run, shop, "SELEC 1")
    assert failed.value.where == "SELEC 1"
    assert rows(run) == ["Ann", "Bo"], "the connection is fit for more"


def test_a_closed_database_says_so(run: Context, shop: Database) -> None:
    shop.close()
    shop.close()
    with pytest.raises(NodeError, match="is closed"):
        databases.execute_query(run, shop, "SELECT 1")


@pytest.mark.parametrize(
    ("settings", "error", "told"),
    [
        ({"database": "missing/shop.db"}, FileNotFoundError, "folder .* is missing"),
        ({"connection_string": "no address"}, NodeError, "no address of a database"),
        ({"db_type": "postgresql", "database": "x"}, NodeError, "psycopg.*not installed"),
        ({"db_type": "oracle"}, ValueError, "expected one of sqlite"),
    ],
)
def test_a_database_that_cannot_be_opened_says_why(
    run: Context, settings: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        databases.database_connect(run, **settings)


def test_a_file_that_is_no_database_says_so(run: Context, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("hello" * 1000)
    database = databases.database_connect(run, database="a.db").connection
    with pytest.raises(NodeError, match="not a database"):
        databases.execute_query(run, database, "SELECT * FROM sqlite_master")
    database.close()


def test_a_locked_database_is_tried_again_and_then_given_up(run: Context, shop: Database, tmp_path: Path) -> None:
    shop.close()
    database = databases.database_connect(run, database="shop.db", timeout=0.1).connection
    with sqlite3.connect(tmp_path / "shop.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NodeError, match="database is locked"):
            databases.execute_non_query(run, query="DELETE FROM orders", retry_count=1, retry_interval=1)
    other.close()
    assert databases.execute_non_query(run, query="DELETE FROM orders").rows_affected == 2
    database.close()


def test_a_bound_run_reaches_no_file_outside_its_folder(bound_run: Context, tmp_path: Path) -> None:
    with pytest.raises(PermissionError, match="outside"):
        databases.database_connect(bound_run, database="../shop.db")
    with pytest.raises(PermissionError, match="outside"):
        databases.database_connect(bound_run, connection_string="sqlite:////etc/shop.db")
    database = databases.database_connect(bound_run, database="shop.db").connection
    for statement in ("ATTACH '/tmp/other.db' AS other", "VACUUM INTO '/tmp/copy.db'"):
        with pytest.raises(NodeError, match=r"not authorized|authorization denied"):
            databases.execute_non_query(bound_run, query=statement)
    inside = tmp_path.resolve() / "inside.db"
    databases.execute_non_query(bound_run, query=f"ATTACH '{inside}' AS inside")
    database.close()


def test_a_password_is_in_no_text_of_an_error(run: Context) -> None:
    with pytest.raises(NodeError) as failed:
        databases.database_connect(run, connection_string="postgresql+psycopg://ann:hidden@127.0.0.1/x")
    assert "hidden" not in str(failed.value)


@pytest.mark.parametrize(
    ("query", "parameters", "text", "values"),
    [
        ("SELECT 1", None, "SELECT 1", {}),
        ("SELECT ?, ?", [1, "b"], "SELECT :p0, :p1", {"p0": 1, "p1": "b"}),
        ("SELECT %s", ["a"], "SELECT :p0", {"p0": "a"}),
        ("SELECT $2, $1", ["a", "b"], "SELECT :p1, :p0", {"p0": "a", "p1": "b"}),
        ("SELECT :a, ':b', '?'", {"a": 1}, "SELECT :a, '\\:b', '?'", {"a": 1}),
        ("SELECT x::int -- why?", None, "SELECT x\\:\\:int -- why?", {}),
        ("SELECT ?", "[7]", "SELECT :p0", {"p0": 7}),
    ],
)
def test_values_are_bound_and_never_pasted(query: str, parameters: Any, text: str, values: dict[str, Any]) -> None:
    assert bound(query, parameters) == (text, values)


@pytest.mark.parametrize(("query", "parameters"), [("SELECT ?", []), ("SELECT 1", [1]), ("SELECT :a", {"b": 1})])
def test_places_and_values_have_to_match(query: str, parameters: Any) -> None:
    with pytest.raises(ValueError, match="parameters:"):
        bound(query, parameters)


def test_a_value_cannot_change_what_a_statement_does(run: Context, shop: Database) -> None:
    name = "'; DROP TABLE orders; --"
    databases.execute_non_query(run, shop, "INSERT INTO orders (customer) VALUES (?)", [name])
    assert rows(run) == ["Ann", "Bo", name]


def test_the_super_node_offers_its_eight_actions_with_both_ways_out(catalog: Catalog) -> None:
    spec = catalog.find("DatabaseSuperNode")
    assert spec is not None
    actions = [value for value, _ in spec.members]
    assert actions == [
        *("Connect", "Query (SELECT)", "Execute (INSERT/UPDATE/DELETE)", "Begin Transaction", "Commit", "Rollback"),
        *("Close Connection", "Execute Batch"),
    ]
    for action in actions:
        outputs = catalog.ports("DatabaseSuperNode", {"action": action}).outputs
        assert [port.name for port in outputs[:2]] == ["exec_out", "exec_error"]
