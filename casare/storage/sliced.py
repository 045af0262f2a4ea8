"""Parse a large body piece by piece, so that no single step holds the interpreter, and with it the window, for long.

Parsing 5 MB in one call takes longer than a frame, and nothing else runs meanwhile. So msgspec finds where each node
and wire begins and ends, which takes a fraction of that, and orjson parses a few hundred of them at a time. It is no
slower altogether, and from tens of megabytes on twice as fast, since each piece stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from casare.storage.parse import _has_long_integer

if TYPE_CHECKING:
    import msgspec

WORTH_IT: Final = 512 * 1024
"""Bytes of body from which slicing pays; below, one call takes a few ms."""
_NODES_AT_ONCE: Final = 256
_WIRES_AT_ONCE: Final = 768


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
    try:
        sections: dict[str, Any] = decoders.objects.decode(text)
        nodes: dict[str, Any] = decoders.objects.decode(sections["nodes"])
        step(0.1)
        wires: Sequence[Any] = decoders.lists.decode(sections["connections"])
    except (msgspec.MsgspecError, ValueError, KeyError, RecursionError):
        return None
    step(0.2)
    total = len(nodes) + len(wires) or 1
    parsed: dict[str, Any] = {}
    done = 0
    try:
        for key, raw in sections.items():
            if key == "nodes":
                values: list[Any] = []
                for piece in _slices(list(nodes.values()), _NODES_AT_ONCE):
                    values += _parsed(piece)
                    done += len(piece)
                    step(0.2 + 0.8 * done / total)
                parsed[key] = dict(zip(nodes, values, strict=True))
            elif key == "connections":
                found: list[Any] = []
                for piece in _slices(wires, _WIRES_AT_ONCE):
                    found += _parsed(piece)
                    done += len(piece)
                    step(0.2 + 0.8 * done / total)
                parsed[key] = found
            else:
                parsed[key] = _parsed([raw])[0]
    except _Odd:
        return None
    return parsed


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
