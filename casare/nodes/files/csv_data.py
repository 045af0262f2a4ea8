"""Tables as text: read and write CSV files."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from casare.nodes.files.file_text import decoded, encoded, marked_encoding
from casare.nodes.files.paths import Attachment, Encoding, FileToRead, FileToWrite, existing_file, file_to_write
from casare.sdk import (
    Bound,
    Context,
    Cost,
    Out,
    Param,
    Visibility,
    Widget,
    as_flag,
    as_integer,
    as_items,
    as_text,
    node,
)

_Delimiter = Annotated[
    str, Param(aliases=("separator", "sep"), help="The character between two fields; \\t or tab for a tab.")
]
_TYPED = {"\\t": "\t", "tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


class Table(NamedTuple):
    """The rows of a CSV file."""

    data: Annotated[
        list[Any], Out(help="One dict for each row, or one list when there is no header.", aliases=("rows", "result"))
    ]
    headers: Annotated[list[str], Out(help="The names of the columns; empty when there is no header.")]
    row_count: int
    success: bool


class WrittenTable(NamedTuple):
    """A CSV file that was written."""

    file_path: str
    attachment_file: Attachment
    row_count: Annotated[int, Out(help="How many rows were written, the header not counted.")]
    success: bool


@node(
    "ReadCSVNode",
    title="Read CSV",
    category="files",
    icon="file-spreadsheet",
    cost=Cost(complexity=4, runtime_ms=30, memory_mb=20, bound=Bound.IO),
    headline="file_path",
    keywords=("table", "spreadsheet", "rows", "columns", "import", "tsv"),
    replaced_by=("StructuredDataSuperNode", {"action": "Read CSV"}),
)
def read_csv(
    context: Context,
    file_path: FileToRead,
    *,
    delimiter: _Delimiter = ",",
    has_header: Annotated[bool, Param(help="Takes the names of the columns from the first row.")] = True,
    encoding: Encoding = "utf-8",
    quotechar: Annotated[
        str, Param(visibility=Visibility.ADVANCED, help="The character around a field that holds the delimiter.")
    ] = '"',
    skip_rows: Annotated[
        int, Param(minimum=0, unit="rows", visibility=Visibility.ADVANCED, help="Rows to leave out at the start.")
    ] = 0,
    max_rows: Annotated[
        int, Param(minimum=0, unit="rows", visibility=Visibility.ADVANCED, help="Rows to read at most; 0 reads all.")
    ] = 0,
    strict: Annotated[
        bool,
        Param(
            visibility=Visibility.ADVANCED,
            help="Fails on bad quoting and on a row longer or shorter than the header.",
        ),
    ] = False,
) -> Table:
    """Read a CSV file as a list of rows.

    With a header each row is a dict; two columns of one name become `name` and `name_2`, and a field beyond the header
    goes under `column_4`, so that nothing is lost. Empty lines are left out. A byte order mark is not part of the text.
    """
    path = existing_file(context, file_path)
    raw = path.read_bytes()
    text = decoded(raw, marked_encoding(raw) or encoding, path)
    careful = as_flag(strict, "strict")
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=_character(delimiter, "delimiter"),
        quotechar=_character(quotechar, "quotechar"),
        strict=careful,
    )
    rows = (row for row in itertools.islice(reader, as_integer(skip_rows, "skip_rows"), None) if row)
    limit = as_integer(max_rows, "max_rows")
    try:
        headers = _unique(next(rows, [])) if as_flag(has_header, "has_header") else []
        found = list(itertools.islice(rows, limit) if limit > 0 else rows)
    except csv.Error as error:
        raise ValueError(f"{path}, line {reader.line_num}: {error}") from None
    if careful:
        _same_length(found, len(headers) or (len(found[0]) if found else 0), path)
    data = [_record(row, headers) for row in found] if headers else found
    return Table(data, headers, len(data), True)


@node(
    "WriteCSVNode",
    title="Write CSV",
    category="files",
    icon="file-spreadsheet",
    cost=Cost(complexity=4, runtime_ms=30, memory_mb=20, bound=Bound.IO),
    headline="file_path",
    keywords=("table", "spreadsheet", "rows", "columns", "export", "save"),
    replaced_by=("StructuredDataSuperNode", {"action": "Write CSV"}),
)
def write_csv(
    context: Context,
    file_path: FileToWrite,
    data: Annotated[
        list[Any] | None,
        Param(widget=Widget.JSON, aliases=("rows",), help="The rows: dicts, lists, or single values."),
    ] = None,
    headers: Annotated[
        list[str] | None,
        Param(aliases=("columns",), help="The columns to write, in this order; left empty, all the rows have."),
    ] = None,
    *,
    delimiter: _Delimiter = ",",
    write_header: Annotated[bool, Param(help="Writes the names of the columns as the first row.")] = True,
    encoding: Encoding = "utf-8",
) -> WrittenTable:
    """Write rows to a CSV file, replacing what was in it.

    A field that a row lacks is written empty; lists and dicts inside a field are written as JSON. All rows are prepared
    before the file is touched.
    """
    rows = as_items(data, "data", commas=False)
    columns = [as_text(name) for name in as_items(headers, "headers")] or _columns(rows)
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=_character(delimiter, "delimiter"))
    if columns and as_flag(write_header, "write_header"):
        writer.writerow(columns)
    writer.writerows(_fields(row, columns) for row in rows)
    raw = encoded(page.getvalue(), encoding, file_path)
    path = file_to_write(context, file_path)
    path.write_bytes(raw)
    return WrittenTable(str(path), [str(path)], len(rows), True)


def _character(text: object, what: str) -> str:
    written = as_text(text)
    found = _TYPED.get(written.strip().lower(), written)
    if len(found) != 1 or found in "\r\n":
        raise ValueError(f"{what} must be one character, but it is {written!r}")
    return found


def _unique(names: list[str]) -> list[str]:
    taken = set(names)
    seen: set[str] = set()
    unique: list[str] = []
    for name in names:
        free = name
        numbers = itertools.count(2)
        while free in seen or (free != name and free in taken):
            free = f"{name}_{next(numbers)}"
        seen.add(free)
        unique.append(free)
    return unique


def _record(row: list[str], headers: list[str]) -> dict[str, str]:
    record = dict(itertools.zip_longest(headers, row[: len(headers)], fillvalue=""))
    for position, field in enumerate(row[len(headers) :], start=len(headers) + 1):
        record[f"column_{position}"] = field
    return record


def _same_length(rows: list[list[str]], length: int, path: object) -> None:
    for position, row in enumerate(rows, start=1):
        if len(row) != length:
            raise ValueError(f"{path}, row {position}: {len(row)} fields where {length} are expected")


def _columns(rows: list[Any]) -> list[str]:
    # A dict keeps the order in which the columns were first seen.
    return list(dict.fromkeys(as_text(key) for row in rows if isinstance(row, Mapping) for key in row))


def _fields(row: Any, columns: list[str]) -> Iterator[str]:
    if isinstance(row, Mapping):
        named = {as_text(key): value for key, value in row.items()}
        return (as_text(named.get(column)) for column in columns)
    return (as_text(value) for value in (row if isinstance(row, (list, tuple)) else [row]))
