"""A canvas in a window, and hands that move a real pointer over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.settings import SettingsStore
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.ui.canvas import CanvasView
from casare.ui.theme.fonts import load_fonts

_NONE = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton


class Hand:
    """A pointer over one canvas; places are in scene px."""

    def __init__(self, canvas: CanvasView) -> None:
        self.canvas = canvas

    def to_screen(self, place: tuple[float, float]) -> QPoint:
        return self.canvas.mapFromScene(QPointF(*place))

    def port(self, node: str, port: str, *, output: bool) -> tuple[float, float]:
        return self.canvas.stage.geometry.cards[node].port_at(port, output)

    def header(self, node: str) -> tuple[float, float]:
        card = self.canvas.stage.geometry.cards[node]
        return (card.x + card.shape.width / 2, card.y + 14)

    def press(
        self, place: tuple[float, float], held: Qt.KeyboardModifier = _NONE, button: Qt.MouseButton = _LEFT
    ) -> None:
        QTest.mousePress(self.canvas.viewport(), button, held, self.to_screen(place))

    def move(self, place: tuple[float, float]) -> None:
        QTest.mouseMove(self.canvas.viewport(), self.to_screen(place))
        QApplication.processEvents()

    def release(
        self, place: tuple[float, float], held: Qt.KeyboardModifier = _NONE, button: Qt.MouseButton = _LEFT
    ) -> None:
        QTest.mouseRelease(self.canvas.viewport(), button, held, self.to_screen(place))

    def click(
        self, place: tuple[float, float], held: Qt.KeyboardModifier = _NONE, button: Qt.MouseButton = _LEFT
    ) -> None:
        QTest.mouseClick(self.canvas.viewport(), button, held, self.to_screen(place))

    def double_click(self, place: tuple[float, float]) -> None:
        self.click(place)
        QTest.mouseDClick(self.canvas.viewport(), _LEFT, _NONE, self.to_screen(place))

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        held: Qt.KeyboardModifier = _NONE,
        button: Qt.MouseButton = _LEFT,
        *,
        drop: bool = True,
    ) -> None:
        """Press at `start`, move to `end` in steps, and let go there unless `drop` is False."""
        self.press(start, held, button)
        for step in range(1, 7):
            share = step / 6
            self.move((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
        if drop:
            self.release(end, held, button)


def flow() -> Graph:
    """Return a small graph: set -> compare -> if -> two logs, and a node of an unknown type."""
    nodes = (
        Node("set", "SetVariableNode", {"variable_name": "total", "value": 3}, (0, 0)),
        Node("compare", "ComparisonNode", {"a": "{{total}}", "b": 2, "operator": ">"}, (280, 0)),
        Node("if", "IfNode", {"condition": "{{compare.result}}"}, (560, 0)),
        Node("yes", "LogNode", {"message": "yes"}, (840, -100)),
        Node("no", "LogNode", {"message": "no"}, (840, 100)),
        Node("odd", "SomebodyElsesNode", {"kept": 1}, (560, 260)),
    )
    wires = (
        Connection("set", "exec_out", "compare", "exec_in"),
        Connection("compare", "exec_out", "if", "exec_in"),
        Connection("if", "true", "yes", "exec_in"),
        Connection("if", "false", "no", "exec_in"),
    )
    return Graph(nodes, wires, metadata={"name": "flow"})


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    """Return settings that live in the test's own folder."""
    return SettingsStore(tmp_path / "settings.json")


@pytest.fixture
def open_canvas(qtbot: QtBot, catalog: Catalog, settings: SettingsStore) -> Iterator[Callable[[Graph], Hand]]:
    """Return a function that shows a graph in a window of 1,200 x 800 px at actual size and gives a hand over it."""
    load_fonts()
    opened: list[CanvasView] = []

    def show(graph: Graph) -> Hand:
        canvas = CanvasView(Document(graph, catalog=catalog), settings)
        qtbot.addWidget(canvas)
        canvas.resize(1200, 800)
        canvas.show()
        qtbot.waitExposed(canvas)
        canvas.fit()
        opened.append(canvas)
        return Hand(canvas)

    yield show
    for canvas in opened:
        canvas.canvas_scene.sheets.close()


@pytest.fixture
def small_graph() -> Graph:
    """Return the small graph."""
    return flow()


@pytest.fixture
def hand(open_canvas: Callable[[Graph], Hand]) -> Hand:
    """Return a hand over the small graph."""
    return open_canvas(flow())
