from __future__ import annotations

import asyncio
import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback_http import WebServer

from casare.nodes.web.oauth import Tokens, oauth2_authorize, oauth2_token_exchange, oauth2_token_validate
from casare.sdk import Context, NodeError


def test_the_login_address_holds_what_the_service_needs() -> None:
    made = oauth2_authorize(
        "shop", "https://example.org/auth?x=1", "read write", "http://localhost/cb", {"prompt": "no"}
    )
    asked = {name: value[0] for name, value in parse_qs(urlsplit(made.auth_url).query).items()}
    digest = hashlib.sha256(made.code_verifier.encode()).digest()
    assert made.code_challenge == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert asked == {
        "x": "1", "response_type": "code", "client_id": "shop", "state": made.state, "scope": "read write",
        "redirect_uri": "http://localhost/cb", "prompt": "no",
        "code_challenge": made.code_challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    assert made.state != oauth2_authorize("shop", "https://example.org/auth").state
    with pytest.raises(ValueError, match="auth_url"):
        oauth2_authorize("shop", "nowhere")


@pytest.mark.parametrize(
    ("grant", "given"),
    [
        ("authorization_code", {"code": "c", "code_verifier": "v", "redirect_uri": "http://localhost"}),
        ("client_credentials", {}),
        ("refresh_token", {"refresh_token": "r"}),
        ("password", {"username": "ann", "password": "pw"}),
    ],
)
def test_each_grant_sends_what_it_stands_for(run: Context, web: WebServer, grant: str, given: dict[str, str]) -> None:
    found: Tokens = asyncio.run(
        oauth2_token_exchange(  # type: ignore[arg-type]
            run,
            client_id="shop",
            client_secret="s",
            token_url=f"{web.url}/token",
            grant_type=grant,
            scope="read",
            **given,
        )
    )
    assert (found.access_token, found.token_type, found.expires_in) == ("abc", "Bearer", 3600)
    sent = {name: found.full_response[name] for name in ("grant_type", "client_id", "client_secret", *given)}
    assert sent == {"grant_type": grant, "client_id": "shop", "client_secret": "s", **given}
    assert found.scope == "read"


def test_a_token_is_asked_about(run: Context, web: WebServer) -> None:
    found = asyncio.run(oauth2_token_validate(run, "abc", introspection_url=f"{web.url}/introspect", client_id="shop"))
    assert (found.active, found.client_id, found.full_response["token"]) == (True, "shop", "abc")


def test_a_service_that_refuses_is_an_error(run: Context, web: WebServer) -> None:
    with pytest.raises(NodeError, match="the service refused: 401 Unauthorized"):
        asyncio.run(oauth2_token_exchange(run, client_id="shop", token_url=f"{web.url}/status/401"))
