"""A workflow as a small picture: boxes and wires in whole steps, compact enough to ride along in the file."""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

MAX_BOXES: Final = 400
MAX_WIRES: Final = 600
MAX_ENCODED: Final = 8192
"""Bytes of an encoded picture's boxes and wires: 400 boxes and 600 wires take 8,000."""

STEPS: Final = 65535
"""Steps into which each axis is divided."""


class Box(NamedTuple):
    """One box: its place and size as fractions (0 to 1) of the picture, and the category of what it shows."""

    x: float
    y: float
    width: float
    height: float
    category: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and wires in steps of 1/65535 of the workflow's bounds; `aspect` is width by height of those.

    Both are kept packed and unpacked when they are drawn, since most previews that are read are never looked at.
    """

    aspect: float
    categories: tuple[str, ...]
    packed_boxes: str
    """Base64 of x, y, width, height (u16, little-endian) of all boxes, then of one byte each: index in `categories`."""
    packed_wires: str
    """Base64 of source and target box (u16, little-endian) of each wire."""

    def boxes(self) -> list[Box]:
        """Return the boxes; none when the picture is damaged."""
        places, kinds = self._unpacked()
        categories = self.categories
        return [
            Box(x / STEPS, y / STEPS, width / STEPS, height / STEPS, categories[kind])
            for x, y, width, height, kind in zip(
                places[::4], places[1::4], places[2::4], places[3::4], kinds, strict=True
            )
        ]

    def wires(self) -> list[tuple[float, float, float, float]]:
        """Return the wires as (x1, y1, x2, y2), from the right side of one box to the left side of the other."""
        places, kinds = self._unpacked()
        ends = _numbers(self.packed_wires)
        if len(ends) % 2 or len(ends) > 2 * MAX_WIRES or max(ends, default=-1) >= len(kinds):
            return []
        found = []
        for source, target in zip(ends[::2], ends[1::2], strict=True):
            x, y, width, height = places[4 * source : 4 * source + 4]
            to_x, to_y, _, to_height = places[4 * target : 4 * target + 4]
            start = ((x + width) / STEPS, (y + height / 2) / STEPS)
            found.append((*start, to_x / STEPS, (to_y + to_height / 2) / STEPS))
        return found

    def encoded(self) -> dict[str, Any]:
        """Return the picture as JSON values."""
        return {
            "aspect": self.aspect,
            "categories": list(self.categories),
            "boxes": self.packed_boxes,
            "wires": self.packed_wires,
        }

    def _unpacked(self) -> tuple[array[int], bytes]:
        raw = _bytes(self.packed_boxes)
        count = len(raw) // 9
        kinds = raw[8 * count :]
        if len(raw) % 9 or count > MAX_BOXES or max(kinds, default=-1) >= len(self.categories):
            return array("H"), b""
        return _array(raw[: 8 * count]), kinds


def decoded(raw: Any) -> Picture:
    """Return the picture that `encoded` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    aspect, categories, boxes, wires = raw["aspect"], raw["categories"], raw["boxes"], raw["wires"]
    if not all(isinstance(text, str) for text in (*categories, boxes, wires)) or type(aspect) is not float:
        raise TypeError("this is no picture")
    if not 0 < aspect < float("inf") or len(boxes) + len(wires) > MAX_ENCODED:
        raise ValueError("this is no picture")
    return Picture(aspect, tuple(categories), boxes, wires)


def make_picture(
    places: Sequence[tuple[float, float, float, float]],
    categories: Sequence[str],
    wires: Sequence[tuple[int, int]],
    *,
    left: float,
    top: float,
    width: float,
    height: float,
) -> Picture:
    """Return a picture of boxes given in scene px, which lie inside the given bounds, and of wires between them."""
    names = tuple(dict.fromkeys(categories))[:256]
    index_of = {name: index for index, name in enumerate(names)}
    steps = array("H")
    for x, y, box_width, box_height in places:
        steps.extend(
            (
                _step(x - left, width),
                _step(y - top, height),
                max(1, _step(box_width, width)),
                max(1, _step(box_height, height)),
            )
        )
    kinds = bytes(index_of.get(name, 0) for name in categories)
    ends = array("H", (end for wire in wires for end in wire))
    boxes, packed_wires = b64encode(_little(steps) + kinds).decode(), b64encode(_little(ends)).decode()
    return Picture(float(width / height), names, boxes, packed_wires)


def _step(value: float, extent: float) -> int:
    return min(STEPS, max(0, round(value / extent * STEPS)))


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def _bytes(packed: str) -> bytes:
    try:
        return b64decode(packed, validate=True)
    except ValueError:
        return b""


def _numbers(packed: str) -> array[int]:
    raw = _bytes(packed)
    return _array(raw) if len(raw) % 2 == 0 else array("H")


def _array(raw: bytes) -> array[int]:
    values = array("H", raw)
    if sys.byteorder == "big":
        values.byteswap()
    return values
