"""How the nodes fare in a run, over their cards; there is no such layer while no run is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.sdk import PortKind
from casare.ui.canvas.kept_pictures import KeptPictures
from casare.ui.canvas.layers.base import DETAIL, Layer
from casare.ui.canvas.paint.status import ERROR_GAP, ERROR_HEIGHT, Dressing, draw_count, draw_status, error_rect
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.metrics import HEADER_HEIGHT
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.states import state_look

REACH: Final = 32
"""How far what is drawn reaches beyond a card (scene px)."""
_COUNTS_FROM: Final = 0.55
"""The zoom from which wires show their counts."""
_BOXES_FROM: Final = 0.16
"""Below this zoom the whole box takes the colour of the state, above only its header."""
_STRENGTH: Final = {"pending": 0.0, "completed": 1.0, "skipped": 0.75, "bypassed": 0.75, "cancelled": 0.75}
"""How strongly a state colours a box from afar, 0 to 1; the others fully."""
_TURN_S: Final = 1.0
_COUNT_WIDTH: Final = 120


class StatusLayer(Layer):
    """Paints rings, badges and errors of what is in view; from afar it colours the boxes, each state in one call."""

    def __init__(self, stage: Stage, z: float) -> None:
        super().__init__(stage, z)
        self._boxes: dict[str, dict[str, QRectF]] | None = None
        """The box of each node by its state, brought up to date by what changed; None when the places are others."""
        self._state: dict[str, str] = {}
        self._places: dict[str, QRectF] | None = None
        """The box of each node, until cards move: 10,000 take longer to make than to sort."""
        self._kept = KeptPictures()
        self._middles: dict[WireKey, tuple[float, float]] = {}

    def forget_places(self) -> None:
        """Take note that cards or wires have moved."""
        self._boxes = self._places = None
        self._middles.clear()

    def forget_states(self) -> None:
        """Take note that any node may be in another state."""
        self._boxes = None

    def follow(self, node_ids: Iterable[str]) -> None:
        """Take in what has changed of these nodes."""
        run, boxes = self.stage.run, self._boxes
        if run is None or run.board is None or boxes is None:
            self._boxes = None
            return
        cards = self.stage.geometry.cards
        for node_id in node_ids:
            status = run.board.status(node_id)
            before = self._state.get(node_id, "")
            if status != before and node_id in cards:
                box = boxes.get(before, {}).pop(node_id, None) or _box(cards[node_id].rect)
                boxes.setdefault(status, {})[node_id] = box
                self._state[node_id] = status

    def areas_of(self, node_ids: Iterable[str], seen: Rect) -> list[Rect]:
        """Return where in view these nodes and the counts on their wires are drawn (scene px)."""
        cards = self.stage.geometry.cards
        graph = self.stage.document.graph
        around = seen.grown(REACH)
        found: list[Rect] = []
        for node_id in node_ids:
            card = cards.get(node_id)
            if card is None or not card.rect.touches(around):
                continue
            found.append(card.rect.grown(REACH))
            for key in graph.outgoing(node_id):
                x, y = self._middle(key)
                found.append(Rect(x - _COUNT_WIDTH / 2, y - 10, _COUNT_WIDTH, 20))
        return found

    def problem_at(self, x: float, y: float, scale: float) -> str | None:
        """Return the node whose message of a failure stands at a place (scene px)."""
        run = self.stage.run
        if run is None or run.board is None or scale < DETAIL:
            return None
        for node_id in self.stage.geometry.nodes_in(Rect(x, y - ERROR_GAP - ERROR_HEIGHT, 1, ERROR_GAP + ERROR_HEIGHT)):
            view = run.board.view(node_id)
            failed = view is not None and view.status == "failed" and bool(view.error)
            if failed and error_rect(self.stage.geometry.cards[node_id]).contains(x, y):
                return node_id
        return None

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the states of the nodes that touch `area`."""
        if self.stage.run is None:
            return
        if scale < DETAIL:
            self._paint_far(painter, scale)
            return
        self._kept.begin_frame()
        if scale >= _COUNTS_FROM:
            self._paint_counts(painter, area)
        self._paint_near(painter, area)
        if self._kept.stretched:
            self.update(QRectF(*area))

    def _paint_near(self, painter: QPainter, area: Rect) -> None:
        stage = self.stage
        run = stage.run
        assert run is not None
        elapsed = run.elapsed_s() if run.live else 0.0
        found = dict.fromkeys(one for part in self.parts(area) for one in stage.geometry.nodes_in(part.grown(REACH)))
        for node_id in found:
            if node_id in stage.lift.nodes:
                continue
            view = run.board.view(node_id) if run.board is not None else None
            if view is not None and view.status == "pending" and not (run.live or view.paused):
                view = None
            dressing = Dressing(
                view,
                stale=run.stale,
                breakpoint=node_id in run.breakpoints,
                pinned=node_id in run.pinned,
                phase=(elapsed / _TURN_S) % 1.0 if run.moving else 0.0,
                elapsed_ms=max(0.0, elapsed - view.began) * 1000 if view is not None and view.began >= 0 else 0.0,
            )
            draw_status(painter, stage.geometry.cards[node_id], dressing, stage.look, self._kept)

    def _paint_counts(self, painter: QPainter, area: Rect) -> None:
        stage = self.stage
        run = stage.run
        if run is None or run.board is None:
            return
        keys = {key for part in self.parts(area) for key in stage.geometry.wires_near(part)}
        for key in keys:
            if key[0] in stage.lift.nodes or key[2] in stage.lift.nodes:
                continue
            port = stage.source_port(key)
            if port is not None and port.kind is PortKind.CONTROL:
                runs = run.board.runs(key[0])
                text = f"×{runs:,}" if runs > 1 and run.board.runs(key[2]) > 1 else ""
            else:
                count = run.board.counts(key[0]).get(key[1])
                text = f"{count:,} item{'' if count == 1 else 's'}" if count is not None else ""
            if text:
                colour = qcolor(stage.look.theme.stale) if run.stale else stage.look.port_colour(port)
                draw_count(painter, self._middle(key), text, colour, stage.look, self._kept)

    def _middle(self, key: WireKey) -> tuple[float, float]:
        found = self._middles.get(key)
        if found is None:
            found = self._middles[key] = self.stage.geometry.course_of(key).middle()
        return found

    def _paint_far(self, painter: QPainter, scale: float) -> None:
        run = self.stage.run
        if run is None or run.board is None:
            return
        boxes = self._boxes if self._boxes is not None else self._sort()
        whole = scale < _BOXES_FROM
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for status, held in boxes.items():
            strength = _STRENGTH.get(status, 1.0)
            if not held or not status or not strength:
                continue
            colour = qcolor(self.stage.look.theme.stale if run.stale else self._token(status), strength)
            self._paint_boxes(painter, list(held.values()), colour, whole=whole, marked=status in ("failed", "running"))
            if status == "failed" and whole:
                _cross(painter, list(held.values()), self.stage.look.canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paint_boxes(
        self, painter: QPainter, boxes: list[QRectF], colour: QColor, *, whole: bool, marked: bool
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if whole:
            painter.drawRects(boxes)
        else:
            painter.drawRects([QRectF(one.x(), one.y(), one.width(), HEADER_HEIGHT * 0.6) for one in boxes])
        if marked:
            # What fails or runs is ringed too, to be found among thousands and told apart without its colour.
            pen = QPen(colour, 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRects(boxes)

    def _token(self, status: str) -> str:
        return str(getattr(self.stage.look.theme, state_look(status).token))

    def _sort(self) -> dict[str, dict[str, QRectF]]:
        """Sort all boxes by the state of their nodes."""
        run = self.stage.run
        board = run.board if run is not None else None
        if self._places is None:
            cards = self.stage.geometry.cards.values()
            self._places = {node_id: QRectF(x, y, shape.width, shape.height) for node_id, x, y, shape in cards}
        places = self._places
        self._state = {node_id: board.status(node_id) if board is not None else "" for node_id in places}
        boxes: dict[str, dict[str, QRectF]] = {}
        for node_id, status in self._state.items():
            boxes.setdefault(status, {})[node_id] = places[node_id]
        self._boxes = boxes
        return boxes


def _box(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)


def _cross(painter: QPainter, boxes: list[QRectF], colour: QColor) -> None:
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawLines([QLineF(one.topLeft(), one.bottomRight()) for one in boxes])
    painter.drawLines([QLineF(one.topRight(), one.bottomLeft()) for one in boxes])
