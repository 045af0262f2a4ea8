"""Text and bytes as they lie in a file: encodings with errors a person can act on.

Line ends are kept as they are in both directions, so that reading and writing back changes nothing.
"""

from __future__ import annotations

import codecs

from casare.sdk import as_text, write_json

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def known_encoding(name: str) -> str:
    """Return the encoding to use, utf-8 for an empty name; raise ValueError for one Python does not know as text."""
    wanted = as_text(name).strip() or "utf-8"
    try:
        info = codecs.lookup(wanted)
    except LookupError:
        raise ValueError(f"There is no encoding called {wanted!r}; try utf-8, latin-1 or cp1252") from None
    if not getattr(info, "_is_text_encoding", True):
        raise ValueError(f"{wanted!r} does not turn bytes into text; try utf-8, latin-1 or cp1252")
    return wanted


def marked_encoding(raw: bytes) -> str:
    """Return the encoding that a byte order mark at the start of `raw` tells, or ""."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if raw.startswith(mark)), "")


def decoded(raw: bytes, encoding: str, where: object, *, errors: str = "strict") -> str:
    """Return bytes as text; raise ValueError saying which byte of `where` does not fit the encoding."""
    name = known_encoding(encoding)
    try:
        return raw.decode(name, errors=known_errors(errors))
    except UnicodeDecodeError as error:
        byte = f"byte 0x{raw[error.start]:02x} at position {error.start}" if error.start < len(raw) else error.reason
        raise ValueError(f"{where} is not {name} text: {byte}; choose another encoding") from None
    except UnicodeError as error:
        raise ValueError(f"{where} is not {name} text: {error}; choose another encoding") from None


def encoded(content: object, encoding: str, where: object, *, errors: str = "strict") -> bytes:
    """Return content as the bytes to store: bytes as they are, lists and dicts as indented JSON, the rest as text.

    Raises ValueError when a character has no place in the encoding.
    """
    if isinstance(content, (bytes, bytearray)):
        return bytes(content)
    text = write_json(content, str(where), indent=2) if isinstance(content, (dict, list)) else as_text(content)
    name = known_encoding(encoding)
    try:
        return text.encode(name, errors=known_errors(errors))
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{where} cannot hold {text[error.start]!r} as {name} (character {error.start}); utf-8 can hold everything"
        ) from None


def known_errors(name: str) -> str:
    """Return the way to treat characters that do not fit; raise ValueError for one Python does not know."""
    wanted = as_text(name).strip() or "strict"
    try:
        codecs.lookup_error(wanted)
    except LookupError:
        raise ValueError(f"errors must be strict, ignore or replace, but it is {wanted!r}") from None
    return wanted
