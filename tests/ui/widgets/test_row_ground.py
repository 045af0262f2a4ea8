"""The ground of a row says whether it is selected or under the pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.widgets.row_ground import fill_row_ground, paint_row_ground

State = QStyle.StateFlag
EMPTY = QColor("#010203")


def painted(state: State, *, flat: bool) -> QPixmap:
    pixmap = QPixmap(40, 20)
    pixmap.fill(EMPTY)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 40, 20)
    option.state = state
    painter = QPainter(pixmap)
    (fill_row_ground if flat else paint_row_ground)(painter, option)
    painter.end()
    return pixmap


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize(
    ("state", "token"),
    [(State.State_Selected, "accent_ground"), (State.State_MouseOver, "hover"), (State.State_None, "")],
)
def test_a_row_has_the_ground_of_its_state(qapp: QApplication, state: State, token: str, flat: bool) -> None:
    expected = QPixmap(1, 1)
    expected.fill(EMPTY)
    if token:
        painter = QPainter(expected)
        painter.fillRect(0, 0, 1, 1, qcolor(getattr(current_theme(), token)))
        painter.end()
    colour = expected.toImage().pixelColor(0, 0)
    image = painted(state, flat=flat).toImage()
    assert image.pixelColor(20, 10) == colour
    assert image.pixelColor(0, 10) == (colour if flat else EMPTY)


def test_a_row_that_is_selected_and_under_the_pointer_looks_selected(qapp: QApplication) -> None:
    image = painted(State.State_Selected | State.State_MouseOver, flat=False).toImage()
    assert image.pixelColor(20, 10) == QColor(current_theme().accent_ground)
