"""The data panel: what the selected node took in and gave, turn by turn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from casare.app.documents.faces import face_of
from casare.app.documents.level import Level
from casare.app.running.board import StatusBoard
from casare.app.running.live_runs import DocumentRuns
from casare.app.running.looking import MISSING, Item, items_of, turns_of, variables_of
from casare.app.running.pages import as_copied, kinds_of
from casare.app.running.places import Way, path_of
from casare.app.session import Session
from casare.engine.keeping.showing import Mask
from casare.foundation.errors import CasareError
from casare.ui.background import OncePerTurn
from casare.ui.panels.data.items_list import ItemsList
from casare.ui.panels.data.turn_bar import TurnBar
from casare.ui.panels.data.value_view import ValueView
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.text_label import TextLabel

_LEAST_HEIGHT = 220
_PAUSE_MS = 200
"""The least time between two looks at a run that goes on."""
_KIND_WORDS = {"table": "Table", "tree": "Tree", "text": "Text", "image": "Image", "value": "Value"}


class DataPanel(QWidget):
    """Show the data of the last run of the document in front, or of the past run that is looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Data")
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._session = session
        self._level: Level | None = None
        self._runs: DocumentRuns | None = None
        self._seen: tuple[StatusBoard | None, str, Way] = (None, "", ())
        """The board, the node and the way to its level that were looked at last."""
        self._shown: tuple[object, str, object] | None = None
        self.title = ElidedLabel("", "title")
        self.turns = TurnBar()
        self.items = ItemsList()
        self.value = ValueView()
        self.kinds = QTabBar(expanding=False)
        self.kinds.setAccessibleName("How the value is shown")
        self.path = ElidedLabel("", "muted", Qt.TextElideMode.ElideMiddle)
        self.note = TextLabel("", "muted", wrap=True)
        self.pin = QPushButton("Pin output")
        self.empty = EmptyState("table", "No data yet")
        self._build()
        self._due = OncePerTurn(self._look, self)
        self._later = OncePerTurn(self._look, self, _PAUSE_MS)
        self.turns.changed.connect(self._show_items)
        self.items.chosen.connect(self._show_item)
        self.kinds.currentChanged.connect(lambda _at: self._show_value())
        self.value.place_chosen.connect(self._show_path)
        self.destroyed.connect(self.value.close_threads)
        session.front_changed.connect(self._follow)
        self._follow(session.front)

    def choose_output(self, number: int) -> bool:
        """Show the n-th output of the selected node, from 1; tell whether there is one."""
        self._look()
        return self.items.choose_output(number)

    def refresh(self) -> None:
        """Look again now."""
        self._look()

    def copy_value(self) -> None:
        """Put the part that is current on the clipboard."""
        runs = self._runs
        if runs is None or self.items.current is None:
            return
        value, _ = self.value.selected()
        try:
            QGuiApplication.clipboard().setText(as_copied(value, self._mask()))
        except CasareError as error:
            self.note.setText(f"{error.what[:1].upper()}{error.what[1:]}. {error.mend}")

    def copy_path(self) -> None:
        """Put the template of the part that is current on the clipboard."""
        _, path = self.value.selected()
        if path:
            QGuiApplication.clipboard().setText(f"{{{{{path}}}}}")

    def _follow(self, level: Level | None) -> None:
        if self._runs is not None:
            self._runs.changed.disconnect(self._on_changed)
            self._runs.shown.disconnect(self._on_shown)
        if self._level is not None:
            self._level.selection.changed.disconnect(self._on_changed)
        self._level = level
        self._runs = self._session.runs.of(level.document) if level is not None else None
        if self._runs is not None and level is not None:
            self._runs.changed.connect(self._on_changed)
            self._runs.shown.connect(self._on_shown)
            level.selection.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        self._due.request()

    def _on_shown(self) -> None:
        """Look again at a run that goes on, a few times a second."""
        if not self._later.pending:
            self._later.request()

    def _look(self) -> None:
        runs = self._runs
        if not self.isVisible() and self._seen[0] is not None:
            return
        board = runs.board if runs is not None else None
        if runs is None or board is None or self._level is None:
            self._say("No data yet", "Run the workflow (F5), then select a node to see what went in and came out.")
            return
        chosen = self._level.selection.nodes
        node_id = next(iter(chosen)) if len(chosen) == 1 else ""
        seen = (board, node_id, runs.levels.way)
        fresh = self._seen != seen
        self._seen = seen
        if node_id:
            self.turns.show_turns(turns_of(runs, node_id), fresh=fresh)
            face = face_of(self._level.graph.nodes[node_id], self._level.catalog)
            self.title.setText(face.title)
        else:
            self.turns.show_turns([], fresh=True)
            self.title.setText("Variables")
        self._show_items()

    def _show_items(self) -> None:
        runs = self._runs
        if runs is None:
            return
        node_id = self._seen[1]
        items = items_of(runs, node_id, self.turns.turn) if node_id else variables_of(runs)
        if not items:
            if node_id:
                self._say("This node has no data", "It takes nothing in and gives nothing but the order of things.")
            else:
                self._say("Select a node", "Its inputs and outputs in the last run are shown here.")
            return
        path = path_of(runs.levels.way, node_id)
        # What a subgraph gives is pinned inside of it.
        self.pin.setVisible(bool(node_id) and runs.board is not None and path in runs.board.number)
        self.pin.setEnabled(any(one.side == "Outputs" and one.value is not MISSING for one in items))
        self.pin.setText("Unpin output" if path in runs.pinned else "Pin output")
        self._stack.setCurrentWidget(self._page)
        self.items.show_items(items)

    def _show_item(self, item: Item | None) -> None:
        if item is None:
            return
        missing = item.value is MISSING
        kinds = () if missing else kinds_of(item.value)
        current = self.kinds.tabText(self.kinds.currentIndex())
        self.kinds.blockSignals(True)
        while self.kinds.count():
            self.kinds.removeTab(0)
        for kind in kinds:
            at = self.kinds.addTab(_KIND_WORDS[kind])
            self.kinds.setTabData(at, kind)
            if _KIND_WORDS[kind] == current:
                self.kinds.setCurrentIndex(at)
        self.kinds.blockSignals(False)
        self.kinds.setVisible(len(kinds) > 1)
        self.note.setText(item.note)
        self.note.setVisible(bool(item.note))
        self.value.setVisible(not missing)
        self._copy.setEnabled(not missing)
        self._show_path(item.template)
        self._show_value()

    def _show_value(self) -> None:
        item = self.items.current
        if item is None or item.value is MISSING or not self.kinds.count():
            self._shown = None
            return
        kind = self.kinds.tabData(max(0, self.kinds.currentIndex()))
        shown = (item.value, item.template, kind)
        # What is on show already stays as it is: a tree keeps its open branches, a table its place.
        if self._shown is None or shown[0] is not self._shown[0] or shown[1:] != self._shown[1:]:
            self._shown = shown
            self.value.show_value(item.value, item.template, kind, self._mask())

    def _show_path(self, path: str) -> None:
        self.path.setText(f"{{{{{path}}}}}" if path else "")
        self._copy_path.setEnabled(bool(path))

    def _mask(self) -> Mask:
        run = self._runs.run if self._runs is not None else None
        return run.mask if run is not None else Mask()

    def _say(self, title: str, text: str) -> None:
        self.empty.set_content(title, text)
        self._stack.setCurrentWidget(self.empty)

    def _on_pin(self) -> None:
        node_id = self._seen[1]
        if self._runs is not None and node_id:
            self._runs.toggle_pins([path_of(self._runs.levels.way, node_id)])

    def _build(self) -> None:
        self._copy = IconButton("copy", "Copy value", self, 14)
        self._copy.clicked.connect(self.copy_value)
        self._copy_path = IconButton("braces", "Copy as template", self, 14)
        self._copy_path.clicked.connect(self.copy_path)
        self.pin.setProperty("kind", "link")
        self.pin.clicked.connect(self._on_pin)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS)
        head.setSpacing(SPACE_M)
        head.addWidget(self.title, 1)
        head.addWidget(self.turns)
        head.addWidget(self.pin)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        bar.setSpacing(SPACE_S)
        bar.addWidget(self.kinds)
        bar.addWidget(self.path, 1)
        bar.addWidget(self._copy_path)
        bar.addWidget(self._copy)
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE_XS)
        below.addLayout(bar)
        self.note.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        below.addWidget(self.note)
        below.addWidget(self.value, 1)
        below.addStretch(0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.items)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 700])
        split.setChildrenCollapsible(False)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(split, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def showEvent(self, event: object) -> None:
        """Look when the panel comes into view."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._due.request()
