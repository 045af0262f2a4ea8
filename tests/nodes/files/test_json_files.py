from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casare.nodes.files.json_files import read_json_file, write_json_file
from casare.sdk import Context

LETTERS = st.characters(exclude_categories=["Cs"])
# A whole text that reads as JSON is meant as JSON, so those are left to a test of their own.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(LETTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=VALUES, indent=st.integers(0, 4), ensure_ascii=st.booleans())
def test_data_survives_a_round_trip(run: Context, data: Any, indent: int, ensure_ascii: bool) -> None:
    wrapped = {"data": data}
    write_json_file(run, "d.json", wrapped, indent=indent, ensure_ascii=ensure_ascii)
    assert read_json_file(run, "d.json").data == wrapped


@pytest.mark.parametrize(
    ("data", "settings", "written"),
    [
        ({"é": 1}, {}, '{\n  "é": 1\n}\n'),
        ({"é": 1}, {"ensure_ascii": True}, '{\n  "\\u00e9": 1\n}\n'),
        ([1, 2], {"indent": 0}, "[1, 2]\n"),
        ([1], {"indent": "4"}, "[\n    1\n]\n"),
        (None, {}, "null\n"),
        ("plain", {}, '"plain"\n'),
        ('{"a": 1}', {"indent": 0}, '{"a": 1}\n'),
        (" [1]", {"indent": 0}, "[1]\n"),
        ("{not json", {}, '"{not json"\n'),
        ({"when": datetime.date(2024, 1, 31), "few": {2, 1}, "raw": b"x"}, {"indent": 0},
         '{"when": "2024-01-31", "few": [1, 2], "raw": "x"}\n'),
    ],
)  # fmt: skip
def test_data_is_written_as_it_is_meant(
    run: Context, tmp_path: Path, data: Any, settings: dict[str, Any], written: str
) -> None:
    result = write_json_file(run, "deep/d.json", data, **settings)
    path = tmp_path / "deep" / "d.json"
    assert path.read_text(encoding="utf-8") == written
    assert result == (str(path), [str(path)], True)


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        (b"\xef\xbb\xbf[1]", [1]),
        ('["é"]'.encode("utf-16"), ["é"]),
        (b" 42 ", 42),
        (b'{"a": 1, "a": 2}', {"a": 2}),
    ],
)
def test_a_file_is_read_whatever_marks_its_bytes(run: Context, tmp_path: Path, raw: bytes, data: Any) -> None:
    (tmp_path / "d.json").write_bytes(raw)
    assert read_json_file(run, "d.json") == (data, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"d\.json: expected JSON, got an empty text"),
        ('{\n  "a": 1,\n}', r"d\.json: not JSON at line (2|3)"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_file_that_is_not_json_says_where(run: Context, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "d.json").write_text(text)
    with pytest.raises(ValueError, match=message):
        read_json_file(run, "d.json")


LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize("data", [LOOP, float("nan"), {"far": [float("-inf")]}], ids=["itself", "nan", "infinity"])
def test_data_that_is_no_json_leaves_the_old_file_whole(run: Context, tmp_path: Path, data: Any) -> None:
    (tmp_path / "d.json").write_text("old")
    with pytest.raises(ValueError, match="data: cannot be written as JSON"):
        write_json_file(run, "d.json", data)
    assert (tmp_path / "d.json").read_text() == "old"


@pytest.mark.parametrize(
    ("path", "error"), [("no.json", FileNotFoundError), (".", IsADirectoryError), ("", ValueError)]
)
def test_a_file_that_is_not_there_is_refused(run: Context, path: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_json_file(run, path)
