"""Parse a large body piece by piece, so that no single step holds the interpreter, and with it the window, for long.

Parsing 5 MB in one call takes longer than a frame, and nothing else runs meanwhile. So msgspec finds where each section
begins and ends; where one alone would take a frame it finds the nodes and wires in it too, and orjson parses a few
hundred of them at a time. That is no slower altogether, and from tens of megabytes on twice as fast, since each piece
stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from casare.storage.bytes.parse import _has_long_integer

if TYPE_CHECKING:
    import msgspec

WORTH_IT: Final = 512 * 1024
"""Bytes of body from which slicing pays; below, one call takes a few ms."""
AT_ONCE: Final = 4 * 1024 * 1024
"""Bytes of a section that are parsed in one call: 12 ms."""
_NODES_AT_ONCE: Final = 256
_WIRES_AT_ONCE: Final = 768
_BEGINS: Final = {"nodes": b"{", "connections": b"["}


class _Decoders(NamedTuple):
    objects: msgspec.json.Decoder[Any]
    lists: msgspec.json.Decoder[Any]


def parse_in_slices(text: bytes, step: Callable[[float], object]) -> dict[str, Any] | None:
    """Return the value of a workflow's JSON text, calling `step` after each piece with the share that is done (0 to 1).

    None for whatever needs the patient parser: another shape, integers past 64 bits, half characters, broken JSON.
    What is returned is what orjson makes of the text. Raises what `step` raises.
    """
    import msgspec

    decoders = _decoders()
    parsed: dict[str, Any] = {}
    done = 0
    try:
        sections: dict[str, memoryview] = decoders.objects.decode(text)
        if any(bytes(memoryview(sections.get(key, b""))[:1]) != begin for key, begin in _BEGINS.items()):
            return None
        step(0.1)
        total = sum(map(len, sections.values()))
        for key, raw in sections.items():
            begun = done

            def told(share: float, begun: int = begun, size: int = len(raw)) -> None:
                step(0.1 + 0.9 * (begun + share * size) / total)

            parsed[key] = _section(key, raw, told) if len(raw) > AT_ONCE else _parsed([raw])[0]
            done += len(raw)
            told(1.0)
    except (msgspec.MsgspecError, ValueError, RecursionError, _Odd):
        return None
    return parsed


def _section(key: str, raw: memoryview, told: Callable[[float], object]) -> Any:
    """Return the value of one large section, parsed a few hundred items at a time."""
    decoders = _decoders()
    values: list[Any] = []
    if key == "nodes":
        nodes: dict[str, Any] = decoders.objects.decode(raw)
        raws = list(nodes.values())
        for piece in _slices(raws, _NODES_AT_ONCE):
            values += _parsed(piece)
            told(len(values) / len(raws))
        return dict(zip(nodes, values, strict=True))
    if key == "connections":
        wires: Sequence[Any] = decoders.lists.decode(raw)
        for piece in _slices(wires, _WIRES_AT_ONCE):
            values += _parsed(piece)
            told(len(values) / len(wires))
        return values
    return _parsed([raw])[0]


class _Odd(Exception):  # noqa: N818  Nothing is wrong yet: the patient parser will tell.
    pass


def _slices(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [items[at : at + size] for at in range(0, len(items), size)]


def _parsed(raws: Sequence[Any]) -> list[Any]:
    piece = b"[" + b",".join(raws) + b"]"
    if _has_long_integer(piece):
        raise _Odd
    try:
        values: list[Any] = orjson.loads(piece)
    except (ValueError, RecursionError) as error:
        raise _Odd from error
    if len(values) != len(raws):
        raise _Odd
    return values


@cache
def _decoders() -> _Decoders:
    import msgspec

    return _Decoders(msgspec.json.Decoder(dict[str, msgspec.Raw]), msgspec.json.Decoder(list[msgspec.Raw]))
