"""What a preview needs to know of a workflow, small enough to be read without its nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from zlib import crc32

import orjson

from casare.storage.skeletons.picture import Picture, decoded

MAX_SKELETON: Final = 24 * 1024
"""Bytes of an encoded skeleton, picture included."""

OTHERS: Final = "…"
"""The name under which what does not fit is counted together."""

_VERSION: Final = 1
_CHECKSUM: Final = 8


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The face of a workflow: what it is called, what is in it, where it lies (scene px) and how it looks.

    `sha256` is that of the JSON body it was made from; `grade` is the profile's at the last save, or empty.
    """

    name: str = ""
    description: str = ""
    node_count: int = 0
    connection_count: int = 0
    node_types: Mapping[str, int] | None = None
    variables: tuple[str, ...] = ()
    bounds: tuple[float, float, float, float] | None = None
    grade: str = ""
    picture: Picture | None = None
    sha256: str = ""


def encode_skeleton(skeleton: Skeleton) -> bytes:
    """Return the skeleton as at most MAX_SKELETON bytes; names, lists and texts are cut as far as that needs.

    The JSON text is preceded by its CRC-32 in eight hexadecimal digits: neither container protects it with its own.
    """
    limit = 128
    while len(encoded := _encoded(_cut(skeleton, limit))) > MAX_SKELETON - _CHECKSUM and limit > 1:
        limit //= 2
    return b"%08x" % crc32(encoded) + encoded


def decode_skeleton(raw: bytes) -> Skeleton | None:
    """Return the skeleton that `encode_skeleton` wrote, or None for anything else."""
    try:
        encoded = raw[_CHECKSUM:]
        if int(raw[:_CHECKSUM], 16) != crc32(encoded):
            return None
        held = orjson.loads(encoded)
        if held["casare"] != _VERSION:
            return None
        return Skeleton(
            name=_text(held["name"]),
            description=_text(held["description"]),
            node_count=_count(held["nodes"]),
            connection_count=_count(held["wires"]),
            node_types={_text(name): _count(count) for name, count in held["types"].items()},
            variables=tuple(_text(name) for name in held["variables"]),
            bounds=_bounds(held["bounds"]),
            grade=_text(held["grade"]),
            picture=None if held["picture"] is None else decoded(held["picture"]),
            sha256=_text(held["sha256"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _encoded(skeleton: Skeleton) -> bytes:
    return orjson.dumps(
        {
            "casare": _VERSION,
            "name": skeleton.name,
            "description": skeleton.description,
            "nodes": skeleton.node_count,
            "wires": skeleton.connection_count,
            "types": dict(skeleton.node_types or {}),
            "variables": list(skeleton.variables),
            "bounds": skeleton.bounds,
            "grade": skeleton.grade,
            "sha256": skeleton.sha256,
            "picture": skeleton.picture.encoded() if skeleton.picture else None,
        }
    )


def _cut(skeleton: Skeleton, limit: int) -> Skeleton:
    variables = [_clipped(name, limit) for name in skeleton.variables[:limit]]
    if len(skeleton.variables) > limit:
        variables.append(OTHERS)
    picture = skeleton.picture
    if picture is not None:
        picture = replace(picture, categories=tuple(_clipped(name, limit) for name in picture.categories))
    return replace(
        skeleton,
        name=_clipped(skeleton.name, 2 * limit),
        description=_clipped(skeleton.description, 8 * limit),
        node_types=capped_types(skeleton.node_types or {}, limit),
        variables=tuple(variables),
        grade=_clipped(skeleton.grade, 8),
        picture=picture,
    )


def capped_types(counts: Mapping[str, int], limit: int) -> dict[str, int]:
    """Return the `limit` most used types, by count and then by name, and the sum of the others under "…"."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kept: Counter[str] = Counter()
    for name, count in ranked[:limit]:
        kept[_clipped(name, limit)] += count
    rest = sum(count for _, count in ranked[limit:])
    if rest:
        kept[OTHERS] += rest
    return dict(kept)


def _clipped(text: str, limit: int) -> str:
    # A text with half a character (a lone surrogate) has no UTF-8 form.
    text = text if len(text) <= limit else text[:limit] + OTHERS
    return text.encode("utf-8", "replace").decode()


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a count is expected")
    return value


def _bounds(value: Any) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    x, y, width, height = map(_number, value)
    return x, y, width, height


def _number(value: Any) -> float:
    if type(value) not in (int, float):
        raise TypeError("a number is expected")
    return value  # type: ignore[no-any-return]


def names_of(variables: Iterable[Any]) -> tuple[str, ...]:
    """Return those keys that are texts, which in a file all are."""
    return tuple(name for name in variables if isinstance(name, str))
