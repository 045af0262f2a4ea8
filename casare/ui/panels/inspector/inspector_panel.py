"""The inspector panel: the page that fits what is selected."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casare.app.documents.level import Level
from casare.app.session import Session
from casare.events import GraphChanged
from casare.sdk import Widget
from casare.ui.background import OncePerTurn
from casare.ui.panels.inspector.decor_page import DecorPage
from casare.ui.panels.inspector.node_page import NodePage
from casare.ui.panels.inspector.page import Page
from casare.ui.panels.inspector.subgraph_page import SubgraphPage
from casare.ui.panels.inspector.wires_page import WiresPage
from casare.ui.panels.inspector.workflow_page import WorkflowPage
from casare.ui.widgets.empty_state import EmptyState

MINIMUM_WIDTH = 240

_AHEAD = (
    *(Widget.LIST, Widget.KEY_VALUE, Widget.MULTILINE, Widget.VARIABLE, Widget.NUMBER, Widget.NUMBER, Widget.FILE),
    *(Widget.ANY, Widget.ANY, Widget.ANY, Widget.CHOICE, Widget.CHOICE, Widget.INTEGER, Widget.INTEGER),
    *(Widget.EXPRESSION, Widget.BOOLEAN, Widget.BOOLEAN, Widget.TEXT, Widget.TEXT, Widget.TEXT, Widget.TEXT),
)
"""Fields that are made while the person does nothing, the last one first."""
_PAUSE = 20
"""Between two of them, in ms."""
_AFTER_PAINTING = 60
"""How long after the first document came its page is filled, in ms."""
_AT_LEISURE = 250
"""How long after another page came Tab is led through it, in ms: nobody is there sooner."""


class InspectorPanel(QWidget):
    """Show and edit what is selected in the session's active document; with nothing selected, the workflow
    itself, or the subgraph that was entered.

    However many edits and selections one turn of the event loop brings, the fields are brought up to date once.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Inspector")
        self.setMinimumWidth(MINIMUM_WIDTH)
        self._document: Level | None = None
        self.empty = EmptyState("text-cursor-input", "No workflow is open", "What you select is edited here.")
        self.workflow, self.nodes, self.wires, self.decor = (
            WorkflowPage(),
            NodePage(session.secrets),
            WiresPage(),
            DecorPage(),
        )
        self.nodes.read_outputs(lambda document: session.runs.of(document).last_outputs())
        self.subgraph = SubgraphPage()
        self._blank = QWidget()
        self._page: QWidget = self.empty
        self._stack = QStackedWidget()
        for page in (self.empty, self._blank, self.workflow, self.subgraph, self.nodes, self.wires, self.decor):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._due = OncePerTurn(self._refresh, self)
        self._first = OncePerTurn(self._refresh, self, _AFTER_PAINTING)
        self._turned = OncePerTurn(lambda: self._stack.setCurrentWidget(self._page), self)
        self._order = OncePerTurn(self._put_in_order, self, _AT_LEISURE)
        self._ahead = list(_AHEAD)
        self._idle = QTimer(self, interval=_PAUSE)
        self._idle.timeout.connect(self._prepare)
        session.front_changed.connect(self._follow)
        self._follow(session.front)
        self.flush()

    @property
    def page(self) -> QWidget:
        """The page on show."""
        return self._page

    def enter(self) -> None:
        """Put the cursor into the first field of what is selected, with its text chosen."""
        self.flush()
        first = self.nodes.first_field() if self._page is self.nodes else None
        (first or self._page).setFocus(Qt.FocusReason.TabFocusReason)

    def flush(self) -> None:
        """Bring the fields up to date now if that is due."""
        self._first.flush()
        self._due.flush()
        self._turned.flush()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to make fields ahead of their use, a few at a time, so that the first selection finds them ready."""
        super().showEvent(event)
        if self._ahead:
            self._idle.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the rest for later."""
        super().hideEvent(event)
        self._idle.stop()

    def _prepare(self) -> None:
        if self._ahead:
            self.nodes.normal.prepare(self._ahead.pop())
        else:
            self._idle.stop()

    def _follow(self, document: Level | None) -> None:
        if self._document is not None:
            self._document.changed.disconnect(self._on_changed)
            self._document.selection.changed.disconnect(self._on_selected)
            self._document.document.state_changed.disconnect(self._due.request)
        self._document = document
        for page in self._pages:
            page.document = document
        if document is not None:
            document.changed.connect(self._on_changed)
            document.selection.changed.connect(self._on_selected)
            document.document.state_changed.connect(self._due.request)
        if document is None:
            self._due.cancel()
            self._first.cancel()
            self._refresh()
        elif self._page is self.empty:
            # The first document: its canvas is painted before anything is said about it.
            self._stack.setCurrentWidget(self._blank)
            self._first.request()
        else:
            self._due.request()

    @property
    def _pages(self) -> tuple[Page, ...]:
        return (self.workflow, self.subgraph, self.nodes, self.wires, self.decor)

    def _on_changed(self, fact: GraphChanged) -> None:
        if fact.structural or fact.frames or fact.notes:
            self._due.request()

    def _on_selected(self) -> None:
        # What was typed belongs to what was selected until now.
        if self._document is not None:
            self._document.seal()
        self._due.request()

    def _refresh(self) -> None:
        page = self._wanted()
        if isinstance(page, Page) and self._document is not None:
            page.lock(bool(self._document.document.frozen))
            page.refresh()
            self._order.request()
        self._page = page
        if self._stack.currentWidget() is self._blank:
            # Filled now, laid out and painted in a turn of its own.
            self._turned.request()
        else:
            self._stack.setCurrentWidget(page)

    def _put_in_order(self) -> None:
        # Who comes in from outside by Tab is to begin at the top.
        if isinstance(self._page, Page):
            self._page.put_in_order()

    def _wanted(self) -> QWidget:
        if self._document is None:
            return self.empty
        selection = self._document.selection
        if selection.nodes:
            return self.nodes
        if selection.wires:
            return self.wires
        if selection.frames or selection.notes:
            return self.decor
        return self.subgraph if self._document.id else self.workflow
