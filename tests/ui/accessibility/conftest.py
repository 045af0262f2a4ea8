"""A canvas to listen to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.settings import SettingsStore
from casare.catalog import Catalog
from casare.model import Connection, Frame, Graph, Node, Note
from casare.ui.accessibility import install
from casare.ui.canvas import CanvasView
from casare.ui.theme.fonts import load_fonts


@pytest.fixture
def canvas(qtbot: QtBot, catalog: Catalog) -> Iterator[CanvasView]:
    """Return a canvas with two nodes, a wire, a frame and a note."""
    load_fonts()
    install()
    graph = Graph(
        [
            Node("read", "LogNode", {"message": "hello"}, (0, 0), "Say hello"),
            Node("after", "LogNode", {"_disabled": True}, (320, 0)),
        ],
        [Connection("read", "exec_out", "after", "exec_in")],
        frames=[Frame("f", "Greeting", position=(-40, -60), size=(700, 300), node_ids=("read",))],
        notes=[Note("n", "Remember me", (0, 300))],
    )
    made = CanvasView(Document(graph, catalog=catalog), SettingsStore())
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.fit()
    yield made
    made.canvas_scene.sheets.close()
