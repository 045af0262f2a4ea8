"""Triggers that listen elsewhere: a feed, a stream and a mailbox on this computer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import pytest
from loopback_mail import PASSWORD, USER, ImapServer

from casare.catalog import Catalog
from casare.nodes.triggers.trigger_feeds import EmailTrigger, RSSFeedTrigger, SSETrigger, remembered
from casare.sdk import Fired, Host, NodeError, Trigger


class Station(ThreadingHTTPServer):
    """A feed whose entries a test adds to, and a stream that breaks off after each of its parts."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.titles = ["first"]
        self.asked = 0
        self.parts = [
            b'id: 1\nevent: order\ndata: {"n": 1}\n\nevent: other\ndata: x\n\n',
            b"id: 2\nevent: order\ndata: two\n\n",
        ]
        self.resumed: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Station

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/feed":
            self.server.asked += 1
            items = "".join(f"<item><guid>{one}</guid><title>{one}</title></item>" for one in self.server.titles)
            # Once in a while a feed cannot be read.
            status = 503 if self.server.asked == 2 else 200
            self._send(status, "application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
            return
        self.server.resumed.append(self.headers.get("Last-Event-ID", ""))
        self._send(200, "text/event-stream", self.server.parts.pop(0) if self.server.parts else b"")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class FakeHost:
    """Keeps what fires and what is said."""

    def __init__(self) -> None:
        self.fired: list[dict[str, Any]] = []
        self.lines: list[str] = []

    def fire(self, payload: Mapping[str, Any]) -> Fired:
        self.fired.append(dict(payload))
        return Fired(True)

    def log(self, message: str, *, level: str = "info") -> None:
        self.lines.append(message)


def letter(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "bo@example.org", USER
    message.set_content(f"Text of {subject}")
    return message


@pytest.fixture
def station() -> Iterator[Station]:
    server = Station()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def watched(
    catalog: Catalog, trigger: Trigger, type_id: str, until: Callable[[FakeHost], object], **settings: Any
) -> FakeHost:
    """Return the host of a trigger that was watched until something came true."""
    spec = catalog.find(type_id)
    assert spec is not None
    host = FakeHost()

    async def watch() -> None:
        given = {param.name: settings.get(param.name, param.default) for param in spec.params}
        task = asyncio.ensure_future(trigger.watch(cast("Host", host), given))
        async with asyncio.timeout(20):
            while not until(host):
                assert not task.done(), task
                await asyncio.sleep(0.005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(watch())
    return host


def test_each_new_entry_of_a_feed_fires_once(catalog: Catalog, station: Station) -> None:
    def until(host: FakeHost) -> object:
        if station.asked >= 3 and len(station.titles) == 1:
            station.titles[:0] = ["third", "second"]
        return len(host.fired) >= 2 and station.asked > 6

    url = f"{station.url}/feed"
    host = watched(catalog, RSSFeedTrigger(), "RSSFeedTriggerNode", until, feed_url=url, poll_seconds=0.01)
    assert [one["title"] for one in host.fired] == ["second", "third"], "the oldest first, and not what was there"
    assert any("cannot be read now" in line for line in host.lines)


def test_what_is_in_a_feed_already_counts_when_asked_for(catalog: Catalog, station: Station) -> None:
    host = watched(
        catalog,
        RSSFeedTrigger(),
        "RSSFeedTriggerNode",
        lambda host: host.fired,
        feed_url=f"{station.url}/feed",
        include_existing=True,
    )
    assert host.fired[0]["entry"]["id"] == "first"


def test_a_stream_that_breaks_off_goes_on_after_what_was_heard_last(catalog: Catalog, station: Station) -> None:
    host = watched(
        catalog,
        SSETrigger(),
        "SSETriggerNode",
        lambda host: len(host.fired) >= 2,
        url=f"{station.url}/events",
        event_types="order",
    )
    assert [(one["data"], one["event_id"]) for one in host.fired] == [({"n": 1}, "1"), ("two", "2")]
    assert station.resumed[:2] == ["", "1"]


def test_each_new_message_fires_and_stays_unread(catalog: Catalog, imap: ImapServer) -> None:
    imap.add(letter("old"))
    added: list[str] = []

    def until(host: FakeHost) -> object:
        if not added and imap.searches:
            added.extend(imap.add(letter(one)) for one in ("Order 7", "news", "order 8"))
        return len(host.fired) >= 2

    host = watched(
        catalog,
        EmailTrigger(),
        "EmailTriggerNode",
        until,
        imap_server="127.0.0.1",
        imap_port=imap.port,
        use_ssl=False,
        username=USER,
        password=PASSWORD,
        subject_filter="order",
        poll_seconds=0.2,
    )
    assert [one["subject"] for one in host.fired] == ["Order 7", "order 8"]
    assert host.fired[0]["body"].strip() == "Text of Order 7"
    assert all("\\Seen" not in one.flags for one in imap.folders["INBOX"])


def test_a_mailbox_without_a_server_is_refused(catalog: Catalog) -> None:
    spec = catalog.find("EmailTriggerNode")
    assert spec is not None
    settings = {param.name: param.default for param in spec.params}
    with pytest.raises(NodeError, match="imap_server is empty"):
        asyncio.run(EmailTrigger().watch(cast("Host", FakeHost()), settings))


def test_a_feed_that_is_listened_to_for_long_is_remembered_within_bounds() -> None:
    seen: list[str] = []
    for first in range(0, 60_000, 30):
        seen = remembered(seen, [f"entry {at}" for at in range(first, first + 40)])
    assert len(seen) == 10_000
    assert seen[-1] == "entry 60009"
    assert len(remembered(seen, [f"large {at}" for at in range(20_000)])) == 20_000
