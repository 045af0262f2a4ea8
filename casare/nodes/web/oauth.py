"""OAuth 2: the address a person logs in at, tokens for codes and passwords, whether a token still holds."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Annotated, Any, Final, Literal, NamedTuple
from urllib.parse import urlencode, urlsplit

from casare.nodes.web.http_client import Limits, request_of, with_body
from casare.nodes.web.http_requests import COST, ask
from casare.sdk import (
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_choice,
    as_dict,
    as_flag,
    as_integer,
    as_text,
    node,
)

_FORM: Final = "application/x-www-form-urlencoded"
_ClientId = Annotated[str, Param(help="What the service calls this program.")]
_ClientSecret = Annotated[str, Param(widget=Widget.SECRET, help="What the service gave it to prove that.")]
_Scope = Annotated[str, Param(placeholder="read write", help="What is asked for, parted by spaces.")]
_Redirect = Annotated[str, Param(placeholder="http://localhost:8080/callback", help="Where the service sends back to.")]


class Invitation(NamedTuple):
    """Where a person logs in, and what to keep until they are back."""

    auth_url: str
    state: Annotated[str, Out(help="Comes back with the answer; another one means that the answer is not ours.")]
    code_verifier: Annotated[str, Out(help="For the exchange of the code.")]
    code_challenge: str


class Tokens(NamedTuple):
    """What the service gave."""

    access_token: str
    refresh_token: str
    token_type: str
    expires_in: Annotated[int, Out(help="Seconds.")]
    scope: str
    id_token: str
    full_response: dict[str, Any]


class Standing(NamedTuple):
    """What the service says of a token."""

    active: bool
    client_id: str
    username: str
    scope: str
    expires_at: Annotated[int, Out(help="Seconds since 1970.")]
    token_type: str
    full_response: dict[str, Any]


@node(
    "OAuth2AuthorizeNode",
    title="OAuth login address",
    category="network",
    icon="log-in",
    cost=Cost(complexity=2, runtime_ms=0.1, memory_mb=0.1),
    headline="auth_url",
    keywords=("oauth2", "authorize", "login", "pkce", "consent"),
)
def oauth2_authorize(
    client_id: _ClientId,
    auth_url: Annotated[str, Param(placeholder="https://example.org/authorize", help="Where the service asks people.")],
    scope: _Scope = "",
    redirect_uri: _Redirect = "",
    extra_params: Annotated[dict[str, Any] | None, Param(help="More for the address: names and values.")] = None,
    *,
    state: Annotated[str, Param(visibility=Visibility.ADVANCED, help="Empty: made by chance.")] = "",
    response_type: Annotated[
        Literal["code", "token"], Param(visibility=Visibility.ADVANCED, help="Usually code.")
    ] = "code",
    pkce_enabled: Annotated[bool, Param(label="PKCE", help="Proves that the exchange comes from here, too.")] = True,
) -> Invitation:
    """Make the address at which a person allows this program to act for them."""
    if not urlsplit(as_text(auth_url)).hostname:
        raise ValueError(f"auth_url must be a whole address such as https://example.org/authorize, not {auth_url!r}")
    kept = as_text(state) or secrets.token_urlsafe(24)
    asked = {"response_type": as_text(response_type), "client_id": as_text(client_id), "state": kept}
    asked |= {name: as_text(told) for name, told in (("redirect_uri", redirect_uri), ("scope", scope)) if as_text(told)}
    verifier = challenge = ""
    if as_flag(pkce_enabled, "pkce_enabled"):
        # RFC 7636, section 4.2.
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        asked |= {"code_challenge": challenge, "code_challenge_method": "S256"}
    asked |= {str(name): as_text(value) for name, value in as_dict(extra_params, "extra_params").items()}
    start = as_text(auth_url).strip()
    return Invitation(f"{start}{'&' if '?' in start else '?'}{urlencode(asked)}", kept, verifier, challenge)


@node(
    "OAuth2TokenExchangeNode",
    title="Get OAuth token",
    category="network",
    icon="key",
    cost=COST,
    headline="grant_type",
    keywords=("oauth2", "token", "refresh", "code", "login"),
)
async def oauth2_token_exchange(
    context: Context,
    code: Annotated[str, Param(widget=Widget.SECRET, help="For authorization_code: what came back.")] = "",
    code_verifier: Annotated[str, Param(widget=Widget.SECRET, help="From OAuth login address.")] = "",
    refresh_token: Annotated[str, Param(widget=Widget.SECRET, help="For refresh_token.")] = "",
    username: Annotated[str, Param(help="For password.")] = "",
    password: Annotated[str, Param(widget=Widget.SECRET, help="For password.")] = "",
    scope: _Scope = "",
    *,
    client_id: _ClientId,
    client_secret: _ClientSecret = "",
    token_url: Annotated[str, Param(placeholder="https://example.org/token", help="Where the service gives tokens.")],
    redirect_uri: _Redirect = "",
    grant_type: Annotated[
        Literal["authorization_code", "client_credentials", "refresh_token", "password"],
        Param(help="What is given for the token."),
    ] = "authorization_code",
) -> Tokens:
    """Get a token for a code, a refresh token, a password, or for this program itself."""
    needs = {
        "authorization_code": {"code": code, "redirect_uri": redirect_uri, "code_verifier": code_verifier},
        "client_credentials": {},
        "refresh_token": {"refresh_token": refresh_token},
        "password": {"username": username, "password": password},
    }
    kind = as_choice(grant_type, needs, "grant_type")
    given = {**needs[kind], "client_id": client_id, "client_secret": client_secret, "scope": scope}
    asked = {"grant_type": kind, **{name: as_text(value) for name, value in given.items() if as_text(value)}}
    answer = await _asked(context, token_url, asked)
    return Tokens(
        access_token=as_text(answer.get("access_token")),
        refresh_token=as_text(answer.get("refresh_token")),
        token_type=as_text(answer.get("token_type")),
        expires_in=as_integer(answer.get("expires_in") or 0, "expires_in"),
        scope=as_text(answer.get("scope")),
        id_token=as_text(answer.get("id_token")),
        full_response=answer,
    )


@node(
    "OAuth2TokenValidateNode",
    title="Check OAuth token",
    category="network",
    icon="shield-check",
    cost=COST,
    headline="introspection_url",
    keywords=("oauth2", "token", "introspect", "valid", "expired"),
)
async def oauth2_token_validate(
    context: Context,
    token: Annotated[str, Param(widget=Widget.SECRET, help="The token to ask about.")] = "",
    *,
    introspection_url: Annotated[str, Param(placeholder="https://example.org/introspect", help="Whom to ask.")],
    client_id: _ClientId = "",
    client_secret: _ClientSecret = "",
) -> Standing:
    """Ask a service whether a token still holds (RFC 7662)."""
    if not as_text(token):
        raise ValueError("token is empty; wire the token to it")
    given = {"token": token, "client_id": client_id, "client_secret": client_secret}
    answer = await _asked(
        context, introspection_url, {name: as_text(one) for name, one in given.items() if as_text(one)}
    )
    return Standing(
        active=bool(answer.get("active")),
        client_id=as_text(answer.get("client_id")),
        username=as_text(answer.get("username")),
        scope=as_text(answer.get("scope")),
        expires_at=as_integer(answer.get("exp") or 0, "exp"),
        token_type=as_text(answer.get("token_type")),
        full_response=answer,
    )


async def _asked(context: Context, url: str, fields: dict[str, str]) -> dict[str, Any]:
    """Send a form and return the answer. Raises NodeError with what the service says against it."""
    request = with_body(request_of("POST", url, {"Accept": "application/json"}, None), fields, _FORM)
    answer = await ask(request, Limits(), context)
    told = answer.response_json if isinstance(answer.response_json, dict) else {}
    if not answer.success or "error" in told:
        why = as_text(told.get("error_description") or told.get("error")) or answer.error
        raise NodeError(f"the service refused: {why}", mend="Check client id, secret and what is exchanged.")
    return told
