"""The canvas as a widget: one document, seen through a view that can be moved and zoomed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from casare.app import editing
from casare.app.documents.level import Level
from casare.app.editing import End
from casare.app.places import Place
from casare.app.right_of_way import WINDOW
from casare.app.settings import Settings, SettingsStore
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.arranging import CanvasArranging
from casare.ui.canvas.drop import GRABBED_AT, dropped_entry
from casare.ui.canvas.editing import CanvasEditing
from casare.ui.canvas.gestures import Pointer
from casare.ui.canvas.hints import table_keys
from casare.ui.canvas.keys import HeldKeys
from casare.ui.canvas.layers.base import DETAIL, MANY
from casare.ui.canvas.minimap import Minimap
from casare.ui.canvas.navigation import ZOOM_STEP, Navigator
from casare.ui.canvas.paint.decor import draw_grid
from casare.ui.canvas.pointing import Pointing
from casare.ui.canvas.scene import CanvasScene
from casare.ui.canvas.settling import Settling
from casare.ui.canvas.showing import CanvasShowing
from casare.ui.canvas.stage import Heat, RunPicture, Stage
from casare.ui.canvas.target import CanvasTarget
from casare.ui.canvas.typing_in_place import TypingInPlace
from casare.ui.geometry.hit import Hit, HitKind, hit
from casare.ui.geometry.metrics import CARD_WIDTH
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.tokens import Theme

_FEW_PARTS = 8
_KINDS = {
    HitKind.PORT: "node",
    HitKind.WAYPOINT: "wire",
    HitKind.PORTAL: "wire",
    HitKind.FRAME_CORNER: "frame",
    HitKind.NOTE_CORNER: "note",
}


class CanvasView(QGraphicsView):
    """Shows a document and lets it be edited by hand.

    `edit`, `arrange` and `show_as` hold what commands ask for, `navigator` moves the view, `typing` edits in place.
    """

    zoom_changed = Signal(float)
    hint_changed = Signal(str)
    """What the status bar should say: of the running gesture, else what the held keys would do here."""
    context_menu_requested = Signal(object)
    """A CanvasTarget that was clicked with the right button."""
    problem_requested = Signal(str)
    """The id of a node whose failure in a run was clicked."""
    enter_requested = Signal(str)
    """The id of a subgraph instance that should be looked into."""
    quick_add_requested = Signal(object)
    """A CanvasTarget where a new node is wanted."""

    def __init__(
        self,
        document: Level,
        settings: SettingsStore,
        parent: QWidget | None = None,
        *,
        twin_of: CanvasView | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.in_front = True
        """Whether this is the view that moves when something is to be brought into view."""
        geometry = twin_of.stage.geometry.twin() if twin_of is not None else None
        self.canvas_scene = CanvasScene(document, current_theme(), self, geometry)
        self._settling = Settling(document, self.stage.geometry, self.canvas_scene.redraw_all, self)
        self.navigator = Navigator(self)
        self.minimap = Minimap(self)
        self.settings = settings
        self.keys_of = table_keys()
        """Which key a command has, as hints name it; the window gives its own."""
        self._shown_once = False
        self._start: Place | None = None
        self._fitting = False
        self._set_up_view()
        self.typing = TypingInPlace(self)
        self.edit = CanvasEditing(self)
        self.arrange = CanvasArranging(self)
        self.show_as = CanvasShowing(self)
        self.keys = HeldKeys(self)
        self.pointing = Pointing(self)
        self.canvas_scene.pictures_ready.connect(self.viewport().update)
        self.canvas_scene.graph_changed.connect(self._on_graph_changed)
        document.reveal_requested.connect(self._on_reveal)
        settings.changed.connect(self._on_settings)
        self._on_settings(settings.current)

    @property
    def stage(self) -> Stage:
        """Return what the canvas shows beyond the document."""
        return self.canvas_scene.stage

    @property
    def zoom(self) -> float:
        """Return pixels of the screen per scene px."""
        return self.navigator.zoom

    @property
    def snaps(self) -> bool:
        """Tell whether drags come to rest on the grid."""
        return self.settings.current.snap_to_grid

    @property
    def wheel_zooms(self) -> bool:
        """Tell whether a mouse wheel zooms (else it moves the view)."""
        return self.settings.current.wheel == "zoom"

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.canvas_scene.set_theme(theme)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the canvas by so many pixels of the screen."""
        self.navigator.pan_by(dx, dy)

    def zoom_at(self, factor: float, around: QPoint | None = None) -> None:
        """Zoom by `factor`, keeping what lies under `around` (the middle when None) in place."""
        self.zoom_to(self.zoom * factor, around)

    def zoom_to(self, zoom: float, around: QPoint | None = None) -> None:
        """Set the zoom: 1.0 is actual size."""
        self.typing.close(keep=True)
        before = self.zoom
        self.navigator.zoom_to(zoom, around)
        self.minimap.follow()
        self._tell_zoom(before)

    def zoom_step(self, steps: int) -> None:
        """Zoom in by so many steps, or out when negative."""
        self.zoom_at(ZOOM_STEP**steps)

    def fit(self, node_ids: Iterable[str] = ()) -> None:
        """Show the given nodes, or everything, as large as it fits and no larger than actual size."""
        geometry = self.stage.geometry
        area = geometry.bounds_of(node_ids) or geometry.bounds()
        if area is not None:
            before = self.zoom
            self.navigator.fit(area)
            self._tell_zoom(before)

    def reveal(self, node_ids: Iterable[str]) -> None:
        """Bring nodes into view, moving no more than needed."""
        area = self.stage.geometry.bounds_of(node_ids)
        if area is not None:
            before = self.zoom
            self.navigator.reveal(area)
            self._tell_zoom(before)

    def look_at(self, place: Place) -> None:
        """Move the view to a place, at the zoom it was seen at. Before the view has its size, it will start there."""
        if not self._shown_once:
            self._start = place
            return
        before = self.zoom
        self.navigator.look_at(place)
        self.minimap.follow()
        self._tell_zoom(before)

    def quick_add(self, pointer: Pointer | None = None, loose_end: End | None = None) -> None:
        """Ask for a new node at the pointer, or in the middle of the view."""
        if pointer is None:
            screen = self.viewport().mapFromGlobal(self.cursor().pos())
            inside = self.viewport().rect().contains(screen)
            screen = screen if inside else self.viewport().rect().center()
        else:
            screen = pointer.screen
        target = CanvasTarget(
            "canvas", "", None, self.mapToScene(screen), self.viewport().mapToGlobal(screen), loose_end
        )
        self.quick_add_requested.emit(target)

    def ask_for_menu(self, under: Hit, pointer: Pointer) -> None:
        """Ask for the context menu of what was hit."""
        kind = _KINDS.get(under.kind, under.kind.value)
        place = QPointF(pointer.x, pointer.y)
        self.context_menu_requested.emit(
            CanvasTarget(kind, under.id, under.wire, place, self.viewport().mapToGlobal(pointer.screen))
        )

    def wire_under(self, place: QPointF) -> WireKey | None:
        """Return the wire at a place on the canvas, or None."""
        found = hit(self.stage.geometry, self.document.graph, place.x(), place.y(), self.zoom)
        return found.wire if found.kind is HitKind.WIRE else None

    def set_critical(self, path: Sequence[str]) -> None:
        """Mark the nodes of a critical path and the wires between neighbours on it; none takes the marks away."""
        stage, following = self.stage, dict(pairwise(path))
        stage.critical_nodes = frozenset(path)
        wires = self.document.graph.connections if following else ()
        stage.critical_wires = frozenset(key for key in wires if following.get(key[0]) == key[2])
        self.canvas_scene.sheets.outdate()
        self.canvas_scene.redraw_all()

    def set_heat(self, heat: Heat | None) -> None:
        """Colour the cards by what they cost and write it above them; None shows the categories again."""
        self.stage.heat = heat
        self.canvas_scene.sheets.outdate()
        self.canvas_scene.redraw_all()

    def set_run(self, picture: RunPicture | None) -> None:
        """Show how the nodes fare in a run; None takes it away."""
        self.canvas_scene.show_run(picture)

    def set_problems(self, severities: dict[str, str]) -> None:
        """Mark nodes that have problems, by id: error or warning."""
        if self.stage.problems != severities:
            self.stage.problems = severities
            self.canvas_scene.redraw_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the layers which parts are painted: after a pan two strips, whose common rectangle is the whole view."""
        stage = self.stage
        areas = _parts(event.region())
        stage.exposed = tuple(self._scene_rect(one) for one in areas)
        stage.from_afar = self.zoom < DETAIL and len(stage.geometry.cards) > MANY
        super().paintEvent(event)
        stage.exposed = ()
        stage.from_afar = False
        self._settling.begin()

    def viewportEvent(self, event: QEvent) -> bool:
        """Let no thread take the interpreter while an event is handled."""
        with WINDOW:
            return super().viewportEvent(event)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the ground and the grid."""
        look = self.stage.look
        # A little more than asked for: on a screen of 1.5 px to one, the edge of the view falls between two pixels.
        spill = 2 / self.zoom
        painter.fillRect(QRectF(rect).adjusted(-spill, -spill, spill, spill), look.canvas)
        if self.settings.current.show_grid:
            draw_grid(painter, QRectF(rect), painter.worldTransform().m11(), look)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the minimap over everything."""
        painter.save()
        painter.resetTransform()
        self.minimap.paint(painter)
        painter.restore()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Let the minimap follow the view."""
        if not self._fitting:
            # The person has moved the view: from now on it stays where it is put.
            self._start = None
        super().scrollContentsBy(dx, dy)
        self.minimap.follow(dx, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the beginning of the workflow once the size is known, or keep what it shall start with in the middle."""
        self._fitting = True
        super().resizeEvent(event)
        area = self.stage.geometry.bounds()
        large = event.size().width() > 100
        if large and self._start is not None:
            # More than once: the docks take their room after the first time.
            self.navigator.look_at(self._start)
        self._fitting = False
        if not self._shown_once and large:
            self._shown_once = True
            if self._start is not None:
                self.zoom_changed.emit(self.zoom)
                return
            if area is not None:
                self.navigator.show_beginning(area)
            else:
                self.centerOn(0, 0)
            self.zoom_changed.emit(self.zoom)
        self.minimap.follow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take node types from the palette; leave everything else to the window."""
        if dropped_entry(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Keep taking what was taken on entering, and mark the wire it would go into."""
        self.dragEnterEvent(event)  # type: ignore[arg-type]
        entry = dropped_entry(event.mimeData())
        if entry is not None:
            wire = self.wire_under(self.mapToScene(event.position().toPoint()))
            document = self.document
            fits = wire and editing.fitting_wire(document.graph, document.catalog, *entry, wire)
            self.canvas_scene.set_drop_wire(wire if fits else None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the mark away."""
        self.canvas_scene.set_drop_wire(None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped node type where it was dropped."""
        entry = dropped_entry(event.mimeData())
        if entry is None:
            event.ignore()
            return
        self.canvas_scene.set_drop_wire(None)
        pointed = self.mapToScene(event.position().toPoint())
        place = pointed + QPointF(CARD_WIDTH / 2 - GRABBED_AT, 0)
        self.edit.add_entry(entry[0], entry[1], place, on_wire=self.wire_under(pointed))
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.acceptProposedAction()

    def give_up(self) -> None:
        """Hear nothing more of the document, which goes on without this view."""
        self.document.reveal_requested.disconnect(self._on_reveal)
        self.settings.changed.disconnect(self._on_settings)
        self.canvas_scene.give_up()

    def _on_reveal(self, node_ids: Iterable[str]) -> None:
        if self.in_front:
            self.reveal(node_ids)

    def _on_graph_changed(self) -> None:
        self.minimap.follow()

    def _on_settings(self, settings: Settings) -> None:
        self.minimap.set_wanted(settings.minimap)
        self.viewport().update()

    def _scene_rect(self, part: QRect) -> Rect:
        area = self.mapToScene(part).boundingRect()
        return Rect(area.x(), area.y(), area.width(), area.height())

    def _tell_zoom(self, before: float) -> None:
        if self.zoom != before:
            self.zoom_changed.emit(self.zoom)

    def _set_up_view(self) -> None:
        self.setScene(self.canvas_scene)
        self.setAccessibleName("Workflow canvas")
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        # We fill every pixel; knowing that, Qt moves the picture while panning and asks only for what comes into view.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def _parts(region: QRegion) -> list[QRect]:
    """Return the rectangles of a region when they are few enough to be looked at one by one."""
    if region.rectCount() > _FEW_PARTS:
        return []
    return list(region)  # type: ignore[call-overload, no-any-return]
