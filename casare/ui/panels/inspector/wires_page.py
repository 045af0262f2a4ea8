"""The page of selected wires: where each comes from and goes to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from casare.app.editing.deleting import delete
from casare.app.editing.wiring import End, port_of
from casare.model import Connection
from casare.sdk import PortKind
from casare.ui.panels.inspector.around import Around
from casare.ui.panels.inspector.link_button import LinkButton
from casare.ui.panels.inspector.page import Page
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.text_label import TextLabel

MOST_SHOWN = 40
"""More selected wires than this are counted."""


class WiresPage(Page):
    """Show the ends of the selected wires, each a way to its node."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = Around()
        self._title = TextLabel("", "title")
        self._more = TextLabel("", "muted")
        self._delete = QPushButton("Disconnect")
        self._delete.clicked.connect(self._on_delete)
        self._cards: list[_WireCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_S)
        self.column.addWidget(self._title)
        self.column.addLayout(self._list)
        self.column.addWidget(self._more)
        self.column.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    @property
    def cards(self) -> list[_WireCard]:
        """The cards on show, one for each wire."""
        return [card for card in self._cards if not card.isHidden()]

    def lock(self, frozen: bool) -> None:
        """Let the wires be looked at and not taken away."""
        super().lock(frozen)
        self._delete.setEnabled(not frozen)

    def refresh(self) -> None:
        """Show the selected wires."""
        if self.document is None:
            return
        self._around.document = self.document
        graph = self.document.graph
        wires = [graph.connections[key] for key in self.document.selection.wires if key in graph.connections]
        wires.sort()
        self._title.setText("Wire" if len(wires) == 1 else f"{len(wires)} wires")
        self._delete.setText("Disconnect" if len(wires) == 1 else "Disconnect all")
        for place, wire in enumerate(wires[:MOST_SHOWN]):
            if place == len(self._cards):
                card = _WireCard()
                card.jump_asked.connect(self._jump)
                self._cards.append(card)
                self._list.addWidget(card)
            self._show_wire(self._cards[place], wire)
        for card in self._cards[len(wires) :]:
            card.hide()
        self._more.setText(f"and {len(wires) - MOST_SHOWN} more")
        self._more.setVisible(len(wires) > MOST_SHOWN)

    def _show_wire(self, card: _WireCard, wire: Connection) -> None:
        assert self.document is not None
        port = port_of(self.document.graph, self.document.catalog, End(wire.source_node, wire.source_port, True))
        control = port is not None and port.kind is PortKind.CONTROL
        carries = "Passes the turn" if control else f"Carries {port.type if port else 'a value'}"
        card.show_wire(
            wire, self._around.node_title(wire.source_node), self._around.node_title(wire.target_node), carries
        )
        card.show()

    def _on_delete(self) -> None:
        if self.document is not None:
            self.do(delete(self.document.graph, wires=self.document.selection.wires))

    def _jump(self, node_id: str) -> None:
        if self.document is not None:
            self.document.reveal([node_id])


class _WireCard(QFrame):
    jump_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._wire = Connection("", "", "", "")
        self.source, self.target = LinkButton(), LinkButton()
        self.source.clicked.connect(lambda: self.jump_asked.emit(self._wire.source_node))
        self.target.clicked.connect(lambda: self.jump_asked.emit(self._wire.target_node))
        self._source_port, self._target_port = ElidedLabel("", "muted"), ElidedLabel("", "muted")
        self._carries = TextLabel("", "caption")
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_XS)
        rows = (("From", self.source, self._source_port), ("To", self.target, self._target_port))
        for row, (word, link, port) in enumerate(rows):
            grid.addWidget(TextLabel(word, "caption"), row, 0)
            grid.addWidget(link, row, 1)
            grid.addWidget(port, row, 2)
        grid.addWidget(self._carries, 2, 0, 1, 3)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)

    def show_wire(self, wire: Connection, source: str, target: str, carries: str) -> None:
        self._wire = wire
        self.source.set_link(source)
        self.target.set_link(target)
        self._source_port.setText(wire.source_port)
        self._target_port.setText(wire.target_port)
        self._carries.setText(carries)
