"""A profiler panel on a document with a few nodes that take time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.sdk import Cost, NodeType, Port, PortKind
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.theme import appearance
from casare.ui.theme.appearance import Appearance

CONTROL = PortKind.CONTROL


def costing(type_id: str, title: str, runtime_ms: float, memory_mb: float) -> NodeType:
    """Return a type that takes so long and so much."""
    return NodeType(
        type_id,
        title,
        "data",
        inputs=(Port("exec_in", CONTROL),),
        outputs=(Port("exec_out", CONTROL),),
        cost=Cost(5, runtime_ms, memory_mb),
    )


def chain(*types: str) -> Graph:
    """Return nodes `n0`, `n1`, … of these types, one after another."""
    nodes = [Node(f"n{at}", one, name=f"Step {at}") for at, one in enumerate(types)]
    wires = [Connection(f"n{at}", "exec_out", f"n{at + 1}", "exec_in") for at in range(len(types) - 1)]
    return Graph(nodes, wires)


@pytest.fixture(autouse=True)
def look(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Appearance]:
    """Dress the application, as the sizes of rows depend on it."""
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
    """Return a catalog with types of known cost."""
    made = Catalog(time_to_live_s=float("inf"))
    made.register(costing("SlowNode", "Slow", 2000, 50))
    made.register(costing("QuickNode", "Quick", 10, 200))
    return made


@pytest.fixture
def session(own_catalog: Catalog) -> Iterator[Session]:
    """Return a session whose analyses are stopped at the end."""
    made = Session(own_catalog)
    yield made
    made.profiles.close()


@pytest.fixture
def document(session: Session) -> Document:
    """Return the open document: quick, slow, quick, nobody knows."""
    made = Document(chain("QuickNode", "SlowNode", "QuickNode", "NobodyKnowsNode"), catalog=session.catalog)
    session.documents.append(made)
    session.activate(made)
    return made


@pytest.fixture
def panel(session: Session, document: Document, qtbot: QtBot) -> ProfilerPanel:
    """Return the panel, shown, as wide as a narrow dock."""
    made = ProfilerPanel(session)
    qtbot.addWidget(made)
    made.resize(300, 800)
    with qtbot.waitExposed(made):
        made.show()

    def graded() -> bool:
        profile = made.profile
        return profile is not None and profile.report is not None and not profile.stale

    # On a busy machine even a small analysis may be handed to a thread.
    qtbot.waitUntil(lambda: graded() and made.heat.critical.isVisible())
    return made
