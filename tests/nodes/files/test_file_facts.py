from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from casare.nodes.files.file_facts import file_exists, get_file_info, get_file_size
from casare.sdk import Context


@pytest.fixture
def places(tmp_path: Path) -> Path:
    (tmp_path / "file.tar.gz").write_bytes(b"12345")
    (tmp_path / "box").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "check_type", "expected"),
    [
        ("file.tar.gz", "any", (True, True, False)),
        ("file.tar.gz", "file", (True, True, False)),
        ("file.tar.gz", "directory", (False, True, False)),
        ("file.tar.gz", "FILE", (True, True, False)),
        ("box", "any", (True, False, True)),
        ("box", "file", (False, False, True)),
        ("box", "directory", (True, False, True)),
        ("nothing", "any", (False, False, False)),
        ("file.tar.gz/below", "any", (False, False, False)),
        ("dangling", "any", (False, False, False)),
    ],
)
def test_what_is_at_a_path_is_told(
    run: Context, places: Path, path: str, check_type: Any, expected: tuple[bool, bool, bool]
) -> None:
    assert file_exists(run, path, check_type=check_type) == expected


def test_an_unknown_kind_of_thing_is_refused(run: Context) -> None:
    with pytest.raises(ValueError, match="check_type"):
        file_exists(run, "x", check_type="socket")  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [0, 1, 4096])
def test_the_size_is_counted_in_bytes(run: Context, tmp_path: Path, size: int) -> None:
    (tmp_path / "f").write_bytes(b"x" * size)
    assert get_file_size(run, "f") == (size, True)


def test_the_facts_of_a_file_are_told(run: Context, places: Path) -> None:
    os.utime(places / "file.tar.gz", (1_700_000_000, 1_700_000_000))
    facts = get_file_info(run, "file.tar.gz")
    assert facts.size == 5
    assert (facts.name, facts.extension, facts.parent) == ("file.tar.gz", ".gz", str(places))
    assert datetime.fromisoformat(facts.modified).timestamp() == 1_700_000_000
    assert datetime.fromisoformat(facts.created) > datetime.fromisoformat(facts.modified)


@pytest.mark.parametrize("ask", [get_file_size, get_file_info])
@pytest.mark.parametrize(
    ("path", "error"), [("nothing", FileNotFoundError), ("box", IsADirectoryError), ("", ValueError)]
)
def test_facts_of_what_is_no_file_are_refused(
    run: Context, places: Path, ask: Any, path: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match="file_path"):
        ask(run, path)
