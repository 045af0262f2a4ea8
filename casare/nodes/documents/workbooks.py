"""Excel files, without Excel: open, read and write cells and ranges, save. openpyxl does the reading and writing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.extras import library
from casare.nodes.files.paths import FileToRead, existing_file, file_to_write, wanted_path
from casare.sdk import Bound, Context, Cost, DataType, NodeError, Out, Param, as_flag, as_text, node

LAST_WORKBOOK: Final = "_workbook"
"""The run variable that holds the workbook opened last, for nodes that are given none."""

_COST: Final = Cost(complexity=5, runtime_ms=200, memory_mb=30, bound=Bound.IO)
_CELL_COST: Final = Cost(complexity=2, runtime_ms=0.5, memory_mb=0.2)
_Workbook = Annotated[
    Any,
    Param(type=DataType.WORKBOOK, help="The open workbook, from Open Excel file; empty: the one opened last."),
]
_Sheet = Annotated[str, Param(aliases=("sheet_name", "worksheet"), help="The name of the sheet; empty: the first.")]


class Workbook:
    """An open workbook, and the file it belongs to."""

    def __init__(self, book: Any, path: Path) -> None:
        self.book = book
        self.path = path
        self.closed = False

    def __repr__(self) -> str:
        return f"<workbook {self.path.name}{', closed' if self.closed else ''}>"

    def sheet(self, name: object) -> Any:
        """Return a sheet. Raises NodeError when there is none of this name, or the workbook is closed."""
        if self.closed:
            raise NodeError(f"the workbook {self.path.name} is closed", mend="Open it again, or close it later.")
        wanted = as_text(name).strip()
        if not wanted:
            return self.book.worksheets[0]
        if wanted not in self.book.sheetnames:
            known = ", ".join(self.book.sheetnames)
            raise NodeError(f"{self.path.name} has no sheet {wanted}", mend=f"Choose one of: {known}.")
        return self.book[wanted]


class OpenedBook(NamedTuple):
    """An open workbook."""

    workbook: Annotated[Any, Out(type=DataType.WORKBOOK)]
    sheets: Annotated[list[str], Out(help="The names of its sheets.")]
    success: bool


class CellValue(NamedTuple):
    """The value of a cell."""

    value: Any
    success: bool


class RangeValues(NamedTuple):
    """The values of a range."""

    data: Annotated[list[list[Any]], Out(aliases=("values",), help="The rows, each a list of values.")]
    rows: Annotated[list[dict[str, Any]], Out(help="The same as dicts, named by the first row.")]
    row_count: int
    success: bool


class Closed(NamedTuple):
    """A workbook that is closed."""

    file_path: str
    success: bool


@node(
    "ExcelOpenNode",
    title="Open Excel file",
    category="documents",
    icon="file-spreadsheet",
    cost=_COST,
    headline="file_path",
    keywords=("xlsx", "spreadsheet", "workbook", "table"),
)
def excel_open(
    context: Context,
    file_path: FileToRead,
    *,
    create_if_missing: Annotated[bool, Param(help="Begins an empty workbook when there is no file.")] = False,
    visible: Annotated[bool, Param(help="Of older files: casare reads the file itself and shows no Excel.")] = False,
) -> OpenedBook:
    """Open an Excel file (xlsx) for the nodes that follow; Excel need not be installed.

    Formulas are read as the values that Excel worked out when it saved the file last.
    """
    openpyxl = library("openpyxl", "office", "An Excel file")
    path = wanted_path(context, file_path, "file_path")
    if as_flag(create_if_missing, "create_if_missing") and not path.exists():
        found = Workbook(openpyxl.Workbook(), file_to_write(context, file_path))
    else:
        path = existing_file(context, file_path)
        found = Workbook(_loaded(openpyxl, path), path)
    context.set_variable(LAST_WORKBOOK, found)
    return OpenedBook(found, list(found.book.sheetnames), True)


@node(
    "ExcelReadCellNode",
    title="Read Excel cell",
    category="documents",
    icon="table",
    cost=_CELL_COST,
    headline="cell",
    keywords=("xlsx", "spreadsheet", "value"),
)
def excel_read_cell(
    context: Context,
    workbook: _Workbook = None,
    cell: Annotated[str, Param(aliases=("cell_address",), placeholder="B2", help="Which cell.")] = "A1",
    sheet: _Sheet = "",
) -> CellValue:
    """Read the value of a cell."""
    found = _book(context, workbook).sheet(sheet)
    return CellValue(_cells(found, cell)[0][0].value, True)


@node(
    "ExcelWriteCellNode",
    title="Write Excel cell",
    category="documents",
    icon="pen-line",
    cost=_CELL_COST,
    headline="{cell} = {value}",
    keywords=("xlsx", "spreadsheet", "set", "change"),
)
def excel_write_cell(
    context: Context,
    workbook: _Workbook = None,
    cell: Annotated[str, Param(aliases=("cell_address",), placeholder="B2", help="Which cell.")] = "A1",
    value: Annotated[Any, Param(help="What to write; a list of lists fills the cells to the right and below.")] = None,
    sheet: _Sheet = "",
) -> CellValue:
    """Write into a cell. It is in the file when the workbook is closed."""
    start = _cells(_book(context, workbook).sheet(sheet), cell)[0][0]
    rows = value if isinstance(value, list) and all(isinstance(row, list) for row in value) else [[value]]
    for down, row in enumerate(rows):
        for right, one in enumerate(row):
            start.offset(down, right).value = as_text(one) if isinstance(one, (list, dict)) else one
    return CellValue(value, True)


@node(
    "ExcelGetRangeNode",
    title="Read Excel range",
    category="documents",
    icon="grid-3x3",
    cost=_COST,
    headline="range",
    keywords=("xlsx", "spreadsheet", "table", "rows"),
)
def excel_get_range(
    context: Context,
    workbook: _Workbook = None,
    range: Annotated[
        str, Param(aliases=("cell_range", "range_address"), placeholder="A1:C10", help="Which cells; empty: all.")
    ] = "",
    sheet: _Sheet = "",
) -> RangeValues:
    """Read the cells of a range as rows, and as dicts named by its first row."""
    found = _book(context, workbook).sheet(sheet)
    data = [[cell.value for cell in row] for row in _cells(found, as_text(range).strip() or found.dimensions)]
    names = [as_text(name) for name in data[0]]
    return RangeValues(data, [dict(zip(names, row, strict=True)) for row in data[1:]], len(data), True)


@node(
    "ExcelCloseNode",
    title="Close Excel file",
    category="documents",
    icon="save",
    cost=_COST,
    headline="",
    keywords=("xlsx", "spreadsheet", "save", "write"),
)
def excel_close(
    context: Context,
    workbook: _Workbook = None,
    *,
    save: Annotated[bool, Param(help="Writes the file; without it, changes are lost.")] = True,
) -> Closed:
    """Save and close a workbook."""
    found = _book(context, workbook)
    found.sheet("")
    if as_flag(save, "save"):
        found.book.save(file_to_write(context, str(found.path)))
    found.book.close()
    found.closed = True
    return Closed(str(found.path), True)


def _loaded(openpyxl: Any, path: Path) -> Any:
    import zipfile

    try:
        return openpyxl.load_workbook(path, data_only=True)
    except (openpyxl.utils.exceptions.InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
        raise NodeError(
            f"{path.name} cannot be read as an Excel file", mend="It has to be xlsx; save older files anew in Excel."
        ) from None


def _book(context: Context, told: object) -> Workbook:
    found = context.get_variable(LAST_WORKBOOK) if told in (None, "") else told
    if isinstance(found, Workbook):
        return found
    raise NodeError("no workbook is open", mend="Put Open Excel file before this node.")


def _cells(sheet: Any, told: object) -> list[list[Any]]:
    text = as_text(told).strip().upper()
    try:
        found = sheet[text]
    except (ValueError, KeyError):
        raise ValueError(f"{as_text(told)!r} is no cell and no range; write it like B2 or A1:C10") from None
    if not isinstance(found, tuple):
        return [[found]]
    return [list(row) if isinstance(row, tuple) else [row] for row in found]
