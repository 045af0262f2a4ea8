"""One HTTP request as a node makes it: body, time limit, attempts, and errors in words. httpx does the talking."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import urlsplit

from casare.nodes.extras import library
from casare.nodes.web.urls import header_pairs
from casare.sdk import Context, NodeError, as_dict, as_flag, as_float, as_integer, as_text, parse_json, write_json

Taken = TypeVar("Taken")

_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which another attempt may do better."""
_LONGEST_PAUSE_S: Final = 60.0
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"


class Limits(NamedTuple):
    """How a request is made: seconds for each attempt, attempts after the first, seconds before the second."""

    timeout: object = 30.0
    verify_ssl: object = True
    retry_count: object = 0
    retry_delay: object = 1.0
    follow_redirects: object = True
    max_redirects: object = 10
    proxy: object = ""


class Request(NamedTuple):
    """What to ask for."""

    method: str
    url: str
    headers: dict[str, str]
    params: list[tuple[str, str]]
    sent: Callable[[], dict[str, Any]] = dict
    """Gives the arguments of httpx for the body, anew for each attempt: a file is read only once."""
    called: str = ""
    """What messages call the address, where even its path is a secret."""


def request_of(method: object, url: object, headers: object, params: object) -> Request:
    """Return a request without a body. Raises ValueError for an address or a header that cannot be."""
    address = as_text(url).strip()
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"url must be a whole address such as https://example.org/api, but it is {address!r}")
    asked = [
        (str(name), as_text(item))
        for name, value in as_dict(params, "params").items()
        for item in (value if isinstance(value, (list, tuple)) else [value])
        if item is not None
    ]
    return Request(as_text(method).strip().upper() or "GET", address, header_pairs(headers, "headers"), asked)


def with_body(request: Request, body: object, content_type: object = "") -> Request:
    """Return the request with a body.

    Dicts and lists become JSON, or a form when the content type says so; text is sent as it is, as JSON when it is
    some; nothing is no body.
    """
    told = next((value for name, value in request.headers.items() if name.lower() == "content-type"), "")
    kind = as_text(content_type).strip() or told
    if body is None or body == "":
        return request
    if _FORM in kind.lower() and not isinstance(body, (str, bytes)):
        fields = {str(name): as_text(value) for name, value in as_dict(body, "body").items()}
        return request._replace(sent=lambda: {"data": fields})
    if _MULTIPART in kind.lower():
        parts = {str(name): (None, as_text(value)) for name, value in as_dict(body, "body").items()}
        # The boundary belongs into the header, so httpx has to write it.
        headers = {name: value for name, value in request.headers.items() if name.lower() != "content-type"}
        return request._replace(headers=headers, sent=lambda: {"files": parts})
    if isinstance(body, (bytes, bytearray)):
        content, guess = bytes(body), "application/octet-stream"
    else:
        text = body if isinstance(body, str) else write_json(body, "body")
        content, guess = text.encode(), "application/json" if _is_json(text) else "text/plain; charset=utf-8"
    headers = request.headers if told else {**request.headers, "Content-Type": kind or guess}
    return request._replace(headers=headers, sent=lambda: {"content": content})


async def exchange(
    request: Request, limits: Limits, context: Context, take: Callable[[Any], Awaitable[Taken]]
) -> Taken:
    """Send a request and return what `take` makes of the answer, whose body it has to read itself.

    `take` is called again when the connection breaks while it reads and there are attempts left. Raises NodeError when
    there is no answer: refused, no such host, no valid certificate, too slow, too many redirects.
    """
    httpx = library("httpx", "http", "An HTTP request")
    seconds = as_float(limits.timeout, "timeout")
    if seconds <= 0:
        raise ValueError(f"timeout must be more than 0 s, but it is {seconds:g} s")
    left = max(0, as_integer(limits.retry_count, "retry_count"))
    pause = max(0.0, as_float(limits.retry_delay, "retry_delay"))
    where = request.called or _shown(request.url)
    async with _client(httpx, limits, seconds) as client:
        while True:
            try:
                async with asyncio.timeout(seconds):
                    answer = await _sent(client, request)
                    try:
                        if not left or answer.status_code not in _AGAIN:
                            return await take(answer)
                    finally:
                        await answer.aclose()
                    wait = max(pause, _retry_after(answer.headers.get("Retry-After", "")))
                    problem = f"{where} answered {answer.status_code}"
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
                told = _problem(httpx, error, where, seconds)
                if not left or not isinstance(error, (httpx.TransportError, TimeoutError)):
                    raise told from None
                problem, wait = told.what, pause
            left -= 1
            context.log(f"{problem}; trying again in {wait:g} s", level="warning")
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE_S)


async def _sent(client: Any, request: Request) -> Any:
    params = request.params or None
    asked = client.build_request(request.method, request.url, headers=request.headers, params=params, **request.sent())
    return await client.send(asked, stream=True)


def json_in(text: str, content_type: str) -> Any:
    """Return what an answer says as JSON, None when it is none."""
    if "json" not in content_type.lower() and not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return parse_json(text)
    except ValueError:
        return None


def status_words(answer: Any) -> str:
    """Return why an answer is not a success, "" when it is."""
    return "" if answer.is_success else f"{answer.status_code} {answer.reason_phrase}".strip()


def refuse_failure(answer: Any, url: str) -> None:
    """Raise NodeError when the answer is not a success."""
    if answer.is_success:
        return
    status = answer.status_code
    mend = "Check the address." if status == 404 else "Check token, user name and password."
    if status not in (401, 403, 404):
        mend = "Look at what the server says in the body of its answer, or try again later."
    raise NodeError(f"{_shown(url)} answered {status_words(answer)}", mend=mend)


def _client(httpx: Any, limits: Limits, seconds: float) -> Any:
    options: dict[str, Any] = {}
    if proxy := as_text(limits.proxy).strip():
        options["proxy"] = proxy
    return httpx.AsyncClient(
        verify=_certificates(as_flag(limits.verify_ssl, "verify_ssl")),
        timeout=seconds,
        follow_redirects=as_flag(limits.follow_redirects, "follow_redirects"),
        max_redirects=max(0, as_integer(limits.max_redirects, "max_redirects")),
        **options,
    )


@cache
def _certificates(verify: bool) -> ssl.SSLContext:
    # Reading the system's certificates takes longer than most requests, so it is done once.
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _problem(httpx: Any, error: Exception, where: str, seconds: float) -> NodeError:
    if isinstance(error, (TimeoutError, httpx.TimeoutException)):
        return NodeError(f"{where} did not answer within {seconds:g} s", mend="Raise the timeout, or try again later.")
    said = str(error) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return NodeError(
            f"{where} has no certificate that this computer trusts: {said}",
            mend="Check the address. For a server of your own, turn off verify_ssl.",
        )
    if isinstance(error, httpx.TooManyRedirects):
        return NodeError(f"{where} redirects in circles: {said}", mend="Check the address, or raise max_redirects.")
    if isinstance(error, httpx.InvalidURL):
        return NodeError(f"{where} is no address: {said}", mend="Write a whole address: https://example.org/api.")
    if isinstance(error, httpx.ConnectError):
        return NodeError(f"no connection to {where}: {said}", mend="Check the address, and that the server is running.")
    return NodeError(f"the request to {where} failed: {said}", mend="Try again, or give the node some retries.")


def _shown(url: str) -> str:
    """Return an address without what may be secret: user name, password, query."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"


def _retry_after(text: str) -> float:
    return min(float(text), _LONGEST_PAUSE_S) if text.isdecimal() else 0.0


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        parse_json(text)
    except ValueError:
        return False
    return True
