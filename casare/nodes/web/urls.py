"""The pure half of HTTP: addresses, headers, credentials in headers, values in an answer. Nothing here connects."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from casare.nodes.values.key_path import follow
from casare.sdk import Cost, DataType, Out, Param, Visibility, Widget, as_choice, as_dict, as_text, node, parse_json

_QUICK = Cost(complexity=1, runtime_ms=0.05, memory_mb=0.1)
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_KEEP = "/%:@!$&'()*+,;=~-._"

_BaseHeaders = Annotated[dict[str, Any] | None, Param(help="Headers to start from; they stay as they were.")]
_Headers = Annotated[dict[str, str], Out("headers", help="Ready for a request.")]


class JsonValue(NamedTuple):
    """A value from JSON."""

    value: Annotated[Any, Out(aliases=("result",))]
    success: bool
    error: Annotated[str, Out(help="Why the default was taken; empty when the value was there.")]


@node(
    "BuildUrlNode",
    title="Build URL",
    category="network",
    icon="link",
    cost=_QUICK,
    headline="base_url",
    keywords=("address", "query", "parameters", "encode", "http"),
    pure=True,
)
def build_url(
    base_url: Annotated[str, Param(aliases=("url",), placeholder="https://example.org/api", help="Where to start.")],
    path: Annotated[str, Param(placeholder="users/42", help="What to add to the path.")] = "",
    params: Annotated[
        dict[str, Any] | None,
        Param(aliases=("query_params", "parameters"), help="What to ask: names and values; a list repeats its name."),
    ] = None,
) -> Annotated[str, Out("url", aliases=("result",))]:
    """Put an address together from base, path and parameters.

    Spaces and other characters that an address cannot hold are encoded; what is encoded already stays. Parameters are
    added to those the base has; one without a value is left out.
    """
    start = as_text(base_url).strip()
    parts = urlsplit(start)
    if not parts.scheme or not parts.netloc:
        raise ValueError(f"base_url must be a whole address such as https://example.org, but it is {start!r}")
    more, _, own_query = as_text(path).strip().partition("?")
    joined = f"{parts.path.rstrip('/')}/{more.lstrip('/')}" if more else parts.path
    asked = [(name, as_text(item)) for name, value in as_dict(params, "params").items() for item in _items(value)]
    query = "&".join(piece for piece in (parts.query, own_query, urlencode(asked)) if piece)
    return urlunsplit(parts._replace(path=quote(joined, safe=_KEEP), query=query))


@node(
    "SetHttpHeadersNode",
    title="Set HTTP headers",
    category="network",
    icon="list-tree",
    cost=_QUICK,
    headline="{header_name}: {header_value}",
    keywords=("request", "content type", "accept", "user agent"),
    pure=True,
)
def set_http_headers(
    base_headers: _BaseHeaders = None,
    header_name: Annotated[str, Param(placeholder="Accept", help="A header to set.")] = "",
    header_value: Annotated[str, Param(placeholder="application/json", help="Its value.")] = "",
    headers_json: Annotated[
        dict[str, Any] | None,
        Param(type=DataType.DICT, aliases=("headers",), help="More headers: a dict or JSON."),
    ] = None,
) -> _Headers:
    """Set headers for an HTTP request.

    A header that is there already is replaced, whatever its capitals. A line break in a header is refused: it would
    smuggle in another one.
    """
    headers: dict[str, str] = {}
    for source, what in ((base_headers, "base_headers"), (headers_json, "headers_json")):
        for name, value in as_dict(source, what).items():
            _set(headers, name, value)
    if as_text(header_name).strip():
        _set(headers, as_text(header_name), header_value)
    elif as_text(header_value).strip():
        raise ValueError("header_value has no header_name to go with")
    return headers


@node(
    "HttpAuthNode",
    title="HTTP credentials",
    category="network",
    icon="key",
    cost=_QUICK,
    headline="auth_type",
    keywords=("authorization", "bearer", "basic", "api key", "token", "login", "password"),
    pure=True,
)
def http_auth(
    credential_name: Annotated[
        str,
        Param(visibility=Visibility.ADVANCED, help="Not looked up: write {{$secret:name}} into token or password."),
    ] = "",
    auth_type: Annotated[
        Literal["Bearer", "Basic", "ApiKey"], Param(help="A token, a name with password, or a key in its own header.")
    ] = "Bearer",
    token: Annotated[str, Param(widget=Widget.SECRET, label="Token or API key", help="For Bearer and ApiKey.")] = "",
    username: Annotated[str, Param(help="For Basic.")] = "",
    password: Annotated[str, Param(widget=Widget.SECRET, help="For Basic.")] = "",
    api_key_name: Annotated[
        str, Param(aliases=("header_name",), help="The header that holds the API key.")
    ] = "X-API-Key",
    base_headers: _BaseHeaders = None,
) -> _Headers:
    """Add credentials to the headers of an HTTP request."""
    kind = as_choice(auth_type, ("bearer", "basic", "apikey"), "auth_type", {"api_key": "apikey", "api key": "apikey"})
    headers: dict[str, str] = {}
    for name, value in as_dict(base_headers, "base_headers").items():
        _set(headers, name, value)
    if kind == "basic":
        user = as_text(username)
        if not user or ":" in user:
            raise ValueError("username must be given for Basic, without a colon" + _hint(credential_name))
        pair = f"{user}:{as_text(password)}".encode()
        _set(headers, "Authorization", "Basic " + base64.b64encode(pair).decode("ascii"))
        return headers
    key = as_text(token).strip()
    if not key:
        raise ValueError(f"token must be given for {auth_type}" + _hint(credential_name))
    if kind == "bearer":
        _set(headers, "Authorization", f"Bearer {key}")
    else:
        _set(headers, as_text(api_key_name) or "X-API-Key", key)
    return headers


@node(
    "ParseJsonResponseNode",
    title="Parse JSON response",
    category="network",
    icon="braces",
    cost=Cost(complexity=2, runtime_ms=0.5, memory_mb=2),
    headline="path",
    keywords=("extract", "value", "answer", "api", "field"),
    pure=True,
)
def parse_json_response(
    json_data: Annotated[
        Any, Param(widget=Widget.JSON, aliases=("json", "json_string", "data"), help="JSON text, or data already read.")
    ] = None,
    path: Annotated[
        str, Param(aliases=("json_path",), placeholder="data.users[0].name", help="Where the value is; empty for all.")
    ] = "",
    default: Annotated[Any, Param(help="What to give when there is nothing at the path.")] = None,
) -> JsonValue:
    """Take a value out of JSON.

    Names are joined by dots, places in a list are numbers: `data.users[0].name`. A star means all: `users.*.name` gives
    a list. Without a default, the node fails when there is nothing at the path.
    """
    if json_data is None or json_data == "":
        raise ValueError("json_data is empty; wire the answer of a request to it")
    data = parse_json(json_data, "json_data") if isinstance(json_data, str) else json_data
    wanted = as_text(path).strip().removeprefix("$").removeprefix(".")
    there, value = _extract(data, wanted)
    if there:
        return JsonValue(value, True, "")
    problem = f"There is nothing at {wanted!r} in the JSON"
    if default is None:
        raise ValueError(f"{problem}; set a default to go on without it")
    return JsonValue(default, True, problem)


def _extract(data: Any, path: str) -> tuple[bool, Any]:
    before, star, after = path.partition("*")
    if not star:
        return follow(data, path) if path else (True, data)
    there, found = _extract(data, before.rstrip("[."))
    if not there or not isinstance(found, (list, Mapping)):
        return False, None
    rest = after.removeprefix("]").removeprefix(".")
    items = found.values() if isinstance(found, Mapping) else found
    values = [_extract(item, rest) for item in items]
    return True, [value for is_there, value in values if is_there]


def header_pairs(told: object, what: str) -> dict[str, str]:
    """Return headers as they can be sent. Raises ValueError for a name that is none and for a line break."""
    headers: dict[str, str] = {}
    for name, value in as_dict(told, what).items():
        _set(headers, str(name), value)
    return headers


def _set(headers: dict[str, str], name: str, value: object) -> None:
    clean, text = name.strip(), as_text(value).strip()
    if not _TOKEN.fullmatch(clean):
        raise ValueError(f"{name!r} cannot be the name of a header: letters, digits and dashes only")
    if any(mark in text for mark in "\r\n\0"):
        raise ValueError(f"The value of the header {clean} holds a line break, which would add another header")
    for other in [known for known in headers if known.lower() == clean.lower()]:
        del headers[other]
    headers[clean] = text


def _items(value: Any) -> list[Any]:
    if value is None:
        return []
    return [item for item in value if item is not None] if isinstance(value, (list, tuple)) else [value]


def _hint(credential_name: object) -> str:
    name = as_text(credential_name).strip()
    return f"; write {{{{$secret:{name}}}}} there to use the stored credential {name}" if name else ""
