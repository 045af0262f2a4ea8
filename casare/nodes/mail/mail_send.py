"""Send mail over SMTP."""

from __future__ import annotations

import mimetypes
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, getaddresses, make_msgid
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.files.paths import existing_file
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_flag,
    as_float,
    as_integer,
    as_items,
    as_text,
    node,
)

_ADVANCED: Final = Visibility.ADVANCED
_Addresses = Annotated[str, Param(help="More addresses, parted by commas.")]


class Sent(NamedTuple):
    """A message on its way."""

    success: bool
    message_id: Annotated[str, Out(help="The id in the message, by which answers refer to it.")]


@node(
    "SendEmailNode",
    title="Send email",
    category="mail",
    icon="send",
    cost=Cost(complexity=6, runtime_ms=900, memory_mb=3, bound=Bound.IO),
    headline="{to_email}: {subject}",
    keywords=("mail", "smtp", "message", "notify", "attachment"),
)
def send_email(
    context: Context,
    to_email: Annotated[
        str, Param(aliases=("to", "recipient", "recipients"), placeholder="ann@example.org", help="To whom.")
    ],
    subject: Annotated[str, Param(help="What it is about.")] = "",
    body: Annotated[str, Param(widget=Widget.MULTILINE, aliases=("message", "text"), help="The text.")] = "",
    attachments: Annotated[
        list[Any] | None, Param(aliases=("attachment_file",), help="The paths of files to send along.")
    ] = None,
    *,
    smtp_server: Annotated[
        str, Param(aliases=("server", "host"), placeholder="smtp.example.org", help="The server that sends it.")
    ] = "",
    smtp_port: Annotated[int, Param(minimum=1, maximum=65535, help="587 with TLS, 465 with SSL, or 25.")] = 587,
    username: Annotated[str, Param(aliases=("user",), help="The name to log in with; empty: without a login.")] = "",
    password: Annotated[
        str, Param(widget=Widget.SECRET, help="The password, or {{$secret:name}} for a stored one.")
    ] = "",
    from_email: Annotated[str, Param(aliases=("from", "sender"), help="From whom; empty: the user name.")] = "",
    cc: _Addresses = "",
    bcc: _Addresses = "",
    reply_to: Annotated[str, Param(visibility=_ADVANCED, help="Where answers go, if not to the sender.")] = "",
    is_html: Annotated[bool, Param(aliases=("html",), help="Says that the text is HTML.")] = False,
    use_tls: Annotated[bool, Param(visibility=_ADVANCED, help="Encrypts after the greeting, as port 587 does.")] = True,
    use_ssl: Annotated[bool, Param(visibility=_ADVANCED, help="Encrypts from the start, as port 465 does.")] = False,
    timeout: Annotated[float, Param(minimum=0.1, unit="s", visibility=_ADVANCED, help="When to give up.")] = 30.0,
) -> Sent:
    """Send a message, with files if you like.

    It is handed to the server of your provider; whether it arrives, only answers can tell. The node fails when the
    server takes it for none of the addresses.
    """
    host = as_text(smtp_server).strip()
    if not host:
        raise NodeError("no mail server is given", mend="Write the server of your provider into smtp_server.")
    message = _message(to_email, cc, subject, body, from_email or username, reply_to, is_html)
    for told in as_items(attachments, "attachments"):
        path = existing_file(context, told, "attachments")
        kind, _, detail = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").partition("/")
        message.add_attachment(path.read_bytes(), maintype=kind, subtype=detail, filename=path.name)
    # An empty text among the others makes newer Pythons take all of them for damaged.
    written = [text for one in (to_email, cc, bcc) if (text := as_text(one).strip())]
    everybody = [address for _, address in getaddresses(written) if address]
    number, seconds = as_integer(smtp_port, "smtp_port"), as_float(timeout, "timeout")
    name = f"{host}:{number}"
    try:
        secure = as_flag(use_ssl, "use_ssl")
        with _connected(host, number, seconds, secure=secure) as server:
            if as_flag(use_tls, "use_tls") and not secure:
                server.starttls(context=ssl.create_default_context())
            if as_text(username):
                server.login(as_text(username), as_text(password))
            refused = server.send_message(message, to_addrs=everybody)
    except (smtplib.SMTPException, OSError) as error:
        raise _problem(error, name, seconds) from None
    for address, (code, why) in refused.items():
        context.log(f"{name} refused {address}: {code} {why.decode(errors='replace')}", level="warning")
    return Sent(True, str(message["Message-ID"]))


def _message(
    to: object, cc: object, subject: object, body: object, sender: object, reply_to: object, is_html: object
) -> EmailMessage:
    for what, told in (
        ("to_email", to),
        ("cc", cc),
        ("from_email", sender),
        ("subject", subject),
        ("reply_to", reply_to),
    ):
        if any(mark in as_text(told) for mark in "\r\n"):
            raise ValueError(f"{what} holds a line break, which would add another header")
    if not any(address for _, address in getaddresses([as_text(to)])):
        raise ValueError("to_email is empty; write an address there")
    if not as_text(sender).strip():
        raise ValueError("from_email is empty; write the address it comes from there")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = as_text(sender), as_text(to), as_text(subject)
    for name, told in (("Cc", cc), ("Reply-To", reply_to)):
        if as_text(told).strip():
            message[name] = as_text(told)
    message["Date"] = formatdate(localtime=True)
    domain = getaddresses([as_text(sender)])[0][1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = make_msgid(domain=domain)
    message.set_content(as_text(body), subtype="html" if as_flag(is_html, "is_html") else "plain")
    return message


def _connected(host: str, port: int, seconds: float, *, secure: bool) -> smtplib.SMTP:
    if secure:
        return smtplib.SMTP_SSL(host, port, timeout=seconds, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=seconds)


def _problem(error: Exception, name: str, seconds: float) -> NodeError:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NodeError(f"{name} refused the login", mend="Check user name and password; many want an app password.")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return NodeError(f"{name} refused {', '.join(error.recipients)}", mend="Check the addresses.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NodeError(f"{name}: {error}", mend="Turn off use_tls, or use another port.")
    if isinstance(error, TimeoutError):
        return NodeError(f"{name} did not answer within {seconds:g} s", mend="Check the port, or raise the timeout.")
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return NodeError(f"no connection to the mail server {name}: {error}", mend="Check server and port.")
    return NodeError(f"{name} did not take the message: {error}", mend="Look at what it says, or try again later.")
