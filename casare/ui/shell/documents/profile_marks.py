"""What the profiler shows on the canvases of the document in front; those of other documents show none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casare.app.session import Session
from casare.ui.canvas import CanvasView
from casare.ui.canvas.stage import Costs, Heat
from casare.ui.shell.documents.document_view import DocumentView

if TYPE_CHECKING:
    from casare.ui.panels.profiler import ProfilerPanel

HeatTold = tuple[Mapping[str, float], Mapping[str, str], bool]
CostsTold = tuple[Callable[[str], Sequence[str]], Callable[[Iterable[str]], str], bool]


class ProfileMarks(QObject):
    """Carry what one panel says to the canvases."""

    def __init__(self, panel: ProfilerPanel, session: Session, views: Callable[[], Iterable[DocumentView]]) -> None:
        super().__init__(panel)
        self._session = session
        self._views = views
        panel.critical_shown.connect(self._show_critical)
        panel.heat_shown.connect(self._show_heat)
        panel.costs_shown.connect(self._show_costs)

    def _canvases(self) -> Iterator[tuple[CanvasView, bool]]:
        """Yield the canvases of the outermost levels, and whether their document is in front."""
        for view in self._views():
            for canvas in view.outer_canvases:
                yield canvas, view.document is self._session.active

    def _show_critical(self, path: Sequence[str]) -> None:
        for canvas, in_front in self._canvases():
            canvas.set_critical(path if in_front else ())

    def _show_heat(self, told: HeatTold | None) -> None:
        for canvas, in_front in self._canvases():
            heat = Heat(*told) if told is not None and in_front else None
            if heat is not None or canvas.stage.heat is not None:
                canvas.set_heat(heat)

    def _show_costs(self, told: CostsTold | None) -> None:
        for canvas, in_front in self._canvases():
            canvas.canvas_scene.show_costs(Costs(*told) if told is not None and in_front else None)
