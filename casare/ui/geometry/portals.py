"""The tags of portals: wires that are shown as a name at either end instead of a line across the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from casare.app.editing.wire_looks import portal_of
from casare.foundation.rect import Rect
from casare.model import Graph, WireKey
from casare.ui.geometry.card import Card
from casare.ui.geometry.metrics import TAG_GAP, TAG_HEIGHT

_LETTER = 6.4
"""What a letter of the tag's type is wide, scene px: wide enough for any text of ordinary words."""
_PADDING = 20
_WIDEST = 150


class Placed(Protocol):
    """What knows where the cards are."""

    @property
    def cards(self) -> Mapping[str, Card]:
        """Return the cards by node."""


class PortalTags(NamedTuple):
    """The two tags of a portal and the ports they stand at (scene px)."""

    name: str
    source: Rect
    target: Rect
    start: tuple[float, float]
    end: tuple[float, float]

    @property
    def rect(self) -> Rect:
        """Return a rectangle around both."""
        return Rect.around((self.source.grown(TAG_GAP), self.target.grown(TAG_GAP))) or self.source


def portal_tags(geometry: Placed, graph: Graph, key: WireKey) -> PortalTags | None:
    """Return where a portal's tags are, or None for an ordinary wire. Tags at one port stand below each other."""
    wire = graph.connections.get(key)
    name = portal_of(wire.extra) if wire is not None and wire.extra else ""
    if not name or key[0] not in geometry.cards or key[2] not in geometry.cards:
        return None
    start = geometry.cards[key[0]].port_at(key[1], True)
    end = geometry.cards[key[2]].port_at(key[3], False)
    width = min(_WIDEST, len(name) * _LETTER + _PADDING)
    rows = sorted({portal_of(one.extra) for one in graph.outgoing(key[0]).values() if one[1] == key[1] and one.extra})
    below = [row for row in rows if row].index(name) * (TAG_HEIGHT + 2)
    source = Rect(start[0] + TAG_GAP, start[1] - TAG_HEIGHT / 2 + below, width, TAG_HEIGHT)
    arriving = [one for one, held in graph.incoming(key[2]).items() if one[3] == key[3] and portal_of(held.extra)]
    above = arriving.index(key) * (TAG_HEIGHT + 2)
    target = Rect(end[0] - TAG_GAP - width, end[1] - TAG_HEIGHT / 2 + above, width, TAG_HEIGHT)
    return PortalTags(name, source, target, start, end)
