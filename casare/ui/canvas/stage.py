"""What the canvas shows at the moment beyond the document itself: the look, hover, a running gesture, marks.

Gestures and the document write here; layers read. Nothing of it is saved, undone or known outside the canvas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from casare.app.documents.faces import Face, face_of
from casare.app.documents.level import Level
from casare.app.editing import End
from casare.events import GraphChanged
from casare.foundation.rect import Rect
from casare.model import Frame, Node, WireKey
from casare.sdk import Port
from casare.ui.canvas.look import CanvasLook
from casare.ui.canvas.paint.card import Marks
from casare.ui.canvas.prepared import take_geometry
from casare.ui.geometry.folding import frames_within
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.hit import NOTHING, Hit
from casare.ui.geometry.snapping import Guide
from casare.ui.geometry.wire import Course

if TYPE_CHECKING:
    from casare.app.running.board import StatusBoard
    from casare.app.running.level_board import LevelBoard


class Lift(NamedTuple):
    """Things that are being dragged, and how far they are from their place (scene px)."""

    nodes: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    shift: tuple[float, float] = (0, 0)
    copying: bool = False
    """Whether a copy is in the hand, so that the things themselves stay where they are."""
    loose: bool = False
    """Whether the nodes have been shaken off their wires, which closes behind them when they are let go."""

    @property
    def gone(self) -> frozenset[str]:
        """Return the nodes that are not at their place while this is in the hand."""
        return frozenset() if self.copying else self.nodes

    def __bool__(self) -> bool:
        return bool(self.nodes or self.frames or self.notes)


class PendingWire(NamedTuple):
    """A wire that is being drawn: its course, the port it starts at, and why it may not end where the pointer is."""

    course: Course
    port: Port | None
    reason: str = ""
    snapped: bool = False
    backwards: bool = False
    """Whether it is drawn from an input, so that the loose end is where the wire starts."""
    offer: str = ""
    """What letting go here would do beyond making the wire, in words."""


class Bent(NamedTuple):
    """A wire with one of its points in the hand: where that is, and how the wire runs."""

    wire: WireKey
    place: tuple[float, float]
    course: Course


class Stroke(NamedTuple):
    """A line drawn across wires: where it went (scene px), what it has crossed, and whether it cuts."""

    points: tuple[tuple[float, float], ...]
    crossed: frozenset[WireKey]
    cuts: bool
    marks: tuple[tuple[float, float], ...] = ()
    """Where dots will be put on the wires."""


class LitPort(NamedTuple):
    """A port in view while a wire is being drawn, and whether the wire may end there."""

    end: End
    port: Port
    x: float
    y: float
    allowed: bool
    convertible: bool = False
    """Whether it refuses the wire, and there is a node that makes it fit."""


class Heat(NamedTuple):
    """What the profiler lays over the cards: a share of the largest value by node, and what to write above each."""

    shares: Mapping[str, float]
    badges: Mapping[str, str]
    stale: bool = False


class Costs(NamedTuple):
    """What the profiler knows of nodes, asked for when it is shown."""

    tell: Callable[[str], Sequence[str]]
    """Return what a node costs, in lines; none for a node it does not know."""
    total: Callable[[Iterable[str]], str]
    """Return what nodes cost together, in a few words."""
    stale: bool = False


class RunPicture(NamedTuple):
    """What the canvas shows of a run, and the marks a person has set for the next one."""

    board: StatusBoard | LevelBoard | None
    breakpoints: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    stale: bool = False
    """Whether the run was of an earlier state of the document."""
    live: bool = False
    """Whether it goes on."""
    moving: bool = False
    """Whether what runs turns; not when the system asks for less motion."""
    elapsed_s: Callable[[], float] = float
    """How long it has gone on, s."""


class FoundMarks(NamedTuple):
    """What a search has found, and which of it is looked at."""

    nodes: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    current: str = ""


HEAT_STEPS = 7


class Stage:
    """The state that layers paint from."""

    def __init__(self, document: Level, look: CanvasLook, geometry: GraphGeometry | None = None) -> None:
        self.document = document
        self.geometry = geometry or take_geometry(document)
        self.look = look
        self.hover: Hit = NOTHING
        self.lift = Lift()
        self.pending: PendingWire | None = None
        self.hidden_wire: WireKey | None = None
        """The wire whose end is in the hand, which is drawn as pending instead."""
        self.lit: tuple[LitPort, ...] = ()
        self.band: Rect | None = None
        self.band_touches = False
        self.guides: tuple[Guide, ...] = ()
        self.stroke: Stroke | None = None
        self.bent: Bent | None = None
        """A wire with one of its points in the hand."""
        self.drop_wire: WireKey | None = None
        self.problems: Mapping[str, str] = {}
        """Severity by node id."""
        self.heat: Heat | None = None
        self.costs: Costs | None = None
        """What is known of nodes while the profiler is on show, with heat or without."""
        self.run: RunPicture | None = None
        self.found: FoundMarks | None = None
        """Set while a search is on show; everything else steps back then."""
        self.critical_nodes: frozenset[str] = frozenset()
        self.critical_wires: frozenset[WireKey] = frozenset()
        self.exposed: tuple[Rect, ...] = ()
        """The parts of the view that are being painted (scene px); empty: whatever the painter asks for."""
        self.from_afar = False
        """Whether cards and wires are shown by kept pictures at this zoom."""
        self._faces: dict[str, tuple[Node, Face]] = {}
        self._wired: dict[str, frozenset[tuple[str, bool]]] = {}
        self._totals: dict[str, tuple[Frame, Costs, str]] = {}

    def face(self, node_id: str) -> Face:
        """Return what a node shows; worked out once for each value of the node."""
        node = self.document.graph.nodes[node_id]
        known = self._faces.get(node_id)
        if known is None or known[0] is not node:
            known = self._faces[node_id] = (node, face_of(node, self.document.catalog))
        return known[1]

    def wired(self, node_id: str) -> frozenset[tuple[str, bool]]:
        """Return the ports of a node that hold a wire, as (declared port name, is_output)."""
        known = self._wired.get(node_id)
        if known is None:
            shape = self.geometry.cards[node_id].shape
            wires = self.geometry.wires_at(node_id)
            inputs = ((shape.spot(key[3], False), False) for key in wires if key[2] == node_id)
            outputs = ((shape.spot(key[1], True), True) for key in wires if key[0] == node_id)
            known = frozenset((spot.port.name, side) for spot, side in (*inputs, *outputs) if spot is not None)
            self._wired[node_id] = known
        return known

    def marks(self, node_id: str) -> Marks:
        """Return the state a node's card shows."""
        heat, step, badge, stale = self.heat, -1, "", False
        if heat is not None and node_id in heat.shares:
            step, stale = self.heat_step(node_id), heat.stale
            whole = self.costs is not None and self.face(node_id).stacked
            badge = self.costs.total((node_id,)) if self.costs and whole else heat.badges.get(node_id, "")
        return Marks(
            node_id in self.document.selection.nodes,
            self.hover.id == node_id,
            self.problems.get(node_id, ""),
            node_id in self.critical_nodes,
            step,
            badge,
            stale,
        )

    def heat_step(self, node_id: str) -> int:
        """Return the step of a node on the heat scale, -1 when none is shown for it."""
        share = self.heat.shares.get(node_id, -1.0) if self.heat is not None else -1.0
        return min(HEAT_STEPS - 1, int(share * HEAT_STEPS)) if share >= 0 else -1

    def frame_total(self, frame: Frame) -> str:
        """Return what the nodes in a frame cost together, while heat is shown; worked out once for each value."""
        costs = self.costs
        if self.heat is None or costs is None:
            return ""
        known = self._totals.get(frame.id)
        if known is None or known[0] is not frame or known[1] is not costs:
            known = self._totals[frame.id] = (frame, costs, costs.total(self.nodes_of(frame)))
        return known[2]

    def nodes_of(self, frame: Frame) -> Iterable[str]:
        """Return the nodes of a frame and of the frames inside it."""
        frames = self.document.graph.frames
        inside = (frame, *(frames[one] for one in frames_within(self.document.graph, frame)))
        return dict.fromkeys(node_id for one in inside for node_id in one.node_ids)

    def revealed(self, key: WireKey) -> bool:
        """Tell whether a hidden wire is shown now: the pointer is on it or on one of its nodes, or they are chosen."""
        selection, hover = self.document.selection, self.hover
        ends = (key[0], key[2])
        return key == hover.wire or key in selection.wires or hover.id in ends or not selection.nodes.isdisjoint(ends)

    def source_port(self, key: WireKey) -> Port | None:
        """Return the port a wire starts at, which gives it its colour and weight."""
        spot = self.geometry.cards[key[0]].shape.spot(key[1], True)
        return spot.port if spot else None

    def forget(self, fact: GraphChanged) -> None:
        """Drop what was worked out about nodes that an edit touched."""
        if fact.frames:
            # A frame that moved into another one counts there too, which is the same value as before.
            self._totals.clear()
        for node_id in fact.nodes:
            self._faces.pop(node_id, None)
        touched: Iterable[str] = fact.nodes.union(end for key in fact.wires for end in (key[0], key[2]))
        for node_id in touched:
            self._wired.pop(node_id, None)
