"""An open database: how it is opened, found again by later nodes, asked, and closed. SQLAlchemy does the talking."""

from __future__ import annotations

import re
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final, NamedTuple, TypeVar

from casare.nodes.extras import library
from casare.sdk import Context, DataType, NodeError, Out, Param, Visibility, as_dict, as_integer, as_items

Given = TypeVar("Given")

LAST_DATABASE: Final = "_database"
"""The run variable that holds the database opened last, for nodes that are given none."""

Connection = Annotated[
    Any,
    Param(
        type=DataType.CONNECTION,
        help="The open database, from Connect to database; empty: the one opened last in this run.",
    ),
]
ConnectionOut = Annotated[Any, Out(type=DataType.CONNECTION, help="The open database, for the nodes after this one.")]
RetryCount = Annotated[
    int, Param(minimum=0, visibility=Visibility.ADVANCED, help="How often to try again when the database is busy.")
]
RetryInterval = Annotated[
    int, Param(minimum=0, unit="ms", visibility=Visibility.ADVANCED, help="The pause between two attempts.")
]

_DRIVERS: Final = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql", "mssql": "pyodbc"}
_SQLITE_ATTACH: Final = 24
_PIECES: Final = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|::|(?P<mark>\?|%s|\$\d+)|:(?P<name>[A-Za-z_]\w*)|:",
    re.DOTALL,
)


class Rows(NamedTuple):
    """What a statement gave: rows, their columns, how many it changed, the id of the row it added last."""

    rows: list[dict[str, Any]]
    columns: list[str]
    affected: int
    last_id: int


class Database:
    """One connection to a database. Nodes on several threads may use it, one after the other."""

    def __init__(self, engine: Any, name: str, *, auto_commit: bool) -> None:
        self.name = name
        self.auto_commit = auto_commit
        self._lock = threading.RLock()
        self._explicit = False
        self._connection = engine.connect()
        # A workflow may end without closing what it opened.
        self._close = weakref.finalize(self, _close, self._connection, engine)

    def __repr__(self) -> str:
        return f"<database {self.name}{'' if self._close.alive else ', closed'}>"

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction was begun that has not been ended."""
        return self._explicit

    def run(self, query: str, parameters: object = None) -> Rows:
        """Run one statement. Raises NodeError with what the database says against it."""
        statement, values = bound(query, parameters)
        with self._lock:
            return self._told(lambda: self._rows(statement, values), query)

    def begin(self) -> None:
        """Keep what follows together until it is committed or rolled back."""
        with self._lock:
            self._check()
            if self._explicit:
                raise NodeError(
                    f"a transaction is under way in {self.name} already", mend="Commit or roll it back first."
                )
            self._connection.commit()
            self._explicit = True

    def end(self, *, keep: bool) -> None:
        """Make what was done for good, or take it back. Raises NodeError when there is nothing to end."""
        with self._lock:
            self._check()
            if not self._explicit and self.auto_commit:
                raise NodeError(
                    f"no transaction is under way in {self.name}", mend="Put Begin transaction before the changes."
                )
            self._explicit = False
            self._told(self._connection.commit if keep else self._connection.rollback, "COMMIT")

    def look(self, ask: Callable[[Any], Given]) -> Given:
        """Return what `ask` finds out with an inspector of SQLAlchemy."""
        with self._lock:
            self._check()
            inspect = library("sqlalchemy", "sql", "A database").inspect
            return self._told(lambda: ask(inspect(self._connection)), "")

    def close(self) -> None:
        """Close it; changes that were not committed are lost. Closing twice does nothing."""
        with self._lock:
            self._close()

    def _rows(self, statement: str, values: Mapping[str, Any]) -> Rows:
        self._check()
        text = library("sqlalchemy", "sql", "A database").text
        result = self._connection.execute(text(statement), values)
        if result.returns_rows:
            columns = [str(name) for name in result.keys()]  # noqa: SIM118 - a result is no dict
            rows = [dict(zip(columns, row, strict=True)) for row in result]
            found = Rows(rows, columns, len(rows), 0)
        else:
            found = Rows([], [], max(0, result.rowcount), int(getattr(result, "lastrowid", 0) or 0))
        if self.auto_commit and not self._explicit:
            self._connection.commit()
        return found

    def _told(self, work: Callable[[], Given], query: str) -> Given:
        exceptions = library("sqlalchemy.exc", "sql", "A database")
        try:
            return work()
        except exceptions.SQLAlchemyError as error:
            if not self._explicit:
                self._connection.rollback()
            reason = getattr(error, "orig", None) or error
            where = " ".join(query.split())
            raise DatabaseError(
                f"the database {self.name} refused: {reason}",
                where=where if len(where) <= 120 else where[:119] + "…",
                mend="Check the statement and its parameters against the tables of the database.",
                passing=isinstance(error, exceptions.OperationalError) and "locked" in str(reason),
            ) from None

    def _check(self) -> None:
        if not self._close.alive:
            raise NodeError(f"the database {self.name} is closed", mend="Connect again, or close it later.")


class DatabaseError(NodeError):
    """Report what a database says against a statement; `passing` when another attempt may do better."""

    def __init__(self, what: str, *, where: str = "", mend: str = "", passing: bool = False) -> None:
        super().__init__(what, where=where, mend=mend)
        self.passing = passing


def _close(connection: Any, engine: Any) -> None:
    connection.close()
    engine.dispose()


def opened(context: Context, url: Any, name: str, *, timeout: float, pool_size: int, auto_commit: bool) -> Database:
    """Return an open database. Raises NodeError when there is none at this address, or its driver is missing."""
    sqlalchemy = library("sqlalchemy", "sql", "A database")
    pool = library("sqlalchemy.pool", "sql", "A database")
    kind = url.get_backend_name()
    options: dict[str, Any] = {"poolclass": pool.NullPool}
    if kind == "sqlite":
        options["connect_args"] = {"timeout": timeout, "check_same_thread": False}
    else:
        options = {"pool_size": max(1, pool_size), "pool_timeout": timeout}
        seconds = {"connect_timeout": max(1, round(timeout))}
        options["connect_args"] = seconds if kind in ("postgresql", "mysql", "mariadb") else {}
    try:
        engine = sqlalchemy.create_engine(url, **options)
        if kind == "sqlite":
            sqlalchemy.event.listen(engine, "connect", lambda raw, _: raw.set_authorizer(_guard(context)))
        return Database(engine, name, auto_commit=auto_commit)
    except ModuleNotFoundError as error:
        driver = _DRIVERS.get(kind, error.name or "its driver")
        raise NodeError(
            f"a {kind} database needs the library {error.name}, which is not installed",
            mend=f"Install it into the same Python as casare: pip install {driver}",
        ) from None
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise NodeError(
            f"the database {name} cannot be opened: {getattr(error, 'orig', None) or error}",
            mend="Check the address, the name of the database, user name and password, and that the server runs.",
        ) from None


def database_of(context: Context, connection: object) -> Database:
    """Return the database that is wired in, else the one opened last in this run; NodeError when there is neither."""
    found = context.get_variable(LAST_DATABASE) if connection in (None, "") else connection
    if isinstance(found, Database):
        return found
    if found is None:
        raise NodeError("no database is open", mend="Put Connect to database before this node.")
    raise TypeError(f"connection: expected an open database, got {type(found).__name__}")


def with_retries(work: Callable[[], Given], count: object, interval_ms: object) -> Given:
    """Return what `work` gives, tried again while the database is locked by somebody else."""
    left = max(0, as_integer(count, "retry_count"))
    while True:
        try:
            return work()
        except DatabaseError as error:
            if not left or not error.passing:
                raise
        left -= 1
        time.sleep(max(0, as_integer(interval_ms, "retry_interval")) / 1000)


def bound(query: str, parameters: object) -> tuple[str, dict[str, Any]]:
    """Return a statement with named places, and the value of each. Values are never pasted into the text.

    Places are `?`, `%s` or `$1` for a list and `:name` for a dict. Raises ValueError when they do not match.
    """
    named = isinstance(parameters, Mapping) or (isinstance(parameters, str) and parameters.lstrip().startswith("{"))
    given = as_dict(parameters, "parameters") if named else {}
    listed: Sequence[Any] = [] if named else as_items(parameters, "parameters", commas=False)
    values: dict[str, Any] = {}
    used = 0

    def put(found: re.Match[str]) -> str:
        nonlocal used
        name, mark = found["name"], found["mark"]
        if name is not None and name in given:
            values[name] = given[name]
            return f":{name}"
        if mark is None or (named and mark != "?"):
            if name is not None and named:
                raise ValueError(f"parameters: there is no value for :{name}")
            return found[0].replace(":", r"\:")
        at = int(mark[1:]) - 1 if mark.startswith("$") else used
        used = max(used, at + 1)
        if at < len(listed):
            values[f"p{at}"] = listed[at]
        return f":p{at}"

    text = _PIECES.sub(put, query)
    if used != len(listed):
        raise ValueError(f"parameters: the statement has {used} place(s) for values, and {len(listed)} were given")
    return text, values


def _guard(context: Context) -> Callable[..., int]:
    """Return what SQLite asks before it does something: other files are opened where the run may go, or not at all."""

    def may(action: int, name: str | None, *_: object) -> int:
        if action != _SQLITE_ATTACH or name in ("", ":memory:"):
            return 0
        try:
            inside = name is not None and str(context.path(name)) == name
        except PermissionError:
            inside = False
        return 0 if inside else 1

    return may
