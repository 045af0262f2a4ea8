from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casare.nodes.files.files import append_file, read_file, write_file
from casare.sdk import Context

in_one_folder = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@in_one_folder
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_text_that_is_written_is_read_back_as_it_was(run: Context, text: str) -> None:
    written = write_file(run, "note.txt", text)
    read = read_file(run, "note.txt")
    assert read.content == text
    assert read.size == written.bytes_written == len(text.encode())


@in_one_folder
@given(raw=st.binary())
def test_bytes_that_are_written_are_read_back_in_binary_mode(run: Context, raw: bytes) -> None:
    write_file(run, "raw.bin", raw, binary_mode=True)  # type: ignore[arg-type]
    assert read_file(run, "raw.bin", binary_mode=True).content == raw


@in_one_folder
@given(parts=st.lists(st.text("abcé\n\r", max_size=9), max_size=5))
def test_appending_parts_gives_the_same_file_as_writing_them_at_once(run: Context, parts: list[str]) -> None:
    write_file(run, "parts.txt", "")
    for part in parts:
        append_file(run, "parts.txt", part)
    assert read_file(run, "parts.txt").content == "".join(parts)


@pytest.mark.parametrize(
    ("content", "stored"),
    [
        ("", b""),
        ("a\nb\r\n", b"a\nb\r\n"),
        (None, b""),
        (42, b"42"),
        (True, b"true"),
        ({"é": [1]}, '{\n  "é": [\n    1\n  ]\n}'.encode()),
        ([], b"[]"),
        (b"\x00\xff", b"\x00\xff"),
    ],
)
def test_what_is_written_is_what_the_value_means(run: Context, tmp_path: Path, content: Any, stored: bytes) -> None:
    result = write_file(run, "out", content)
    assert (tmp_path / "out").read_bytes() == stored
    assert result == (str(tmp_path / "out"), [str(tmp_path / "out")], len(stored), True)


@pytest.mark.parametrize("name", ["plain.txt", "mit Leerzeichen.txt", "żółć 日本 🎈.txt", ".hidden", "a/b/c/deep.txt"])
def test_a_file_of_any_name_can_be_written_and_read(run: Context, name: str) -> None:
    write_file(run, name, "here")
    assert read_file(run, name).content == "here"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp1252", "UTF8", "utf-8-sig", ""])
def test_an_encoding_is_used_in_both_directions(run: Context, encoding: str) -> None:
    write_file(run, "enc.txt", "Größe", encoding=encoding)
    assert read_file(run, "enc.txt", encoding=encoding).content == "Größe"


@pytest.mark.parametrize(("errors", "content"), [("replace", "a\N{REPLACEMENT CHARACTER}b"), ("ignore", "ab")])
def test_bytes_that_do_not_fit_are_treated_as_asked(run: Context, tmp_path: Path, errors: Any, content: str) -> None:
    (tmp_path / "bad.txt").write_bytes(b"a\xffb")
    assert read_file(run, "bad.txt", errors=errors).content == content


def test_bytes_that_do_not_fit_fail_and_say_where(run: Context, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"ab\xff")
    with pytest.raises(ValueError, match=r"bad\.txt is not utf-8 text: byte 0xff at position 2"):
        read_file(run, "bad.txt")


def test_a_character_the_encoding_lacks_leaves_the_old_file_whole(run: Context, tmp_path: Path) -> None:
    write_file(run, "old.txt", "old")
    with pytest.raises(ValueError, match=r"old\.txt cannot hold '€' as ascii \(character 3\)"):
        write_file(run, "old.txt", "ab €", encoding="ascii")
    assert (tmp_path / "old.txt").read_text() == "old"


@pytest.mark.parametrize("encoding", ["no-such-thing", "base64"])
def test_an_encoding_that_is_none_is_named(run: Context, encoding: str) -> None:
    write_file(run, "x", "x")
    with pytest.raises(ValueError, match=encoding):
        read_file(run, "x", encoding=encoding)


@pytest.mark.parametrize(("limit", "fits"), [(0, True), (5, True), ("5", True), (6, True), (4, False), ("4", False)])
def test_max_size_refuses_a_larger_file(run: Context, limit: Any, fits: bool) -> None:
    write_file(run, "five.txt", "12345")
    if fits:
        assert read_file(run, "five.txt", max_size=limit).content == "12345"
    else:
        with pytest.raises(ValueError, match=r"five\.txt is larger than max_size, 4 bytes"):
            read_file(run, "five.txt", max_size=limit)


def test_append_mode_keeps_what_is_there(run: Context) -> None:
    write_file(run, "log", "one")
    assert write_file(run, "log", "two", append_mode=True).bytes_written == 3
    assert read_file(run, "log").content == "onetwo"


def test_writing_into_a_missing_folder_is_refused_when_folders_are_not_to_be_made(run: Context, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="create_dirs makes it"):
        write_file(run, "missing/x.txt", "x", create_dirs=False)
    assert not (tmp_path / "missing").exists()


def test_appending_to_a_missing_file_makes_it_only_when_asked(run: Context) -> None:
    with pytest.raises(FileNotFoundError, match="create_if_missing makes it"):
        append_file(run, "new.txt", "x", create_if_missing=False)
    assert append_file(run, "deep/new.txt", "x").bytes_written == 1
    assert append_file(run, "deep/new.txt", "y", create_if_missing=False).bytes_written == 1


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("", ValueError, "file_path is empty"),
        ("   ", ValueError, "file_path is empty"),
        (None, ValueError, "file_path is empty"),
        ("a\0b", ValueError, "NUL character"),
        ("nothing.txt", FileNotFoundError, r"no file at .*nothing\.txt \(file_path\)"),
        ("folder", IsADirectoryError, r"folder is a folder, not a file"),
    ],
)
def test_a_path_that_is_no_file_is_refused_by_name(
    run: Context, tmp_path: Path, path: Any, error: type[Exception], message: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(error, match=message):
        read_file(run, path)


@pytest.mark.parametrize("write", [write_file, append_file])
def test_a_folder_cannot_be_written_like_a_file(run: Context, tmp_path: Path, write: Any) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError, match="name the file inside it"):
        write(run, "folder", "x")


def test_a_device_is_read_only_when_dangerous_paths_are_allowed(run: Context) -> None:
    with pytest.raises(PermissionError, match="allow_dangerous_paths"):
        read_file(run, "/dev/null")
    assert read_file(run, "/dev/null", allow_dangerous_paths=True).content == ""


@pytest.mark.parametrize("path", ["/etc/casare-test", "/usr/share/casare-test", "/proc/casare-test"])
def test_the_operating_system_is_not_written_into(run: Context, path: str) -> None:
    with pytest.raises(PermissionError, match="allow_dangerous_paths"):
        write_file(run, path, "x")
    assert not Path(path).exists()


def test_a_link_into_the_operating_system_is_not_written_through(run: Context, tmp_path: Path) -> None:
    (tmp_path / "innocent.txt").symlink_to("/etc/casare-test")
    with pytest.raises(PermissionError, match="operating system"):
        write_file(run, "innocent.txt", "x")


def test_a_flag_written_as_a_word_is_understood(run: Context) -> None:
    write_file(run, "w", "a")
    write_file(run, "w", "b", append_mode="yes")  # type: ignore[arg-type]
    write_file(run, "w", "c", append_mode="True")  # type: ignore[arg-type]
    assert read_file(run, "w", binary_mode="false").content == "abc"  # type: ignore[arg-type]
