"""The problems panel: a filter by severity over the list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casare.storage import Problem
from casare.ui.panels.problems.problem_delegate import LOOK, ProblemDelegate
from casare.ui.panels.problems.problem_watch import ProblemWatch
from casare.ui.panels.problems.problems_model import SEVERITIES, ProblemsModel, as_text
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import icon
from casare.ui.theme.tokens import SPACE_S, SPACE_XS
from casare.ui.widgets.empty_state import EmptyState

_WORDS = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("note", "notes")}


class ProblemsPanel(QWidget):
    """List what a ProblemWatch found; a click on a problem brings its node into view."""

    def __init__(self, watch: ProblemWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Problems")
        self._watch = watch
        self._model = ProblemsModel(self)
        self._view = _ProblemsView(self._model)
        self._view.chosen.connect(self._reveal)
        self._filters: dict[str, QPushButton] = {severity: self._filter_button(severity) for severity in SEVERITIES}
        self._empty = EmptyState("circle-check", "No problems", "The workflow can be read and wired as it is.")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        row.setSpacing(SPACE_XS)
        for button in self._filters.values():
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        watch.changed.connect(self._on_changed)
        self._on_changed()

    @property
    def view(self) -> QListView:
        """The list of problems."""
        return self._view

    @property
    def filters(self) -> dict[str, QPushButton]:
        """The button of each severity; checked while it is shown."""
        return dict(self._filters)

    def _filter_button(self, severity: str) -> QPushButton:
        icon_name, token = LOOK[severity]
        button = QPushButton()
        button.setProperty("kind", "flat")
        button.setCheckable(True)
        button.setChecked(True)
        button.setIcon(icon(icon_name, current_theme(), getattr(current_theme(), token)))
        button.toggled.connect(self._on_filter)
        return button

    def _on_filter(self) -> None:
        self._model.set_wanted([severity for severity, button in self._filters.items() if button.isChecked()])
        self._show_state()

    def _on_changed(self) -> None:
        self._model.set_problems(self._watch.problems)
        for severity, button in self._filters.items():
            count = self._watch.count(severity)
            button.setText(f"{count} {_WORDS[severity][count != 1]}")
            button.setToolTip(f"Show or hide {_WORDS[severity][1]}")
            button.setVisible(count > 0)
        self._show_state()

    def _show_state(self) -> None:
        shown = self._model.rowCount() > 0
        if self._model.total and not shown:
            self._empty.set_content("All problems are hidden", "Switch a kind on above to see them.")
        elif self._watch.document is None:
            self._empty.set_content("No workflow is open", "Problems of the workflow in front are listed here.")
        elif not shown:
            self._empty.set_content("No problems", "The workflow can be read and wired as it is.")
        self._bar.setVisible(self._model.total > 0)
        self._stack.setCurrentWidget(self._view if shown else self._empty)

    def _reveal(self, problem: Problem) -> None:
        document = self._watch.document
        if document is None:
            return
        nodes = [problem.node_id] if problem.node_id else []
        wires = [problem.connection] if isinstance(problem.connection, tuple) else []
        if problem.level in document.graph.subflows or not problem.level:
            level = document.level(problem.level)
            if nodes or wires:
                level.reveal(nodes, wires)
            else:
                document.show_level(problem.level)


class _ProblemsView(QListView):
    chosen = Signal(object)

    def __init__(self, model: ProblemsModel) -> None:
        super().__init__()
        self._problems = model
        self.setModel(model)
        self.setItemDelegate(ProblemDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Problems")
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        problem = self._problems.problem(self.currentIndex())
        if problem is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(problem)
        elif problem is not None and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(as_text(problem))
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        problem = self._problems.problem(index)
        if problem is not None:
            self.chosen.emit(problem)
