from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from loopback_http import WebServer

from casare.catalog import Catalog
from casare.nodes.web import http_requests
from casare.nodes.web.http_requests import Answer
from casare.nodes.web.urls import http_auth
from casare.sdk import Context, NodeError

METHODS: dict[str, Callable[..., Any]] = {
    "GET": http_requests.http_get,
    "POST": http_requests.http_post,
    "PUT": http_requests.http_put,
    "PATCH": http_requests.http_patch,
    "DELETE": http_requests.http_delete,
}


def ask(run: Context, url: str, method: str = "GET", **settings: Any) -> Answer:
    return asyncio.run(http_requests.http_request(run, url, method, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
def test_each_action_asks_with_its_own_method(run: Context, web: WebServer, method: str) -> None:
    answer: Answer = asyncio.run(
        METHODS[method](run, f"{web.url}/echo", {"X-Shop": "7"}, {"page": 2, "tag": ["a", "b"]})
    )
    assert (answer.status_code, answer.success, answer.error) == (200, True, "")
    assert answer.response_json["method"] == method
    assert answer.response_json["headers"]["x-shop"] == "7"
    assert answer.response_json["query"] == {"page": ["2"], "tag": ["a", "b"]}
    assert json.loads(answer.response_body) == answer.response_json
    assert answer.response_headers["content-type"] == "application/json"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_each_action_with_a_body_sends_it(run: Context, web: WebServer, method: str) -> None:
    answer: Answer = asyncio.run(METHODS[method](run, f"{web.url}/echo", body={"id": 1}))
    assert json.loads(answer.response_json["body"]) == {"id": 1}


@pytest.mark.parametrize(
    ("body", "content_type", "sent", "kind"),
    [
        ({"a": [1, "ü"]}, "", '{"a": [1, "ü"]}', "application/json"),
        ("[1, 2]", "", "[1, 2]", "application/json"),
        ("hello", "", "hello", "text/plain; charset=utf-8"),
        ("a,b", "text/csv", "a,b", "text/csv"),
        ({"a": 1, "b": "x y"}, "application/x-www-form-urlencoded", "a=1&b=x+y", "application/x-www-form-urlencoded"),
        (b"\x00\x01", "", "\x00\x01", "application/octet-stream"),
        ("", "", "", None),
    ],
)
def test_a_body_is_sent_as_what_it_is(
    run: Context, web: WebServer, body: Any, content_type: str, sent: str, kind: str | None
) -> None:
    told = ask(run, f"{web.url}/echo", "POST", body=body, content_type=content_type).response_json
    assert told["body"].encode("latin-1").decode() == sent
    assert told["headers"].get("content-type") == kind


def test_a_multipart_body_names_its_own_boundary(run: Context, web: WebServer) -> None:
    told = ask(run, f"{web.url}/echo", "POST", body={"a": "1"}, content_type="multipart/form-data").response_json
    kind, _, boundary = told["headers"]["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    assert f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1' in told["body"]


def test_a_content_type_among_the_headers_counts(run: Context, web: WebServer) -> None:
    headers = {"content-type": "application/xml"}
    told = ask(run, f"{web.url}/echo", "POST", headers=headers, body="<a/>").response_json
    assert told["headers"]["content-type"] == "application/xml"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"auth_type": "bearer", "token": "t1"}, ("authorization", "Bearer t1")),
        ({"auth_type": "basic", "username": "ann", "password": "pw"}, ("authorization", "Basic YW5uOnB3")),
        ({"auth_type": "api_key", "token": "k", "api_key_name": "X-Key"}, ("x-key", "k")),
    ],
)
def test_configured_credentials_reach_the_server(
    run: Context, web: WebServer, given: dict[str, Any], sent: tuple[str, str]
) -> None:
    told = ask(run, f"{web.url}/echo", headers=http_auth(**given)).response_json
    assert told["headers"][sent[0]] == sent[1]


def test_an_error_status_is_an_answer(run: Context, web: WebServer) -> None:
    answer = ask(run, f"{web.url}/missing")
    assert (answer.status_code, answer.success, answer.error) == (404, False, "404 Not Found")
    assert answer.response_body == "nothing here"
    assert answer.response_json is None
    assert run.lines == ["warning: the server answered 404 Not Found"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("status", "mend"), [(404, "address"), (401, "token"), (500, "later")])
def test_an_error_status_fails_the_node_when_asked_to(run: Context, web: WebServer, status: int, mend: str) -> None:
    with pytest.raises(NodeError, match=f"answered {status}") as failed:
        ask(run, f"{web.url}/status/{status}", fail_on_error_status=True)
    assert mend in failed.value.mend


def test_retries_go_on_until_the_server_is_well(run: Context, web: WebServer) -> None:
    answer = ask(run, f"{web.url}/flaky", retry_count=3, retry_delay=0)
    assert (answer.status_code, answer.response_json) == (200, {"times": 3})
    assert web.asked["/flaky"] == 3


def test_the_last_answer_counts_when_the_retries_are_used_up(run: Context, web: WebServer) -> None:
    assert ask(run, f"{web.url}/flaky", retry_count=1, retry_delay=0).status_code == 503
    assert web.asked["/flaky"] == 2


def test_an_answer_that_no_retry_mends_is_asked_for_once(run: Context, web: WebServer) -> None:
    assert ask(run, f"{web.url}/status/404", retry_count=5, retry_delay=0).status_code == 404
    assert web.asked["/status/404"] == 1


def test_a_server_that_does_not_answer_in_time_fails_the_node(run: Context, web: WebServer) -> None:
    with pytest.raises(NodeError, match=r"did not answer within 0.05 s") as failed:
        ask(run, f"{web.url}/slow", timeout=0.05)
    assert "timeout" in failed.value.mend


def test_a_refused_connection_fails_the_node_without_its_secrets(run: Context) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NodeError, match=f"no connection to http://127.0.0.1:{port}/x") as failed:
        ask(run, f"http://ann:pw@127.0.0.1:{port}/x?key=hidden", retry_count=1, retry_delay=0)
    assert "server is running" in failed.value.mend
    assert "hidden" not in str(failed.value) + repr(run.__dict__)
    assert "pw" not in str(failed.value) + repr(run.__dict__.get("lines"))


def test_redirects_are_followed_as_far_as_allowed(run: Context, web: WebServer) -> None:
    assert ask(run, f"{web.url}/redirect").response_json["method"] == "GET"
    assert ask(run, f"{web.url}/redirect", follow_redirects=False).status_code == 302
    with pytest.raises(NodeError, match="redirects in circles"):
        ask(run, f"{web.url}/redirect/again", max_redirects=3)


def test_text_is_read_as_told(run: Context, web: WebServer) -> None:
    assert ask(run, f"{web.url}/latin", response_encoding="latin-1").response_body == "grün"


@pytest.mark.parametrize("url", ["", "example.org", "ftp://example.org/x", "http://"])
def test_what_is_no_address_of_the_web_is_refused(run: Context, url: str) -> None:
    with pytest.raises(ValueError, match="url must be a whole address"):
        ask(run, url)


def test_a_header_with_a_line_break_is_refused(run: Context, web: WebServer) -> None:
    with pytest.raises(ValueError, match="line break"):
        ask(run, web.url, headers={"X-A": "b\r\nX-C: d"})


def test_the_super_node_offers_its_eight_actions(catalog: Catalog) -> None:
    spec = catalog.find("HttpSuperNode")
    assert spec is not None
    assert [value for value, _ in spec.members] == [
        *("GET Request", "POST Request", "PUT Request", "PATCH Request", "DELETE Request"),
        *("Download File", "Upload File", "Configure Auth"),
    ]
    assert {"auth_type", "token", "header_name"} <= {
        name
        for param in catalog.params("HttpSuperNode", {"action": "Configure Auth"})
        for name in (param.name, *param.aliases)
    }
