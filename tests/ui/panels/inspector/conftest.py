"""An inspector on a document with every kind of field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.catalog import Catalog
from casare.model import Connection, Frame, Graph, Node, Note
from casare.sdk import DataType, NodeType, Param, Port, PortKind, Visibility, Widget
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.theme import appearance
from casare.ui.theme.appearance import Appearance

CONTROL = PortKind.CONTROL

EVERY = NodeType(
    "EveryNode",
    "Every field",
    "data",
    summary="Has each kind of field.",
    inputs=(Port("exec_in", CONTROL), Port("url", type=DataType.TEXT)),
    outputs=(Port("exec_out", CONTROL), Port("body", type=DataType.TEXT)),
    params=(
        Param("text", widget=Widget.TEXT, placeholder="Hello", help="Said at first."),
        Param("separator", widget=Widget.TEXT, default=","),
        Param("long", widget=Widget.MULTILINE),
        Param("count", DataType.INTEGER, Widget.INTEGER, default=3, minimum=1, maximum=10, unit="ms"),
        Param("ratio", DataType.NUMBER, Widget.NUMBER),
        Param("flag", DataType.BOOLEAN, Widget.BOOLEAN, default=True),
        Param("mode", widget=Widget.CHOICE, choices=("fast", "careful"), default="fast"),
        Param("days", DataType.LIST, Widget.MULTI_CHOICE, choices=("Mon", "Tue", "Wed")),
        Param("file", widget=Widget.FILE, required=True),
        Param("target", widget=Widget.SAVE_FILE),
        Param("folder", widget=Widget.FOLDER),
        Param("payload", widget=Widget.JSON),
        Param("items", DataType.LIST, Widget.LIST),
        Param("headers", DataType.DICT, Widget.KEY_VALUE),
        Param("code", widget=Widget.CODE),
        Param("condition", widget=Widget.EXPRESSION, aliases=("expression",)),
        Param("when", widget=Widget.DATETIME),
        Param("tint", widget=Widget.COLOR),
        Param("token", widget=Widget.SECRET),
        Param("variable", widget=Widget.VARIABLE),
        Param("pair", widget=Widget.NODE),
        Param("anything", widget=Widget.ANY),
        Param("url", widget=Widget.TEXT, wired=True),
        Param("retries", DataType.INTEGER, Widget.INTEGER, visibility=Visibility.ADVANCED),
    ),
)


@pytest.fixture(autouse=True)
def look(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Appearance]:
    """Dress the application, as the sizes of fields depend on it."""
    monkeypatch.setattr(appearance, "_latest", None)
    sheet, colours, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    made = Appearance("dark")
    made.apply(qapp)
    yield made
    qapp.setStyleSheet(sheet)
    qapp.setPalette(colours)
    qapp.setFont(font)


@pytest.fixture(scope="module")
def own_catalog() -> Catalog:
    """Return a catalog with the built-in types and one with every kind of field."""
    made = Catalog(time_to_live_s=float("inf"))
    made.register(EVERY)
    return made


@pytest.fixture
def session(own_catalog: Catalog) -> Session:
    """Return a session without documents."""
    return Session(own_catalog)


@pytest.fixture
def document(session: Session) -> Document:
    """Return the open document."""
    graph = Graph(
        [
            Node("a", "StartNode"),
            Node("every", "EveryNode", {}),
            Node("source", "EveryNode", {}, name="Fetch orders"),
            Node("wired", "EveryNode", {"url": "fallback", "expression": "{{x}} > 1"}),
            Node("log", "LogNode", {"message": "one"}),
            Node("log2", "LogNode", {"message": "two"}),
            Node("odd", "NobodyKnowsNode", {"kept": {"a": 1}, "_cache": True}),
            Node("end", "ForLoopEndNode", {}),
            Node("loop", "ForLoopStartNode", {"items": [1]}),
        ],
        [Connection("source", "body", "wired", "url"), Connection("a", "exec_out", "log", "exec_in")],
        variables={"total": {"name": "total", "type": "Integer", "default_value": 0}, "plain": "text"},
        metadata={"name": "orders", "custom": 1},
        settings={"timeout": 30, "profile_budget": {"grade": "B"}},
        frames=[Frame("f", "Batch", "#112233", node_ids=("a",))],
        notes=[Note("n", "Look")],
    )
    made = Document(graph, catalog=session.catalog)
    session.documents.append(made)
    session.activate(made)
    return made


@pytest.fixture
def panel(session: Session, document: Document, qtbot: QtBot) -> InspectorPanel:
    """Return the panel, shown, as wide as a narrow dock."""
    made = InspectorPanel(session)
    qtbot.addWidget(made)
    made.resize(300, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made
