from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from casare.nodes.files.csv_data import read_csv, write_csv
from casare.sdk import Context

in_one_folder = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIELDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.fixture
def stored(tmp_path: Path) -> Any:
    def store(content: str | bytes) -> str:
        raw = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "table.csv").write_bytes(raw)
        return "table.csv"

    return store


@in_one_folder
@given(rows=st.lists(st.lists(FIELDS, min_size=2, max_size=4), max_size=6), delimiter=st.sampled_from(",;\t|"))
def test_rows_of_fields_survive_a_round_trip(run: Context, rows: list[list[str]], delimiter: str) -> None:
    write_csv(run, "t.csv", rows, delimiter=delimiter)
    read = read_csv(run, "t.csv", has_header=False, delimiter=delimiter)
    assert read.data == rows
    assert read.row_count == len(rows)


@in_one_folder
@given(st.data())
def test_records_survive_a_round_trip_with_their_columns_in_order(run: Context, data: st.DataObject) -> None:
    headers = data.draw(st.lists(FIELDS, min_size=2, max_size=4, unique=True))
    assume(not headers[0].startswith("\ufeff"))
    rows = data.draw(st.lists(st.tuples(*[FIELDS] * len(headers)), min_size=1, max_size=5))
    records = [dict(zip(headers, row, strict=True)) for row in rows]
    write_csv(run, "t.csv", records)
    read = read_csv(run, "t.csv", strict=True)
    assert read.headers == headers
    assert read.data == records


@pytest.mark.parametrize(
    ("content", "settings", "headers", "data"),
    [
        ("", {}, [], []),
        ("name,age\r\n", {}, ["name", "age"], []),
        ("name,age\nAnna,30\n", {}, ["name", "age"], [{"name": "Anna", "age": "30"}]),
        ("a;b\n1;2", {"delimiter": ";"}, ["a", "b"], [{"a": "1", "b": "2"}]),
        ("a\tb\n1\t2", {"delimiter": "\\t"}, ["a", "b"], [{"a": "1", "b": "2"}]),
        ("a\tb\n1\t2", {"delimiter": "tab"}, ["a", "b"], [{"a": "1", "b": "2"}]),
        ('a\n"x\ny"\n', {}, ["a"], [{"a": "x\ny"}]),
        ("a,b\n'x,y',z\n", {"quotechar": "'"}, ["a", "b"], [{"a": "x,y", "b": "z"}]),
        ("a,b\n1\n", {}, ["a", "b"], [{"a": "1", "b": ""}]),
        ("a\n1,2,3\n", {}, ["a"], [{"a": "1", "column_2": "2", "column_3": "3"}]),
        ("a,a,a_2,a\n1,2,3,4\n", {}, ["a", "a_3", "a_2", "a_4"], [{"a": "1", "a_3": "2", "a_2": "3", "a_4": "4"}]),
        ("a\n\n1\n\n2\n", {}, ["a"], [{"a": "1"}, {"a": "2"}]),
        ("1,2\n3,4\n", {"has_header": False}, [], [["1", "2"], ["3", "4"]]),
        ("1,2\n3,4\n", {"has_header": "false"}, [], [["1", "2"], ["3", "4"]]),
        ("# made by hand\na\n1\n2\n", {"skip_rows": 1}, ["a"], [{"a": "1"}, {"a": "2"}]),
        ("a\n1\n2\n3\n", {"max_rows": 2}, ["a"], [{"a": "1"}, {"a": "2"}]),
        ("a\n1\n2\n3\n", {"max_rows": "2", "skip_rows": "1"}, ["1"], [{"1": "2"}, {"1": "3"}]),
        ("\ufeffname\nJürgen\n", {}, ["name"], [{"name": "Jürgen"}]),
        ("name\nJürgen\n".encode("utf-16"), {}, ["name"], [{"name": "Jürgen"}]),
        ("name\nJürgen\n".encode("cp1252"), {"encoding": "cp1252"}, ["name"], [{"name": "Jürgen"}]),
    ],
)
def test_a_file_is_read_as_the_table_it_means(
    run: Context, stored: Any, content: str | bytes, settings: dict[str, Any], headers: list[str], data: list[Any]
) -> None:
    assert read_csv(run, stored(content), **settings) == (data, headers, len(data), True)


@pytest.mark.parametrize("content", ["a,b\n1\n", "a,b\n1,2,3\n"])
def test_a_ragged_row_is_refused_when_strict(run: Context, stored: Any, content: str) -> None:
    with pytest.raises(ValueError, match=r"table\.csv, row 1: \d fields where 2 are expected"):
        read_csv(run, stored(content), strict=True)


def test_bad_quoting_names_the_line_when_strict(run: Context, stored: Any) -> None:
    with pytest.raises(ValueError, match=r"table\.csv, line 2"):
        read_csv(run, stored('a\n"x"y\n'), strict=True)


def test_a_field_too_long_for_the_reader_is_an_error_with_its_line(run: Context, stored: Any) -> None:
    with pytest.raises(ValueError, match=r"line 2: field larger than"):
        read_csv(run, stored("a\n" + "x" * (csv.field_size_limit() + 1)))


@pytest.mark.parametrize("delimiter", ["", ",,", "\n"])
@pytest.mark.parametrize("ask", ["read", "write"])
def test_a_delimiter_is_one_character(run: Context, stored: Any, delimiter: str, ask: str) -> None:
    path = stored("a\n")
    with pytest.raises(ValueError, match="delimiter must be one character"):
        read_csv(run, path, delimiter=delimiter) if ask == "read" else write_csv(run, path, [], delimiter=delimiter)


@pytest.mark.parametrize(
    ("data", "headers", "settings", "written"),
    [
        (None, None, {}, ""),
        ([], ["a", "b"], {}, "a,b\r\n"),
        ([{"a": 1, "b": None}], None, {}, "a,b\r\n1,\r\n"),
        ([{"a": 1}, {"b": 2}], None, {}, "a,b\r\n1,\r\n,2\r\n"),
        ([{"a": 1, "b": 2}], ["b"], {}, "b\r\n2\r\n"),
        ([{"a": 1}], "b, a", {}, "b,a\r\n,1\r\n"),
        ([{"a": 1}], None, {"write_header": False}, "1\r\n"),
        ([[1, 2.5], (True, None)], ["x", "y"], {}, "x,y\r\n1,2.5\r\ntrue,\r\n"),
        (["one", "two"], None, {}, "one\r\ntwo\r\n"),
        ('[{"a": "é"}]', None, {}, "a\r\né\r\n"),
        ([{"a": {"k": [1]}}], None, {}, 'a\r\n"{""k"": [1]}"\r\n'),
        ([{1: "x"}], ["1"], {}, "1\r\nx\r\n"),
        ([["a", "b"]], None, {"delimiter": "semicolon"}, "a;b\r\n"),
    ],
)
def test_rows_are_written_as_they_are_meant(
    run: Context, tmp_path: Path, data: Any, headers: Any, settings: dict[str, Any], written: str
) -> None:
    result = write_csv(run, "out/t.csv", data, headers, **settings)
    path = tmp_path / "out" / "t.csv"
    assert path.read_bytes().decode() == written
    assert result.file_path == str(path)
    assert result.attachment_file == [str(path)]


def test_the_header_is_not_counted_as_a_row(run: Context) -> None:
    assert write_csv(run, "t.csv", [{"a": 1}, {"a": 2}]).row_count == 2


@pytest.mark.parametrize("data", ["[1,", "[{]", "{{rows}}"])
def test_what_is_no_list_of_rows_leaves_the_old_file_whole(
    run: Context, stored: Any, tmp_path: Path, data: Any
) -> None:
    path = stored("old")
    with pytest.raises(ValueError, match=r"^data: expected a list"):
        write_csv(run, path, data)
    assert (tmp_path / path).read_text() == "old"


@pytest.mark.parametrize(("path", "error"), [("none.csv", FileNotFoundError), (".", IsADirectoryError)])
def test_a_table_that_is_not_there_is_refused(run: Context, path: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_csv(run, path)
