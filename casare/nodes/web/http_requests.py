"""Ask a server over HTTP: one node for any method, and one for each of the common ones."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, NamedTuple

from casare.nodes.web.http_client import (
    Limits,
    Request,
    exchange,
    json_in,
    refuse_failure,
    request_of,
    status_words,
    with_body,
)
from casare.sdk import Bound, Context, Cost, Out, Param, Visibility, Widget, as_flag, as_text, node

COST: Final = Cost(complexity=5, runtime_ms=300, memory_mb=2, bound=Bound.IO)
_ADVANCED: Final = Visibility.ADVANCED

Url = Annotated[
    str, Param(aliases=("address", "endpoint"), placeholder="https://example.org/api/orders", help="Whom to ask.")
]
Headers = Annotated[
    dict[str, Any] | None, Param(help="Headers to send: names and values; HTTP credentials makes those for a login.")
]
Query = Annotated[
    dict[str, Any] | None,
    Param(aliases=("query_params", "query"), help="What to add to the address: names and values."),
]
Body = Annotated[
    Any,
    Param(
        widget=Widget.MULTILINE,
        aliases=("data", "json_data", "payload"),
        help="What to send. Dicts and lists are sent as JSON, or as a form when the content type says so.",
    ),
]
ContentType = Annotated[
    str,
    Param(
        placeholder="application/json",
        help="The kind of body; empty: found from the body. application/x-www-form-urlencoded sends a form.",
    ),
]
Timeout = Annotated[float, Param(minimum=0.1, unit="s", help="When to give up waiting for one attempt.")]
VerifySsl = Annotated[
    bool, Param(visibility=_ADVANCED, help="Refuses a server whose certificate this computer does not trust.")
]
RetryCount = Annotated[
    int,
    Param(
        minimum=0,
        maximum=20,
        aliases=("max_retries", "retries"),
        help="How often to try again when there is no answer, or one of 408, 425, 429, 500, 502, 503, 504.",
    ),
]
RetryDelay = Annotated[
    float,
    Param(minimum=0, unit="s", visibility=_ADVANCED, help="The pause before the second attempt; it doubles each time."),
]
FollowRedirects = Annotated[bool, Param(visibility=_ADVANCED, help="Goes where the server sends it on to.")]
MaxRedirects = Annotated[int, Param(minimum=0, visibility=_ADVANCED, help="How often it may be sent on.")]
Proxy = Annotated[str, Param(visibility=_ADVANCED, placeholder="http://proxy:3128", help="Asks through this proxy.")]
ResponseEncoding = Annotated[
    str, Param(visibility=_ADVANCED, placeholder="utf-8", help="How to read the text; empty: as the server says.")
]
FailOnStatus = Annotated[
    bool,
    Param(
        label="Fail on 4xx and 5xx",
        aliases=("raise_for_status",),
        help="Fails the node when the server answers with an error; without it, success is false and the run goes on.",
    ),
]


class Answer(NamedTuple):
    """What the server answered."""

    response_body: Annotated[str, Out(aliases=("body", "response", "text", "content"), help="The answer as text.")]
    response_json: Annotated[Any, Out(aliases=("json", "data"), help="The answer as data when it is JSON.")]
    status_code: Annotated[int, Out(aliases=("status",), help="200 is fine, 404 is not found, 500 an error there.")]
    response_headers: Annotated[dict[str, str], Out(aliases=("headers",), help="Names in small letters.")]
    success: Annotated[bool, Out(help="Whether the status is 200 to 299.")]
    error: Annotated[str, Out(help="What went wrong there, such as 404 Not Found; empty when nothing did.")]


async def ask(
    request: Request, limits: Limits, context: Context, *, encoding: object = "", fail: object = False
) -> Answer:
    """Return the whole answer to a request. Raises NodeError as `exchange` does, and for a status when asked to."""

    async def take(answer: Any) -> Answer:
        await answer.aread()
        if as_flag(fail, "fail_on_error_status"):
            refuse_failure(answer, request.url)
        if wanted := as_text(encoding).strip():
            answer.encoding = wanted
        text = answer.text
        data = json_in(text, answer.headers.get("content-type", ""))
        problem = status_words(answer)
        if problem:
            context.log(f"the server answered {problem}", level="warning")
        return Answer(text, data, answer.status_code, dict(answer.headers), bool(answer.is_success), problem)

    return await exchange(request, limits, context, take)


@node(
    "HttpRequestNode",
    title="HTTP request",
    category="network",
    icon="globe",
    cost=COST,
    headline="{method} {url}",
    keywords=("rest", "api", "call", "fetch", "web", "get", "post", "curl"),
)
async def http_request(
    context: Context,
    url: Url,
    method: Annotated[
        Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"], Param(help="What to ask of the server.")
    ] = "GET",
    headers: Headers = None,
    body: Body = None,
    params: Query = None,
    timeout: Timeout = 30.0,
    *,
    content_type: ContentType = "",
    verify_ssl: VerifySsl = True,
    follow_redirects: FollowRedirects = True,
    max_redirects: MaxRedirects = 10,
    proxy: Proxy = "",
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 1.0,
    response_encoding: ResponseEncoding = "",
    fail_on_error_status: FailOnStatus = False,
) -> Answer:
    """Send a request to a server and take its answer.

    An answer with an error status is an answer: *success* is false and *error* says which. The node fails when there
    is no answer at all. Use Download file for large answers: this one holds the whole of it in memory.
    """
    limits = Limits(timeout, verify_ssl, retry_count, retry_delay, follow_redirects, max_redirects, proxy)
    request = with_body(request_of(method, url, headers, params), body, content_type)
    return await ask(request, limits, context, encoding=response_encoding, fail=fail_on_error_status)


@node(
    "HttpGetNode",
    title="GET request",
    category="network",
    icon="globe",
    cost=COST,
    headline="url",
    keywords=("http", "rest", "api", "fetch", "read", "web"),
)
async def http_get(
    context: Context,
    url: Url,
    headers: Headers = None,
    params: Query = None,
    *,
    timeout: Timeout = 30.0,
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 1.0,
    verify_ssl: VerifySsl = True,
    fail_on_error_status: FailOnStatus = False,
) -> Answer:
    """Get what is at an address.

    An answer with an error status is an answer: *success* is false and *error* says which.
    """
    limits = Limits(timeout, verify_ssl, retry_count, retry_delay)
    return await ask(request_of("GET", url, headers, params), limits, context, fail=fail_on_error_status)


@node(
    "HttpDeleteNode",
    title="DELETE request",
    category="network",
    icon="globe",
    cost=COST,
    headline="url",
    keywords=("http", "rest", "api", "remove", "web"),
)
async def http_delete(
    context: Context,
    url: Url,
    headers: Headers = None,
    params: Query = None,
    *,
    body: Body = None,
    content_type: ContentType = "",
    timeout: Timeout = 30.0,
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 1.0,
    verify_ssl: VerifySsl = True,
    fail_on_error_status: FailOnStatus = False,
) -> Answer:
    """Have a server delete what is at an address."""
    limits = Limits(timeout, verify_ssl, retry_count, retry_delay)
    request = with_body(request_of("DELETE", url, headers, params), body, content_type)
    return await ask(request, limits, context, fail=fail_on_error_status)


@node(
    "HttpPostNode",
    title="POST request",
    category="network",
    icon="globe",
    cost=COST,
    headline="url",
    keywords=("http", "rest", "api", "send", "create", "submit", "form", "web"),
)
async def http_post(
    context: Context,
    url: Url,
    headers: Headers = None,
    params: Query = None,
    body: Body = None,
    *,
    content_type: ContentType = "",
    timeout: Timeout = 30.0,
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 1.0,
    verify_ssl: VerifySsl = True,
    fail_on_error_status: FailOnStatus = False,
) -> Answer:
    """Send something new to a server: a record, a form, a question.

    With retries, make sure that the server can take the same thing twice.
    """
    limits = Limits(timeout, verify_ssl, retry_count, retry_delay)
    request = with_body(request_of("POST", url, headers, params), body, content_type)
    return await ask(request, limits, context, fail=fail_on_error_status)


@node(
    "HttpPutNode",
    title="PUT request",
    category="network",
    icon="globe",
    cost=COST,
    headline="url",
    keywords=("http", "rest", "api", "replace", "update", "web"),
)
async def http_put(
    context: Context,
    url: Url,
    headers: Headers = None,
    params: Query = None,
    body: Body = None,
    *,
    content_type: ContentType = "",
    timeout: Timeout = 30.0,
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 1.0,
    verify_ssl: VerifySsl = True,
    fail_on_error_status: FailOnStatus = False,
) -> Answer:
    """Put something at an address of a server, in the place of what is there."""
    limits = Limits(timeout, verify_ssl, retry_count, retry_delay)
    request = with_body(request_of("PUT", url, headers, params), body, content_type)
    return await ask(request, limits, context, fail=fail_on_error_status)


@node(
    "HttpPatchNode",
    title="PATCH request",
    category="network",
    icon="globe",
    cost=COST,
    headline="url",
    keywords=("http", "rest", "api", "change", "update", "web"),
)
async def http_patch(
    context: Context,
    url: Url,
    headers: Headers = None,
    params: Query = None,
    body: Body = None,
    *,
    content_type: ContentType = "",
    timeout: Timeout = 30.0,
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 1.0,
    verify_ssl: VerifySsl = True,
    fail_on_error_status: FailOnStatus = False,
) -> Answer:
    """Change a part of what is at an address of a server."""
    limits = Limits(timeout, verify_ssl, retry_count, retry_delay)
    request = with_body(request_of("PATCH", url, headers, params), body, content_type)
    return await ask(request, limits, context, fail=fail_on_error_status)
