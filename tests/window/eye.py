"""What an onlooker sees: where things stand on the screen, what is selected, what is written where. It changes nothing.

It answers in the program's own event loop, so an answer also says that the program is not stuck. Places are in pixels
of the X screen.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import orjson
from PySide6.QtCore import QModelIndex, QObject, QPoint, QPointF, QSocketNotifier, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from casare.app.running.launch import Phase
from casare.ui.canvas import CanvasView
from casare.ui.dialogs.sheet import Sheet
from casare.ui.geometry.hit import hit
from casare.ui.shell.frame.main_window import MainWindow

Place = tuple[int, int]


class Eye(QObject):
    """Answer questions of one line of JSON each, `[name, {...}]`, with one line of JSON."""

    def __init__(self, descriptor: int, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket.socket(fileno=descriptor)
        self._half = b""
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._answers: dict[str, Callable[..., Any]] = {
            "state": self._state,
            "port": self._port,
            "node": self._node,
            "box": self._box,
            "wire": self._wire,
            "place": self._place,
            "widget": self._widget,
            "minimap": self._minimap,
            "texts": self._texts,
            "names": lambda: [name for one in _visible() if (name := one.accessibleName())],
            "tab": self._tab,
            "ground": self._ground,
            "row": self._row,
            "window": lambda: int(_window().winId()),
        }

    def close(self) -> None:
        """Hear no more questions."""
        self._notifier.setEnabled(False)
        self._socket.close()

    def _read(self) -> None:
        data = self._socket.recv(65536)
        if not data:
            self._notifier.setEnabled(False)
            return
        *lines, self._half = (self._half + data).split(b"\n")
        for line in lines:
            name, words = orjson.loads(line)
            try:
                answer = {"answer": self._answers[name](**words)}
            except Exception as error:  # the one who asked says what it means
                answer = {"error": f"{type(error).__name__}: {error}"}
            self._socket.sendall(orjson.dumps(answer) + b"\n")

    def _state(self) -> dict[str, Any]:
        window = _window()
        level, canvas = window.session.front, window.canvas
        focus = QApplication.focusWidget()
        seen: dict[str, Any] = {
            "title": window.windowTitle(),
            "active": window.isActiveWindow(),
            "modified": window.isWindowModified(),
            "focus": type(focus).__name__ if focus is not None else "",
            "focus_name": focus.accessibleName() if focus is not None else "",
            "sheet": next((type(one).__name__ for one in window.findChildren(Sheet) if one.isVisible()), ""),
            "toast": _words(window.toast) if window.toast.isVisible() else "",
            "hint": window.status._hint.text(),
            "counts": window.status.counts,
            "grade": window.status.grade,
            "focus_area": next((name for name in _docks(window) if _holds_focus(window, name)), ""),
            "tabs": [one.title for one in window.session.documents],
            "popup": type(popup).__name__ if (popup := QApplication.activePopupWidget()) is not None else "",
            "dialog": type(dialog).__name__ if (dialog := QApplication.activeModalWidget()) is not None else "",
        }
        if level is None or canvas is None:
            return seen
        chosen, stage = level.selection, canvas.stage
        return seen | {
            "nodes": sorted(chosen.nodes),
            "wires": sorted(chosen.wires),
            "frames": sorted(chosen.frames),
            "notes": sorted(chosen.notes),
            "level": level.id,
            "depth": len(level.document.way),
            "undo": level.history.undo_label,
            "edits": len(level.history._undo),
            "redo": level.history.redo_label,
            "zoom": canvas.zoom,
            "seen": list(canvas.navigator.seen()),
            "frozen": bool(level.document.frozen),
            "pending": list(stage.pending[2:3]) + list(stage.pending[5:6]) if stage.pending is not None else None,
            "docks": [name for name in _docks(window) if window.dock_is_front(name)],
            "split": window.view is not None and window.view.is_split,
            **_run(window, canvas),
            "problems": window.status.problems,
        }

    def _port(self, node: str, port: str, output: bool) -> Place:
        canvas = _canvas()
        return _on_screen(canvas, *canvas.stage.geometry.cards[node].port_at(port, output))

    def _node(self, node: str, down: float = 14.0, right: float = 0.5) -> Place:
        """Return a place on a card: `down` px from its top, at this share of its width."""
        canvas = _canvas()
        card = canvas.stage.geometry.cards[node]
        return _on_screen(canvas, card.x + card.shape.width * right, card.y + down)

    def _box(self, box: str, right: float = 0.5, down: float = 14.0) -> Place:
        """Return a place on a frame or a note: at a share of its width, `down` px from its top (its bottom if < 0)."""
        canvas = _canvas()
        graph = canvas.document.graph
        if box in graph.frames:
            area = canvas.stage.geometry.frame_rect(graph.frames[box])
            x, y, width, height = area
        else:
            (x, y), (width, height) = graph.notes[box].position, graph.notes[box].size
        return _on_screen(canvas, x + width * right, y + (down if down >= 0 else height + down))

    def _wire(self, key: list[str]) -> Place:
        """Return a place where a press means this wire and nothing else."""
        canvas = _canvas()
        wire = (key[0], key[1], key[2], key[3])
        points = canvas.stage.geometry.course_of(wire).flattened()
        middle = len(points) // 2
        for x, y in sorted(points, key=lambda one: abs(points.index(one) - middle)):
            if hit(canvas.stage.geometry, canvas.document.graph, x, y, canvas.zoom).wire == wire:
                return _on_screen(canvas, x, y)
        raise LookupError(f"the wire {key} is nowhere free")

    def _place(self, x: float, y: float) -> Place:
        return _on_screen(_canvas(), x, y)

    def _widget(self, name: str, right: float = 0.5, down: float = 0.5) -> Place:
        """Return a place on the widget in sight that is called, named or labelled so; rather on one to type into."""
        found = []
        for one in _visible():
            called = (one.accessibleName(), _label(one), one.objectName(), type(one).__name__)
            if name in called:
                found.append((one.focusPolicy() == Qt.FocusPolicy.NoFocus, called.index(name), one))
        if not found:
            raise LookupError(f"no widget “{name}” is in sight")
        widget = min(found, key=lambda one: one[:2])[2]
        size = widget.size()
        return _global(widget, QPoint(int(size.width() * right), int(size.height() * down)))

    def _minimap(self) -> tuple[int, int, int, int]:
        """Return where the minimap is, and its size; no size when it is not to be seen."""
        canvas = _canvas()
        area = canvas.minimap.rect
        return (*_global(canvas.viewport(), area.topLeft()), area.width(), area.height())

    def _ground(self) -> int:
        """Return how light the ground of the canvas is, 0 to 255."""
        return _canvas().stage.look.canvas.lightness()

    def _tab(self, name: str) -> Place:
        """Return where the tab of this name is."""
        for bar in _visible():
            if isinstance(bar, QTabBar):
                for at in range(bar.count()):
                    if name in (bar.tabText(at), bar.accessibleTabName(at)):
                        return _global(bar, bar.tabRect(at).center())
        raise LookupError(f"no tab “{name}” is in sight")

    def _row(self, name: str, text: str) -> Place:
        """Return the place of a row of the list or tree of this name whose text holds `text`."""
        for view in _visible():
            if not isinstance(view, QAbstractItemView) or name not in (view.accessibleName(), type(view).__name__):
                continue
            model = view.model()
            waiting = [QModelIndex()]
            while waiting:
                parent = waiting.pop()
                for row in range(model.rowCount(parent)):
                    index = model.index(row, 0, parent)
                    words = f"{index.data()} {index.data(Qt.ItemDataRole.AccessibleTextRole)}"
                    if text in words and view.visualRect(index).isValid():
                        return _global(view.viewport(), view.visualRect(index).center())
                    waiting.append(index)
        raise LookupError(f"no row “{text}” is in sight in “{name}”")

    def _texts(self) -> list[str]:
        """Return every text in sight, of labels, buttons and fields."""
        return [text for widget in _visible() if (text := _label(widget))]


def _window() -> MainWindow:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))


def _canvas() -> CanvasView:
    canvas = _window().canvas
    assert canvas is not None
    return canvas


def _visible() -> list[QWidget]:
    return [one for one in QApplication.allWidgets() if one.isVisible()]


def _label(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return widget.text().strip()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""


def _words(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def _docks(window: MainWindow) -> list[str]:
    from casare.ui.shell.frame import docks

    return [value for name, value in vars(docks).items() if name.isupper() and isinstance(value, str)]


def _run(window: MainWindow, canvas: CanvasView) -> dict[str, Any]:
    """Return how the last run of the document in front stands, and how each node of the level fares in it."""
    assert window.session.active is not None
    runs = window.session.runs.of(window.session.active)
    picture = canvas.stage.run
    board = picture.board if picture is not None else None
    return {
        "running": runs.is_running,
        "run_id": runs.run.id if runs.run is not None else "",
        "paused": runs.run is not None and runs.run.phase is Phase.PAUSED,
        "pins": sorted(runs.pinned),
        "run": {node: board.status(node) for node in canvas.document.graph.nodes} if board is not None else {},
    }


def _holds_focus(window: MainWindow, dock: str) -> bool:
    focus = QApplication.focusWidget()
    return window.workspace is not None and focus is not None and window.workspace.docks[dock].isAncestorOf(focus)


def _on_screen(canvas: CanvasView, x: float, y: float) -> Place:
    return _global(canvas.viewport(), canvas.mapFromScene(QPointF(x, y)))


def _global(widget: QWidget, place: QPoint) -> Place:
    ratio = widget.devicePixelRatioF()
    found = widget.mapToGlobal(place)
    return (round(found.x() * ratio), round(found.y() * ratio))
