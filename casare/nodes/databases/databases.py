"""Databases: connect, ask, change, in transactions or without."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, NamedTuple

from casare.nodes.databases.db_session import (
    LAST_DATABASE,
    Connection,
    ConnectionOut,
    RetryCount,
    RetryInterval,
    database_of,
    opened,
    with_retries,
)
from casare.nodes.extras import library
from casare.nodes.files.paths import changeable, wanted_path
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_choice,
    as_flag,
    as_float,
    as_integer,
    as_text,
    node,
)

_EXITS: Final = ("exec_out", "exec_error")
_ASK: Final = Cost(complexity=4, runtime_ms=30, memory_mb=4, bound=Bound.IO)
_MARK: Final = Cost(complexity=2, runtime_ms=2, memory_mb=0.2, bound=Bound.IO)

_Sql = Annotated[
    str,
    Param(
        widget=Widget.CODE,
        language="sql",
        aliases=("sql",),
        placeholder="SELECT * FROM orders WHERE total > ?",
        help="SQL, with ? or :name for each value; references such as {{row.id}} belong into the parameters.",
    ),
]
_Parameters = Annotated[
    list[Any] | dict[str, Any] | None,
    Param(widget=Widget.JSON, aliases=("params",), help="A list for ?, or a dict for :name."),
]


class Connected(NamedTuple):
    """An open database."""

    connection: ConnectionOut
    success: bool
    error: str


class Found(NamedTuple):
    """The rows of a query."""

    results: Annotated[list[dict[str, Any]], Out(aliases=("rows", "data"), help="Each row as a dict.")]
    row_count: Annotated[int, Out(aliases=("count",))]
    columns: list[str]
    success: bool
    error: str


class Changed(NamedTuple):
    """What a statement changed."""

    rows_affected: Annotated[int, Out(aliases=("affected", "count"))]
    last_insert_id: Annotated[int, Out(help="The id of the row added last, where the database tells.")]
    success: bool
    error: str


class Done(NamedTuple):
    """An act that gives nothing back."""

    success: bool
    error: str


@node(
    "DatabaseConnectNode",
    title="Connect to database",
    category="database",
    icon="database",
    cost=Cost(complexity=4, runtime_ms=60, memory_mb=8, bound=Bound.IO),
    control_out=_EXITS,
    headline="{db_type} {database}",
    keywords=("sql", "sqlite", "postgres", "mysql", "open", "login"),
)
def database_connect(
    context: Context,
    db_type: Annotated[
        Literal["sqlite", "postgresql", "mysql", "mariadb", "mssql"],
        Param(help="The kind of database. All but sqlite need their driver installed."),
    ] = "sqlite",
    host: Annotated[str, Param(aliases=("server",), help="Not for sqlite.")] = "localhost",
    port: Annotated[int, Param(minimum=0, maximum=65535, help="Not for sqlite; 0 for the usual one.")] = 5432,
    database: Annotated[
        str,
        Param(
            aliases=("database_path", "db_path", "file_path"),
            placeholder="data/shop.db",
            help="The name of the database; for sqlite its file, or :memory: for one that ends with the run.",
        ),
    ] = "",
    username: Annotated[str, Param(aliases=("user",), help="Not for sqlite.")] = "",
    password: Annotated[str, Param(widget=Widget.SECRET, help="Not for sqlite.")] = "",
    connection_string: Annotated[
        str,
        Param(
            widget=Widget.SECRET,
            visibility=Visibility.ADVANCED,
            placeholder="postgresql://user:password@host/name",
            help="The whole address, instead of the fields above.",
        ),
    ] = "",
    *,
    timeout: Annotated[
        float, Param(minimum=0.1, unit="s", help="When to give up connecting, or waiting for a lock.")
    ] = 30.0,
    pool_size: Annotated[
        int, Param(minimum=1, visibility=Visibility.ADVANCED, help="How many connections a server keeps open.")
    ] = 5,
    auto_commit: Annotated[
        bool, Param(help="Makes each change for good at once; without it Commit transaction does.")
    ] = True,
    retry_count: RetryCount = 0,
    retry_interval: RetryInterval = 2000,
) -> Connected:
    """Open a database, for the nodes that follow.

    A sqlite file is made when it is missing. The database is closed when the run ends, if Close database was not
    reached before. Nodes without a wire to their *connection* use the database that was opened last.
    """
    url, name = _address(context, db_type, host, port, database, username, password, connection_string)
    found = with_retries(
        lambda: opened(
            context,
            url,
            name,
            timeout=as_float(timeout, "timeout"),
            pool_size=as_integer(pool_size, "pool_size"),
            auto_commit=as_flag(auto_commit, "auto_commit"),
        ),
        retry_count,
        retry_interval,
    )
    context.set_variable(LAST_DATABASE, found)
    return Connected(found, True, "")


@node(
    "ExecuteQueryNode",
    title="Query database",
    category="database",
    icon="search",
    cost=_ASK,
    control_out=_EXITS,
    headline="query",
    keywords=("sql", "select", "read", "rows", "table"),
)
def execute_query(
    context: Context,
    connection: Connection = None,
    query: _Sql = "",
    parameters: _Parameters = None,
    *,
    retry_count: RetryCount = 0,
    retry_interval: RetryInterval = 1000,
) -> Found:
    """Ask a database and take the rows.

    Values belong into the parameters: they are bound, never pasted into the SQL, so that nothing in them can change
    what it does.
    """
    asked = _statement(query)
    held = database_of(context, connection)
    found = with_retries(lambda: held.run(asked, parameters), retry_count, retry_interval)
    return Found(found.rows, len(found.rows), found.columns, True, "")


@node(
    "ExecuteNonQueryNode",
    title="Change database",
    category="database",
    icon="pencil",
    cost=_ASK,
    control_out=_EXITS,
    headline="query",
    keywords=("sql", "insert", "update", "delete", "create", "write"),
)
def execute_non_query(
    context: Context,
    connection: Connection = None,
    query: _Sql = "",
    parameters: _Parameters = None,
    *,
    retry_count: RetryCount = 0,
    retry_interval: RetryInterval = 1000,
) -> Changed:
    """Insert, update or delete rows, make or drop tables."""
    asked = _statement(query)
    held = database_of(context, connection)
    changed = with_retries(lambda: held.run(asked, parameters), retry_count, retry_interval)
    return Changed(changed.affected, changed.last_id, True, "")


@node(
    "BeginTransactionNode",
    title="Begin transaction",
    category="database",
    icon="play",
    cost=_MARK,
    control_out=_EXITS,
    keywords=("sql", "start", "atomic"),
)
def begin_transaction(context: Context, connection: Connection = None) -> Connected:
    """Keep the changes that follow together, until they are committed or rolled back."""
    held = database_of(context, connection)
    held.begin()
    return Connected(held, True, "")


@node(
    "CommitTransactionNode",
    title="Commit transaction",
    category="database",
    icon="check",
    cost=_MARK,
    control_out=_EXITS,
    headline="",
    keywords=("sql", "save", "keep"),
)
def commit_transaction(context: Context, connection: Connection = None) -> Connected:
    """Make the changes since the transaction began for good."""
    held = database_of(context, connection)
    held.end(keep=True)
    return Connected(held, True, "")


@node(
    "RollbackTransactionNode",
    title="Roll back transaction",
    category="database",
    icon="undo-2",
    cost=_MARK,
    control_out=_EXITS,
    headline="",
    keywords=("sql", "undo", "cancel"),
)
def rollback_transaction(context: Context, connection: Connection = None) -> Connected:
    """Take back the changes since the transaction began."""
    held = database_of(context, connection)
    held.end(keep=False)
    return Connected(held, True, "")


@node(
    "CloseDatabaseNode",
    title="Close database",
    category="database",
    icon="unplug",
    cost=_MARK,
    control_out=_EXITS,
    headline="",
    keywords=("sql", "disconnect", "end"),
)
def close_database(context: Context, connection: Connection = None) -> Done:
    """Close a database; changes of a transaction that was not committed are lost."""
    held = database_of(context, connection)
    held.close()
    if context.get_variable(LAST_DATABASE) is held:
        context.set_variable(LAST_DATABASE, None)
    return Done(True, "")


def _statement(query: object) -> str:
    text = as_text(query).strip()
    if not text:
        raise ValueError("query is empty; write the SQL there")
    return text


def _address(
    context: Context,
    db_type: object,
    host: object,
    port: object,
    database: object,
    username: object,
    password: object,
    connection_string: object,
) -> tuple[Any, str]:
    """Return the address as SQLAlchemy's URL, and a name for messages that holds no password."""
    engine = library("sqlalchemy.engine", "sql", "A database")
    exceptions = library("sqlalchemy.exc", "sql", "A database")
    whole = as_text(connection_string).strip()
    if whole:
        try:
            url = engine.make_url(whole)
        except exceptions.ArgumentError:
            raise NodeError(
                "connection_string is no address of a database",
                mend="Write it like sqlite:///data/shop.db or postgresql://user:password@host/name.",
            ) from None
    else:
        words = {"postgres": "postgresql", "sqlserver": "mssql"}
        kind = as_choice(db_type, ("sqlite", "postgresql", "mysql", "mariadb", "mssql"), "db_type", words)
        named = as_text(database).strip()
        if kind == "sqlite":
            url = engine.URL.create("sqlite", database=named or ":memory:")
        else:
            drivers = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
            number = as_integer(port, "port")
            usual = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306, "mssql": 1433}
            url = engine.URL.create(
                drivers.get(kind, "mssql+pyodbc"),
                username=as_text(username) or None,
                password=as_text(password) or None,
                host=as_text(host).strip() or "localhost",
                # 5432 is what the field begins with, so for another kind of database nobody has meant it.
                port=usual[kind] if number in (0, 5432) else number,
                database=named or None,
            )
    if url.get_backend_name() != "sqlite":
        return url, f"{url.database or url.get_backend_name()} at {url.host}"
    if not url.database or url.database == ":memory:":
        return url, "in memory"
    path = changeable(wanted_path(context, url.database, "database"))
    if not path.parent.is_dir():
        raise FileNotFoundError(f"The folder {path.parent} is missing (database); make it first")
    return url.set(database=str(path)), path.name
