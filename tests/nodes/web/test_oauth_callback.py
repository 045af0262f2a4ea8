from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from casare.nodes.web.oauth_callback import Callback, oauth2_callback_server
from casare.sdk import Context, NodeError


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def answered(run: Context, query: str, **settings: object) -> Callback:
    """Play the browser: ask for an icon first, then come back from the service."""
    port = free_port()
    waiting = asyncio.ensure_future(oauth2_callback_server(run, port=port, timeout=10, **settings))  # type: ignore[arg-type]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
        while not run.lines:  # type: ignore[attr-defined]
            await asyncio.sleep(0)
        assert (await browser.get("/favicon.ico")).status_code == 404
        page = await browser.get(f"/callback?{query}")
    assert page.status_code == 200
    assert "close this page" in page.text
    return await waiting


def test_the_code_of_a_login_comes_back_from_the_browser(run: Context) -> None:
    found = asyncio.run(answered(run, "code=abc&state=s1", expected_state="s1"))
    assert (found.code, found.state, found.error) == ("abc", "s1", "")


def test_a_refusal_of_the_service_is_an_answer(run: Context) -> None:
    found = asyncio.run(answered(run, "error=access_denied&error_description=No"))
    assert (found.error, found.error_description) == ("access_denied", "No")


def test_the_answer_to_another_login_is_refused(run: Context) -> None:
    with pytest.raises(NodeError, match="another login"):
        asyncio.run(answered(run, "code=abc&state=other", expected_state="s1"))


def test_a_taken_port_and_a_silent_person_say_so(run: Context) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(NodeError, match="is taken"):
            asyncio.run(oauth2_callback_server(run, port=taken.getsockname()[1]))
    with pytest.raises(NodeError, match="nobody logged in"):
        asyncio.run(oauth2_callback_server(run, port=free_port(), timeout=0.01))
