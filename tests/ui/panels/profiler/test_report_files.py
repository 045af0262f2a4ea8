"""The report in the formats of others."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pytestqt.qtbot import QtBot

from casare.app.commands import COMMANDS
from casare.app.documents.document import Document
from casare.app.profiler.exporting import FORMATS
from casare.model import Graph
from casare.ui.panels.profiler import ProfilerPanel


def _write(panel: ProfilerPanel, path: Path, kind: str, qtbot: QtBot) -> None:
    panel.export_to(path, kind)
    qtbot.waitUntil(lambda: not panel.exporting)


@pytest.mark.parametrize("kind", sorted(set(FORMATS) - {"junit"}))
def test_every_format_of_the_menu_writes_a_file_that_names_a_node_or_a_rule(
    panel: ProfilerPanel, document: Document, tmp_path: Path, kind: str, qtbot: QtBot
) -> None:
    path = tmp_path / f"r.{FORMATS[kind].suffix}"
    _write(panel, path, kind, qtbot)
    assert not panel.failure.isVisible()
    told = path.read_text()
    assert "Step 1" in told or "unknown-type" in told


def test_the_menu_offers_every_format(panel: ProfilerPanel) -> None:
    menu = panel.header.export.menu()
    assert [action.text() for action in menu.actions()] == [form.title for form in FORMATS.values()]


def test_each_format_has_a_command_of_the_same_title() -> None:
    titles = {one.id.removeprefix("profile.export_"): one.title for one in COMMANDS if "profile.export_" in one.id}
    assert titles == {kind: form.title for kind, form in FORMATS.items()}


def test_the_trace_holds_one_event_for_each_node_that_takes_time(
    panel: ProfilerPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    _write(panel, tmp_path / "r.json", "trace", qtbot)
    told = json.loads((tmp_path / "r.json").read_text())
    events = told["traceEvents"] if isinstance(told, dict) else told
    assert sum(event["ph"] == "X" for event in events) == 4


def test_the_budget_of_the_workflow_becomes_test_cases(
    panel: ProfilerPanel, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    held = document.graph
    panel._follow(
        Document(
            Graph(held.nodes.values(), held.connections.values(), settings={"profile_budget": {"min_grade": "A"}}),
            catalog=document.catalog,
        )
    )
    _write(panel, tmp_path / "r.xml", "junit", qtbot)
    root = ElementTree.parse(tmp_path / "r.xml").getroot()
    assert root.get("tests") == "1"


def test_without_a_budget_the_panel_says_what_is_missing(panel: ProfilerPanel, tmp_path: Path, qtbot: QtBot) -> None:
    _write(panel, tmp_path / "r.xml", "junit", qtbot)
    assert not (tmp_path / "r.xml").exists()
    assert panel.failure.isVisible()
    assert "no budget" in panel.failure.accessibleName()
