"""What if the selected node were faster, cached, gone, or worked in batches: grade, time and path at once."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from casare.app.latest import Latest
from casare.profiling import Report, duration_text
from casare.profiling.evidence import Evidence
from casare.profiling.studies.what_if import Supposition, what_if_of
from casare.ui.background import Inbox
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.grade_chip import GradeChip
from casare.ui.widgets.icon_button import IconButton

BATCH: Final = "batch"
KINDS: Final = {
    "": "stays as it is",
    "2": "is 2× faster",
    "5": "is 5× faster",
    "10": "is 10× faster",
    "cached": "is cached",
    "removed": "is removed",
    BATCH: "takes batches of",
}
"""What can be supposed of a node, by key."""


class Supposed(NamedTuple):
    """The outcome: what was supposed, of which evidence, and the report that would be."""

    wanted: tuple[Supposition, ...]
    evidence: Evidence
    report: Report


class WhatIfBar(QFrame):
    """Suppose things of one node after another; they add up until they are cleared."""

    path_supposed = Signal(object)
    """The critical path (a tuple of node ids) that would be; None when nothing is supposed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What if")
        self.setProperty("kind", "card")
        self.title = ElidedLabel("", "secondary")
        self.choice = QComboBox()
        for key, told in KINDS.items():
            self.choice.addItem(told, key)
        self.choice.setAccessibleName("What to suppose of the selected node")
        self.batch = QSpinBox()
        self.batch.setRange(1, 10_000)
        self.batch.setValue(8)
        self.batch.setAccessibleName("Size of a batch")
        self.batch.hide()
        self.clear = IconButton("x", "Suppose nothing", size=14)
        self.clear.clicked.connect(self.forget)
        self.chip = GradeChip(None, "small")
        self.outcome = ElidedLabel("", "secondary")
        self._wanted: dict[str, Supposition] = {}
        self._node = ("", "")
        self._now: tuple[Evidence, Report] | None = None
        self._asked: tuple[Supposition, ...] = ()
        self._shown: tuple[Supposition, ...] = ()
        # Results come from a thread.
        self._news = Inbox(self)
        self._news.received.connect(self._on_supposed)
        self.destroyed.connect(self._news.close)
        self._latest: Latest[Supposed | None] = Latest(self._news.post, "casare-what-if")
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.batch.valueChanged.connect(self._on_chosen)
        self._build()
        self._follow()

    @property
    def settled(self) -> bool:
        """Whether the outcome on show is that of what is supposed."""
        return self._shown == self._asked

    def show_node(self, node_id: str, name: str) -> None:
        """Offer to suppose something of a node; an empty id for none."""
        self._node = (node_id, name)
        held = self._wanted.get(node_id)
        for field in (self.choice, self.batch):
            field.blockSignals(True)
        self.choice.setCurrentIndex(max(0, self.choice.findData(_key(held))))
        if held is not None and held.batch_size is not None:
            self.batch.setValue(held.batch_size)
        for field in (self.choice, self.batch):
            field.blockSignals(False)
        self._follow()

    def show_report(self, evidence: Evidence | None, report: Report | None) -> None:
        """Suppose the same of a newer state."""
        self._now = (evidence, report) if evidence is not None and report is not None else None
        if self._wanted:
            self._suppose()

    def forget(self) -> None:
        """Suppose nothing."""
        self._wanted.clear()
        self.show_node(*self._node)
        self._suppose()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is being worked out; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s)

    def _on_chosen(self) -> None:
        node_id, key = self._node[0], str(self.choice.currentData())
        self.batch.setVisible(key == BATCH)
        if not node_id:
            return
        if key == "":
            self._wanted.pop(node_id, None)
        elif key == BATCH:
            self._wanted[node_id] = Supposition(node_id, batch_size=self.batch.value())
        elif key.isdigit():
            self._wanted[node_id] = Supposition(node_id, times_faster=float(key))
        else:
            self._wanted[node_id] = Supposition(node_id, cached=key == "cached", removed=key == "removed")
        self._suppose()
        self._follow()

    def _suppose(self) -> None:
        now = self._now
        known = now[0].shape.order.wiring.number if now is not None else {}
        self._wanted = {one: held for one, held in self._wanted.items() if one in known}
        wanted = self._asked = tuple(self._wanted.values())
        if now is None or not wanted:
            self._latest.drop()
            self._shown = wanted
            self.path_supposed.emit(None)
            self._follow()
            return
        evidence = now[0]
        self._latest.submit(lambda: _supposed(evidence, wanted))

    def _on_supposed(self, found: list[Supposed | None]) -> None:
        last = found[-1]
        if last is None or last.wanted != self._asked or self._now is None or last.evidence is not self._now[0]:
            return
        self._shown = last.wanted
        before, after = self._now[1], last.report
        self.chip.set_grade(after.grade)
        self.outcome.setText(_outcome(before, after))
        self.outcome.setToolTip(_outcome(before, after))
        self.path_supposed.emit(after.critical_path)
        self._follow()

    def _follow(self) -> None:
        node_id, name = self._node
        others = len(self._wanted.keys() - {node_id})
        more = f" and {others} more" if others else ""
        self.title.setText(f"What if {name}{more}" if node_id else f"What if, of {len(self._wanted)} nodes")
        self.choice.setEnabled(bool(node_id))
        self.batch.setVisible(self.choice.currentData() == BATCH)
        self.clear.setVisible(bool(self._wanted))
        for part in (self.chip, self.outcome):
            part.setVisible(bool(self._wanted) and bool(self._shown))
        self.setVisible(bool(node_id) or bool(self._wanted))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.title, 1)
        row.addWidget(self.choice)
        row.addWidget(self.batch)
        row.addWidget(self.clear)
        result = QHBoxLayout()
        result.setSpacing(SPACE_S)
        result.addWidget(self.chip)
        result.addWidget(self.outcome, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_XS)
        column.addLayout(row)
        column.addLayout(result)


def _supposed(evidence: Evidence, wanted: tuple[Supposition, ...]) -> Supposed | None:
    try:
        return Supposed(wanted, evidence, what_if_of(evidence, wanted))
    except ValueError:
        # The node has gone meanwhile; the next report tells without it.
        return None


def _key(held: Supposition | None) -> str:
    if held is None:
        return ""
    if held.batch_size is not None:
        return BATCH
    return "cached" if held.cached else "removed" if held.removed else f"{held.times_faster:g}"


def _outcome(before: Report, after: Report) -> str:
    score = f"{after.score:g} of 100" if after.score is not None else "no score"
    gained = (after.score or 0.0) - (before.score or 0.0)
    points = f" ({gained:+.1f})" if abs(gained) >= 0.05 else ""
    one, other = duration_text(before.totals.wall_ms), duration_text(after.totals.wall_ms)
    return f"{score}{points} · {other}" if one == other else f"{score}{points} · {one} → {other}"
