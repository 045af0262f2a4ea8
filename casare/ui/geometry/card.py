"""The shape of a node's card: its height and where its ports are. Nodes with the same ports share one shape."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from casare.catalog import NodePorts
from casare.foundation.rect import Rect
from casare.sdk import Port, PortKind
from casare.ui.geometry.metrics import CARD_PADDING, CARD_WIDTH, HEADER_HEIGHT, HEADLINE_HEIGHT, ROW_HEIGHT

PLAIN_CONTROL = frozenset(("exec_in", "exec_out"))
"""Control ports that need no label: there is one way in and one way out."""


class PortSpot(NamedTuple):
    """A port with its place relative to the card's top-left corner."""

    port: Port
    x: float
    y: float
    labelled: bool


class CardShape:
    """Size and port places of a card, relative to its top-left corner (scene px).

    Left are the inputs, right the outputs, each in declared order. The first control port of each side, when it is a
    plain one, sits on the headline row, so that a node without data ports stays two rows high.
    """

    __slots__ = ("headline", "height", "inputs", "outputs", "places", "ports", "width")

    def __init__(
        self, ports: NodePorts, shown: Collection[tuple[str, bool]] | None = None, *, collapsed: bool = False
    ) -> None:
        """Lay the ports out: all, or those in `shown` (name, is_output). A collapsed card is its header alone."""
        self.ports = ports
        self.width: float = CARD_WIDTH
        self.headline = not collapsed
        inputs = tuple(one for one in ports.inputs if shown is None or (one.name, False) in shown)
        outputs = tuple(one for one in ports.outputs if shown is None or (one.name, True) in shown)
        if collapsed:
            left, right = _spread(inputs, 0.0), _spread(outputs, self.width)
            self.height: float = HEADER_HEIGHT
        else:
            left = _column(inputs, 0.0, plain_first=True)
            right = _column(outputs, self.width, plain_first=False)
            rows = max((_rows(left), _rows(right)))
            self.height = HEADER_HEIGHT + HEADLINE_HEIGHT + ROW_HEIGHT * rows + CARD_PADDING
        self.inputs = {spot.port.name: spot for spot in left}
        self.outputs = {spot.port.name: spot for spot in right}
        self.places: dict[tuple[str, bool], tuple[float, float]] = {}
        """What `place` has answered before, by port name and whether it is an output."""

    def spot(self, port: str, is_output: bool) -> PortSpot | None:
        """Return where a port is. An old name finds the port it means."""
        spots = self.outputs if is_output else self.inputs
        found = spots.get(port)
        if found is None:
            meant = self.ports.output(port) if is_output else self.ports.input(port)
            found = spots.get(meant.name) if meant else None
        return found

    def place(self, port: str, is_output: bool) -> tuple[float, float]:
        """Return the place of a port; the middle of the side when there is no such port."""
        key = (port, is_output)
        place = self.places.get(key)
        if place is None:
            spot = self.spot(port, is_output)
            place = (spot.x, spot.y) if spot else (self.width if is_output else 0.0, self.height / 2)
            self.places[key] = place
        return place


def shown_ports(
    ports: NodePorts, wired: Collection[tuple[str, bool]], *, collapsed: bool
) -> frozenset[tuple[str, bool]]:
    """Return the ports that stay on a card that hides what is not used: wired ones, and the way in and out."""
    shown = set(wired)
    for is_output, side in ((False, ports.inputs), (True, ports.outputs)):
        first = next((port for port in side if port.kind is PortKind.CONTROL), None)
        # A collapsed card that shows one wire needs no second port beside it.
        if first is not None and not (collapsed and any(one[1] is is_output for one in wired)):
            shown.add((first.name, is_output))
    return frozenset(shown)


def _spread(ports: tuple[Port, ...], x: float) -> list[PortSpot]:
    step = HEADER_HEIGHT / (len(ports) + 1)
    return [PortSpot(port, x, step * (number + 1), False) for number, port in enumerate(ports)]


def _column(ports: tuple[Port, ...], x: float, *, plain_first: bool) -> list[PortSpot]:
    spots: list[PortSpot] = []
    row = 0
    for number, port in enumerate(ports):
        on_headline = number == 0 and port.kind is PortKind.CONTROL and (plain_first or port.name in PLAIN_CONTROL)
        if on_headline:
            y = HEADER_HEIGHT + HEADLINE_HEIGHT / 2
        else:
            y = HEADER_HEIGHT + HEADLINE_HEIGHT + ROW_HEIGHT * row + ROW_HEIGHT / 2
            row += 1
        labelled = not on_headline and port.name not in PLAIN_CONTROL
        spots.append(PortSpot(port, x, y, labelled))
    return spots


def _rows(spots: list[PortSpot]) -> int:
    return sum(spot.y > HEADER_HEIGHT + HEADLINE_HEIGHT for spot in spots)


class Card(NamedTuple):
    """A node's card where it stands (scene px)."""

    node_id: str
    x: float
    y: float
    shape: CardShape

    @property
    def rect(self) -> Rect:
        """Return the rectangle of the card without ports that stick out."""
        return Rect(self.x, self.y, self.shape.width, self.shape.height)

    def port_at(self, port: str, is_output: bool) -> tuple[float, float]:
        """Return the place of a port; the middle of the side when the card has no such port."""
        _, x, y, shape = self
        dx, dy = shape.places.get((port, is_output)) or shape.place(port, is_output)
        return (x + dx, y + dy)


class CardSizes(Mapping[str, tuple[float, float]]):
    """Width and height of every card by node (scene px), looked up when asked for: edits ask for a few of thousands."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        self._cards = cards

    def __getitem__(self, node_id: str) -> tuple[float, float]:
        shape = self._cards[node_id].shape
        return shape.width, shape.height

    def __iter__(self) -> Iterator[str]:
        return iter(self._cards)

    def __len__(self) -> int:
        return len(self._cards)
