"""What the canvas is to know of a report: critical path, heat, costs. Each is told only when it is another one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from casare.profiling import Report
from casare.ui.panels.profiler.costs import costs_of
from casare.ui.panels.profiler.heat import HeatPicture, heat_of


class CanvasMarks(QObject):
    """Remember what the canvas shows."""

    critical_shown = Signal(object)
    """The node ids (a tuple, from start to end) of the critical path; empty for none."""
    heat_shown = Signal(object)
    """The HeatPicture to lay over the nodes, or None for none."""
    costs_shown = Signal(object)
    """The CostsPicture that says what nodes cost, or None for none."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._path: tuple[str, ...] = ()
        self._supposed: tuple[str, ...] | None = None
        self._heat: HeatPicture | None = None
        self._told: tuple[Report, str, bool] | None = None
        """What the heat that is on show was made of."""
        self._costs: tuple[Report, bool] | None = None

    def show_path(self, report: Report | None, *, shown: bool) -> None:
        """Show the critical path of a report, or none."""
        nodes = report.critical_path if shown and report is not None else ()
        if self._supposed is not None and report is not None:
            # What is being supposed is worth seeing whether the path of now is on show or not.
            nodes = self._supposed
        if nodes != self._path:
            self._path = nodes
            self.critical_shown.emit(nodes)

    def suppose(self, path: tuple[str, ...] | None) -> None:
        """Show from now on the path that would be; None for the one that is."""
        self._supposed = path

    def show_heat(self, report: Report | None, kind: str, *, stale: bool) -> None:
        """Show the heat of a report; `kind` is a key of SCALES, or an empty text for none."""
        if report is None or not report.nodes or not kind:
            self.clear_heat()
            return
        before = self._told
        same = before is not None and before[0] is report and before[1] == kind
        if same and before is not None and before[2] == stale:
            return
        picture = self._heat if same else None
        self._heat = picture._replace(stale=stale) if picture else heat_of(report, kind, stale=stale)
        self._told = (report, kind, stale)
        self.heat_shown.emit(self._heat)

    def show_costs(self, report: Report | None, *, stale: bool) -> None:
        """Let the canvas tell what the nodes of a report cost; None for no longer."""
        before = self._costs
        if report is None:
            if before is not None:
                self._costs = None
                self.costs_shown.emit(None)
        elif before is None or before[0] is not report or before[1] != stale:
            self._costs = (report, stale)
            self.costs_shown.emit(costs_of(report, stale=stale))

    def clear(self) -> None:
        """Take everything away."""
        self.show_path(None, shown=False)
        self.clear_heat()
        self.show_costs(None, stale=False)

    def clear_heat(self) -> None:
        """Take the heat away."""
        if self._told is not None:
            self._told = self._heat = None
            self.heat_shown.emit(None)
