"""What the canvas does when a command asks: on the selection, in the middle of the view, from the clipboard."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from casare.app import editing
from casare.app.editing.parameters import is_bypassed, is_disabled
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.geometry.card import CardShape
from casare.ui.geometry.metrics import CARD_WIDTH, GRID, HEADER_HEIGHT

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_CASCADE = 2 * GRID
"""How far a duplicate or a second paste lands from the first, so that it does not hide it."""


class CanvasEditing:
    """The edits a menu or a key can ask of one canvas. Each is one undo step."""

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas
        self._document = canvas.document
        self._pasted_text = ""
        self._pasted_times = 0

    def add_entry(
        self,
        type_id: str,
        config: Mapping[str, Any],
        scene_pos: QPointF | None = None,
        loose_end: editing.End | None = None,
        on_wire: WireKey | None = None,
    ) -> str:
        """Add a node with its header under `scene_pos` (the middle of the view when None), select it, return its id.

        With `loose_end` the node is wired to that end, and stands where the wire was dropped. With `on_wire` it is put
        into that wire when it has ports that fit.
        """
        document = self._document
        at = scene_pos or self._free_center()
        x, y = at.x() - CARD_WIDTH / 2, at.y() - HEADER_HEIGHT / 2
        if loose_end is not None:
            x = at.x() if loose_end.is_output else at.x() - CARD_WIDTH
        if self._canvas.snaps:
            x, y = round(x / GRID) * GRID, round(y / GRID) * GRID
        spliced = self._splice(type_id, config, (x, y), on_wire) if on_wire is not None else None
        if spliced is not None:
            placed = spliced
        elif loose_end is None:
            placed = editing.add_node(document.graph, type_id, (x, y), config)
        else:
            placed = editing.add_wired(document.graph, document.catalog, loose_end, type_id, (x, y), config)
        return self._place(placed)

    def add_entry_after(self, before: str, type_id: str, config: Mapping[str, Any], scene_pos: QPointF) -> str:
        """Add a node with its header under `scene_pos`, wired to the node `before`; select it and return its id."""
        document = self._document
        x, y = self._free_place(scene_pos, before, CardShape(document.catalog.ports(type_id, config)))
        placed = editing.add_after(document.graph, document.catalog, before, type_id, (x, y), config)
        return self._place(placed)

    def replace(self, node_ids: Collection[str], type_id: str, config: Mapping[str, Any]) -> str:
        """Make nodes another type in one step; return what did not fit, in words, empty when all did."""
        document = self._document
        changed = editing.replace_nodes(document.graph, document.catalog, node_ids, type_id, config)
        document.do(changed.change)
        return editing.losses_in_words(changed)

    def _place(self, placed: editing.Placed) -> str:
        """Carry out what adds a node, select the node, and keep it in view: one wired to another may stand far off."""
        document = self._document
        document.do(placed.change)
        document.selection.set([placed.node_id])
        area = self._canvas.stage.geometry.bounds_of([placed.node_id])
        seen = self._canvas.navigator.seen()
        if area is not None and not seen.encloses(area):
            self._canvas.navigator.follow(area)
        return placed.node_id

    def _splice(
        self, type_id: str, config: Mapping[str, Any], at: tuple[float, float], wire: WireKey
    ) -> editing.Placed | None:
        document, cards = self._document, self._canvas.stage.geometry.cards
        sizes = {one: (card.shape.width, card.shape.height) for one, card in cards.items()}
        shape = CardShape(document.catalog.ports(type_id, config))
        size = (shape.width, shape.height)
        return editing.splice(document.graph, document.catalog, type_id, at, wire, sizes, config=config, size=size)

    def copy(self) -> None:
        """Put the selection on the clipboard as text, with note of the wires that come into it."""
        selection = self._document.selection
        text = editing.copy_with_inputs(self._document.graph, selection.nodes, selection.frames, selection.notes)
        if text:
            QGuiApplication.clipboard().setText(text)
            self._pasted_text, self._pasted_times = text, 1

    def cut(self) -> None:
        """Put the selection on the clipboard and delete it."""
        self.copy()
        self._pasted_times = 0
        self.delete()

    def paste(self, *, with_inputs: bool = False) -> bool:
        """Add what the clipboard holds, in view; return False when it holds no workflow.

        With `with_inputs` it is fed by the wires it had where it was copied.
        """
        text = QGuiApplication.clipboard().text()
        if text != self._pasted_text:
            self._pasted_text, self._pasted_times = text, 0
        if not self._land(text, _CASCADE * self._pasted_times, "Paste", with_inputs=with_inputs):
            return False
        self._pasted_times += 1
        return True

    def duplicate(self) -> None:
        """Add a copy of the selection beside it, without touching the clipboard."""
        selection = self._document.selection
        text = editing.copy_text(self._document.graph, selection.nodes, selection.frames, selection.notes)
        self._land(text, _CASCADE, "Duplicate")

    def delete(self) -> None:
        """Delete the selection."""
        selection = self._document.selection
        self._document.do(
            editing.delete(
                self._document.graph,
                nodes=selection.nodes,
                wires=selection.wires,
                frames=selection.frames,
                notes=selection.notes,
            )
        )

    def select_all(self) -> None:
        """Select every node, frame and note."""
        graph = self._document.graph
        self._document.selection.set(graph.nodes, (), graph.frames, graph.notes)

    def invert_selection(self) -> None:
        """Select the nodes that are not selected, and only those."""
        self._document.selection.set(self._document.graph.nodes.keys() - self._document.selection.nodes)

    def toggle_disabled(self) -> None:
        """Disable the selected nodes, or enable them when all are disabled."""
        graph, nodes = self._document.graph, self._document.selection.nodes
        disable = not all(is_disabled(graph, one) and not is_bypassed(graph, one) for one in nodes)
        self._document.do(editing.set_disabled(graph, nodes, disable))

    def toggle_bypassed(self) -> None:
        """Let values pass the selected nodes by, or let them run again when all are bypassed."""
        graph, nodes = self._document.graph, self._document.selection.nodes
        bypass = not all(is_bypassed(graph, one) for one in nodes)
        self._document.do(editing.set_bypassed(graph, nodes, bypass))

    def frame_around_selection(self) -> None:
        """Put a frame around the selected nodes and let its title be typed."""
        nodes = self._document.selection.nodes
        bounds = self._canvas.stage.geometry.bounds_of(nodes)
        if bounds is not None:
            before = set(self._document.graph.frames)
            self._document.do(editing.add_frame_around(self._document.graph, nodes, bounds))
            made = (self._document.graph.frames.keys() - before).pop()
            self._document.selection.set((), (), [made])
            self._canvas.typing.rename_frame(made)

    def add_note(self, scene_pos: QPointF | None = None) -> None:
        """Add a sticky note and let its text be typed."""
        at = scene_pos or self._free_center()
        before = set(self._document.graph.notes)
        self._document.do(editing.add_note(self._document.graph, (at.x() - 120, at.y() - 80)))
        made = (self._document.graph.notes.keys() - before).pop()
        self._document.selection.set((), (), (), [made])
        self._canvas.typing.edit_note(made)

    def _land(self, text: str, shift: float, verb: str, *, with_inputs: bool = False) -> bool:
        """Add what `text` holds at its own place plus `shift`; where that is out of view, in the middle of the view."""
        document = self._document
        part = editing.part_in(text, document.catalog)
        if part is None:
            return False
        x, y = editing.origin_of(part)
        seen = self._canvas.navigator.seen()
        if not seen.contains(x + shift, y + shift):
            x, y = seen.center[0] - CARD_WIDTH / 2, seen.center[1] - HEADER_HEIGHT
        at = (round((x + shift) / GRID) * GRID, round((y + shift) / GRID) * GRID)
        if with_inputs:
            pasted = editing.paste_with_inputs(document.graph, part, document.catalog, at, verb=verb)
        else:
            pasted = editing.paste_part(document.graph, part, at, verb=verb)
        document.do(pasted.change)
        document.selection.set(pasted.nodes, (), pasted.frames, pasted.notes)
        return True

    def _free_place(self, scene_pos: QPointF, before: str, shape: CardShape) -> tuple[float, float]:
        """Return where a card goes: under the pointer, or right of the one it follows where it would cover another."""
        geometry = self._canvas.stage.geometry
        x, y = scene_pos.x() - CARD_WIDTH / 2, scene_pos.y() - HEADER_HEIGHT / 2
        if geometry.nodes_in(Rect(x, y, shape.width, shape.height)):
            card = geometry.cards[before]
            x, y = card.x + card.shape.width + 4 * GRID, card.y
            while geometry.nodes_in(Rect(x, y, shape.width, shape.height)):
                y += _CASCADE
        if self._canvas.snaps:
            x, y = round(x / GRID) * GRID, round(y / GRID) * GRID
        return x, y

    def _free_center(self) -> QPointF:
        """Return the middle of the view, or the next place to its lower right where no card stands yet."""
        x, y = self._canvas.navigator.seen().center
        taken = {(card.x, card.y) for card in self._canvas.stage.geometry.cards.values()}
        while (
            round((x - CARD_WIDTH / 2) / GRID) * GRID,
            round((y - HEADER_HEIGHT / 2) / GRID) * GRID,
        ) in taken:
            x, y = x + _CASCADE, y + _CASCADE
        return QPointF(x, y)
