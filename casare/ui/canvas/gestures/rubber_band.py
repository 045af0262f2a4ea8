"""Select by drawing a rectangle."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.geometry.metrics import FRAME_TITLE_HEIGHT


class RubberBand:
    """Drawn to the right it takes what it encloses, drawn to the left what it touches.

    With Shift it adds to what is selected, with Ctrl it turns it round. Cancelling brings the old selection back.
    """

    cursor: Qt.CursorShape | None = Qt.CursorShape.CrossCursor
    hint = "Drag right: enclose · drag left: touch · Shift adds · Ctrl toggles · Esc cancels"

    def __init__(self, hands: Hands, pointer: Pointer) -> None:
        self._hands = hands
        self._start = (pointer.x, pointer.y)
        selection = hands.document.selection
        self._before = (selection.nodes, selection.wires, selection.frames, selection.notes)
        # What was held at the press counts, so that fingers may leave the keys while the band is drawn.
        self._adds, self._toggles = pointer.shift, pointer.ctrl
        if not (self._adds or self._toggles):
            selection.clear()

    def move(self, pointer: Pointer) -> None:
        """Stretch the rectangle and show what it selects."""
        stage = self._hands.stage
        old = stage.band
        stage.band = Rect.spanning(*self._start, pointer.x, pointer.y)
        stage.band_touches = pointer.x < self._start[0]
        nodes, wires, frames, notes = self._inside(stage.band, stage.band_touches)
        selection = self._hands.document.selection
        kept = self._before
        if self._toggles:
            selection.set(kept[0] ^ nodes, kept[1] ^ wires, kept[2] ^ frames, kept[3] ^ notes)
        elif self._adds:
            selection.set(kept[0] | nodes, kept[1] | wires, kept[2] | frames, kept[3] | notes)
        else:
            selection.set(nodes, wires, frames, notes)
        for area in (old, stage.band):
            self._hands.canvas_scene.redraw(area)

    def finish(self, pointer: Pointer) -> None:
        """Keep the selection and take the rectangle away."""
        self._clear_band()

    def cancel(self) -> None:
        """Bring back what was selected before."""
        self._hands.document.selection.set(*self._before)
        self._clear_band()

    def _inside(
        self, band: Rect, touches: bool
    ) -> tuple[frozenset[str], frozenset[WireKey], frozenset[str], frozenset[str]]:
        geometry, graph = self._hands.stage.geometry, self._hands.document.graph
        nodes = frozenset(geometry.nodes_touching(band) if touches else geometry.nodes_within(band))
        wires: frozenset[WireKey] = frozenset()
        if not nodes:
            # Wires are taken only where no node is meant, or every band around nodes would take their wires too.
            wires = frozenset(key for key in geometry.wires_near(band) if self._takes_wire(key, band, touches))
        frames = frozenset(
            one.id
            for one in graph.frames.values()
            if one.id not in geometry.folding.frames
            and (
                band.encloses(geometry.frame_rect(one))
                or (touches and band.touches(Rect(*one.position, geometry.frame_rect(one).width, FRAME_TITLE_HEIGHT)))
            )
        )
        notes = frozenset(
            one.id
            for one in graph.notes.values()
            if one.id not in geometry.folding.notes
            and (band.touches if touches else band.encloses)(Rect(*one.position, *one.size))
        )
        return nodes, wires, frames, notes

    def _takes_wire(self, key: WireKey, band: Rect, touches: bool) -> bool:
        inside = (band.contains(x, y) for x, y in self._hands.stage.geometry.course_of(key).flattened())
        return any(inside) if touches else all(inside)

    def _clear_band(self) -> None:
        stage = self._hands.stage
        area, stage.band = stage.band, None
        self._hands.canvas_scene.redraw(area)
