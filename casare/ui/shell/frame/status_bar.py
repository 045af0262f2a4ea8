"""The status bar: grade, size, problems, what the hand does, zoom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStatusBar, QWidget

from casare import __version__
from casare.app.documents.document import Document
from casare.app.documents.level import Level
from casare.ui.shell.frame.status_button import ChipButton, StatusButton
from casare.ui.theme.tokens import SPACE_S
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.text_label import TextLabel

_ZOOMS = (("Show all", 0.0, "view.fit"), ("50 %", 0.5, ""), ("100 %", 1.0, "view.zoom_actual"), ("200 %", 2.0, ""))


class StatusBar(QStatusBar):
    """Say in one line how the document in front is doing."""

    profiler_requested = Signal()
    problems_requested = Signal()
    zoom_requested = Signal(float)
    """The zoom that was chosen (1.0 is actual size), 0 for showing everything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        self._keys_of: Callable[[str], str] = lambda command_id: ""
        self._chip = ChipButton()
        self._chip.clicked.connect(self.profiler_requested)
        self._counts = TextLabel()
        self._problems = StatusButton()
        self._problems.clicked.connect(self.problems_requested)
        self._hint = ElidedLabel()
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._zoom = StatusButton("100 %")
        self._zoom.setToolTip("Zoom")
        self._zoom.clicked.connect(self._open_zoom_menu)
        self._version = TextLabel(f"casare {__version__}")
        for widget in (self._chip, self._counts, self._problems):
            self.addWidget(widget)
        self.addWidget(self._hint, 1)
        self.addPermanentWidget(self._zoom)
        self.addPermanentWidget(self._version)
        self.show_page("")

    @property
    def grade(self) -> str | None:
        """The grade on show."""
        return self._chip.grade

    @property
    def counts(self) -> str:
        """How big the document is, as it is shown."""
        return self._counts.text()

    @property
    def problems(self) -> str:
        """How many problems there are, as it is shown."""
        return self._problems.text()

    def show_page(self, text: str) -> None:
        """Speak of the start page instead of a document."""
        for widget in (self._chip, self._problems, self._zoom):
            widget.hide()
        self._version.show()
        self._hint.setText("")
        self._counts.setText(text)

    def show_document(self, document: Document) -> None:
        """Speak of a document."""
        for widget in (self._chip, self._problems, self._zoom):
            widget.show()
        self._version.hide()
        self.show_counts(document.front)
        self.show_grade(document.grade)

    def show_counts(self, document: Level) -> None:
        """Say how big a level is, and how much of it is selected."""
        graph, selection = document.graph, document.selection
        text = f"{_count(len(graph.nodes), 'node')} · {_count(len(graph.connections), 'wire')}"
        chosen = len(selection.nodes) + len(selection.wires) + len(selection.frames) + len(selection.notes)
        self._counts.setText(f"{text} · {chosen:,} selected" if chosen else text)

    def show_grade(self, grade: str | None) -> None:
        """Show another grade."""
        self._chip.show_grade(grade)

    def show_problems(self, errors: int, warnings: int, notes: int) -> None:
        """Say how many problems there are."""
        total = errors + warnings + notes
        self._problems.setText(_count(total, "problem") if total else "No problems")
        self._problems.set_severity("error" if errors else "warning" if warnings else "")

    def show_keys(self, keys_of: Callable[[str], str]) -> None:
        """Name the keys that commands have now; `keys_of` gives them by command id, as this system writes them."""
        self._keys_of = keys_of
        problems = keys_of("view.problems")
        self._problems.setToolTip(f"Show the problems ({problems})" if problems else "Show the problems")
        self._chip.show_keys(keys_of("view.profiler"))

    def show_hint(self, text: str) -> None:
        """Say what the hand does."""
        self._hint.setText(text)

    def show_zoom(self, zoom: float) -> None:
        """Show another zoom (1.0 is actual size)."""
        self._zoom.setText(f"{round(zoom * 100)} %")

    def zoom_menu(self) -> QMenu:
        """Return the menu of the zoom; it is deleted when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, zoom, command_id in _ZOOMS:
            keys = self._keys_of(command_id) if command_id else ""
            hint = f"\t{keys}" if keys else ""
            menu.addAction(f"{title}{hint}", partial(self.zoom_requested.emit, zoom))
        return menu

    def _open_zoom_menu(self) -> None:
        menu = self.zoom_menu()
        size = menu.sizeHint()
        corner = self._zoom.mapToGlobal(self._zoom.rect().topRight())
        menu.popup(QPoint(corner.x() - size.width(), corner.y() - size.height()))


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
