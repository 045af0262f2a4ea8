"""Arranging on one canvas: tidy, align, nudge, heal, and walking along the wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casare.app import arranging, editing
from casare.app.arranging import Line
from casare.app.editing import Way
from casare.model import Change

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_FAR = 10
"""Grid steps of a large nudge."""


class CanvasArranging:
    """What commands can ask of the order of things on a canvas. Each edit is one undo step."""

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas
        self._document = canvas.document

    def tidy(self) -> None:
        """Lay out the selected nodes, or everything when fewer than two are selected."""
        document = self._document
        chosen = self._chosen()
        part = chosen if len(chosen) > 1 else None
        self._do(arranging.tidy(document.graph, document.catalog, self._sizes(), part, self._folded()))

    def align(self, line: Line) -> None:
        """Bring the selected nodes to one line."""
        self._do(arranging.align(self._document.graph, self._sizes(), self._chosen(), line))

    def distribute(self, *, horizontally: bool) -> None:
        """Give the selected nodes equal gaps."""
        self._do(arranging.distribute(self._document.graph, self._sizes(), self._chosen(), horizontally=horizontally))

    def straighten(self) -> None:
        """Make the control wires of the selection level."""
        cards = self._canvas.stage.geometry.cards

        def height(node_id: str, port: str, is_output: bool) -> float:
            return cards[node_id].port_at(port, is_output)[1] - cards[node_id].y

        self._do(arranging.straighten(self._document.graph, self._document.catalog, self._chosen(), height))

    def nudge(self, right: int, down: int, *, far: bool = False) -> None:
        """Move the selection by grid steps, ten times as far when asked; presses in a row are one undo step."""
        selection, times = self._document.selection, _FAR if far else 1
        change = arranging.nudge(
            self._document.graph,
            right * times,
            down * times,
            nodes=selection.nodes,
            frames=selection.frames,
            notes=selection.notes,
        )
        self._document.do(change, merge="nudge")

    def heal(self) -> None:
        """Delete the selected nodes and wire together what flowed through them."""
        self._do(editing.heal(self._document.graph, self._document.catalog, self._chosen()))

    def extract(self) -> None:
        """Take the selected nodes out of the flow, which closes behind them; the nodes stay."""
        self._do(editing.extract(self._document.graph, self._document.catalog, self._chosen()))

    def auto_connect(self) -> None:
        """Wire the selected nodes from left to right."""
        self._do(editing.auto_connect(self._document.graph, self._document.catalog, self._chosen()))

    def disconnect(self) -> None:
        """Take all wires of the selected nodes away."""
        self._do(editing.disconnect(self._document.graph, self._chosen()))

    def duplicate_with_inputs(self) -> None:
        """Copy the selection beside itself, fed by the same wires."""
        document, selection = self._document, self._document.selection
        made = editing.duplicate_with_inputs(
            document.graph, document.catalog, selection.nodes, selection.frames, selection.notes
        )
        if made is not None:
            document.do(made.change)
            document.selection.set(made.nodes, (), made.frames, made.notes)

    def walk(self, way: Way) -> None:
        """Select the node one step away from the selected one and bring it into view."""
        document = self._document
        chosen = self._chosen()
        if len(chosen) != 1:
            start = next(iter(chosen or document.graph.nodes), None)
            if start is not None:
                document.reveal([start])
            return
        found = editing.step(document.graph, document.catalog, chosen[0], way)
        if found is not None:
            document.reveal([found])

    def select_upstream(self) -> None:
        """Select everything the selected nodes depend on too."""
        self._document.selection.add(editing.upstream(self._document.graph, self._chosen()))

    def select_downstream(self) -> None:
        """Select everything that depends on the selected nodes too."""
        self._document.selection.add(editing.downstream(self._document.graph, self._chosen()))

    def _chosen(self) -> list[str]:
        chosen = self._document.selection.nodes
        return [one for one in self._document.graph.nodes if one in chosen]

    def _sizes(self) -> dict[str, tuple[float, float]]:
        cards = self._canvas.stage.geometry.cards
        return {one: (card.shape.width, card.shape.height) for one, card in cards.items()}

    def _folded(self) -> dict[str, tuple[float, float]]:
        boxes = self._canvas.stage.geometry.folding.boxes
        return {one: (box.rect.width, box.rect.height) for one, box in boxes.items()}

    def _do(self, change: Change | None) -> None:
        self._document.do(change)
