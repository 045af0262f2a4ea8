"""The accessible interfaces of what is on a canvas. None outlives the canvas's own, which makes and drops them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface

from casare.app.editing import End
from casare.app.editing.node_looks import is_collapsed
from casare.app.finding import Kind
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.sdk import Port
from casare.ui.accessibility.acts import focus_canvas, press_port
from casare.ui.accessibility.part import Part, Target
from casare.ui.accessibility.words import decor_name, node_description, node_name, port_name, run_status, wire_name
from casare.ui.geometry.card import CardShape
from casare.ui.geometry.metrics import ROW_HEIGHT

if TYPE_CHECKING:
    from casare.ui.accessibility.canvas_interface import CanvasInterface


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

    @property
    def target(self) -> Target:
        """The node."""
        return "node", self.node_id, None

    def choose(self) -> None:
        """Select the node."""
        self.stage.document.reveal([self.node_id])
        focus_canvas(self.canvas)

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
        """Return the state: also whether it runs, has failed or has an error, takes no part, or is collapsed."""
        state = super().state()
        if self.isValid():
            status = run_status(self.stage, self.node_id)
            state.invalid = self.stage.problems.get(self.node_id) == "error" or status == "failed"
            state.busy = status == "running"
            state.disabled = self.stage.face(self.node_id).disabled
            state.expandable = True
            state.collapsed = is_collapsed(self.stage.document.graph.nodes[self.node_id])
            state.expanded = not state.collapsed
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

    @property
    def end(self) -> End:
        """The port as the end of a wire."""
        return End(self.node.node_id, self.port.name, self.output)

    @property
    def press_title(self) -> str:
        """Begin a wire, end it, or let go of it."""
        held = self.canvas.held_end
        return "Begin a wire" if held is None else "Let go of the wire" if held == self.end else "End the wire here"

    @property
    def target(self) -> Target:
        """The node: a port has no menu of its own."""
        return self.node.target

    def choose(self) -> None:
        """Select the node."""
        self.node.choose()

    def press(self) -> None:
        """Take hold of a wire here, or end the one in hand."""
        press_port(self.canvas, self.end)

    def state(self) -> QAccessible.State:
        """Return the state; pressed while a wire is held here."""
        state = super().state()
        state.pressed = self.canvas.held_end == self.end
        return state


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

    @property
    def target(self) -> Target:
        """The wire."""
        return "wire", "", self.key

    def choose(self) -> None:
        """Select the wire."""
        self.stage.document.reveal((), [self.key])
        focus_canvas(self.canvas)

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

    @property
    def target(self) -> Target:
        """The frame or note."""
        return "frame" if self.kind is Kind.FRAME else "note", self.decor_id, None

    def choose(self) -> None:
        """Select it."""
        frame = self.kind is Kind.FRAME
        self.stage.document.selection.set((), (), [self.decor_id] if frame else (), () if frame else [self.decor_id])
        view = self.canvas.view
        if view is not None:
            view.navigator.reveal(self.area)
        focus_canvas(self.canvas)

    def state(self) -> QAccessible.State:
        """Return the state; of a frame also whether it is folded."""
        state = super().state()
        if self.isValid() and self.kind is Kind.FRAME:
            state.expandable = True
            state.collapsed = self.stage.document.graph.frames[self.decor_id].collapsed
            state.expanded = not state.collapsed
        return state

    def named(self) -> str:
        """Return title or text."""
        return decor_name(self.stage, self.kind, self.decor_id)
