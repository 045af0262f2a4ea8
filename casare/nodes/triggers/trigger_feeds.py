"""Begin runs for what is new elsewhere: entries of a feed, events of a stream, messages in a mailbox, failed runs."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.extras import library
from casare.nodes.mail.mail_read import message_facts
from casare.nodes.mail.mailbox_session import ImapPort, ImapServer, Login, Password, User, UseSsl, mailbox
from casare.nodes.triggers.trigger_payload import COST, Overlap, Sample, payload_of
from casare.nodes.web.http_client import request_of
from casare.sdk import (
    Context,
    Host,
    NodeError,
    Out,
    Param,
    Role,
    Visibility,
    as_dict,
    as_flag,
    as_float,
    as_integer,
    as_text,
    node,
    parse_json,
)

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_TIMEOUT_S: Final = 30.0
_REMEMBERED: Final = 10_000
"""So many entries that have left the feed are known again when they come back; a host may listen for months."""
_Every = Annotated[
    float, Param(minimum=0.01, unit="s", aliases=("check_interval", "poll_interval"), help="How often to look.")
]


class Entry(NamedTuple):
    """A new entry of a feed."""

    title: str
    link: str
    published: str
    summary: str
    entry: Annotated[dict[str, Any], Out(help="All of it, by the names of the feed.")]


class StreamEvent(NamedTuple):
    """An event of a stream."""

    data: Annotated[Any, Out(help="As data when it is JSON, else as text.")]
    event: str
    event_id: str


class Mail(NamedTuple):
    """A new message."""

    email: Annotated[dict[str, Any], Out(help="uid, subject, from, to, date, body_text, attachments and more.")]
    subject: str
    sender: str
    body: str


class RunFailure(NamedTuple):
    """A run that failed."""

    error_message: str
    error_node: str
    workflow: str
    run_id: str


@node(
    "RSSFeedTriggerNode",
    title="On feed entry",
    category="triggers",
    icon="rss",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="feed_url",
    keywords=("rss", "atom", "news", "blog", "feed", "trigger"),
)
class RSSFeedTrigger:
    """Begin a run for each new entry of an RSS or Atom feed, while casare serve runs."""

    def __call__(
        self,
        context: Context,
        *,
        feed_url: Annotated[
            str, Param(placeholder="https://example.org/feed.xml", help="The address of the feed.")
        ] = "",
        poll_seconds: _Every = 900.0,
        include_existing: Annotated[bool, Param(help="Also runs for what is in the feed at the start.")] = False,
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> Entry:
        """Give the entry."""
        told = payload_of(context, sample, {**dict.fromkeys(Entry._fields, ""), "entry": {}})
        return Entry(*(told[name] for name in Entry._fields))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Look into the feed again and again; what cannot be read now is read the next time."""
        feedparser = library("feedparser", "triggers", "A feed")
        httpx = library("httpx", "http", "A feed")
        url = request_of("GET", settings["feed_url"], None, None).url
        seen: list[str] | None = [] if as_flag(settings["include_existing"], "include_existing") else None
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=True) as client:
            while True:
                try:
                    answer = await client.get(url)
                    answer.raise_for_status()
                    entries = (await asyncio.to_thread(feedparser.parse, answer.content)).entries
                    known = {_name(one): one for one in reversed(entries)}
                    fresh = set() if seen is None else known.keys() - set(seen)
                    for name in (one for one in known if one in fresh):
                        host.fire(_entry(known[name]))
                    seen = remembered(seen or (), known)
                except httpx.HTTPError as error:
                    host.log(f"the feed cannot be read now: {error}", level="warning")
                await asyncio.sleep(as_float(settings["poll_seconds"], "poll_seconds"))


def remembered(seen: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the names of the entries seen last, those of the feed as it is now among them."""
    return [*(name for name in seen if name not in known), *known][-max(_REMEMBERED, len(known)) :]


@node(
    "SSETriggerNode",
    title="On stream event",
    category="triggers",
    icon="activity",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="url",
    keywords=("sse", "server-sent events", "stream", "live", "trigger"),
)
class SSETrigger:
    """Begin a run for each event of a stream of server-sent events, while casare serve runs."""

    def __call__(
        self,
        context: Context,
        *,
        url: Annotated[str, Param(placeholder="https://example.org/events", help="The address of the stream.")] = "",
        event_types: Annotated[str, Param(placeholder="order", help="Only events of this name; empty: all.")] = "",
        headers: Annotated[dict[str, Any] | None, Param(help="Headers to send: names and values.")] = None,
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> StreamEvent:
        """Give the event."""
        told = payload_of(context, sample, {"data": "", "event": "message", "event_id": ""})
        return StreamEvent(*(told[name] for name in StreamEvent._fields))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Listen to the stream, and connect again where it breaks off, after what was heard last."""
        sse = library("httpx_sse", "triggers", "A stream of events")
        httpx = library("httpx", "http", "A stream of events")
        asked = request_of("GET", settings["url"], as_dict(settings["headers"], "headers"), None)
        wanted = as_text(settings["event_types"]).strip()
        last, pause = "", _FIRST_PAUSE_S
        async with httpx.AsyncClient(timeout=httpx.Timeout(_TIMEOUT_S, read=None)) as client:
            while True:
                again = {**asked.headers, **({"Last-Event-ID": last} if last else {})}
                try:
                    async with sse.aconnect_sse(client, "GET", asked.url, headers=again) as stream:
                        async for one in stream.aiter_sse():
                            last, pause = one.id or last, _FIRST_PAUSE_S
                            if not wanted or one.event == wanted:
                                host.fire({"data": _data(one.data), "event": one.event, "event_id": one.id})
                except (httpx.HTTPError, sse.SSEError) as error:
                    host.log(f"the stream broke off: {error}; trying again in {pause:g} s", level="warning")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)


@node(
    "EmailTriggerNode",
    title="On new email",
    category="triggers",
    icon="mail",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="{subject_filter} to {username}",
    keywords=("mail", "imap", "inbox", "message", "trigger"),
)
class EmailTrigger:
    """Begin a run for each new message of a mailbox, while casare serve runs. Messages stay unread."""

    def __call__(
        self,
        context: Context,
        *,
        imap_server: ImapServer = "",
        username: User = "",
        password: Password = "",
        folder: Annotated[str, Param(placeholder="INBOX", help="The folder to look into.")] = "INBOX",
        subject_filter: Annotated[str, Param(help="Only messages with this in their subject; empty: all.")] = "",
        sender_filter: Annotated[
            str, Param(aliases=("from_filter",), help="Only from senders with this in them.")
        ] = "",
        poll_seconds: _Every = 60.0,
        imap_port: ImapPort = 993,
        use_ssl: UseSsl = True,
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> Mail:
        """Give the message."""
        told = payload_of(context, sample, {"email": {}, "subject": "", "sender": "", "body": ""})
        return Mail(*(told[name] for name in Mail._fields))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Look into the mailbox again and again."""
        login = Login(
            as_text(settings["imap_server"]).strip(),
            as_integer(settings["imap_port"], "imap_port"),
            as_text(settings["username"]),
            as_text(settings["password"]),
            as_flag(settings["use_ssl"], "use_ssl"),
            _TIMEOUT_S,
        )
        if not login.server:
            raise NodeError("imap_server is empty", mend="Write server, user name and password into the node.")
        folder = as_text(settings["folder"]).strip() or "INBOX"
        wanted = [as_text(settings[name]).casefold() for name in ("subject_filter", "sender_filter")]
        last = -1
        while True:
            try:
                last, found = await asyncio.to_thread(_new_mail, login, folder, last)
                for one in found:
                    told = {"email": one, "subject": one["subject"], "sender": one["from"], "body": one["body_text"]}
                    if wanted[0] in told["subject"].casefold() and wanted[1] in told["sender"].casefold():
                        host.fire(told)
            except NodeError as error:
                host.log(f"the mailbox cannot be read now: {error.what}", level="warning")
            await asyncio.sleep(as_float(settings["poll_seconds"], "poll_seconds"))


@node(
    "ErrorTriggerNode",
    title="On failed run",
    category="triggers",
    icon="triangle-alert",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="",
    keywords=("error", "failure", "alert", "catch", "trigger"),
)
class ErrorTrigger:
    """Begin a run when a run of another workflow fails that is served together with this one."""

    def __call__(
        self,
        context: Context,
        *,
        contains: Annotated[
            str, Param(visibility=Visibility.ADVANCED, help="Only failures with this in their message; empty: all.")
        ] = "",
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> RunFailure:
        """Give the failure."""
        told = payload_of(context, sample, dict.fromkeys(RunFailure._fields, ""))
        return RunFailure(*(as_text(told[name]) for name in RunFailure._fields))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Fire for each failure."""
        wanted = as_text(settings["contains"]).casefold()
        async for one in host.failures():
            if wanted in one.message.casefold():
                told = RunFailure(one.message, one.node_id, one.workflow, one.run_id)
                host.fire(told._asdict())


def _entry(one: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: as_text(one.get(name)) for name in ("title", "link", "published", "summary")}
    return {**told, "entry": {name: value for name, value in one.items() if isinstance(value, (str, int, float))}}


def _name(one: Mapping[str, Any]) -> str:
    return as_text(one.get("id") or one.get("link") or one.get("title"))


def _data(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        return text


def _new_mail(login: Login, folder: str, last: int) -> tuple[int, list[dict[str, Any]]]:
    """Return the last uid there is now and the messages after `last`; none the first time, when it is -1."""
    with mailbox(login) as box:
        box.open(folder, to_change=False)
        uids = sorted(int(uid) for uid in box.find("ALL"))
        fresh = [uid for uid in uids if uid > last] if last >= 0 else []
        found = [
            message_facts(raw, uid, is_read=seen, folder=folder)
            for uid, raw, seen in box.read([str(uid) for uid in fresh])
        ]
        return max([*uids, last, 0]), found
