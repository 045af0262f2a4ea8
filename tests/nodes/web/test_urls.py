from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.web.urls import build_url, http_auth, parse_json_response, set_http_headers

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("base", "path", "params", "url"),
    [
        ("https://example.org", "", None, "https://example.org"),
        ("https://example.org", "users", None, "https://example.org/users"),
        ("https://example.org/api/", "/users/42", {}, "https://example.org/api/users/42"),
        ("https://example.org/api", "users/", None, "https://example.org/api/users/"),
        ("https://example.org", "", {"q": "a b&c", "n": 1}, "https://example.org?q=a+b%26c&n=1"),
        ("https://example.org?x=1", "p", {"y": "2"}, "https://example.org/p?x=1&y=2"),
        ("https://example.org", "p?x=1", {"y": "2"}, "https://example.org/p?x=1&y=2"),
        ("https://example.org/a#part", "b", None, "https://example.org/a/b#part"),
        ("https://example.org", "ü b", None, "https://example.org/%C3%BC%20b"),
        ("https://example.org", "a%20b", None, "https://example.org/a%20b"),
        ("https://example.org", "", {"tag": ["a", "b", None], "no": None, "on": True},
         "https://example.org?tag=a&tag=b&on=true"),
        ("https://example.org", "", '{"a": "b"}', "https://example.org?a=b"),
        ("http://user:pw@localhost:8080/x", "y", None, "http://user:pw@localhost:8080/x/y"),
    ],
)  # fmt: skip
def test_an_address_is_put_together(base: str, path: str, params: Any, url: str) -> None:
    assert build_url(base, path, params) == url


@settings(max_examples=40)
@given(params=st.dictionaries(WORDS, WORDS, max_size=4))
def test_parameters_are_read_back_from_the_address_as_they_were(params: dict[str, str]) -> None:
    url = build_url("https://example.org/api", "x", params)
    assert dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)) == params
    assert url.isascii()


@pytest.mark.parametrize("base", ["", "example.org", "/path", "https://", "mailto:me@example.org"])
def test_a_base_that_is_no_whole_address_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base_url must be a whole address"):
        build_url(base)


@pytest.mark.parametrize(
    ("arguments", "headers"),
    [
        ({}, {}),
        ({"header_name": "Accept", "header_value": "text/html"}, {"Accept": "text/html"}),
        ({"header_name": "X-Empty"}, {"X-Empty": ""}),
        ({"base_headers": {"accept": "a"}, "header_name": "Accept", "header_value": "b"}, {"Accept": "b"}),
        ({"base_headers": {"A": 1}, "headers_json": '{"B": true}'}, {"A": "1", "B": "true"}),
        ({"headers_json": {"A": "json"}, "header_name": "A", "header_value": "own"}, {"A": "own"}),
        ({"base_headers": "", "headers_json": "{}"}, {}),
    ],
)
def test_headers_are_set_and_the_later_wins(arguments: dict[str, Any], headers: dict[str, str]) -> None:
    assert set_http_headers(**arguments) == headers


def test_the_headers_that_came_in_stay_as_they_were() -> None:
    base = {"A": "1"}
    set_http_headers(base, "A", "2")
    http_auth(token="t", base_headers=base)
    assert base == {"A": "1"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"header_name": "A", "header_value": "x\r\nEvil: y"}, "holds a line break"),
        ({"headers_json": {"A": "x\ny"}}, "holds a line break"),
        ({"header_name": "A\r\nEvil", "header_value": "x"}, "cannot be the name of a header"),
        ({"header_name": "two words", "header_value": "x"}, "cannot be the name of a header"),
        ({"header_value": "x"}, "no header_name"),
        ({"headers_json": "{broken"}, "headers_json"),
    ],
)
def test_headers_that_would_break_a_request_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        set_http_headers(**arguments)


@pytest.mark.parametrize(
    ("arguments", "headers"),
    [
        ({"token": "abc"}, {"Authorization": "Bearer abc"}),
        ({"token": " abc\n"}, {"Authorization": "Bearer abc"}),
        (
            {"auth_type": "bearer", "token": "abc", "base_headers": {"A": "1"}},
            {"A": "1", "Authorization": "Bearer abc"},
        ),
        ({"auth_type": "ApiKey", "token": "k"}, {"X-API-Key": "k"}),
        ({"auth_type": "api key", "token": "k", "api_key_name": "Key"}, {"Key": "k"}),
        ({"token": "new", "base_headers": {"authorization": "old"}}, {"Authorization": "Bearer new"}),
    ],
)
def test_credentials_become_a_header(arguments: dict[str, Any], headers: dict[str, str]) -> None:
    assert http_auth(**arguments) == headers


@settings(max_examples=50)
@given(user=WORDS.filter(lambda name: ":" not in name), password=WORDS | st.just(""))
def test_name_and_password_are_read_back_from_the_header(user: str, password: str) -> None:
    header = http_auth(auth_type="Basic", username=user, password=password)["Authorization"]
    assert base64.b64decode(header.removeprefix("Basic ")).decode() == f"{user}:{password}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "token must be given for Bearer"),
        ({"auth_type": "ApiKey"}, "token must be given for ApiKey"),
        ({"auth_type": "Basic", "password": "x"}, "username must be given"),
        ({"auth_type": "Basic", "username": "a:b"}, "without a colon"),
        ({"credential_name": "shop"}, r"write \{\{\$secret:shop\}\} there"),
        ({"auth_type": "Digest", "token": "x"}, "auth_type"),
        ({"token": "a\r\nEvil: b"}, "line break"),
    ],
)
def test_credentials_that_are_missing_or_broken_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        http_auth(**arguments)


ANSWER = {"data": {"users": [{"name": "Anna", "id": 0}, {"name": "Jürgen"}], "a.b": None}, "n": 0}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", ANSWER),
        ("$", ANSWER),
        ("n", 0),
        ("data.users[0].name", "Anna"),
        ("$.data.users[-1].name", "Jürgen"),
        ("data.users.1.name", "Jürgen"),
        ("data.users.*.name", ["Anna", "Jürgen"]),
        ("data.users[*].id", [0]),
        ("data.users.*", [{"name": "Anna", "id": 0}, {"name": "Jürgen"}]),
        ('data["a.b"]', None),
        ("data.*", [[{"name": "Anna", "id": 0}, {"name": "Jürgen"}], None]),
    ],
)
@pytest.mark.parametrize("as_json_text", [True, False])
def test_a_value_is_taken_from_its_place(path: str, value: Any, as_json_text: bool) -> None:
    data = json.dumps(ANSWER) if as_json_text else ANSWER
    assert parse_json_response(data, path) == (value, True, "")


@pytest.mark.parametrize("path", ["none", "data.none", "data.users[7]", "n.deeper", "n.*", "none.*"])
def test_a_place_with_nothing_gives_the_default_or_fails(path: str) -> None:
    with pytest.raises(ValueError, match="There is nothing at"):
        parse_json_response(ANSWER, path)
    found = parse_json_response(ANSWER, path, "instead")
    assert (found.value, found.success) == ("instead", True)
    assert path in found.error
    assert parse_json_response(ANSWER, path, 0).value == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "json_data is empty"),
        ("", "json_data is empty"),
        ("{", "json_data: not JSON at line 1, column 2"),
    ],
)
def test_an_answer_that_is_no_json_is_refused(data: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_json_response(data, "a", "default")


@pytest.mark.parametrize("data", [0, False, [], {}, "[]"])
def test_an_answer_that_is_empty_but_there_is_a_value(data: Any) -> None:
    assert parse_json_response(data).success
