"""The scene: the layers in their order, and what has to be painted again when something changes."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from casare.app.documents.level import Level
from casare.events import GraphChanged
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.card_cache import CardCache
from casare.ui.canvas.layers import CardLayer, DecorLayer, LiftedLayer, OverlayLayer, StatusLayer, WireLayer
from casare.ui.canvas.layers.base import DETAIL, WORLD
from casare.ui.canvas.look import CanvasLook
from casare.ui.canvas.paint.card import MARGIN
from casare.ui.canvas.sheet import Sheets
from casare.ui.canvas.stage import Costs, FoundMarks, RunPicture, Stage
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.hit import Hit
from casare.ui.theme.tokens import Theme

_SPILL = MARGIN + 8
"""How far marks reach beyond what they mark (scene px)."""

_MOST_PARTS = 24
"""With more changes in view than this the whole view is painted again."""
_MOST_TURNING = 100
"""More running nodes than this do not turn: nobody could follow them."""


class CanvasScene(QGraphicsScene):
    """Follows one document and repaints what its facts touch.

    Five items, however large the graph, and one more while a run is shown.
    """

    graph_changed = Signal()
    """An edit has reached the places of things."""
    pictures_ready = Signal()
    """A picture of the graph from afar was drawn anew."""

    def __init__(
        self, document: Level, theme: Theme, parent: QObject | None = None, geometry: GraphGeometry | None = None
    ) -> None:
        super().__init__(WORLD, parent)
        # With five items an index only costs.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.stage = Stage(document, CanvasLook(theme), geometry)
        self.cache = CardCache()
        self.decor = DecorLayer(self.stage, 0)
        self.wires = WireLayer(self.stage, 1)
        self.sheets = Sheets(self.stage, self._on_pictures, self)
        self.destroyed.connect(self.sheets.close)
        self.cards = CardLayer(self.stage, 2, self.cache, self.sheets)
        self.lifted = LiftedLayer(self.stage, 3, self.cache)
        self.overlay = OverlayLayer(self.stage, 4)
        self.status: StatusLayer | None = None
        """How the nodes fare in a run; None while none is shown."""
        for layer in (self.decor, self.wires, self.cards, self.lifted, self.overlay):
            self.addItem(layer)
        document.changed.connect(self._on_changed)
        document.selection.changed.connect(self.redraw_all)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.stage.look = CanvasLook(theme)
        self.cache.clear()
        self.sheets.outdate()
        self.redraw_all()

    def show_run(self, picture: RunPicture | None) -> None:
        """Show how the nodes fare in a run, or no run any more."""
        if picture is None and self.status is not None:
            self.removeItem(self.status)
            self.status = None
        elif picture is not None and self.status is None:
            self.status = StatusLayer(self.stage, 2.5)
            self.addItem(self.status)
        board_before = self.stage.run.board if self.stage.run is not None else None
        self.stage.run = picture
        if self.status is not None and picture is not None and picture.board is not board_before:
            self.status.forget_states()
        self.redraw_all()

    def follow_run(self, node_ids: Collection[str], *, everything: bool = False) -> None:
        """Take in what has changed of these nodes in the run that is shown."""
        if self.status is None:
            return
        if everything:
            self.status.forget_states()
            self.redraw_all()
            return
        self.status.follow(node_ids)
        view = next(iter(self.views()), None)
        seen = view.mapToScene(view.viewport().rect()).boundingRect() if view is not None else QRectF()
        if view is None or view.transform().m11() < DETAIL:
            self.redraw_all()
            return
        # Close by, only what changed and is in view is painted again: most of a large run happens elsewhere.
        touched = self.status.areas_of(node_ids, Rect(seen.x(), seen.y(), seen.width(), seen.height()))
        if len(touched) > _MOST_PARTS:
            self.redraw_all()
        for area in touched[: _MOST_PARTS + 1]:
            self.update(QRectF(*area))

    def turn_running(self, node_ids: Collection[str]) -> None:
        """Paint what turns at running nodes again; from afar nothing turns."""
        view = next(iter(self.views()), None)
        far = view is None or view.transform().m11() < DETAIL
        if self.stage.run is None or far or len(node_ids) > _MOST_TURNING:
            return
        for node_id in node_ids:
            if node_id in self.stage.geometry.cards:
                self.redraw(self.stage.geometry.cards[node_id].rect)

    def show_costs(self, costs: Costs | None) -> None:
        """Know what nodes cost: for the tips, and while heat is shown for the totals of frames and subgraphs."""
        self.stage.costs = costs
        if self.stage.heat is not None:
            self.redraw_all()

    def show_found(self, found: FoundMarks | None) -> None:
        """Mark what a search has found and take the rest back; None shows everything alike again."""
        if found != self.stage.found:
            self.stage.found = found
            self.redraw_all()

    def redraw_all(self) -> None:
        """Paint everything in view again."""
        self.update()

    def redraw(self, area: Rect | None) -> None:
        """Paint `area` (scene px) again, with room for marks around it; None does nothing."""
        if area is not None:
            box = area.grown(_SPILL)
            self.update(QRectF(*box))

    def set_hover(self, found: Hit) -> bool:
        """Show what the pointer is over; return whether it is something else than before."""
        stage = self.stage
        before = stage.hover
        if found[:2] + found[4:] == before[:2] + before[4:]:
            stage.hover = found
            return False
        stage.hover = found
        for one in (before, found):
            if one.id in stage.geometry.cards:
                self.redraw(stage.geometry.cards[one.id].rect)
                self._redraw_shy_wires(one.id)
            elif one.wire is not None:
                self.redraw_wire(one.wire)
        return True

    def set_drop_wire(self, key: WireKey | None) -> None:
        """Mark the wire that what is dragged would go into; None marks none."""
        before, self.stage.drop_wire = self.stage.drop_wire, key
        if before != key:
            for one in (before, key):
                if one is not None:
                    self.redraw_wire(one)

    def redraw_wire(self, key: WireKey) -> None:
        """Paint a wire again, when it still exists."""
        if key in self.stage.document.graph.connections:
            points = self.stage.geometry.course_of(key).flattened()
            self.redraw(Rect.around(Rect(x, y, 0, 0) for x, y in points))

    def _redraw_shy_wires(self, node_id: str) -> None:
        """Paint those wires of a node again that show themselves, or not, by whether the pointer is on it."""
        graph = self.stage.document.graph
        for key, wire in (*graph.incoming(node_id).items(), *graph.outgoing(node_id).items()):
            if wire.extra:
                self.redraw_wire(key)

    def give_up(self) -> None:
        """Hear nothing more of the document, and draw nothing more."""
        document = self.stage.document
        document.changed.disconnect(self._on_changed)
        document.selection.changed.disconnect(self.redraw_all)
        self.sheets.close()

    def _on_pictures(self) -> None:
        self.redraw_all()
        self.pictures_ready.emit()

    def _on_changed(self, fact: GraphChanged) -> None:
        stage = self.stage
        stage.forget(fact)
        redraw = stage.geometry.follow(fact)
        self.wires.forget(redraw.wires)
        self.sheets.outdate()
        if self.status is not None:
            self.status.forget_places()
        if fact.frames or fact.notes:
            self.redraw_all()
        else:
            self.redraw(redraw.area)
        self.graph_changed.emit()
