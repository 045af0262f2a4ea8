"""Base64 and UUIDs: texts that stand for something else."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from typing import Annotated, Literal, NamedTuple

from casare.sdk import Cost, DataType, Out, Param, Widget, as_choice, as_integer, as_text, node

_SPACE = re.compile(r"\s+")
_MOST = 10_000


class Converted(NamedTuple):
    """A text in its other form."""

    output: Annotated[str, Out(aliases=("result",))]
    success: bool


class Identifiers(NamedTuple):
    """One or more UUIDs."""

    uuid: Annotated[str, Out(help="The first one.", aliases=("result",))]
    uuids: Annotated[list[str], Out(help="All of them.")]
    success: bool


@node(
    "Base64Node",
    title="Base64",
    category="text",
    icon="binary",
    cost=Cost(complexity=2, runtime_ms=0.2, memory_mb=1),
    headline="action",
    keywords=("encode", "decode", "convert", "bytes"),
    pure=True,
)
def base64_text(
    input_text: Annotated[
        str | bytes,
        Param(type=DataType.TEXT, widget=Widget.MULTILINE, aliases=("text", "input", "data"), help="What to convert."),
    ],
    *,
    action: Annotated[Literal["encode", "decode"], Param(help="To Base64, or back from it.")] = "encode",
) -> Converted:
    """Encode text as Base64, or decode it.

    Text is taken as utf-8. Decoding also takes the web-safe alphabet (- and _), line breaks and missing = at the end;
    what does not decode to utf-8 text is refused.
    """
    if as_choice(action, ("encode", "decode"), "action") == "encode":
        raw = input_text if isinstance(input_text, bytes) else as_text(input_text).encode("utf-8")
        return Converted(base64.b64encode(raw).decode("ascii"), True)
    packed = _SPACE.sub("", as_text(input_text)).translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
        return Converted(raw.decode("utf-8"), True)
    except UnicodeDecodeError:
        raise ValueError("input_text decodes to bytes that are not utf-8 text") from None
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"input_text is not Base64: {error}") from None


@node(
    "UUIDGeneratorNode",
    title="Generate UUIDs",
    category="text",
    icon="hash",
    cost=Cost(complexity=1, runtime_ms=0.1, memory_mb=0.1),
    headline="count",
    keywords=("guid", "id", "unique", "identifier", "random"),
)
def generate_uuids(
    *,
    uuid_version: Annotated[
        Literal["4", "1"], Param(aliases=("version",), help="4 is pure chance; 1 holds the time and the computer.")
    ] = "4",
    count: Annotated[int, Param(minimum=1, maximum=_MOST, help="How many.")] = 1,
) -> Identifiers:
    """Make one or more identifiers that no other computer will make."""
    make = {"4": uuid.uuid4, "1": uuid.uuid1}[as_choice(uuid_version, ("1", "4"), "uuid_version")]
    wanted = as_integer(count, "count")
    if not 1 <= wanted <= _MOST:
        raise ValueError(f"count must be from 1 to {_MOST}, but it is {wanted}")
    made = [str(make()) for _ in range(wanted)]
    return Identifiers(made[0], made, True)
