from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from loopback_http import FILE, WebServer

from casare.nodes.web.http_files import Downloaded, http_download_file, http_upload_file
from casare.nodes.web.http_requests import Answer
from casare.sdk import Context, NodeError


def download(run: Context, url: str, save_path: str, **settings: Any) -> Downloaded:
    return asyncio.run(http_download_file(run, url, save_path, **settings))


def upload(run: Context, url: str, path: str, **settings: Any) -> Answer:
    return asyncio.run(http_upload_file(run, url, path, **settings))


def test_a_download_is_the_file_of_the_server(run: Context, web: WebServer, tmp_path: Path) -> None:
    done = download(run, f"{web.url}/file", "down/a.bin")
    assert done == (str(tmp_path / "down" / "a.bin"), len(FILE), True, "")
    assert (tmp_path / "down" / "a.bin").read_bytes() == FILE
    assert [path.name for path in (tmp_path / "down").iterdir()] == ["a.bin"]


@pytest.mark.parametrize(("path", "told"), [("/status/404", "answered 404"), ("/broken", "failed|broke")])
def test_a_download_that_fails_leaves_what_was_there(
    run: Context, web: WebServer, tmp_path: Path, path: str, told: str
) -> None:
    (tmp_path / "a.bin").write_text("old")
    with pytest.raises(NodeError, match=told):
        download(run, web.url + path, "a.bin", retry_count=1, retry_delay=0)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.bin", "old")]


def test_a_download_replaces_a_file_only_when_it_may(run: Context, web: WebServer, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_text("old")
    with pytest.raises(FileExistsError, match="overwrite replaces it"):
        download(run, f"{web.url}/file", "a.bin", overwrite=False)
    assert web.asked.total() == 0
    assert download(run, f"{web.url}/file", "a.bin").file_size == len(FILE)


def test_a_download_stays_inside_the_folder_of_a_bound_run(bound_run: Context, web: WebServer) -> None:
    with pytest.raises(PermissionError, match="outside"):
        download(bound_run, f"{web.url}/file", "../a.bin")


def test_an_upload_sends_file_and_fields_as_a_form(run: Context, web: WebServer, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    answer = upload(run, f"{web.url}/echo", "note.txt", field_name="doc", extra_fields={"year": 2026})
    told = answer.response_json
    assert told["method"] == "POST"
    assert 'name="doc"; filename="note.txt"' in told["body"]
    assert "\r\n\r\nhello\r\n" in told["body"]
    assert 'name="year"\r\n\r\n2026\r\n' in told["body"]


def test_an_upload_sends_the_whole_file_at_each_attempt(run: Context, web: WebServer, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    assert upload(run, f"{web.url}/flaky", "note.txt", retry_count=2, retry_delay=0).response_json == {"times": 3}


def test_an_upload_of_a_file_that_is_not_there_fails(run: Context, web: WebServer) -> None:
    with pytest.raises(FileNotFoundError, match="no file at"):
        upload(run, f"{web.url}/echo", "none.txt")
