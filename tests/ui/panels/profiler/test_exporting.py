"""The report in the formats of others."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casare.app.document import Document
from casare.model import Graph
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.panels.profiler.exporting import FORMATS


@pytest.mark.parametrize("kind", sorted(set(FORMATS) - {"junit"}))
def test_every_format_of_the_menu_writes_a_file_that_names_a_node_or_a_rule(
    panel: ProfilerPanel, document: Document, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"r.{FORMATS[kind].suffix}"
    panel.export_to(path, kind)
    assert not panel.failure.isVisible()
    told = path.read_text()
    assert "Step 1" in told or "unknown-type" in told


def test_the_menu_offers_every_format(panel: ProfilerPanel) -> None:
    menu = panel.header.export.menu()
    assert [action.text() for action in menu.actions()] == [form.title for form in FORMATS.values()]


def test_the_trace_holds_one_event_for_each_node_that_takes_time(panel: ProfilerPanel, tmp_path: Path) -> None:
    panel.export_to(tmp_path / "r.json", "trace")
    told = json.loads((tmp_path / "r.json").read_text())
    events = told["traceEvents"] if isinstance(told, dict) else told
    assert sum(event["ph"] == "X" for event in events) == 4


def test_the_budget_of_the_workflow_becomes_test_cases(
    panel: ProfilerPanel, document: Document, tmp_path: Path
) -> None:
    held = document.graph
    panel._follow(
        Document(
            Graph(held.nodes.values(), held.connections.values(), settings={"profile_budget": {"min_grade": "A"}}),
            catalog=document.catalog,
        )
    )
    panel.export_to(tmp_path / "r.xml", "junit")
    root = ElementTree.parse(tmp_path / "r.xml").getroot()
    assert root.get("tests") == "1"


def test_without_a_budget_the_panel_says_what_is_missing(panel: ProfilerPanel, tmp_path: Path) -> None:
    panel.export_to(tmp_path / "r.xml", "junit")
    assert not (tmp_path / "r.xml").exists()
    assert panel.failure.isVisible()
    assert "no budget" in panel.failure.accessibleName()
