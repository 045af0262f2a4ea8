"""The docks around the canvas: palette left, inspector and profiler right, problems, log, data and runs below."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from casare.ui.background import OncePerTurn
from casare.ui.shell.frame.dock_title import DockTitle

PALETTE, INSPECTOR, PROFILER, PROBLEMS, LOG = "palette", "inspector", "profiler", "problems", "log"
DATA, RUNS = "data", "runs"
OUTLINE = "outline"

_TITLES = {
    PALETTE: "Nodes",
    OUTLINE: "Outline",
    INSPECTOR: "Inspector",
    PROFILER: "Profiler",
    PROBLEMS: "Problems",
    LOG: "Log",
    DATA: "Data",
    RUNS: "Runs",
}
_AREAS = {
    PALETTE: Qt.DockWidgetArea.LeftDockWidgetArea,
    OUTLINE: Qt.DockWidgetArea.LeftDockWidgetArea,
    INSPECTOR: Qt.DockWidgetArea.RightDockWidgetArea,
    PROFILER: Qt.DockWidgetArea.RightDockWidgetArea,
    PROBLEMS: Qt.DockWidgetArea.BottomDockWidgetArea,
    LOG: Qt.DockWidgetArea.BottomDockWidgetArea,
    DATA: Qt.DockWidgetArea.BottomDockWidgetArea,
    RUNS: Qt.DockWidgetArea.BottomDockWidgetArea,
}
_BELOW = (PROBLEMS, LOG, DATA, RUNS)
_AFTER_PAINTING = 15
"""How long after a dock came into view its panel is made, ms."""
_LEFT_WIDTH, _RIGHT_WIDTH, _BOTTOM_HEIGHT = 236, 360, 168


class Docks(QObject):
    """Hold the docks of a window. A panel is made when its dock is first seen: an unopened one costs nothing."""

    changed = Signal()
    """Some dock was opened, closed, or came to the front."""

    def __init__(self, window: QMainWindow, makers: dict[str, Callable[[], QWidget]]) -> None:
        super().__init__(window)
        self._window = window
        self._makers = dict(makers)
        self._docks: dict[str, QDockWidget] = {}
        self._due = OncePerTurn(self._settle, self)
        # The canvas is painted before the panels beside it are made: they load what it can do without.
        self._fill_due = OncePerTurn(self._fill_seen, self, delay=_AFTER_PAINTING)
        window.setDockNestingEnabled(False)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        for name in _TITLES:
            self._docks[name] = self._make(name)
        # Hidden before they become tabs: Qt forgets to hide the tabs of docks that were never placed.
        for name in (*_BELOW, OUTLINE):
            self._docks[name].hide()
        window.tabifyDockWidget(self._docks[PALETTE], self._docks[OUTLINE])
        window.tabifyDockWidget(self._docks[INSPECTOR], self._docks[PROFILER])
        for before, after in pairwise(_BELOW):
            window.tabifyDockWidget(self._docks[before], self._docks[after])
        self.reset()

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    def panel(self, name: str) -> QWidget | None:
        """Return the panel in a dock, or None while nobody has seen it yet."""
        return self._docks[name].widget() if name not in self._makers else None

    def reset(self) -> None:
        """Put the docks back to how they are at first."""
        for name in _BELOW:
            self._docks[name].hide()
        for name in (PALETTE, OUTLINE, INSPECTOR, PROFILER):
            self._docks[name].show()
        self._docks[PALETTE].raise_()
        self._docks[INSPECTOR].raise_()
        self._due.request()

    def size_first(self) -> None:
        """Give the docks their first sizes; Qt takes them only once the window has one of its own."""
        wide = [self._docks[PALETTE], self._docks[INSPECTOR]]
        self._window.resizeDocks(wide, [_LEFT_WIDTH, _RIGHT_WIDTH], Qt.Orientation.Horizontal)
        self._window.resizeDocks([self._docks[PROBLEMS]], [_BOTTOM_HEIGHT], Qt.Orientation.Vertical)

    def is_open(self, name: str) -> bool:
        """Tell whether a dock is open, in front or behind another's tab."""
        return not self._docks[name].isHidden()

    def is_front(self, name: str) -> bool:
        """Tell whether a dock is open and not hidden behind another's tab."""
        dock = self._docks[name]
        if dock.isFloating():
            return dock.isVisible()
        # Qt keeps the docks behind a tab visible, but moves them out of the window.
        place = dock.geometry()
        return dock.isVisible() and place.right() >= 0 and place.bottom() >= 0

    def show(self, name: str) -> None:
        """Open a dock and bring it to the front, with its panel made."""
        dock = self._docks[name]
        dock.show()
        dock.raise_()
        self._fill(name)
        self._settle()

    def prepare(self, name: str) -> None:
        """Make the panel of a dock before anybody sees it."""
        self._fill(name)

    def toggle(self, name: str) -> bool:
        """Open or raise a dock; when it is in front, go back to the one behind it, or close it. Tell if it shows."""
        if not self.is_front(name):
            self.show(name)
            return True
        behind = [dock for dock in self._window.tabifiedDockWidgets(self._docks[name]) if not dock.isHidden()]
        if behind:
            behind[0].raise_()
            self._fill_dock(behind[0])
        else:
            self._docks[name].close()
        self._settle()
        return False

    def _make(self, name: str) -> QDockWidget:
        dock = QDockWidget(_TITLES[name], self._window)
        dock.setObjectName(f"dock-{name}")
        dock.setTitleBarWidget(DockTitle(dock))
        dock.setWidget(QWidget())
        self._window.addDockWidget(_AREAS[name], dock)
        dock.visibilityChanged.connect(lambda visible: self._on_visibility(name, visible))
        dock.dockLocationChanged.connect(lambda _area: self._due.request())
        dock.topLevelChanged.connect(lambda _floating: self._due.request())
        return dock

    def _on_visibility(self, name: str, visible: bool) -> None:
        if visible and name in self._makers:
            self._fill_due.request()
        self._due.request()

    def _fill_dock(self, dock: QDockWidget) -> None:
        self._fill(next(name for name, one in self._docks.items() if one is dock))

    def _fill_seen(self) -> None:
        for name in list(self._makers):
            if self.is_front(name):
                self._fill(name)

    def _fill(self, name: str) -> None:
        maker = self._makers.pop(name, None)
        if maker is None:
            return
        dock = self._docks[name]
        placeholder = dock.widget()
        dock.setWidget(maker())
        if placeholder is not None:
            placeholder.deleteLater()

    def _tend_tab_bars(self) -> None:
        """Hide the tab bars that Qt leaves behind when it lays out several pairs of docks at once."""
        docks = [dock.geometry() for dock in self._docks.values() if dock.isVisible() and not dock.isFloating()]
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            # Two short words always have room; made while the docks are still squeezed, a bar would scroll for ever.
            bar.setUsesScrollButtons(False)
            bar.setElideMode(Qt.TextElideMode.ElideRight)
            bar.setAccessibleName("Panels")
            place = bar.geometry()
            used = any(abs(dock.top() - place.bottom()) <= 2 and dock.left() == place.left() for dock in docks)
            if bar.isVisible() != used:
                bar.setVisible(used)

    def _settle(self) -> None:
        """Show a title only where no tab says it, see to the panels that are seen, and tell who listens."""
        self._due.cancel()
        self._tend_tab_bars()
        for name, dock in self._docks.items():
            neighbours = [one for one in self._window.tabifiedDockWidgets(dock) if not one.isHidden()]
            title = dock.titleBarWidget()
            if title is not None:
                wanted = dock.isFloating() or not neighbours
                if title.isHidden() == wanted:
                    title.setVisible(wanted)
                    title.updateGeometry()
            if name in self._makers and self.is_front(name):
                self._fill_due.request()
        self.changed.emit()
