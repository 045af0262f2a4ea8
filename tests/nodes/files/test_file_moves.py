from __future__ import annotations

import errno
from pathlib import Path

import pytest

from casare.nodes.files.file_moves import copy_file, delete_file, move_file
from casare.sdk import Context


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.txt"
    path.write_text("content")
    return path


def test_a_copy_leaves_the_source_and_tells_its_size(run: Context, tmp_path: Path, source: Path) -> None:
    copied = copy_file(run, "source.txt", "there/copy.txt")
    assert copied == (str(tmp_path / "there" / "copy.txt"), 7, True)
    assert source.read_text() == Path(copied.dest_path).read_text() == "content"


def test_a_copy_keeps_the_time_of_the_source(run: Context, source: Path) -> None:
    copied = copy_file(run, "source.txt", "copy.txt")
    assert Path(copied.dest_path).stat().st_mtime == pytest.approx(source.stat().st_mtime, abs=0.01)


def test_a_move_leaves_nothing_behind(run: Context, tmp_path: Path, source: Path) -> None:
    moved = move_file(run, "source.txt", "there/moved.txt")
    assert moved == (str(tmp_path / "there" / "moved.txt"), True)
    assert not source.exists()
    assert Path(moved.dest_path).read_text() == "content"


def test_a_move_to_another_disk_copies_first_and_deletes_then(
    run: Context, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(Path, "replace", refuse)
    moved = move_file(run, "source.txt", "far.txt")
    assert Path(moved.dest_path).read_text() == "content"
    assert not source.exists()


@pytest.mark.parametrize("transfer", [copy_file, move_file])
class TestDestination:
    def test_a_folder_takes_the_file_under_its_name(self, run: Context, tmp_path: Path, source: Path, transfer) -> None:
        (tmp_path / "box").mkdir()
        assert transfer(run, "source.txt", "box").dest_path == str(tmp_path / "box" / "source.txt")
        assert (tmp_path / "box" / "source.txt").read_text() == "content"

    def test_a_file_that_is_there_stays_unless_overwriting(
        self, run: Context, tmp_path: Path, source: Path, transfer
    ) -> None:
        (tmp_path / "other.txt").write_text("other")
        with pytest.raises(FileExistsError, match=r"other\.txt is already there .*overwrite replaces it"):
            transfer(run, "source.txt", "other.txt")
        assert (tmp_path / "other.txt").read_text() == "other"
        transfer(run, "source.txt", "other.txt", overwrite=True)
        assert (tmp_path / "other.txt").read_text() == "content"

    def test_a_file_cannot_go_onto_itself(self, run: Context, source: Path, transfer) -> None:
        with pytest.raises(ValueError, match="same file"):
            transfer(run, "source.txt", "../" + source.parent.name + "/source.txt", overwrite=True)
        assert source.read_text() == "content"

    def test_a_missing_folder_is_made_only_when_asked(self, run: Context, source: Path, transfer) -> None:
        with pytest.raises(FileNotFoundError, match="create_dirs makes it"):
            transfer(run, "source.txt", "no/way.txt", create_dirs=False)
        assert source.read_text() == "content"

    @pytest.mark.parametrize(
        ("path", "error"), [("gone.txt", FileNotFoundError), ("box", IsADirectoryError), ("", ValueError)]
    )
    def test_what_is_no_file_cannot_be_the_source(
        self, run: Context, tmp_path: Path, transfer, path: str, error: type[Exception]
    ) -> None:
        (tmp_path / "box").mkdir()
        with pytest.raises(error, match="source_path"):
            transfer(run, path, "x.txt")

    def test_the_operating_system_is_no_destination(self, run: Context, source: Path, transfer) -> None:
        with pytest.raises(PermissionError, match="operating system"):
            transfer(run, "source.txt", "/etc/casare-test")
        assert source.exists()


def test_a_file_of_the_operating_system_is_not_moved_away(run: Context) -> None:
    with pytest.raises(PermissionError, match="operating system"):
        move_file(run, "/etc/hostname", "mine.txt")
    assert Path("/etc/hostname").exists()


def test_a_deleted_file_is_gone(run: Context, source: Path) -> None:
    assert delete_file(run, "source.txt") == (str(source), True)
    assert not source.exists()


def test_deleting_a_missing_file_fails_unless_ignored(run: Context, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="ignore_missing goes on anyway"):
        delete_file(run, "gone.txt")
    assert delete_file(run, "gone.txt", ignore_missing=True) == (str(tmp_path / "gone.txt"), True)


def test_deleting_a_link_keeps_what_it_points_to(run: Context, tmp_path: Path, source: Path) -> None:
    (tmp_path / "link").symlink_to(source)
    (tmp_path / "box").mkdir()
    (tmp_path / "folder_link").symlink_to(tmp_path / "box")
    delete_file(run, "link")
    delete_file(run, "folder_link")
    assert source.exists()
    assert (tmp_path / "box").is_dir()


def test_a_folder_is_never_deleted_as_a_file(run: Context, tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    with pytest.raises(IsADirectoryError, match="box is a folder"):
        delete_file(run, "box", ignore_missing=True)
    assert (tmp_path / "box").is_dir()


def test_a_file_of_the_operating_system_is_not_deleted(run: Context) -> None:
    with pytest.raises(PermissionError, match="allow_dangerous_paths"):
        delete_file(run, "/etc/casare-no-such-file", ignore_missing=True)
    assert delete_file(run, "/etc/casare-no-such-file", ignore_missing=True, allow_dangerous_paths=True).success
