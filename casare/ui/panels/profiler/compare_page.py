"""Two states of a workflow, two runs of it, or it and another file, side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.app.profiler.basis import Basis
from casare.app.profiler.profile_history import Analysis
from casare.app.profiler.sides import Side, SideKind, file_side
from casare.catalog import Catalog
from casare.profiling import Report
from casare.ui.panels.profiler.asking import FileAsking
from casare.ui.panels.profiler.comparing import Compared
from casare.ui.panels.profiler.comparison import NOW, PINNED, Comparing, Subject
from casare.ui.panels.profiler.difference_row import DifferenceRow
from casare.ui.panels.profiler.differences_view import DifferencesView
from casare.ui.panels.profiler.figures_card import FiguresCard
from casare.ui.panels.profiler.side_choice import SideChoice, other_files
from casare.ui.panels.profiler.wording import ledger_title
from casare.ui.theme.tokens import SPACE_M, SPACE_S
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.text_label import TextLabel

_MOST_RULES: Final = 5
"""So many rules are listed; what is left of a long list changes little."""


class ComparePage(QWidget):
    """Show what differs between two sides: grade, figures, rules and nodes. Reading and comparing is for threads."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""

    def __init__(self, catalog: Catalog, recent: Callable[[], Sequence[Path]], parent: QWidget | None = None) -> None:
        """`recent` returns the files that were opened last."""
        super().__init__(parent)
        self._recent = recent
        self.first, self.second = SideChoice("First side"), SideChoice("Second side")
        self.swap = IconButton("arrow-up-down", "Swap the two sides")
        self.pin = IconButton("pin", "Pin this state, to compare later ones with")
        self.hint = TextLabel("", "muted", wrap=True)
        self.figures = FiguresCard()
        self.rules: list[DifferenceRow] = []
        self.nodes = DifferencesView()
        self.empty = EmptyState("arrow-right-left", "")
        self.result: Compared | None = None
        self.comparing = Comparing(catalog, self)
        self._asking = FileAsking(self)
        self._subject: Subject | None = None
        self._found: tuple[Side, ...] = ()
        self._chosen: WeakKeyDictionary[Document, tuple[Side | None, Side]] = WeakKeyDictionary()
        self._files: list[Side] = []
        """What was chosen by the dialog, newest first."""
        self._build()
        self._connect()
        self._show("")

    @property
    def settled(self) -> bool:
        """Whether what was asked for last is on show."""
        return self.comparing.settled

    def show_report(self, document: Document, report: Report | None, basis: Basis, past: Sequence[Analysis]) -> None:
        """Compare the latest report on a document; `basis` is what it rests on without a run."""
        before, self._subject = self._subject, Subject(document, report, basis, tuple(past))
        if before is None or before.document is not document:
            self._found = ()
            self.comparing.look_for_sides(document)
        if before is None or before.document is not document or before.past != self._subject.past:
            self._offer()
        if before is None or before != self._subject:
            self._compare()

    def select(self, nodes: Collection[str]) -> None:
        """Mark what is selected on the canvas."""
        self.nodes.select(nodes)

    def choose_file(self, path: Path, *, second: bool = False) -> None:
        """Compare with another file; unless told otherwise it is the first, and the second what became of it."""
        side = file_side(path)
        self._files = [side, *(one for one in self._files if one != side)]
        self._choose(None if second else side, side if second else None)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is being compared; tell whether that came to pass in time."""
        return self.comparing.wait(timeout_s)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again for what there is to compare with: a run may have ended, a file may have been saved."""
        super().showEvent(event)
        if self._subject is not None:
            self.comparing.look_for_sides(self._subject.document)

    def _offer(self) -> None:
        subject = self._subject
        if subject is None:
            return
        at_hand, files = self.comparing.at_hand(subject), [*self._files]
        files += [one for one in other_files(self._recent(), subject.document.path) if one not in files]
        now = [one for one in at_hand if one.kind is not SideKind.PAST]
        past = [one for one in at_hand if one.kind is SideKind.PAST]
        sides = [*now, *self._found, *past, *files]
        first, second = self._chosen.get(subject.document, (None, NOW))
        if first is None:
            first = next((one for one in sides if one.kind in (SideKind.PINNED, SideKind.SAVED)), None)
        self.first.offer(sides, first)
        self.second.offer(sides, second)

    def _on_found(self, sides: tuple[Side, ...]) -> None:
        if sides != self._found:
            self._found = sides
            before = self.first.side
            self._offer()
            if self.first.side != before:
                self._compare()

    def _choose(self, first: Side | None, second: Side | None) -> None:
        if self._subject is not None:
            held = (first or self.first.side, second or self.second.side or NOW)
            self._chosen[self._subject.document] = held
            self._offer()
            self._compare()

    def _on_swapped(self) -> None:
        self._choose(self.second.side, self.first.side)

    def _on_pin(self) -> None:
        if self._subject is not None and self._subject.report is not None:
            self.comparing.pin(self._subject.document, self._subject.report)
            self._choose(PINNED, NOW)

    def _ask_for_file(self, *, second: bool) -> None:
        path = self._subject.document.path if self._subject is not None else None
        folder = path.parent if path is not None else None
        self._asking.ask_for_workflow(folder, lambda file: self.choose_file(file, second=second))

    def _compare(self) -> None:
        subject, first, second = self._subject, self.first.side, self.second.side
        if subject is None or first is None or second is None or subject.report is None:
            self.comparing.drop()
            self._show("")
        else:
            self.comparing.compare(first, second, subject)
            if self.result is None:
                self._show("Comparing…")

    def _on_compared(self, result: Compared | str) -> None:
        if isinstance(result, str):
            self._show(result)
        else:
            self._show(result.note, result)

    def _show(self, hint: str, result: Compared | None = None) -> None:
        self.result = result
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint) and result is not None)
        self._stack.setCurrentWidget(self._content if result is not None else self.empty)
        if result is None:
            title, text = (hint, "") if hint else ("Nothing to compare with yet", _WHAT_TO_DO)
            self.empty.set_content(title, text, "" if hint == "Comparing…" else "Choose a file…")
            return
        self.figures.show_compared(result)
        self._show_rules(result.rules)
        count = len(result.nodes)
        self._nodes_title.setVisible(bool(count))
        self._nodes_title.set_title("Nodes", f"{count:,} differ{'s' if count == 1 else ''}")
        self.nodes.setVisible(bool(count))
        self.nodes.show_lines(result.nodes)

    def _show_rules(self, rules: Sequence[tuple[str, float]]) -> None:
        shown = sorted(rules, key=lambda one: -abs(one[1]))[:_MOST_RULES]
        more = len(rules) - len(shown)
        self._rules_title.setVisible(bool(rules))
        self._rules_title.set_title("Rules", f"points · {more} more differ" if more else "points")
        while len(self.rules) < len(shown):
            self.rules.append(DifferenceRow())
            self._rules.addWidget(self.rules[-1])
        for at, row in enumerate(self.rules):
            row.setVisible(at < len(shown))
            if at < len(shown):
                row.show_rule(ledger_title(shown[at][0]), shown[at][1])

    def _connect(self) -> None:
        self.first.side_chosen.connect(lambda side: self._choose(side, None))
        self.second.side_chosen.connect(lambda side: self._choose(None, side))
        self.first.file_asked.connect(lambda: self._ask_for_file(second=False))
        self.second.file_asked.connect(lambda: self._ask_for_file(second=True))
        self.empty.action_triggered.connect(lambda: self._ask_for_file(second=False))
        self.swap.clicked.connect(self._on_swapped)
        self.pin.clicked.connect(self._on_pin)
        self.nodes.chosen.connect(self.nodes_chosen)
        self.comparing.offered.connect(self._on_found)
        self.comparing.compared.connect(self._on_compared)

    def _build(self) -> None:
        top = QGridLayout()
        top.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        top.setSpacing(SPACE_S)
        top.setColumnStretch(1, 1)
        for row, (name, choice, button) in enumerate(
            (("First", self.first, self.swap), ("Second", self.second, self.pin))
        ):
            top.addWidget(TextLabel(name, "caption"), row, 0)
            top.addWidget(choice, row, 1)
            top.addWidget(button, row, 2)
        self._content = QScrollArea()
        self._content.setWidgetResizable(True)
        self._content.setFrameShape(QFrame.Shape.NoFrame)
        self._content.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("content")
        self._rules_title, self._nodes_title = SectionHeader("Rules", "points"), SectionHeader("Nodes")
        self._rules = QVBoxLayout()
        self._rules.setSpacing(0)
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_M, 0, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_S)
        for part in (self.hint, self.figures, self._rules_title):
            column.addWidget(part)
        column.addLayout(self._rules)
        column.addWidget(self._nodes_title)
        column.addWidget(self.nodes, 1)
        column.addStretch(0)
        self._content.setWidget(inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._stack, 1)


_WHAT_TO_DO: Final = "Pin this state and change the workflow, or compare it with another file."
