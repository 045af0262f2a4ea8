from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback_ftp import PASSWORD, USER, Ftp

from casare.nodes.web import ftp_folders, ftp_transfer
from casare.nodes.web.ftp_session import FtpConnection
from casare.sdk import Context, NodeError


@pytest.fixture
def there(run: Context, ftp: Ftp) -> Iterator[FtpConnection]:
    opened = ftp_transfer.ftp_connect(run, "127.0.0.1", USER, PASSWORD, port=ftp.port)
    assert opened.server_message == "220 casare test server"
    yield opened.connection
    opened.connection.close()


def test_a_file_goes_there_and_back(run: Context, ftp: Ftp, there: FtpConnection, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 500)
    sent = ftp_transfer.ftp_upload(run, there, "a.bin", "in/deep/b.bin", create_dirs=True)
    assert sent == (True, 128_000, "in/deep/b.bin", True)
    assert (ftp.folder / "in" / "deep" / "b.bin").read_bytes() == (tmp_path / "a.bin").read_bytes()
    back = ftp_transfer.ftp_download(run, there, "in/deep/b.bin", "back/c.bin")
    assert back == (True, 128_000, str(tmp_path / "back" / "c.bin"), True)
    assert (tmp_path / "back" / "c.bin").read_bytes() == (tmp_path / "a.bin").read_bytes()


def test_names_are_kept_when_none_are_given(run: Context, ftp: Ftp, there: FtpConnection, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    assert ftp_transfer.ftp_upload(run, local_path="a.txt").remote_path == "a.txt"
    (tmp_path / "a.txt").unlink()
    assert ftp_transfer.ftp_download(run, remote_path="/a.txt").file_path == str(tmp_path / "a.txt")


def test_a_folder_is_made_listed_and_removed(run: Context, ftp: Ftp, there: FtpConnection) -> None:
    assert ftp_folders.ftp_make_dir(run, there, "/test").created
    (ftp.folder / "b.txt").write_text("hello")
    assert ftp_folders.ftp_list(run, there, "/") == (["b.txt", "test"], 2, True)
    assert ftp_folders.ftp_list(run, there, "/test").items == []
    detailed = ftp_folders.ftp_list(run, there, "/", detailed=True).items
    assert [(one["name"], one["type"], one["size"]) for one in detailed] == [("b.txt", "file", 5), ("test", "dir", 0)]
    assert ftp_folders.ftp_remove_dir(run, there, "/test").deleted
    assert not (ftp.folder / "test").exists()


def test_a_file_is_measured_renamed_and_deleted(run: Context, ftp: Ftp, there: FtpConnection) -> None:
    (ftp.folder / "a.txt").write_text("hello")
    assert ftp_folders.ftp_get_size(run, there, "/a.txt") == (5, True, True)
    assert ftp_folders.ftp_rename(run, there, "/a.txt", "/b.txt").renamed
    assert [path.name for path in ftp.folder.iterdir()] == ["b.txt"]
    assert ftp_folders.ftp_delete(run, there, "/b.txt").deleted
    assert list(ftp.folder.iterdir()) == []


def test_a_wrong_password_is_refused_and_not_told(run: Context, ftp: Ftp) -> None:
    with pytest.raises(NodeError, match="refused the login of ann") as failed:
        ftp_transfer.ftp_connect(run, "127.0.0.1", USER, "hidden", port=ftp.port)
    assert "hidden" not in str(failed.value)


def test_a_server_that_is_not_there_fails_the_node(run: Context) -> None:
    with pytest.raises(NodeError, match=r"no connection to the FTP server 127.0.0.1:1\b"):
        ftp_transfer.ftp_connect(run, "127.0.0.1", port=1)


def test_what_is_not_there_fails_and_leaves_nothing(run: Context, there: FtpConnection, tmp_path: Path) -> None:
    with pytest.raises(NodeError, match=r"refused to give none\.txt: 550"):
        ftp_transfer.ftp_download(run, there, "none.txt", "a.txt")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NodeError, match="refused to list /none"):
        ftp_folders.ftp_list(run, there, "/none")
    with pytest.raises(FileNotFoundError):
        ftp_transfer.ftp_upload(run, there, "none.txt")


def test_a_closed_connection_says_so(run: Context, there: FtpConnection) -> None:
    assert ftp_transfer.ftp_disconnect(run, there).success
    with pytest.raises(NodeError, match="no FTP connection is open"):
        ftp_folders.ftp_list(run)
    with pytest.raises(NodeError, match="is closed"):
        ftp_folders.ftp_list(run, there)


def test_a_line_break_in_a_path_is_refused(run: Context, there: FtpConnection) -> None:
    with pytest.raises(ValueError, match="must be a path on the server"):
        ftp_folders.ftp_delete(run, there, "a\r\nDELE b")


def test_a_download_stays_inside_the_folder_of_a_bound_run(bound_run: Context, ftp: Ftp) -> None:
    opened = ftp_transfer.ftp_connect(bound_run, "127.0.0.1", USER, PASSWORD, port=ftp.port)
    with pytest.raises(PermissionError, match="outside"):
        ftp_transfer.ftp_download(bound_run, opened.connection, "a.txt", "../a.txt")
    opened.connection.close()
