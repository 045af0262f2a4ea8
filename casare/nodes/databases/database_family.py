"""The node that stands for all of databases: its `action` chooses the member."""

from __future__ import annotations

from casare.nodes.databases import database_tables, databases
from casare.sdk import family

DATABASE = family(
    "DatabaseSuperNode",
    title="Database",
    category="database",
    icon="database",
    summary="Connect to a database, ask it and change it, with transactions.",
    members={
        "Connect": databases.database_connect,
        "Query (SELECT)": databases.execute_query,
        "Execute (INSERT/UPDATE/DELETE)": databases.execute_non_query,
        "Begin Transaction": databases.begin_transaction,
        "Commit": databases.commit_transaction,
        "Rollback": databases.rollback_transaction,
        "Close Connection": databases.close_database,
        "Execute Batch": database_tables.execute_batch,
    },
    keywords=("sql", "sqlite", "postgres", "mysql", "query", "table"),
)
