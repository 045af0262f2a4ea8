"""Read mail from a mailbox, choose among messages, and take them apart."""

from __future__ import annotations

import email
import re
from datetime import datetime
from email import policy
from email.message import EmailMessage
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.files.paths import changeable, wanted_path
from casare.nodes.mail.mailbox_session import (
    Folder,
    ImapPort,
    ImapServer,
    Password,
    Timeout,
    User,
    UseSsl,
    login_of,
    mailbox,
)
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Widget,
    as_dict,
    as_flag,
    as_integer,
    as_items,
    as_text,
    as_truth,
    node,
)

LAST_EMAILS: Final = "_emails"
"""The run variable that holds the messages read last, for nodes that are given none."""

COST: Final = Cost(complexity=6, runtime_ms=800, memory_mb=5, bound=Bound.IO)
EmailUid = Annotated[
    str,
    Param(aliases=("uid", "message_id", "email_id"), help="The uid of the message; empty: the first one read before."),
]
_Message = Annotated[
    dict[str, Any] | None, Param(aliases=("message",), help="A message, as Read emails gives; empty: the first read.")
]
_UNSAFE: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]')


class Emails(NamedTuple):
    """Messages of a mailbox."""

    emails: Annotated[
        list[dict[str, Any]],
        Out(help="uid, subject, from, to, cc, date, body_text, body_html, is_read, attachments of each."),
    ]
    count_: int
    success: bool


class Filtered(NamedTuple):
    """The messages that fit."""

    filtered: Annotated[list[dict[str, Any]], Out(aliases=("emails", "filtered_emails"))]
    count_: int


class Content(NamedTuple):
    """The parts of a message."""

    subject: str
    from_: Annotated[str, Out(aliases=("sender",))]
    to: str
    date: Annotated[str, Out(help="ISO 8601.")]
    body_text: str
    body_html: str
    attachments: Annotated[list[dict[str, Any]], Out(help="filename, content_type and size in bytes of each.")]


class Saved(NamedTuple):
    """Files that came with a message."""

    saved_files: Annotated[list[str], Out(aliases=("files",))]
    count_: int
    success: bool


@node(
    "ReadEmailsNode",
    title="Read emails",
    category="mail",
    icon="inbox",
    cost=COST,
    headline="folder",
    keywords=("mail", "imap", "fetch", "receive", "unread"),
)
def read_emails(
    context: Context,
    imap_server: ImapServer = "",
    username: User = "",
    password: Password = "",
    folder: Folder = "INBOX",
    *,
    limit: Annotated[
        int, Param(minimum=1, maximum=1000, aliases=("max_results", "max_emails"), help="How many at most.")
    ] = 10,
    search_criteria: Annotated[
        str, Param(aliases=("criteria",), placeholder='UNSEEN SUBJECT "invoice"', help="Which: ALL, UNSEEN, FROM x ...")
    ] = "ALL",
    newest_first: Annotated[bool, Param(help="Begins with the newest; without it, the oldest are read.")] = True,
    mark_as_read: Annotated[bool, Param(help="Marks what is read as read.")] = False,
    imap_port: ImapPort = 993,
    use_ssl: UseSsl = True,
    timeout: Timeout = 30.0,
) -> Emails:
    """Read messages of a mailbox, without marking them as read unless asked to."""
    login = login_of(context, imap_server, imap_port, username, password, use_ssl, timeout)
    most = max(1, as_integer(limit, "limit"))
    with mailbox(login) as box:
        box.open(as_text(folder) or "INBOX", to_change=as_flag(mark_as_read, "mark_as_read"))
        uids = box.find(as_text(search_criteria).strip() or "ALL")
        chosen = uids[::-1][:most] if as_flag(newest_first, "newest_first") else uids[:most]
        found = box.read(chosen)
        if as_flag(mark_as_read, "mark_as_read"):
            for uid, _, _ in found:
                box.flag(uid, "\\Seen", on=True)
    emails = [message_facts(raw, uid, is_read=seen, folder=as_text(folder)) for uid, raw, seen in found]
    context.set_variable(LAST_EMAILS, emails)
    return Emails(emails, len(emails), True)


@node(
    "FilterEmailsNode",
    title="Filter emails",
    category="mail",
    icon="list-filter",
    cost=Cost(complexity=2, runtime_ms=0.2, memory_mb=1),
    headline="subject_contains",
    keywords=("mail", "search", "choose", "subject", "sender"),
)
def filter_emails(
    context: Context,
    emails: Annotated[list[Any] | None, Param(help="Messages, as Read emails gives; empty: those read last.")] = None,
    *,
    subject_contains: Annotated[str, Param(help="Keeps those with this in the subject, whatever its capitals.")] = "",
    from_contains: Annotated[str, Param(aliases=("sender_contains",), help="The same for the sender.")] = "",
    body_contains: Annotated[str, Param(help="The same for the text.")] = "",
    has_attachments: Annotated[
        Any, Param(widget=Widget.TEXT, placeholder="yes", help="yes or no; empty: with and without.")
    ] = None,
    unread_only: Annotated[bool, Param(help="Keeps those that are not marked as read.")] = False,
) -> Filtered:
    """Keep the messages that fit all of what is asked for."""
    wanted = (("subject", subject_contains), ("from", from_contains), ("body_text", body_contains))
    words = [(key, as_text(told).casefold()) for key, told in wanted if as_text(told)]
    files = None if has_attachments in (None, "") else as_truth(has_attachments, "has_attachments")
    unread = as_flag(unread_only, "unread_only")
    found = [
        one
        for one in (as_dict(item, "emails") for item in _emails(context, emails))
        if all(word in as_text(one.get(key)).casefold() for key, word in words)
        and (files is None or bool(one.get("attachments")) is files)
        and not (unread and one.get("is_read"))
    ]
    return Filtered(found, len(found))


@node(
    "GetEmailContentNode",
    title="Email content",
    category="mail",
    icon="mail",
    cost=Cost(complexity=2, runtime_ms=0.1, memory_mb=0.5),
    headline="",
    keywords=("mail", "subject", "body", "sender", "parts"),
)
def get_email_content(context: Context, email: _Message = None) -> Content:
    """Take a message apart: subject, sender, date, text, attachments."""
    held = message_of(context, email)
    subject, sender, to, date, text, html = (
        as_text(held.get(key)) for key in ("subject", "from", "to", "date", "body_text", "body_html")
    )
    return Content(subject, sender, to, date, text, html, list(held.get("attachments") or []))


@node(
    "SaveAttachmentNode",
    title="Save attachments",
    category="mail",
    icon="download",
    cost=COST,
    headline="save_path",
    keywords=("mail", "file", "download", "imap"),
)
def save_attachment(
    context: Context,
    imap_server: ImapServer = "",
    username: User = "",
    password: Password = "",
    email_uid: EmailUid = "",
    save_path: Annotated[
        str, Param(widget=Widget.FOLDER, aliases=("path", "output_folder"), help="The folder to put them into.")
    ] = "attachments",
    folder: Folder = "INBOX",
    *,
    filename: Annotated[str, Param(aliases=("attachment_name",), help="Only the one of this name; empty: all.")] = "",
    imap_port: ImapPort = 993,
    use_ssl: UseSsl = True,
    timeout: Timeout = 30.0,
) -> Saved:
    """Save the files that came with a message.

    The folder is made when it is missing. A file that is there already keeps its name, and the new one gets a number.
    """
    target = changeable(wanted_path(context, save_path, "save_path"))
    login = login_of(context, imap_server, imap_port, username, password, use_ssl, timeout)
    uid = uid_of(context, email_uid)
    with mailbox(login) as box:
        box.open(as_text(folder) or "INBOX", to_change=False)
        found = box.read([uid])
    if not found:
        raise NodeError(f"there is no message {uid} in {folder}", mend="Check email_uid and the folder.")
    wanted = as_text(filename).strip()
    saved: list[str] = []
    target.mkdir(parents=True, exist_ok=True)
    for part in _parsed(found[0][1]).iter_attachments():
        named = part.get_filename() or "attachment"
        if wanted and named != wanted:
            continue
        # The name comes from a stranger: it may not lead out of the folder.
        safe = _UNSAFE.sub("_", named).strip(". ") or "attachment"
        path = target / safe
        number = 2
        while path.exists():
            path = target / f"{(target / safe).stem} ({number}){(target / safe).suffix}"
            number += 1
        payload = part.get_payload(decode=True)
        path.write_bytes(payload if isinstance(payload, bytes) else part.as_bytes())
        saved.append(str(path))
    if wanted and not saved:
        raise NodeError(f"the message has no attachment {wanted}", mend="Check the name, or leave it empty for all.")
    return Saved(saved, len(saved), True)


def message_of(context: Context, told: object) -> dict[str, Any]:
    """Return the message a node is given, else the first one read last. Raises NodeError when there is none."""
    if told not in (None, "", {}):
        return as_dict(told, "email")
    emails = _emails(context, None)
    if not emails:
        raise NodeError("there is no message", mend="Wire one in, or put Read emails before this node.")
    return as_dict(emails[0], "email")


def uid_of(context: Context, told: object) -> str:
    """Return the uid a node is given, else that of the first message read last."""
    return as_text(told).strip() or as_text(message_of(context, None).get("uid"))


def _emails(context: Context, told: object) -> list[Any]:
    return as_items(context.get_variable(LAST_EMAILS) if told is None else told, "emails")


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, _class=EmailMessage, policy=policy.default)


def message_facts(raw: bytes, uid: str, *, is_read: bool, folder: str) -> dict[str, Any]:
    """Return what a message says, by the names that nodes give it out under."""
    message = _parsed(raw)
    return {
        "uid": uid,
        "folder": folder,
        "subject": str(message["Subject"] or ""),
        "from": str(message["From"] or ""),
        "to": str(message["To"] or ""),
        "cc": str(message["Cc"] or ""),
        "date": _date(message),
        "message_id": str(message["Message-ID"] or ""),
        "body_text": _body(message, "plain"),
        "body_html": _body(message, "html"),
        "is_read": is_read,
        "attachments": [
            {
                "filename": part.get_filename() or "attachment",
                "content_type": part.get_content_type(),
                "size": len(part.get_payload(decode=True) or b""),
            }
            for part in message.iter_attachments()
        ],
    }


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, UnicodeError):
        payload = part.get_payload(decode=True)
        content = payload.decode("latin-1") if isinstance(payload, bytes) else ""
    return str(content).replace("\r\n", "\n")


def _date(message: EmailMessage) -> str:
    told = getattr(message["Date"], "datetime", None)
    return told.isoformat() if isinstance(told, datetime) else str(message["Date"] or "")
