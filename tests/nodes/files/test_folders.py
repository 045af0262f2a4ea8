from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casare.nodes.files.folders import create_directory, list_directory, list_files
from casare.sdk import Context


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "ü.csv", "sub/c.txt", "sub/deep/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def names(paths: list[str], root: Path) -> list[str]:
    return [Path(path).relative_to(root).as_posix() for path in paths]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["a.txt", "b.txt", "sub", "ü.csv"]),
        ({"files_only": True}, ["a.txt", "b.txt", "ü.csv"]),
        ({"dirs_only": True}, ["sub"]),
        ({"pattern": "*.txt"}, ["a.txt", "b.txt"]),
        ({"pattern": ""}, ["a.txt", "b.txt", "sub", "ü.csv"]),
        ({"pattern": "sub/*"}, ["sub/c.txt", "sub/deep"]),
        ({"pattern": "sub\\*.txt"}, ["sub/c.txt"]),
        ({"pattern": "*.xyz"}, []),
        ({"recursive": "true", "pattern": "*.txt"}, ["a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"]),
        ({"recursive": True, "dirs_only": True}, ["sub", "sub/deep"]),
    ],
)
def test_a_folder_is_listed_as_asked(run: Context, tree: Path, settings: dict[str, Any], expected: list[str]) -> None:
    found = list_directory(run, ".", **settings)
    assert names(found.items, tree) == expected
    assert found.total == len(expected)
    assert found.success is True


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["a.txt", "b.txt", "ü.csv"]),
        ({"pattern": "?.txt", "recursive": True}, ["a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"]),
        ({"pattern": "**/*.txt"}, ["a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"]),
        ({"pattern": "sub"}, []),
    ],
)
def test_files_alone_are_listed(run: Context, tree: Path, settings: dict[str, Any], expected: list[str]) -> None:
    found = list_files(run, ".", **settings)
    assert names(found.files, tree) == expected
    assert found.total == len(expected)


def test_an_empty_folder_lists_nothing(run: Context, tmp_path: Path) -> None:
    assert list_directory(run, ".").items == []
    assert list_files(run, ".") == ([], 0, True)


@pytest.mark.parametrize("listing", [list_directory, list_files])
@pytest.mark.parametrize("pattern", ["../*", "sub/../../*", "/etc/*", "..\\*"])
def test_a_pattern_cannot_leave_the_folder(run: Context, tree: Path, listing: Any, pattern: str) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        listing(run, "sub", pattern=pattern)


@pytest.mark.parametrize("listing", [list_directory, list_files])
@pytest.mark.parametrize(
    ("path", "error"), [("none", FileNotFoundError), ("a.txt", NotADirectoryError), ("", ValueError)]
)
def test_what_is_no_folder_cannot_be_listed(
    run: Context, tree: Path, listing: Any, path: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        listing(run, path)


def test_files_only_and_folders_only_together_are_refused(run: Context, tree: Path) -> None:
    with pytest.raises(ValueError, match="nothing to list"):
        list_directory(run, ".", files_only=True, dirs_only=True)


@pytest.mark.parametrize("name", ["new", "a/b/c", "Größe 日本"])
def test_a_folder_is_made_with_those_on_the_way(run: Context, tmp_path: Path, name: str) -> None:
    assert create_directory(run, name) == (str(tmp_path / name), True)
    assert (tmp_path / name).is_dir()
    assert create_directory(run, name).success


def test_a_folder_that_is_there_is_refused_when_not_expected(run: Context, tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    with pytest.raises(FileExistsError, match="exist_ok goes on anyway"):
        create_directory(run, "box", exist_ok=False)


def test_a_missing_folder_on_the_way_is_refused_without_parents(run: Context, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="parents makes it"):
        create_directory(run, "a/b", parents=False)
    assert not (tmp_path / "a").exists()


def test_a_file_in_the_way_is_named(run: Context, tree: Path) -> None:
    with pytest.raises(FileExistsError, match=r"a\.txt is a file"):
        create_directory(run, "a.txt")


def test_no_folder_is_made_in_the_operating_system(run: Context) -> None:
    with pytest.raises(PermissionError, match="operating system"):
        create_directory(run, "/etc/casare-test")
