"""Begin runs when somebody calls an address or fills in a form. The host does the serving, on this computer."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import html
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple
from urllib.parse import parse_qs

from casare.nodes.triggers.trigger_payload import COST, Overlap, Sample, payload_of
from casare.sdk import (
    Context,
    Fired,
    Host,
    NodeError,
    Out,
    Param,
    Role,
    Visibility,
    WebAnswer,
    WebRequest,
    Widget,
    as_choice,
    as_dict,
    as_flag,
    as_float,
    as_items,
    as_text,
    node,
    parse_json,
    write_json,
)

_SIGNATURES: Final = ("x-hub-signature-256", "x-signature-256", "x-signature")
_TOKENS: Final = ("x-casare-token", "x-gitlab-token", "x-api-key")
_JSON: Final = "application/json"
_HTML: Final = "text/html; charset=utf-8"
_FORM: Final = "application/x-www-form-urlencoded"
_Path = Annotated[
    str, Param(aliases=("endpoint", "url_path"), placeholder="/orders", help="The path of the address; empty: /NODE.")
]


class Called(NamedTuple):
    """What somebody sent."""

    payload: Annotated[Any, Out(aliases=("body", "data"), help="The body: data when it is JSON or a form, else text.")]
    headers: Annotated[dict[str, str], Out(help="Names in small letters.")]
    query_params: Annotated[dict[str, str], Out(aliases=("query",))]
    method: str


class FilledIn(NamedTuple):
    """What somebody filled in."""

    form_data: Annotated[dict[str, str], Out(aliases=("data", "payload"), help="What was typed, by the fields' names.")]


@node(
    "WebhookTriggerNode",
    title="On web request",
    category="triggers",
    icon="webhook",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="{method} {path}",
    keywords=("webhook", "http", "api", "endpoint", "call", "rest", "trigger"),
)
class WebhookTrigger:
    """Begin a run for each request to an address of this computer, while casare serve runs.

    A request has to bring the token (`Authorization: Bearer TOKEN` or `?token=TOKEN`) or, with validate_signature, be
    signed with the secret (HMAC-SHA256 of the body, as GitHub does it).
    """

    def __call__(
        self,
        context: Context,
        *,
        path: _Path = "",
        method: Annotated[
            Literal["POST", "GET", "PUT", "ANY"], Param(aliases=("methods",), help="Which requests count.")
        ] = "POST",
        secret: Annotated[
            str,
            Param(
                widget=Widget.SECRET, aliases=("token",), help="The token, or the key of the signature; empty: host's."
            ),
        ] = "",
        validate_signature: Annotated[bool, Param(help="Wants a signature made with the secret, not a token.")] = False,
        respond: Annotated[
            Literal["at once", "when done"], Param(help="When done: answers with what the workflow hands out.")
        ] = "at once",
        response_timeout: Annotated[
            float,
            Param(minimum=0.1, unit="s", visibility=Visibility.ADVANCED, help="For when done: how long it waits."),
        ] = 60.0,
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> Called:
        """Give what was sent."""
        usual: dict[str, Any] = {"payload": {}, "headers": {}, "query_params": {}, "method": "POST"}
        told = payload_of(context, sample, usual)
        return Called(*(told[name] for name in Called._fields))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Answer requests until cancelled."""
        kind = as_choice(settings["method"], ("POST", "GET", "PUT", "ANY"), "method")
        key = as_text(settings["secret"]).strip()
        signed = as_flag(settings["validate_signature"], "validate_signature")
        if signed and not key:
            raise NodeError("validate_signature wants a secret", mend="Fill in the secret that the sender signs with.")
        waits = as_choice(settings["respond"], ("at once", "when done"), "respond") == "when done"
        seconds = as_float(settings["response_timeout"], "response_timeout")

        async def answer(request: WebRequest) -> WebAnswer:
            allowed = _is_signed(request, key) if signed else has_token(request, key or host.token)
            if not allowed:
                return _json(
                    401, {"error": "the signature does not fit" if signed else "the token is missing or wrong"}
                )
            try:
                payload = _body(request)
            except ValueError as error:
                return _json(400, {"error": str(error)})
            query = {name: value for name, value in request.query.items() if name != "token"}
            fired = host.fire(
                {"payload": payload, "headers": _without(request), "query_params": query, "method": request.method}
            )
            return await _answered(fired, seconds if waits else 0.0)

        methods = ("POST", "GET", "PUT", "PATCH", "DELETE") if kind == "ANY" else (kind,)
        host.log(f"{kind} {host.serve(as_text(settings['path']), methods, answer)}")
        await asyncio.get_running_loop().create_future()


@node(
    "FormTriggerNode",
    title="On form",
    category="triggers",
    icon="text-cursor-input",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="title",
    keywords=("form", "web", "page", "input", "submit", "trigger"),
)
class FormTrigger:
    """Show a form at an address of this computer and begin a run for each one that is sent.

    The address is there while casare serve runs, and needs the token of the host.
    """

    def __call__(
        self,
        context: Context,
        *,
        title: Annotated[str, Param(placeholder="Order", help="What stands above the form.")] = "",
        fields: Annotated[
            list[Any] | None, Param(placeholder="name, email, amount", help="What to ask for, each a name.")
        ] = None,
        path: _Path = "",
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> FilledIn:
        """Give what was filled in."""
        names = [as_text(one) for one in as_items(fields, "fields")]
        told = payload_of(context, sample, {"form_data": dict.fromkeys(names, "")})
        return FilledIn(as_dict(told["form_data"], "form_data"))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Show the form, and take what is sent, until cancelled."""
        names = [as_text(one) for one in as_items(settings["fields"], "fields")]
        if not names:
            raise NodeError("the form has no fields", mend="List their names in fields.")
        title = as_text(settings["title"]).strip() or host.name

        async def answer(request: WebRequest) -> WebAnswer:
            if not has_token(request, host.token):
                return WebAnswer(401, _page("Not allowed", "<p>The address lacks its token.</p>"), _HTML)
            if request.method == "GET":
                return WebAnswer(200, _page(title, _fields(names)), _HTML)
            sent = parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True)
            fired = host.fire({"form_data": {name: sent.get(name, [""])[0] for name in names}})
            told = "Thank you." if fired.accepted else f"Not now: {fired.reason}. Please try again later."
            return WebAnswer(200 if fired.accepted else 429, _page(title, f"<p>{html.escape(told)}</p>"), _HTML)

        address = host.serve(as_text(settings["path"]), ("GET", "POST"), answer)
        host.log(f"form {address}?token=TOKEN")
        await asyncio.get_running_loop().create_future()


def has_token(request: WebRequest, token: str) -> bool:
    """Tell whether a request brings the token, compared in constant time."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    given = [told if scheme.lower() == "bearer" else "", request.query.get("token", "")]
    given += [request.headers.get(name, "") for name in _TOKENS]
    return any(hmac.compare_digest(one.encode(), token.encode()) for one in given if one)


def _is_signed(request: WebRequest, key: str) -> bool:
    wanted = hmac.new(key.encode(), request.body, hashlib.sha256).hexdigest()
    given = (request.headers.get(name, "").removeprefix("sha256=") for name in _SIGNATURES)
    return any(hmac.compare_digest(one.lower().encode(), wanted.encode()) for one in given if one)


def _without(request: WebRequest) -> dict[str, str]:
    """Return the headers that a workflow may know: those that prove something are no business of its."""
    private = {"authorization", "cookie", *_TOKENS, *_SIGNATURES}
    return {name: value for name, value in request.headers.items() if name not in private}


def _body(request: WebRequest) -> Any:
    """Return what was sent as data. Raises ValueError for JSON that is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    text = request.body.decode("utf-8", "replace")
    if kind == _JSON and text.strip():
        return parse_json(text)
    if kind == _FORM:
        return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
    return text


async def _answered(fired: Fired, seconds: float) -> WebAnswer:
    """Return what to say about a run: that it was taken, or with seconds to wait, what it came to."""
    if not fired.accepted or fired.ended is None:
        return _json(429, {"error": f"no run: {fired.reason}"})
    if not seconds:
        return _json(202, {"accepted": True})
    try:
        ended = await asyncio.wait_for(asyncio.shield(fired.ended), seconds)
    except TimeoutError:
        return _json(202, {"accepted": True, "status": "running"})
    told = {"run_id": ended.run_id, "status": ended.status, "results": dict(ended.results)}
    good = ended.status in ("completed", "degraded")
    return _json(200, told) if good else _json(500, {**told, "error": ended.error})


def _json(status: int, told: Mapping[str, Any]) -> WebAnswer:
    return WebAnswer(status, write_json(told, "answer").encode(), _JSON)


def _fields(names: list[str]) -> str:
    rows = "".join(
        f"<label>{html.escape(name)}<input name='{html.escape(name, quote=True)}'></label>" for name in names
    )
    return f"<form method=post>{rows}<button>Send</button></form>"


def _page(title: str, inside: str) -> bytes:
    style = (
        "body{font:16px system-ui;max-width:28em;margin:4em auto;padding:0 1em}label{display:block;margin:1em 0}"
        "input{display:block;width:100%;padding:.5em;margin-top:.25em;box-sizing:border-box}button{padding:.5em 2em}"
    )
    head = f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title><style>{style}</style>"
    return f"{head}<h1>{html.escape(title)}</h1>{inside}".encode()
