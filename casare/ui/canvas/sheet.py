"""The graph from afar, as pictures that a thread draws: panning and zooming over ten thousand nodes is then a blit.

Two pictures are kept. The overview holds everything, coarsely; the close one holds what is in view and as much again
around it, sharply. While either is being drawn the other stands in, so the canvas is never empty.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from casare.app.editing.wire_looks import Display, display_of, portal_of
from casare.app.right_of_way import WINDOW
from casare.catalog import Catalog
from casare.foundation.rect import Rect
from casare.model import Connection, Node, WireKey
from casare.sdk import PortKind
from casare.ui.background import Inbox, OncePerTurn
from casare.ui.canvas.look import CanvasLook
from casare.ui.canvas.paint.wire import wire_path
from casare.ui.canvas.stage import HEAT_STEPS, Heat, Stage
from casare.ui.geometry.card import Card
from casare.ui.geometry.folding import Folding
from casare.ui.geometry.metrics import HEADER_HEIGHT
from casare.ui.geometry.wire import course

_OVERVIEW_SIDE: Final = 2048
_AFTER_PAINTING: Final = 40
"""How long after the first painting the first picture is begun, in ms."""
_REST_MS: Final = 80
"""How long the zoom has to rest before it is drawn for: drawing for a zoom that is gone by slows the frames."""
_AT_ONCE: Final = 200
"""How many lines or boxes are drawn in one call: the window gets its turn in between."""
_PIXELS_AT_ONCE: Final = 4_000
"""And of so many pixels at most: a line across the picture takes as long as a hundred between neighbours."""
_CURVES_FROM: Final = 0.16
"""The zoom from which wires are curves and cards show their header."""
_PATH_WIDTH: Final = 2.0
"""How wide wires of the critical path are, px of the picture, and the zoom from which they are more than a line."""
_PATH_WIDE_FROM: Final = 0.08


class Sheet(NamedTuple):
    """A finished picture: which part of the canvas it shows (scene px), and at how many pixels per scene px."""

    image: QImage
    region: Rect
    scale: float
    revision: int


class _Job(NamedTuple):
    region: Rect
    scale: float
    revision: int
    overview: bool
    cards: dict[str, Card]
    nodes: dict[str, Node]
    wires: dict[WireKey, Connection]
    folding: Folding
    catalog: Catalog
    look: CanvasLook
    heat: Heat | None
    path: frozenset[WireKey]
    """The wires of the critical path that is being shown."""

    def shows(self, wire: Connection) -> bool:
        """Tell whether a wire is drawn from afar: not those inside a folded frame, nor portals and hidden ones."""
        extra = wire[4]
        if extra and (portal_of(extra) or display_of(extra) is Display.HIDDEN):
            return False
        return not self.folding.owner or not self.folding.joins(wire[0], wire[2])


class Sheets:
    """Keeps the two pictures of one stage true, drawing one at a time; the latest wish wins."""

    def __init__(self, stage: Stage, on_ready: Callable[[], None], parent: QObject) -> None:
        self._stage = stage
        self._on_ready = on_ready
        self._inbox = Inbox(parent)
        self._inbox.received.connect(self._on_received)
        self._busy = False
        self._overview_wanted = False
        self._wanted: tuple[Rect, float] | None = None
        self._closed = threading.Event()
        self._stop = threading.Event()
        """Set to give up the close picture that is being drawn."""
        # Nothing of a graph that has just come is calculated while its first painting is on the way to the screen.
        self._first = OncePerTurn(self._start, parent, _AFTER_PAINTING)
        self._rest = QTimer(parent, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._start)
        self._scale = 0.0
        """The zoom that was asked for last."""
        self.revision = 0
        self.overview: Sheet | None = None
        self.close_up: Sheet | None = None

    def outdate(self) -> None:
        """Say that the graph or the look changed: what is kept serves until it is drawn anew."""
        self.revision += 1

    def close(self) -> None:
        """Draw nothing more."""
        self._closed.set()
        self._stop.set()
        self._first.cancel()
        self._rest.stop()
        self._inbox.close()

    def draw(self, painter: QPainter, seen: Rect, scale: float) -> None:
        """Draw what is kept of `seen` (scene px), and have it drawn sharply for `scale` px per scene px."""
        close_up = self.close_up
        sharp = (
            close_up is not None
            and close_up.revision == self.revision
            and close_up.scale == scale
            and close_up.region.encloses(seen)
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        if not sharp and self.overview is not None:
            painter.drawImage(QRectF(*self.overview.region), self.overview.image)
        if close_up is not None and (sharp or close_up.revision == self.revision):
            painter.drawImage(QRectF(*close_up.region), close_up.image)
        if not sharp or self.overview is None or self.overview.revision != self.revision:
            self._want(seen, scale)

    def current_overview(self) -> Sheet | None:
        """Return the picture of the whole graph, and have it drawn anew when it is of an earlier state."""
        if self.overview is None or self.overview.revision != self.revision:
            self._overview_wanted = True
            self._begin()
        return self.overview

    def _want(self, seen: Rect, scale: float) -> None:
        self._wanted = (seen, scale)
        if scale != self._scale and self.overview is not None:
            self._rest.start()
            self._stop.set()
        self._scale = scale
        self._begin()

    def _begin(self) -> None:
        if self._busy:
            return
        if self.overview is not None:
            self._start()
        elif not self._first.pending:
            self._first.request()

    def _start(self) -> None:
        bounds = self._stage.geometry.bounds()
        if bounds is None or self._busy or self._closed.is_set() or self._rest.isActive():
            return
        job = self._next_job(bounds)
        if job is None:
            return
        self._busy = True
        if not job.overview:
            self._stop.clear()
        threading.Thread(target=self._run, args=(job,), name="canvas sheet").start()

    def _next_job(self, bounds: Rect) -> _Job | None:
        """Return what is missing most: anything at all, then what is in view, then a fresh overview."""
        fresh = self.overview is not None and self.overview.revision == self.revision
        wanted = self._wanted
        close_up = wanted is not None and not self._fits(*wanted)
        if not close_up:
            self._wanted = None
        overview_due = not fresh and (self._overview_wanted or wanted is not None)
        self._overview_wanted = overview_due
        if overview_due and (self.overview is None or not close_up):
            return self._job(bounds.grown(20), self._overview_scale(bounds), overview=True)
        if close_up and wanted is not None:
            seen, scale = wanted
            return self._job(seen.grown(max(seen.width, seen.height) / 2), scale, overview=False)
        return None

    def _fits(self, seen: Rect, scale: float) -> bool:
        kept = self.close_up
        return (
            kept is not None and kept.revision == self.revision and kept.scale == scale and kept.region.encloses(seen)
        )

    def _overview_scale(self, bounds: Rect) -> float:
        return min(_CURVES_FROM, _OVERVIEW_SIDE / max(bounds.width, bounds.height, 1))

    def _job(self, region: Rect, scale: float, *, overview: bool) -> _Job:
        graph = self._stage.document.graph
        # Copies, because the thread reads while the person edits; the values inside are never changed.
        return _Job(
            region,
            scale,
            self.revision,
            overview,
            dict(self._stage.geometry.cards),
            dict(graph.nodes),
            dict(graph.connections),
            self._stage.geometry.folding,
            self._stage.document.catalog,
            self._stage.look,
            self._stage.heat,
            self._stage.critical_wires,
        )

    def _run(self, job: _Job) -> None:
        image = paint_sheet(job.region, job.scale, job, self._closed if job.overview else self._stop)
        self._inbox.post((job, image))

    def _on_received(self, finished: list[tuple[_Job, QImage | None]]) -> None:
        for job, image in finished:
            if image is not None:
                sheet = Sheet(image, job.region, job.scale, job.revision)
                if job.overview:
                    self.overview = sheet
                else:
                    self.close_up = sheet
        self._busy = False
        self._on_ready()
        if self._wanted is not None or self._overview_wanted:
            self._start()


def sheet_of(
    stage: Stage, node_ids: Collection[str], region: Rect, scale: float, over: Callable[[QPainter], object]
) -> Sheet | None:
    """Draw some nodes and the wires among them now, as the pictures show them; `over` draws what goes on top."""
    graph, cards = stage.document.graph, stage.geometry.cards
    among = {wire.key: wire for wire in graph.wires_of(node_ids) if wire[0] in node_ids and wire[2] in node_ids}
    some = {one: cards[one] for one in node_ids}
    nodes = {one: graph.nodes[one] for one in node_ids}
    folding, catalog = stage.geometry.folding, stage.document.catalog
    job = _Job(region, scale, 0, False, some, nodes, among, folding, catalog, stage.look, stage.heat, frozenset())
    image = paint_sheet(region, scale, job, threading.Event(), over)
    return Sheet(image, region, scale, 0) if image is not None else None


def _faint_pen(colour: QColor, scale: float) -> QPen:
    """Return the pen for wires of a colour as the pictures show them."""
    faint = QColor(colour)
    faint.setAlphaF(0.75 if scale >= _CURVES_FROM else 0.5)
    pen = QPen(faint, 1)
    pen.setCosmetic(True)
    return pen


def paint_sheet(
    region: Rect, scale: float, job: _Job, stop: threading.Event, over: Callable[[QPainter], object] | None = None
) -> QImage | None:
    """Draw cards as boxes and wires as thin lines, then `over`; return None when told to stop. Runs on any thread."""
    image = QImage(
        max(1, round(region.width * scale)),
        max(1, round(region.height * scale)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(image.width() / region.width, image.height() / region.height)
    painter.translate(-region.x, -region.y)
    near = {
        node_id: card
        for node_id, card in WINDOW.giving(job.cards.items())
        if card.x < region.right
        and card.x + card.shape.width > region.x
        and card.y < region.bottom
        and card.y + card.shape.height > region.y
    }
    done = _paint_wires(painter, job, region, scale, stop) and _paint_boxes(painter, job, near, scale, stop)
    if done and over is not None:
        over(painter)
    painter.end()
    return image if done else None


def _paint_wires(painter: QPainter, job: _Job, region: Rect, scale: float, stop: threading.Event) -> bool:
    cards = job.cards
    curved = scale >= _CURVES_FROM
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, curved)
    groups: dict[int, tuple[QColor, list[WireKey]]] = {}
    for key, wire in WINDOW.giving(job.wires.items()):
        if stop.is_set():
            return False
        source, target = cards.get(key[0]), cards.get(key[2])
        if source is None or target is None or not (_spans(source, target, region) and job.shows(wire)):
            continue
        spot = source.shape.spot(key[1], True)
        colour = job.look.port_colour(spot.port if spot else None)
        control = spot is not None and spot.port.kind is PortKind.CONTROL
        groups.setdefault(colour.rgba() ^ control, (colour, []))[1].append(key)
    for colour, keys in groups.values():
        painter.setPen(_faint_pen(colour, scale))
        if not curved:
            for lines in _in_pieces((_line(cards[key[0]], cards[key[2]]) for key in keys), scale):
                if stop.is_set():
                    return False
                WINDOW.give()
                painter.drawLines(lines)
            continue
        for key in keys:
            if stop.is_set():
                return False
            # Each call gives the interpreter away and wants it back, so each asks first.
            WINDOW.give()
            painter.drawPath(_curve(cards[key[0]], cards[key[2]], key))
    _paint_path(painter, job, region, scale)
    return True


def _in_pieces(lines: Iterable[QLineF], scale: float) -> Iterator[list[QLineF]]:
    """Cut lines (scene px) into what one call can draw in about a millisecond, in which nobody else gets to work."""
    piece: list[QLineF] = []
    pixels = 0.0
    for line in lines:
        piece.append(line)
        pixels += (abs(line.dx()) + abs(line.dy())) * scale
        if pixels > _PIXELS_AT_ONCE or len(piece) == _AT_ONCE:
            yield piece
            piece, pixels = [], 0.0
    if piece:
        yield piece


def _paint_path(painter: QPainter, job: _Job, region: Rect, scale: float) -> None:
    """Draw the wires of the critical path over the others."""
    cards = job.cards
    pen = QPen(job.look.critical, _PATH_WIDTH if scale >= _PATH_WIDE_FROM else 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    known = [(key, cards[key[0]], cards[key[2]]) for key in job.path if key[0] in cards and key[2] in cards]
    near = [(key, source, target) for key, source, target in known if _spans(source, target, region)]
    if scale >= _CURVES_FROM:
        for key, source, target in near:
            painter.drawPath(_curve(source, target, key))
    else:
        painter.drawLines([_line(source, target) for _, source, target in near])


def _paint_boxes(painter: QPainter, job: _Job, near: dict[str, Card], scale: float, stop: threading.Event) -> bool:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    colour_of = _colours(job)
    groups: dict[int, tuple[QColor, list[Card]]] = {}
    for node_id, card in WINDOW.giving(near.items()):
        colour = colour_of(node_id)
        groups.setdefault(colour.rgba(), (colour, []))[1].append(card)
    headed = scale >= _CURVES_FROM
    for colour, cards in groups.values():
        for start in range(0, len(cards), _AT_ONCE):
            if stop.is_set():
                return False
            WINDOW.give()
            chunk = cards[start : start + _AT_ONCE]
            if headed:
                painter.setBrush(job.look.body)
                painter.drawRects([QRectF(one.x, one.y, one.shape.width, one.shape.height) for one in chunk])
            painter.setBrush(colour)
            painter.drawRects(
                [QRectF(one.x, one.y, one.shape.width, HEADER_HEIGHT if headed else one.shape.height) for one in chunk]
            )
    return True


def _colours(job: _Job) -> Callable[[str], QColor]:
    """Return what gives a node its colour: its heat where heat is shown, else its category."""
    by_type: dict[str, QColor] = {}
    heat = job.heat

    def colour(node_id: str) -> QColor:
        if heat is not None and node_id in heat.shares:
            return job.look.heat_ground(min(HEAT_STEPS - 1, int(heat.shares[node_id] * HEAT_STEPS)), heat.stale)
        node = job.nodes.get(node_id)
        type_id = node.type if node is not None else ""
        if type_id not in by_type:
            found = job.catalog.find(type_id)
            by_type[type_id] = job.look.category(found.category if found else "unknown")
        return by_type[type_id]

    return colour


def _spans(source: Card, target: Card, region: Rect) -> bool:
    left, right = min(source.x, target.x), max(source.x, target.x) + source.shape.width
    top, bottom = min(source.y, target.y), max(source.y, target.y) + source.shape.height
    return left < region.right and right > region.x and top < region.bottom and bottom > region.y


def _line(source: Card, target: Card) -> QLineF:
    return QLineF(
        QPointF(source.x + source.shape.width, source.y + source.shape.height / 2),
        QPointF(target.x, target.y + target.shape.height / 2),
    )


def _curve(source: Card, target: Card, key: WireKey) -> QPainterPath:
    way = course(source.port_at(key[1], True), target.port_at(key[3], False), source.rect, target.rect)
    return wire_path(way)
