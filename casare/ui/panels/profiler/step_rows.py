"""Cards that say what to change and what it buys; an improvement can be applied where it is offered."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casare.app.improving.improvements import Improvement
from casare.profiling import duration_text
from casare.ui.panels.profiler.rows import NARROW, NodesRow
from casare.ui.panels.profiler.wording import Step
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_M, SPACE_S, SPACE_XS, TEXT_BODY
from casare.ui.widgets.text_label import TextLabel


class StepRow(NodesRow):
    """What to change, why, and the score it leads to, on a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel("", "body", wrap=True)
        self._title.setFont(ui_font(TEXT_BODY, QFont.Weight.DemiBold))
        self._detail = TextLabel("", "muted", wrap=True)
        self._gain = TextLabel("", "secondary")
        self._gain.setFont(ui_font(TEXT_BODY, QFont.Weight.DemiBold, tabular=True))
        words = self._words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_M)
        row.addLayout(words, 1)
        end = self._end = QHBoxLayout()
        end.setSpacing(SPACE_M)
        end.addWidget(self._gain, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(end)
        for label in (self._title, self._detail, self._gain):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_step(self, step: Step) -> None:
        """Show a step."""
        self._title.setText(step.title)
        self._detail.setText(step.detail)
        self._detail.setVisible(bool(step.detail))
        self._gain.setText(step.gain)
        self._gain.setVisible(bool(step.gain))
        self._gain.kind = "ok" if step.reaches else "secondary"
        self.set_nodes(step.nodes)
        self.setAccessibleName(f"{step.title} {step.detail} {step.gain}".strip())
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the height the texts need at the present width."""
        return QSize(160, self._row.totalHeightForWidth(max(self.width(), 160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the lines that a narrower card needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.line_strong if self.underMouse() and self.nodes else theme.line), 1))
        painter.setBrush(qcolor(theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        self.paint_ground(painter, RADIUS_CARD)
        self.paint_focus(painter, RADIUS_CARD)
        painter.end()

    def _fit(self) -> None:
        directions = QHBoxLayout.Direction
        narrow = self.width() < NARROW
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._row.setSpacing(SPACE_XS if narrow else SPACE_M)
        # A label that got another text while its row was hidden does not tell its layouts.
        for layout in (self._words, self._end, self._row):
            layout.invalidate()
        self.setFixedHeight(self._row.totalHeightForWidth(max(self.width(), 160)))


class ImprovementRow(StepRow):
    """An edit with the grade it leads to, and the button that carries it out."""

    apply_asked = Signal(object)
    """The Improvement on the card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._improvement: Improvement | None = None
        self.apply = QPushButton("Apply")
        self.apply.setAutoDefault(False)
        self.apply.setCursor(Qt.CursorShape.ArrowCursor)
        self.apply.clicked.connect(self._on_apply)
        self._end.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_improvement(self, improvement: Improvement, *, stale: bool) -> None:
        """Show an improvement; a stale one is about an earlier state and cannot be applied."""
        self._improvement = improvement
        self.show_step(step_of(improvement))
        self.apply.setEnabled(not stale)
        self.apply.setToolTip("Being worked out again after your edit" if stale else "One undo takes it back")
        self.apply.setAccessibleName(f"Apply: {improvement.title}")

    def set_nodes(self, nodes: tuple[str, ...], told: str = "") -> None:
        """Stand for other nodes; without any the card shows nothing, but its button still works."""
        super().set_nodes(nodes, told)
        self.setEnabled(True)

    def _on_apply(self) -> None:
        if self._improvement is not None:
            self.apply_asked.emit(self._improvement)


def step_of(improvement: Improvement) -> Step:
    """Return what a card says about an improvement: `71 → 82  B`, or the time it saves when the score stays."""
    better = improvement.grade != improvement.grade_before
    detail = improvement.detail
    if improvement.saved_ms >= 1:
        detail = f"{detail} Saves {duration_text(improvement.saved_ms)} of the critical path.".strip()
    if improvement.gain > 0:
        gain = f"{improvement.score_before:g} → {improvement.score:g}  {improvement.grade}"
    else:
        gain = f"−{duration_text(improvement.saved_ms)}"
    return Step(improvement.title, detail, gain, improvement.nodes, better)
