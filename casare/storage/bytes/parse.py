"""JSON text to values, losing nothing that orjson would lose, and saying exactly what is wrong when it is not JSON."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, Final, NamedTuple

import orjson

from casare.foundation.errors import CasareError, FileError
from casare.storage.bytes.nesting import depth_of_text, too_deep
from casare.storage.reading.problems import ProblemList

_AS_ZERO: Final = bytes(0x30 if 0x30 <= byte <= 0x39 else byte for byte in range(256))
_LONG: Final = b"0" * 19
_EVERY: Final = 3
_LONG_AT_A_GLANCE: Final = b"0" * (19 // _EVERY)
_LONG_INTEGER: Final = re.compile(rb"(?<![\d.\w])-?\d{19,}(?![\d.eE])")
_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse(data: bytes, problems: ProblemList, *, max_depth: int, where: str = "") -> tuple[Any, bytes]:
    """Return the value of JSON text, and the text as it was parsed (UTF-8 without a byte order mark).

    Integers of any length keep their digits. Raises FileError with line, column and an excerpt for anything but JSON,
    and LimitError when it is nested too deep to be parsed.
    """
    text = _as_utf8(data, problems)
    try:
        if _has_long_integer(text):
            return _exact(text), text
        return orjson.loads(text), text
    except (ValueError, RecursionError) as error:
        if depth_of_text(text) > max_depth:
            raise too_deep(max_depth, where) from error
        if isinstance(error, ValueError) and _SURROGATE.search(text):
            value = _with_surrogates(text, problems)
            if value is not None:
                return value.value, text
        raise explain(error, text, where) from error


class _Parsed(NamedTuple):
    value: Any


def _as_utf8(data: bytes, problems: ProblemList) -> bytes:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:]
    if data.startswith(_UTF16):
        try:
            text = data.decode("utf-16").encode()
        except UnicodeError:
            return data
        problems.add("encoding", "The file is in UTF-16.", hint="Saving writes it in UTF-8, as JSON should be.")
        return text
    return data


def _has_long_integer(text: bytes) -> bool:
    # orjson turns integers past 64 bits into floats without a word. A regular expression over the whole text takes
    # twenty times as long as this: nineteen digits in a row show as six when one looks at every third byte.
    if _LONG_AT_A_GLANCE not in text[::_EVERY].translate(_AS_ZERO):
        return False
    return _LONG in text.translate(_AS_ZERO) and _LONG_INTEGER.search(text) is not None


def _exact(text: bytes) -> Any:
    """Parse with exact integers. Raises ValueError, or RecursionError for deep nesting."""
    return json.loads(text, parse_constant=_no_constant, parse_float=_finite)


def _with_surrogates(text: bytes, problems: ProblemList) -> _Parsed | None:
    try:
        value = _exact(text)
    except (ValueError, RecursionError):
        return None
    problems.add(
        "lone-surrogate",
        "A text holds half of a character (an unpaired surrogate).",
        hint="It is kept as it is; some other programs will refuse the file.",
    )
    return _Parsed(value)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"the number {digits} is too large")
    return value


def explain(error: Exception, text: bytes, where: str) -> CasareError:
    """Return the error to show for text that is not JSON: what, at which line and column, and how to mend it."""
    if not text.strip():
        return FileError("The file is empty.", where=where, mend="Restore it from a backup, or start a new workflow.")
    try:
        decoded = text.decode()
    except UnicodeDecodeError as bad:
        line = text.count(b"\n", 0, bad.start) + 1
        return FileError(
            f"The file is not UTF-8 text: byte {bad.start:,} (0x{text[bad.start]:02x}) fits no character.",
            where=f"{where}, line {line}".removeprefix(", "),
            mend=_binary_hint(text),
        )
    position = min(getattr(error, "pos", 0), len(decoded))
    start = decoded.rfind("\n", 0, position) + 1
    line, column = decoded.count("\n", 0, position) + 1, position - start + 1
    end = decoded.find("\n", position)
    excerpt = decoded[max(start, position - 30) : min(end if end >= 0 else len(decoded), position + 30)].strip()
    reason = str(getattr(error, "msg", error)).rstrip(".")
    return FileError(
        f"The file is not valid JSON: {reason}.",
        where=f"{where}, line {line}, column {column}: {excerpt!r}".removeprefix(", "),
        mend=_hint(decoded, position),
    )


def _binary_hint(text: bytes) -> str:
    if text.startswith(b"PK\x03\x04"):
        return "It is a zip archive; unpack it and open the .json file inside."
    if b"\0" in text[:1000]:
        return "It is a binary file, not a workflow."
    return "Save it again as UTF-8 in a text editor."


_HINTS: Final = (
    (re.compile(r"[\s,:\[]*-?(NaN|Infinity)"), "JSON has no NaN or Infinity; write null or a number."),
    (re.compile(r"\s*(//|/\*|#)"), "JSON has no comments; take them out."),
    (re.compile(r"\s*(<<<<<<<|=======|>>>>>>>)"), "The file holds a merge conflict; settle it first."),
    (re.compile(r"[\s,]*'"), 'JSON texts stand in double quotes: "text".'),
    (re.compile(r"\s*,?\s*[\]}]"), "Take out the comma before the closing bracket."),
    (re.compile(r"\s*(None|True|False)\b"), "JSON writes null, true and false."),
)


def _hint(text: str, position: int) -> str:
    if re.match(r"\s*<(!|\?xml|html)", text, re.IGNORECASE):
        return "It is a web page or XML; download the workflow file itself."
    if position >= len(text.rstrip()):
        return "The text breaks off before its end; copy or fetch the file again."
    near = text[position : position + 40]
    for pattern, hint in _HINTS:
        if pattern.match(near):
            return hint
    return "Open the file in a text editor and mend this place, or restore it from a backup."
