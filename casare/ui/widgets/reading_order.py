"""The order in which Tab goes through widgets: that in which they are read, whatever the order they were made in.

Rows that are made late or used again stand somewhere else in Qt's own order than on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


@runtime_checkable
class HasStops(Protocol):
    """A widget that knows better than its layout in which order its parts are gone through."""

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab stops at in it."""


def tab_stops(root: QWidget) -> list[QWidget]:
    """Return what Tab stops at inside a widget, in the order of its layouts; only what is on show and enabled."""
    found: list[QWidget] = []
    for one in _children(root):
        if not one.isVisibleTo(root) or one.isWindow() or not one.isEnabled():
            continue
        if isinstance(one, HasStops):
            found += one.tab_stops()
        elif one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found += [] if one.focusProxy() is not None else [one]
        else:
            found += tab_stops(one)
    return found


def put_in_reading_order(root: QWidget) -> None:
    """Let Tab go through a widget as it is read."""
    for one, other in pairwise(tab_stops(root)):
        QWidget.setTabOrder(one, other)


def _children(root: QWidget) -> Iterator[QWidget]:
    layout = root.layout()
    if layout is not None:
        yield from _in_layout(layout)
    else:
        yield from (one for one in root.children() if isinstance(one, QWidget))


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)
