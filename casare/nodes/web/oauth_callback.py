"""OAuth 2: wait on this computer for the answer that a service sends through the person's browser."""

from __future__ import annotations

import asyncio
import hmac
from typing import Annotated, Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from casare.sdk import Bound, Context, Cost, NodeError, Out, Param, as_float, as_integer, as_text, node

_LONGEST: Final = 16_384
_PAGE: Final = (
    "<!doctype html><meta charset=utf-8><title>casare</title>"
    "<p style='font:16px system-ui;margin:4em'>{told} You can close this page.</p>"
)


class Callback(NamedTuple):
    """What the service answered."""

    code: Annotated[str, Out(help="For Get OAuth token.")]
    state: str
    access_token: str
    error: str
    error_description: str


@node(
    "OAuth2CallbackServerNode",
    title="Wait for OAuth login",
    category="network",
    icon="log-in",
    cost=Cost(complexity=4, runtime_ms=20_000, memory_mb=1, bound=Bound.IO),
    headline="port",
    keywords=("oauth2", "callback", "redirect", "login", "code", "server"),
)
async def oauth2_callback_server(
    context: Context,
    expected_state: Annotated[str, Param(help="The state of OAuth login address; another one is refused.")] = "",
    *,
    port: Annotated[int, Param(minimum=1, maximum=65535, help="As in the redirect address.")] = 8080,
    timeout: Annotated[float, Param(minimum=1, unit="s", help="How long the person has.")] = 120.0,
    path: Annotated[str, Param(placeholder="/callback", help="As in the redirect address.")] = "/callback",
) -> Callback:
    """Wait for the answer of a login that a person does in a browser. Listens on this computer only."""
    wanted, number = as_text(path).strip() or "/", as_integer(port, "port")
    answered: asyncio.Future[Callback] = asyncio.get_running_loop().create_future()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await asyncio.wait_for(reader.readline(), 10)
            target = urlsplit(line.decode("latin-1").split(" ")[1] if line.count(b" ") > 1 else "")
            # Browsers ask for the icon of the page, too.
            known = target.path == wanted
            told = "This is not what casare waits for."
            if known:
                found = _callback(parse_qs(target.query))
                told = "casare has the answer." if not found.error else "The service refused."
                if not answered.done():
                    answered.set_result(found)
            body = _PAGE.format(told=told).encode()
            writer.write(
                f"HTTP/1.1 {'200 OK' if known else '404 Not Found'}\r\nContent-Length: {len(body)}\r\n".encode()
            )
            writer.write(b"Content-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n" + body)
            await writer.drain()
        except (OSError, TimeoutError, ValueError):
            return
        finally:
            writer.close()

    try:
        server = await asyncio.start_server(serve, "127.0.0.1", number, limit=_LONGEST)
    except OSError:
        raise NodeError(
            f"port {number} is taken", mend="Choose another one, here and in the redirect address."
        ) from None
    async with server:
        context.log(f"waiting for the login at http://localhost:{number}{wanted}")
        try:
            found = await asyncio.wait_for(answered, as_float(timeout, "timeout"))
        except TimeoutError:
            raise NodeError("nobody logged in within the time", mend="Raise the timeout, or start again.") from None
    if expected_state and not hmac.compare_digest(found.state, as_text(expected_state)):
        raise NodeError("the answer belongs to another login (its state differs)", mend="Start the login again.")
    return found


def _callback(asked: dict[str, list[str]]) -> Callback:
    return Callback(*(asked.get(name, [""])[0] for name in Callback._fields))
