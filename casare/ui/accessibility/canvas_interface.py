"""The accessible interface of a canvas, and how Qt comes to use it."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from casare.app.editing import End
from casare.app.finding import Kind
from casare.foundation.rect import Rect
from casare.ui.accessibility.announcing import announce
from casare.ui.accessibility.part import Part
from casare.ui.accessibility.parts import DecorPart, NodePart
from casare.ui.canvas.stage import Stage
from casare.ui.canvas.view import CanvasView
from casare.ui.geometry.hit import HitKind, hit

_Key = tuple[Kind, str]


class CanvasInterface(QAccessibleWidget):
    """A canvas with its nodes, frames and notes as children, each in the order of the document.

    A child is made when it is asked for and kept while the graph holds what it stands for: Qt remembers interfaces by
    their address.
    """

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas, QAccessible.Role.Canvas, canvas.accessibleName())
        self._canvas = weakref.ref(canvas)
        self.stage: Stage = canvas.stage
        self.alive = True
        self.held_end: End | None = None
        """Where a wire was taken hold of that has not been ended yet."""
        self.said = ""
        """What was said last."""
        self._parts: dict[_Key, Part] = {}
        self._keys: list[_Key] | None = None
        self._places: dict[_Key, int] = {}
        canvas.canvas_scene.graph_changed.connect(self._on_changed)

    @property
    def view(self) -> CanvasView | None:
        """The canvas, None once it is gone."""
        return self._canvas() if self.alive else None

    @property
    def made(self) -> int:
        """How many children have been made."""
        return len(self._parts)

    def childCount(self) -> int:  # noqa: N802
        """Return how many things are on the canvas."""
        return len(self._order())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return one of them."""
        keys = self._order()
        return self._part(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """Return which of them this is."""
        self._order()
        if isinstance(child, NodePart):
            return self._places.get((Kind.NODE, child.node_id), -1)
        return self._places.get((child.kind, child.decor_id), -1) if isinstance(child, DecorPart) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """Return what lies at a point of the screen."""
        canvas = self._canvas()
        if canvas is None or not self.alive:
            return None
        place = canvas.mapToScene(canvas.viewport().mapFromGlobal(QPoint(x, y)))
        found = hit(self.stage.geometry, self.stage.document.graph, place.x(), place.y(), canvas.zoom)
        if found.kind in (HitKind.NODE, HitKind.PORT):
            return self.node(found.id)
        if found.kind in (HitKind.FRAME, HitKind.FRAME_CORNER):
            return self._part((Kind.FRAME, found.id))
        return self._part((Kind.NOTE, found.id)) if found.kind in (HitKind.NOTE, HitKind.NOTE_CORNER) else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """Return the node, the wire, the frame or the note that the keyboard walk stands on."""
        return self.focused_part()

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name of the canvas, and how much is on it."""
        if kind == QAccessible.Text.Description and self.alive:
            graph = self.stage.document.graph
            return f"{self.stage.document.document.title}: {len(graph.nodes)} nodes, {len(graph.connections)} wires"
        return super().text(kind)

    def node(self, node_id: str) -> Part | None:
        """Return the interface of a node."""
        return self._part((Kind.NODE, node_id)) if node_id in self.stage.document.graph.nodes else None

    def focused_part(self) -> Part | None:
        """Return the one thing that is selected while the canvas has the focus."""
        canvas, chosen = self._canvas(), self.stage.document.selection
        if canvas is None or not self.alive or not canvas.hasFocus():
            return None
        keys: list[_Key] = [
            *((Kind.NODE, one) for one in chosen.nodes),
            *((Kind.FRAME, one) for one in chosen.frames),
            *((Kind.NOTE, one) for one in chosen.notes),
        ]
        if len(chosen.wires) == 1 and not keys:
            wire = next(iter(chosen.wires))
            source = self._part((Kind.NODE, wire[0]))
            return source.wire(wire) if isinstance(source, NodePart) and source.exists else None
        return self._part(keys[0]) if len(keys) == 1 else None

    def seen(self) -> Rect:
        """Return the part of the canvas in view (scene px)."""
        canvas = self._canvas()
        return canvas.navigator.seen() if canvas is not None and self.alive else Rect(0, 0, 0, 0)

    def on_screen(self, area: Rect) -> QRect:
        """Return where a part of the canvas is on the screen."""
        canvas = self._canvas()
        if canvas is None or not self.alive:
            return QRect()
        box = canvas.mapFromScene(*area).boundingRect()
        return QRect(canvas.viewport().mapToGlobal(box.topLeft()), box.size())

    def say(self, text: str) -> None:
        """Have a screen reader say something about the canvas."""
        self.said = text
        view = self.view
        if view is not None:
            announce(view, text)

    def release(self) -> None:
        """Give everything up, as the canvas is no more."""
        self.alive = False
        self._drop(list(self._parts))

    def _order(self) -> list[_Key]:
        if self._keys is None:
            graph = self.stage.document.graph
            self._keys = [
                *((Kind.NODE, one) for one in graph.nodes),
                *((Kind.FRAME, one) for one in graph.frames),
                *((Kind.NOTE, one) for one in graph.notes),
            ]
            self._places = {key: place for place, key in enumerate(self._keys)}
        return self._keys

    def _part(self, key: _Key) -> Part:
        part = self._parts.get(key)
        if part is None:
            part = NodePart(self, key[1]) if key[0] is Kind.NODE else DecorPart(self, *key)
            self._parts[key] = part
        return part

    def _on_changed(self) -> None:
        self._keys = None
        if self.held_end is not None and self.held_end.node not in self.stage.document.graph.nodes:
            self.held_end = None
        self._drop([key for key, part in self._parts.items() if not part.exists])

    def _drop(self, keys: Iterable[_Key]) -> None:
        for key in keys:
            part = self._parts.pop(key)
            for one in part.drop() if isinstance(part, NodePart) else [part]:
                # Qt may hold its address; only Qt can be told to forget it, and it deletes it then.
                if isValid(one):
                    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(one))


_interfaces: dict[int, CanvasInterface] = {}
"""By the identity of the canvas: Qt holds an interface by its address alone, so somebody must keep it alive."""
_installed: list[object] = []


def install() -> None:
    """Let Qt ask for the interfaces of canvases here; calling it again changes nothing."""
    if not _installed:
        _installed.append(_made)
        QAccessible.installFactory(_made)


def interface_of(canvas: CanvasView) -> CanvasInterface:
    """Return the accessible interface of a canvas."""
    found = _interfaces.get(id(canvas))
    if found is None:
        QAccessible.queryAccessibleInterface(canvas)
        found = _interfaces[id(canvas)]
    return found


def _made(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, CanvasView):
        return None
    key = id(thing)
    made = _interfaces[key] = CanvasInterface(thing)
    thing.destroyed.connect(partial(_release, key))
    return made


def _release(key: int, _gone: QObject | None = None) -> None:
    gone = _interfaces.pop(key, None)
    if gone is not None:
        gone.release()
