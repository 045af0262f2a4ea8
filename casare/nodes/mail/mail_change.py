"""Change messages of a mailbox: mark, move, delete; and the node that stands for all of mail."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.mail.mail_read import COST, EmailUid, read_emails, save_attachment, uid_of
from casare.nodes.mail.mail_send import send_email
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
from casare.sdk import Context, Param, Widget, as_choice, as_flag, as_text, family, node


class Acted(NamedTuple):
    """An act on a message."""

    success: bool


_MARKS = {"read": ("\\Seen", True), "unread": ("\\Seen", False), "flagged": ("\\Flagged", True)}
_MARKS["unflagged"] = ("\\Flagged", False)


@node(
    "MarkEmailNode",
    title="Mark email",
    category="mail",
    icon="tag",
    cost=COST,
    headline="mark_as",
    keywords=("mail", "imap", "read", "unread", "flag", "star"),
)
def mark_email(
    context: Context,
    imap_server: ImapServer = "",
    username: User = "",
    password: Password = "",
    email_uid: EmailUid = "",
    folder: Folder = "INBOX",
    *,
    mark_as: Annotated[
        Literal["read", "unread", "flagged", "unflagged"], Param(help="What it is from now on.")
    ] = "read",
    as_read: Annotated[Any, Param(widget=Widget.BOOLEAN, help="Of older files: yes for read, no for unread.")] = None,
    imap_port: ImapPort = 993,
    use_ssl: UseSsl = True,
    timeout: Timeout = 30.0,
) -> Acted:
    """Mark a message as read, unread, flagged or not flagged."""
    kind = as_choice(mark_as, _MARKS, "mark_as")
    if as_read not in (None, ""):
        kind = "read" if as_flag(as_read, "as_read") else "unread"
    login = login_of(context, imap_server, imap_port, username, password, use_ssl, timeout)
    with mailbox(login) as box:
        box.open(as_text(folder) or "INBOX", to_change=True)
        flag, on = _MARKS[kind]
        box.flag(uid_of(context, email_uid), flag, on=on)
    return Acted(True)


@node(
    "DeleteEmailNode",
    title="Delete email",
    category="mail",
    icon="trash-2",
    cost=COST,
    headline="email_uid",
    keywords=("mail", "imap", "remove", "trash"),
)
def delete_email(
    context: Context,
    imap_server: ImapServer = "",
    username: User = "",
    password: Password = "",
    email_uid: EmailUid = "",
    folder: Folder = "INBOX",
    *,
    permanent: Annotated[
        bool, Param(help="Takes it away for good; without it, the message is only marked as deleted.")
    ] = False,
    imap_port: ImapPort = 993,
    use_ssl: UseSsl = True,
    timeout: Timeout = 30.0,
) -> Acted:
    """Delete a message: mark it as deleted, or take it away for good."""
    login = login_of(context, imap_server, imap_port, username, password, use_ssl, timeout)
    uid = uid_of(context, email_uid)
    with mailbox(login) as box:
        box.open(as_text(folder) or "INBOX", to_change=True)
        if as_flag(permanent, "permanent"):
            box.delete(uid)
        else:
            box.flag(uid, "\\Deleted", on=True)
    return Acted(True)


@node(
    "MoveEmailNode",
    title="Move email",
    category="mail",
    icon="folder-open",
    cost=COST,
    headline="target_folder",
    keywords=("mail", "imap", "archive", "folder"),
)
def move_email(
    context: Context,
    imap_server: ImapServer = "",
    username: User = "",
    password: Password = "",
    email_uid: EmailUid = "",
    target_folder: Annotated[
        str, Param(aliases=("folder", "destination"), placeholder="Archive", help="Where to put it.")
    ] = "",
    source_folder: Annotated[str, Param(placeholder="INBOX", help="The folder the message is in.")] = "INBOX",
    *,
    imap_port: ImapPort = 993,
    use_ssl: UseSsl = True,
    timeout: Timeout = 30.0,
) -> Acted:
    """Move a message into another folder of the mailbox."""
    target = as_text(target_folder).strip()
    if not target:
        raise ValueError("target_folder is empty; write the name of the folder there")
    login = login_of(context, imap_server, imap_port, username, password, use_ssl, timeout)
    with mailbox(login) as box:
        box.open(as_text(source_folder) or "INBOX", to_change=True)
        box.move(uid_of(context, email_uid), target)
    return Acted(True)


EMAIL = family(
    "EmailSuperNode",
    title="Email",
    category="mail",
    icon="mail",
    summary="Send messages; read, mark, move and delete those of a mailbox.",
    members={
        "Send Email": send_email,
        "Read Emails": read_emails,
        "Mark Email": mark_email,
        "Delete Email": delete_email,
        "Move Email": move_email,
        "Save Attachment": save_attachment,
    },
    keywords=("smtp", "imap", "message", "inbox"),
)
