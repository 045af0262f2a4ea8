"""The way to the level in front, over the canvas: Workflow › Clean rows › Normalise."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from casare.app.documents.document import Document
from casare.app.subgraphs import count_instances
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.key_cap import KeyCap
from casare.ui.widgets.text_label import TextLabel

_HEIGHT = 34
_LONGEST = 32
"""How many characters of a name are shown before it is cut."""


class Breadcrumbs(QWidget):
    """Show the levels that were entered; a press goes back to one. Hidden on the outermost level."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Levels")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE_S, 0, SPACE_M, 1)
        self._row.setSpacing(2)
        self.crumbs: list[QPushButton] = []
        """The buttons, the outermost level first; the last one is the level in front."""
        self._shown: tuple[object, ...] = ()
        document.front_changed.connect(self._on_front_changed)
        self._refresh()

    @property
    def names(self) -> list[str]:
        """What the levels are called, the outermost first."""
        return [crumb.accessibleName() for crumb in self.crumbs]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line to the canvas."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(theme.panel))
        painter.fillRect(0, self.height() - 1, self.width(), 1, qcolor(theme.line))
        painter.end()

    def _on_front_changed(self, _level: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        document = self._document
        way = document.way
        names = [document.graph.name or document.title]
        level = document.graph
        for step in way:
            subflow = document.graph.subflows[step.subgraph]
            instance = level.nodes[step.instance]
            names.append(instance.name or subflow.name)
            level = subflow.graph
        shared = count_instances(document.graph, way[-1].subgraph) if way else 0
        shown = (*names, shared)
        self.setVisible(bool(way))
        if shown != self._shown:
            self._shown = shown
            self._fill(names, shared)

    def _fill(self, names: list[str], shared: int) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.crumbs = []
        deepest = len(names) - 1
        for number, name in enumerate(names):
            if number:
                self._row.addWidget(IconLabel("chevron-right", "text_muted", 12))
            self._row.addWidget(self._crumb(name, deepest - number))
        self._row.addStretch(1)
        if shared > 1:
            told = TextLabel(f"Shared by {shared} instances", "muted")
            told.setToolTip("What you change here changes in all of them. Make one unique to part it from the others.")
            self._row.addWidget(told)
            self._row.addSpacing(SPACE_M)
        if deepest:
            self._row.addWidget(TextLabel("Leave", "muted"))
            self._row.addSpacing(SPACE_XS)
            self._row.addWidget(KeyCap("Esc"))

    def _crumb(self, name: str, levels: int) -> QPushButton:
        shown = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        crumb = QPushButton(shown)
        crumb.setAccessibleName(name)
        crumb.setProperty("kind", "flat" if levels else "crumb")
        crumb.setToolTip(name if shown != name else "")
        crumb.setFocusPolicy(Qt.FocusPolicy.TabFocus if levels else Qt.FocusPolicy.NoFocus)
        crumb.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        crumb.clicked.connect(partial(self._document.leave, levels))
        self.crumbs.append(crumb)
        return crumb
