from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from loopback_mail import PASSWORD, USER, ImapServer, Outbox

from casare.catalog import Catalog
from casare.nodes.mail import mail_change, mail_read
from casare.nodes.mail.mail_send import Sent, send_email
from casare.nodes.mail.mailbox_session import quoted
from casare.sdk import Context, NodeError


def send(run: Context, smtp: Outbox, **settings: Any) -> Sent:
    given = {"smtp_server": "127.0.0.1", "smtp_port": smtp.port, "use_tls": False, "from_email": "ann@example.org"}
    return send_email(run, **{"to_email": "bo@example.org", "subject": "Hi", "body": "hello", **given, **settings})


def letter(subject: str, *, sender: str = "bo@example.org", file: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, sender, USER
    message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0100"
    message.set_content(f"Text of {subject}")
    message.add_alternative(f"<p>{subject}</p>", subtype="html")
    if file:
        message.add_attachment(b"content", maintype="application", subtype="pdf", filename=file)
    return message


def login(imap: ImapServer) -> dict[str, Any]:
    given = {"imap_server": "127.0.0.1", "username": USER, "password": PASSWORD}
    return {**given, "imap_port": imap.port, "use_ssl": False}


def flags(imap: ImapServer, uid: str) -> set[str]:
    return next(one.flags for one in imap.folders["INBOX"] if str(one.uid) == uid)


def test_a_message_arrives_with_all_its_parts(run: Context, smtp: Outbox, tmp_path: Path) -> None:
    (tmp_path / "bill.pdf").write_bytes(b"%PDF")
    sent = send(
        run, smtp, subject="Grüße", cc="cy@example.org", bcc="di@example.org", attachments=["bill.pdf"],
        reply_to="office@example.org",
    )  # fmt: skip
    message = smtp.messages[0]
    assert sent == (True, message["Message-ID"])
    assert smtp.recipients == [["bo@example.org", "cy@example.org", "di@example.org"]]
    assert (message["Subject"], message["From"], message["To"]) == ("Grüße", "ann@example.org", "bo@example.org")
    assert (message["Cc"], message["Reply-To"], message["Bcc"]) == ("cy@example.org", "office@example.org", None)
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == "hello"
    assert [(part.get_filename(), part.get_content()) for part in message.iter_attachments()] == [("bill.pdf", b"%PDF")]


def test_a_message_may_be_html_and_needs_the_right_password(run: Context, smtp: Outbox) -> None:
    send(run, smtp, body="<b>x</b>", is_html=True, username=USER, password=PASSWORD)
    assert smtp.messages[0].get_content_type() == "text/html"
    with pytest.raises(NodeError, match="refused the login") as failed:
        send(run, smtp, username=USER, password="hidden")
    assert "hidden" not in str(failed.value)


def test_addresses_that_are_refused_are_told(run: Context, smtp: Outbox) -> None:
    assert send(run, smtp, to_email="bo@example.org, nobody@example.org").success
    assert run.lines == [  # type: ignore[attr-defined]
        f"warning: 127.0.0.1:{smtp.port} refused nobody@example.org: 550 no such user"
    ]
    with pytest.raises(NodeError, match=r"refused nobody@example\.org"):
        send(run, smtp, to_email="nobody@example.org")


@pytest.mark.parametrize(
    ("settings", "error", "told"),
    [
        ({"to_email": ""}, ValueError, "to_email is empty"),
        ({"from_email": ""}, ValueError, "from_email is empty"),
        ({"subject": "a\nBcc: x@y.z"}, ValueError, "line break"),
        ({"smtp_server": ""}, NodeError, "no mail server is given"),
        ({"smtp_port": 1}, NodeError, "no connection to the mail server"),
        ({"use_tls": True}, NodeError, "STARTTLS"),
        ({"attachments": ["none.pdf"]}, FileNotFoundError, "none.pdf"),
    ],
)
def test_a_message_that_cannot_go_says_why(
    run: Context, smtp: Outbox, settings: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        send(run, smtp, **settings)
    assert smtp.messages == []


def test_messages_are_read_newest_first_and_left_unread(run: Context, imap: ImapServer) -> None:
    uids = [imap.add(letter(subject, file=file)) for subject, file in (("One", ""), ("Two", "a.pdf"), ("Three", ""))]
    found = mail_read.read_emails(run, limit=2, **login(imap))
    assert [one["subject"] for one in found.emails] == ["Three", "Two"]
    assert found.count_ == 2
    two = found.emails[1]
    assert (two["uid"], two["from"], two["date"]) == (uids[1], "bo@example.org", "2026-03-02T10:00:00+01:00")
    assert (two["body_text"].strip(), two["body_html"].strip()) == ("Text of Two", "<p>Two</p>")
    assert two["attachments"] == [{"filename": "a.pdf", "content_type": "application/pdf", "size": 7}]
    assert [one["is_read"] for one in found.emails] == [False, False]
    assert flags(imap, uids[1]) == set()
    oldest = mail_read.read_emails(run, limit=1, newest_first=False, mark_as_read=True, **login(imap))
    assert [one["subject"] for one in oldest.emails] == ["One"]
    assert flags(imap, uids[0]) == {"\\Seen"}
    unseen = mail_read.read_emails(run, search_criteria="UNSEEN", **login(imap))
    assert [one["subject"] for one in unseen.emails] == ["Three", "Two"]


def test_messages_are_chosen_by_what_is_in_them(run: Context, imap: ImapServer) -> None:
    for subject, sender, file in (
        ("Invoice 1", "a@x.org", "i.pdf"),
        ("invoice 2", "b@y.org", ""),
        ("Hi", "a@x.org", ""),
    ):
        imap.add(letter(subject, sender=sender, file=file))
    emails = mail_read.read_emails(run, newest_first=False, **login(imap)).emails

    def kept(given: Any = None, **settings: Any) -> list[str]:
        return [one["subject"] for one in mail_read.filter_emails(run, given, **settings).filtered]

    assert kept(emails, subject_contains="INVOICE") == ["Invoice 1", "invoice 2"]
    assert kept(subject_contains="invoice", from_contains="x.org") == ["Invoice 1"]
    assert kept(has_attachments="no") == ["invoice 2", "Hi"]
    assert kept(body_contains="text of hi") == ["Hi"]
    assert kept([], unread_only=True) == []
    content = mail_read.get_email_content(run, emails[1])
    assert (content.subject, content.from_, content.body_text.strip()) == ("invoice 2", "b@y.org", "Text of invoice 2")
    assert mail_read.get_email_content(run).subject == "Invoice 1"


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ({"mark_as": "read"}, {"\\Seen"}),
        ({"mark_as": "unread"}, set()),
        ({"mark_as": "flagged"}, {"\\Flagged"}),
        ({"as_read": True}, {"\\Seen"}),
        ({"as_read": False}, set()),
    ],
)
def test_a_message_is_marked(run: Context, imap: ImapServer, settings: dict[str, Any], left: set[str]) -> None:
    uid = imap.add(letter("One"))
    assert mail_change.mark_email(run, email_uid=uid, **settings, **login(imap)).success
    assert flags(imap, uid) == left


@pytest.mark.parametrize("can_move", [True, False])
def test_a_message_is_moved_and_deleted_alone(run: Context, imap: ImapServer, can_move: bool) -> None:
    imap.can_move = can_move
    for subject in ("One", "Two", "Three"):
        imap.add(letter(subject))
    mail_change.move_email(run, email_uid="2", target_folder="Archive", **login(imap))
    assert ([one.uid for one in imap.folders["INBOX"]], len(imap.folders["Archive"])) == ([1, 3], 1)
    mail_change.delete_email(run, email_uid="1", **login(imap))
    assert flags(imap, "1") == {"\\Deleted"}
    mail_change.mark_email(run, email_uid="1", mark_as="read", **login(imap))
    imap.folders["INBOX"][0].flags.clear()
    mail_change.delete_email(run, email_uid="3", permanent=True, **login(imap))
    assert [one.uid for one in imap.folders["INBOX"]] == [1]


def test_nodes_after_the_first_need_neither_server_nor_message(run: Context, imap: ImapServer, tmp_path: Path) -> None:
    uid = imap.add(letter("One", file="../../evil name?.pdf"))
    mail_read.read_emails(run, **login(imap))
    mail_change.mark_email(run, as_read=True)
    assert flags(imap, uid) == {"\\Seen"}
    first = mail_read.save_attachment(run, save_path="files")
    again = mail_read.save_attachment(run, save_path="files")
    assert first.count_ == again.count_ == 1
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == [
        "_.._evil name_ (2).pdf",
        "_.._evil name_.pdf",
    ]
    assert Path(first.saved_files[0]).read_bytes() == b"content"
    with pytest.raises(NodeError, match=r"no attachment b.pdf"):
        mail_read.save_attachment(run, save_path="files", filename="b.pdf")
    assert "correct horse" not in repr(run.__dict__)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"password": "hidden"}, "refused the login of ann@example.org"),
        ({"imap_port": 1}, "no connection to the mail server"),
        ({"folder": "None"}, "no folder None"),
        ({"search_criteria": "NONSENSE"}, "broke off|does not understand"),
        ({"imap_server": ""}, "no mail server is given"),
    ],
)
def test_a_mailbox_that_cannot_be_read_says_why(
    run: Context, imap: ImapServer, settings: dict[str, Any], told: str
) -> None:
    with pytest.raises(NodeError, match=told) as failed:
        mail_read.read_emails(run, **{**login(imap), **settings})
    assert "hidden" not in str(failed.value)


@pytest.mark.parametrize(("uid", "error"), [("9", NodeError), ("x y", ValueError)])
def test_a_message_that_is_not_there_cannot_be_changed(
    run: Context, imap: ImapServer, uid: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        mail_change.delete_email(run, email_uid=uid, **login(imap))
    with pytest.raises(NodeError, match="there is no message"):
        mail_change.mark_email(run, **login(imap))


@pytest.mark.parametrize(
    ("name", "written"),
    [("INBOX", '"INBOX"'), ("A & B", '"A &- B"'), ('a"b', '"a\\"b"'), ("Entwürfe", '"Entw&APw-rfe"')],
)
def test_the_name_of_a_folder_is_written_as_the_protocol_wants_it(name: str, written: str) -> None:
    assert quoted(name) == written


def test_the_super_node_offers_its_six_actions(catalog: Catalog) -> None:
    spec = catalog.find("EmailSuperNode")
    assert spec is not None
    actions = ["Send Email", "Read Emails", "Mark Email", "Delete Email", "Move Email", "Save Attachment"]
    assert [value for value, _ in spec.members] == actions
