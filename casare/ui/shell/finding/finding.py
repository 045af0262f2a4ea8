"""Finding things from the window: the bar over the canvas, the marks on it, and the way to what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint

from casare.app.documents.level import Level
from casare.app.editing import portals
from casare.app.finding import Found, Kind, Match
from casare.foundation.rect import Rect
from casare.ui.accessibility import announce
from casare.ui.background.find_watch import FindWatch
from casare.ui.canvas.stage import FoundMarks
from casare.ui.dialogs.find_bar import WIDTH, FindBar
from casare.ui.theme.tokens import SPACE_M, SPACE_XL

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView
    from casare.ui.shell.frame.main_window import MainWindow
    from casare.ui.shell.frame.workspace import Workspace


_MARKED_KINDS = (Kind.NODE, Kind.FRAME, Kind.NOTE)


class Finding(QObject):
    """Own the find bar of a window. The query outlives the bar, so that F3 goes on where it left off."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._window = window
        self._workspace = workspace
        self._marked: tuple[Found | None, Level | None, FoundMarks] = (None, None, FoundMarks())
        self.watch = FindWatch(self._problems, self)
        self.bar = FindBar(self.watch, window.session.catalog, workspace)
        self.watch.changed.connect(self._show_marks)
        self.watch.reached.connect(self._go_to)
        self.bar.closed.connect(self._on_closed)
        self.bar.select_all_requested.connect(self.select_all)
        workspace.installEventFilter(self)
        workspace.stack.installEventFilter(self)
        window.session.front_changed.connect(self._follow)
        if window.watch is not None:
            window.watch.changed.connect(self.watch.refresh)
        self._follow(window.session.front)

    def open(self) -> None:
        """Open the bar over the canvas in front."""
        self._place()
        self.bar.open()
        self._show_marks()

    def step(self, by: int) -> None:
        """Go to the next match, or back; without a query ask for one."""
        if self.watch.text.strip():
            self.watch.step(by)
        else:
            self.open()

    def select_all(self) -> None:
        """Select everything on the level in front that fits."""
        level, found = self.watch.document, self.watch.found
        if level is None or not found.matches:
            return
        named = found.ids(Kind.PORTAL, level.id)
        wires = [key for name, keys in portals(level.graph).items() if name in named for key in keys] if named else []
        nodes, frames, notes = (found.ids(kind, level.id) for kind in _MARKED_KINDS)
        level.selection.set(nodes, wires, frames, notes)

    def go_to_decor(self, kind: str, decor_id: str) -> None:
        """Select a frame, a note or a portal of the level in front and bring it into view."""
        if self._window.canvas is not None:
            reveal_decor(self._window.canvas, kind, decor_id)

    def close(self) -> None:
        """Search nothing more."""
        self.watch.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the bar in its corner."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.bar.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        canvas = self._window.canvas
        if canvas is None:
            return
        corner = canvas.mapTo(self._workspace, QPoint(canvas.width(), 0))
        width = min(WIDTH, max(240, canvas.width() - 2 * SPACE_M))
        self.bar.setGeometry(corner.x() - width - SPACE_M, corner.y() + SPACE_M, width, self.bar.sizeHint().height())

    def _follow(self, level: Level | None) -> None:
        for view in self._workspace.views():
            for canvas in view.canvases:
                canvas.canvas_scene.show_found(None)
        self.watch.follow(level)
        if level is None:
            self.bar.dismiss()
        elif not self.bar.isHidden():
            self._place()
            self.bar.raise_()
            # A level that is entered for the first time has its canvas only now.
            self._show_marks()

    def _problems(self) -> dict[str, dict[str, str]]:
        watch = self._window.watch
        marks: dict[str, dict[str, str]] = {}
        for problem in reversed(watch.problems if watch is not None else ()):
            if problem.node_id:
                marks.setdefault(problem.level, {})[problem.node_id] = problem.severity
        return marks

    def _show_marks(self) -> None:
        level = self.watch.document
        view = self._workspace.view(level.document) if level is not None else None
        found, current = self.watch.found, self.watch.current
        shown = view is not None and not self.bar.isHidden() and bool(found.query) and bool(found.matches)
        marks = None
        if shown:
            if found is not self._marked[0] or level is not self._marked[1]:
                # Thousands of ids, which a step from match to match must not gather again.
                here = level.id if level is not None else ""
                nodes, frames, notes = (found.ids(kind, here) for kind in _MARKED_KINDS)
                self._marked = (found, level, FoundMarks(nodes, frames, notes))
            shown_here = current is not None and level is not None and current.level == level.id
            marks = self._marked[2]._replace(current=current.id if current is not None and shown_here else "")
        for canvas in view.canvases if view is not None else ():
            if canvas.document is level:
                canvas.canvas_scene.show_found(marks)
        if not self.bar.isHidden():
            announce(self.bar, self.bar.count_text)

    def _go_to(self, match: Match) -> None:
        level = self.watch.document
        if level is None or not level.document.show_level(match.level):
            return
        # Going there may have brought the canvas of another level to the front.
        canvas = self._window.canvas
        if canvas is None:
            return
        if match.kind is Kind.NODE:
            canvas.document.reveal([match.id])
        else:
            reveal_decor(canvas, match.kind, match.id)
        self._keep_clear(canvas, match)

    def _keep_clear(self, canvas: CanvasView, match: Match) -> None:
        """Move the view when the bar covers what was found."""
        card = canvas.stage.geometry.cards.get(match.id)
        if self.bar.isHidden() or card is None or match.kind is not Kind.NODE:
            return
        area = canvas.mapFromScene(card.x, card.y, card.shape.width, card.shape.height).boundingRect()
        bar = self.bar.geometry().translated(-canvas.mapTo(self._workspace, QPoint(0, 0)))
        if area.intersects(bar):
            canvas.pan_by(min(0, bar.left() - SPACE_XL - area.right()), 0)

    def _on_closed(self) -> None:
        self._show_marks()
        canvas = self._window.canvas
        if canvas is not None:
            canvas.setFocus()


def reveal_decor(canvas: CanvasView, kind: str, decor_id: str) -> None:
    """Select a frame, a note or the wires of a portal and bring it into view."""
    document = canvas.document
    if kind == Kind.PORTAL:
        document.reveal((), portals(document.graph).get(decor_id, ()))
        return
    held = document.graph.frames if kind == Kind.FRAME else document.graph.notes
    found = held.get(decor_id)
    if found is None:
        return
    if kind == Kind.FRAME:
        document.selection.set(frames=[decor_id])
    else:
        document.selection.set(notes=[decor_id])
    canvas.navigator.reveal(Rect(*found.position, *found.size))
    canvas.zoom_changed.emit(canvas.zoom)
