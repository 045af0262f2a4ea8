"""Every gesture over one graph on a real canvas: `python -m tests_performance.canvas_frames NODES SHAPE`.

Prints the time of each frame by gesture as JSON. Events go through the viewport; nothing is called that a hand cannot
reach, except to bring the view into place between two gestures.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from casare.app.adding import NodeFinder
from casare.app.documents.document import Document
from casare.app.editing import move_by
from casare.app.settings import SettingsStore
from casare.catalog import default_catalog
from casare.storage import generate
from casare.storage.synthetic.generate import Shape
from casare.ui.canvas import CanvasView
from casare.ui.dialogs.add_node import QuickAdd
from casare.ui.geometry.metrics import HEADER_HEIGHT
from casare.ui.panels.palette.rows import entry_fields
from casare.ui.shell.starting.application import make_application, share_the_interpreter
from casare.ui.theme.appearance import Appearance
from tests_performance.peers.hands import PATIENCE_S, Frames, Hand

WIDTH, HEIGHT = 1360, 860
STEPS = 60
MANY = 1_000
PAN_ZOOMS = {"pan, cards in full (100 %)": 1.0, "pan, middle (45 %)": 0.45, "pan, far (8 %)": 0.08}
SEARCHES = ("http request", "csv", "loop", "log mess")
_MIDDLE = (WIDTH / 2, HEIGHT / 2)


class Gestures:
    """One canvas and everything that is done to it; each method returns the times of its frames (ms)."""

    def __init__(self, window: QWidget, canvas: CanvasView) -> None:
        self._window = window
        self._canvas = canvas
        self._hand = Hand(canvas.viewport())
        self._frames = Frames(canvas.viewport())

    def pan(self, zoom: float) -> list[float]:
        """Drag the canvas with the middle button, there and back."""
        self._look_at_the_middle(zoom)
        self._hand.press(*_MIDDLE, Qt.MouseButton.MiddleButton)
        times = self._frames.of(self._hand.along(STEPS, (-23, -9), turn_every=15))
        self._hand.release()
        return times

    def zoom(self) -> list[float]:
        """Turn the wheel from everything in view to the largest, and back out."""
        self._canvas.fit()
        self._frames.settle()
        there: list[Callable[[], object]] = [lambda: self._hand.turn_wheel(*_MIDDLE, 1)] * 30
        back: list[Callable[[], object]] = [lambda: self._hand.turn_wheel(*_MIDDLE, -1)] * 30
        return self._frames.of(there) + self._frames.of(back)

    def fit_all(self) -> list[float]:
        """Go from actual size to everything in view."""
        times = []
        for _turn in range(8):
            self._look_at_the_middle(1.0)
            times += self._frames.of([self._canvas.fit])
        return times

    def drag_one(self) -> list[float]:
        """Drag the card in the middle about, at actual size."""
        self._look_at_the_middle(1.0)
        return self._drag(self._nearest())

    def drag_many(self, *, close: bool) -> list[float]:
        """Drag a selection of 1,000: all of them in view, or only the few around the one in the hand."""
        canvas, node_id = self._canvas, self._nearest()
        cards = canvas.stage.geometry.cards
        here = cards[node_id]
        chosen = sorted(cards, key=lambda one: abs(cards[one].x - here.x) + abs(cards[one].y - here.y))[:MANY]
        canvas.document.selection.set(chosen)
        if close:
            self._look_at_the_middle(1.0)
        else:
            canvas.fit(chosen)
            self._frames.settle()
        times = self._drag(node_id)
        canvas.document.selection.clear()
        return times

    def band(self) -> list[float]:
        """Draw the rubber band over everything."""
        self._canvas.fit()
        self._frames.settle()
        self._hand.press(3, 3)
        times = self._frames.of(self._hand.along(STEPS, ((WIDTH - 8) / STEPS, (HEIGHT - 8) / STEPS)))
        self._hand.release()
        self._canvas.document.selection.clear()
        return times

    def undo(self) -> list[float]:
        """Take back a move of 1,000 nodes and do it again, everything in view."""
        canvas, document = self._canvas, self._canvas.document
        canvas.fit()
        document.do(move_by(document.graph, 40, 20, nodes=list(document.graph.nodes)[:MANY]))
        self._frames.settle()
        times = []
        for _turn in range(6):
            times += self._frames.of([document.undo])
            times += self._frames.of([document.redo])
        document.undo()
        self._frames.settle()
        return times

    def hover(self) -> list[float]:
        """Move the pointer over the canvas with nothing held."""
        self._look_at_the_middle(1.0)
        self._hand.move(40, 60)
        times = []
        for act in self._hand.along(STEPS, (19, 11)):
            # Most of these paint nothing; what counts is what looking under the pointer takes.
            began = time.perf_counter()
            act()
            QApplication.processEvents()
            times.append((time.perf_counter() - began) * 1000)
        return times

    def search(self) -> list[float]:
        """Type into quick-add; each key is a frame of its list."""
        catalog = default_catalog()
        finder = NodeFinder(self._canvas.document.graph, catalog, entry_fields)
        sheet = QuickAdd(self._window, finder, catalog, at=QPoint(400, 200), area=self._window.rect())
        sheet.open()
        frames = Frames(sheet.view.viewport())
        frames.settle(0.1)
        times = []
        for words in SEARCHES:
            times += frames.of([lambda key=key: QTest.keyClicks(sheet.field, key) for key in words])  # type: ignore[misc]
            sheet.field.clear()
            frames.settle(0.1)
        sheet.close_sheet()
        self._frames.settle(0.1)
        return times

    def minimap(self) -> list[float]:
        """Paint the minimap again."""
        self._look_at_the_middle(1.0)
        viewport = self._canvas.viewport()
        return self._frames.of([lambda: viewport.update(self._canvas.minimap.rect)] * 20)

    def minimap_after_edit(self) -> list[float]:
        """Move a node, and see the minimap paint what it has while its picture is drawn anew."""
        self._look_at_the_middle(1.0)
        document = self._canvas.document
        node_id = self._nearest()
        return self._frames.of(
            [lambda: document.do(move_by(document.graph, 20, 0, nodes=[node_id])) for _turn in range(10)]
        )

    def steer(self) -> list[float]:
        """Drag the frame of the view about in the minimap."""
        self._look_at_the_middle(1.0)
        rect = self._canvas.minimap.rect
        if rect.isEmpty():
            return []
        self._hand.press(rect.x() + 12, rect.center().y())
        times = self._frames.of(self._hand.along(30, ((rect.width() - 24) / 30, 0)))
        self._hand.release()
        return times

    def picture(self) -> list[float]:
        """Return how long after an edit the overview is true again; nothing waits for it (not a frame)."""
        document = self._canvas.document
        sheets = self._canvas.canvas_scene.sheets
        self._look_at_the_middle(1.0)
        times = []
        for _turn in range(3):
            began = time.perf_counter()
            document.do(move_by(document.graph, 20, 0, nodes=[self._nearest()]))
            while time.perf_counter() - began < PATIENCE_S:
                QApplication.processEvents()
                if sheets.overview is not None and sheets.overview.revision == sheets.revision:
                    break
                time.sleep(0.001)
            times.append((time.perf_counter() - began) * 1000)
        return times

    def all(self) -> dict[str, list[float]]:
        """Do everything in turn."""
        found = {name: self.pan(zoom) for name, zoom in PAN_ZOOMS.items()}
        found["zoom by wheel through all levels"] = self.zoom()
        found["fit all"] = self.fit_all()
        found["hover"] = self.hover()
        found["drag one"] = self.drag_one()
        found["drag 1,000, all in view"] = self.drag_many(close=False)
        found["drag 1,000, a few in view"] = self.drag_many(close=True)
        found["rubber band over all"] = self.band()
        found["undo of a move of 1,000"] = self.undo()
        found["quick-add, each key"] = self.search()
        found["minimap painted"] = self.minimap()
        found["minimap after an edit"] = self.minimap_after_edit()
        found["steer by the minimap"] = self.steer()
        found["minimap true again after an edit"] = self.picture()
        return {name: times for name, times in found.items() if times}

    def _drag(self, node_id: str) -> list[float]:
        card = self._canvas.stage.geometry.cards[node_id]
        place = self._canvas.mapFromScene(QPointF(card.x + card.shape.width / 2, card.y + HEADER_HEIGHT / 2))
        self._hand.press(place.x(), place.y())
        times = self._frames.of(self._hand.along(STEPS, (7, 4), turn_every=20))
        self._canvas.pointing.cancel()
        self._hand.release()
        self._frames.settle()
        return times

    def _nearest(self) -> str:
        """Return the card nearest to the middle of the graph."""
        x, y = self._middle()
        cards = self._canvas.stage.geometry.cards
        return min(cards, key=lambda one: abs(cards[one].x - x) + abs(cards[one].y - y))

    def _middle(self) -> tuple[float, float]:
        bounds = self._canvas.stage.geometry.bounds()
        return bounds.center if bounds is not None else (0.0, 0.0)

    def _look_at_the_middle(self, zoom: float) -> None:
        self._canvas.zoom_to(zoom)
        card = self._canvas.stage.geometry.cards[self._nearest()]
        self._canvas.centerOn(card.x + 100, card.y + 40)
        self._frames.settle()


def main() -> None:
    """Measure and print."""
    size, shape = int(sys.argv[1]), sys.argv[2]
    application = make_application()
    share_the_interpreter()
    Appearance("dark").apply(application)
    with TemporaryDirectory() as folder:
        document = Document(generate(size, 1, _shape(shape)), catalog=default_catalog())
        window = QWidget()
        canvas = CanvasView(document, SettingsStore(Path(folder) / "settings.json"), window)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(canvas)
        window.resize(WIDTH, HEIGHT)
        window.show()
        gestures = Gestures(window, canvas)
        chosen = sys.argv[3:]
        print(json.dumps(gestures.all() if not chosen else {name: getattr(gestures, name)() for name in chosen}))
        canvas.canvas_scene.sheets.close()
        window.close()


def _shape(name: str) -> Shape:
    return "random" if name == "random" else "mixed"


if __name__ == "__main__":
    main()
