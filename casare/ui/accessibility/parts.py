"""The accessible interfaces of what is on a canvas. None outlives the canvas's own, which makes and drops them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface

from casare.app.finding import Kind
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.sdk import Port
from casare.ui.accessibility.words import decor_name, node_description, node_name, port_name, wire_name
from casare.ui.geometry.card import CardShape
from casare.ui.geometry.metrics import ROW_HEIGHT

if TYPE_CHECKING:
    from casare.ui.accessibility.canvas_interface import CanvasInterface
    from casare.ui.canvas.stage import Stage

_NAME = QAccessible.Text.Name
_DESCRIPTION = QAccessible.Text.Description


class Part(QAccessibleInterface):
    """Something on a canvas. Subclasses say what it is called, where it is, and whether it still exists."""

    part_role = QAccessible.Role.Grouping

    def __init__(self, canvas: CanvasInterface) -> None:
        super().__init__()
        self.canvas = canvas

    @property
    def stage(self) -> Stage:
        """What the canvas shows."""
        return self.canvas.stage

    @property
    def exists(self) -> bool:
        """Whether the graph still holds it."""
        return False

    @property
    def selected(self) -> bool:
        """Whether it is selected."""
        return False

    @property
    def area(self) -> Rect:
        """Where it is (scene px)."""
        return Rect(0, 0, 0, 0)

    def named(self) -> str:
        """Return what it is called."""
        return ""

    def described(self) -> str:
        """Return what else there is to say."""
        return ""

    def isValid(self) -> bool:  # noqa: N802
        """Tell whether it still exists."""
        return self.canvas.alive and self.exists

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return None: no QObject stands for it."""
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the canvas."""
        return self.canvas

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a part of it; most have none."""
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """Return the part of it at a point of the screen."""
        for number in range(self.childCount()):
            found = self.child(number)
            if found is not None and found.rect().contains(x, y):
                return found
        return None

    def childCount(self) -> int:  # noqa: N802
        """Return how many parts it has."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:  # noqa: N802
        """Return which part this is, -1 for none of them."""
        return -1

    def role(self) -> QAccessible.Role:
        """Return what it is."""
        return self.part_role

    def state(self) -> QAccessible.State:
        """Return whether it is selected, has the focus, and is in view."""
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        state.selectable = True
        state.focusable = True
        state.selected = self.selected
        state.focused = self.selected and self.canvas.focused_part() is self
        state.offscreen = not self.canvas.seen().touches(self.area)
        return state

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self.canvas.on_screen(self.area) if self.isValid() else QRect()

    def text(self, kind: QAccessible.Text) -> str:
        """Return its name or its description."""
        if not self.isValid():
            return ""
        return self.named() if kind == _NAME else self.described() if kind == _DESCRIPTION else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:  # noqa: N802
        """Do nothing: names are changed by the commands for it."""


class NodePart(Part):
    """A node; its parts are its inputs, its outputs, and the wires that start at it."""

    def __init__(self, canvas: CanvasInterface, node_id: str) -> None:
        super().__init__(canvas)
        self.node_id = node_id
        self._ports: dict[tuple[str, bool], PortPart] = {}
        self._wires: dict[WireKey, WirePart] = {}

    @property
    def exists(self) -> bool:
        """Whether the node is there."""
        return self.node_id in self.stage.geometry.cards

    @property
    def selected(self) -> bool:
        """Whether the node is selected."""
        return self.node_id in self.stage.document.selection.nodes

    @property
    def area(self) -> Rect:
        """The rectangle of the card."""
        return self.stage.geometry.cards[self.node_id].rect

    @property
    def shape(self) -> CardShape:
        """Where the ports are."""
        return self.stage.geometry.cards[self.node_id].shape

    def named(self) -> str:
        """Return title, type and state."""
        return node_name(self.stage, self.node_id)

    def described(self) -> str:
        """Return its value and its wires."""
        return node_description(self.stage, self.node_id)

    def childCount(self) -> int:  # noqa: N802
        """Return how many ports and outgoing wires there are."""
        if not self.isValid():
            return 0
        return len(self.shape.inputs) + len(self.shape.outputs) + len(self._wire_keys())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a port, inputs first, or a wire."""
        if not 0 <= index < self.childCount():
            return None
        ports = [(spot.port, False) for spot in self.shape.inputs.values()]
        ports += [(spot.port, True) for spot in self.shape.outputs.values()]
        if index < len(ports):
            return self.port(*ports[index])
        return self.wire(self._wire_keys()[index - len(ports)])

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """Return which port or wire this is."""
        return next((number for number in range(self.childCount()) if self.child(number) is child), -1)

    def port(self, port: Port, output: bool) -> PortPart:
        """Return the interface of a port."""
        key = (port.name, output)
        if key not in self._ports:
            self._ports[key] = PortPart(self, port, output)
        return self._ports[key]

    def wire(self, key: WireKey) -> WirePart:
        """Return the interface of a wire that starts here."""
        if key not in self._wires:
            self._wires[key] = WirePart(self, key)
        return self._wires[key]

    def state(self) -> QAccessible.State:
        """Return the state, with whether there is an error."""
        state = super().state()
        if self.isValid():
            state.invalid = self.stage.problems.get(self.node_id) == "error"
        return state

    def drop(self) -> list[Part]:
        """Give up the parts, and return them with this one."""
        parts: list[Part] = [*self._ports.values(), *self._wires.values(), self]
        self._ports, self._wires = {}, {}
        return parts

    def _wire_keys(self) -> list[WireKey]:
        return list(self.stage.document.graph.outgoing(self.node_id))


class PortPart(Part):
    """A port of a node."""

    part_role = QAccessible.Role.ListItem

    def __init__(self, node: NodePart, port: Port, output: bool) -> None:
        super().__init__(node.canvas)
        self.node, self.port, self.output = node, port, output

    @property
    def exists(self) -> bool:
        """Whether the node still has this port."""
        return self.node.exists and self.node.shape.spot(self.port.name, self.output) is not None

    @property
    def area(self) -> Rect:
        """A row's height around the port."""
        x, y = self.stage.geometry.cards[self.node.node_id].port_at(self.port.name, self.output)
        return Rect(x - ROW_HEIGHT / 2, y - ROW_HEIGHT / 2, ROW_HEIGHT, ROW_HEIGHT)

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the node."""
        return self.node

    def named(self) -> str:
        """Return side, name, type and wires."""
        return port_name(self.stage, self.node.node_id, self.port, output=self.output)


class WirePart(Part):
    """A wire, below the node it starts at."""

    part_role = QAccessible.Role.Link

    def __init__(self, node: NodePart, key: WireKey) -> None:
        super().__init__(node.canvas)
        self.node, self.key = node, key

    @property
    def exists(self) -> bool:
        """Whether the wire is there."""
        return self.key in self.stage.document.graph.connections

    @property
    def selected(self) -> bool:
        """Whether the wire is selected."""
        return self.key in self.stage.document.selection.wires

    @property
    def area(self) -> Rect:
        """The rectangle around its course."""
        return self.stage.geometry.reach_of(self.key)

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the node it starts at."""
        return self.node

    def named(self) -> str:
        """Return where it starts and ends."""
        return wire_name(self.stage, self.key)


class DecorPart(Part):
    """A frame or a note."""

    def __init__(self, canvas: CanvasInterface, kind: Kind, decor_id: str) -> None:
        super().__init__(canvas)
        self.kind, self.decor_id = kind, decor_id
        self.part_role = QAccessible.Role.Grouping if kind is Kind.FRAME else QAccessible.Role.Note

    @property
    def exists(self) -> bool:
        """Whether it is there."""
        graph = self.stage.document.graph
        return self.decor_id in (graph.frames if self.kind is Kind.FRAME else graph.notes)

    @property
    def selected(self) -> bool:
        """Whether it is selected."""
        selection = self.stage.document.selection
        return self.decor_id in (selection.frames if self.kind is Kind.FRAME else selection.notes)

    @property
    def area(self) -> Rect:
        """Its rectangle."""
        graph = self.stage.document.graph
        held = graph.frames[self.decor_id] if self.kind is Kind.FRAME else graph.notes[self.decor_id]
        return Rect(*held.position, *held.size)

    def named(self) -> str:
        """Return title or text."""
        return decor_name(self.stage, self.kind, self.decor_id)
