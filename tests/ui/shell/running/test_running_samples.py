"""Every workflow that ships, and the real ones a person brings along, opened in the window and run there by F5."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from real_samples import sample

from casare.app.running.live_run import LiveRun
from casare.cli.run_output import RunOutput
from casare.foundation.resources import samples
from casare.ui.shell.frame.main_window import MainWindow

EXPECTED = Path(__file__).parents[3] / "workflow_samples"
WHOLE = sorted(EXPECTED.glob("*.json"))
VOLATILE = {"execution_time_ms", "times_ms", "stack_trace"}
"""Outputs that differ from run to run."""
REAL = (
    ("batch_1_1_variables.json", "All variable & dict tests passed!"),
    ("batch_1_3_strings.json", ""),
    ("batch_1_5_control_flow.json", ""),
    ("batch_2_1_files.json", ""),
    ("batch_5_1_utility.json", "Utility tests passed!"),
    ("batch_7_1_dict.json", "Dict nodes tested!"),
    ("task_1.json", "The total sum is: 15"),
    ("task_2.json", "Hello, my name is Alice and I am 30 years old"),
    ("task_3.json", "The final result is: 40.0"),
    ("task_4.json", "File does not exist"),
)
WORDS = {"completed": "Completed", "degraded": "Completed with failures", "failed": "Failed"}
"""How the bar begins, by the status of the run."""


def run_in(window: MainWindow, qtbot: QtBot, path: Path) -> LiveRun:
    """Open a file as a person does, press F5 on its canvas, and wait for the bar to say how it ended."""
    before = window.session.active
    window.files.open([path])
    qtbot.waitUntil(lambda: window.session.active is not None and window.session.active is not before)
    document = window.session.active
    assert document is not None
    assert document.path == path
    assert window.workspace is not None
    view = window.workspace.view(document)
    assert view is not None
    runs = window.session.runs.of(document)
    QTest.keyClick(view.canvas, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: runs.run is not None and runs.run.is_over, timeout=60_000)
    run = runs.run
    assert run is not None
    assert run.wait(30)
    qtbot.waitUntil(lambda: view.run_bar.text.startswith(WORDS[run.status]))
    assert not document.is_modified
    return run


def told(value: Any, folder: Path) -> Any:
    """Return a value as the expected files write it."""
    if isinstance(value, str):
        return value.replace(f"{folder}{os.sep}", "$FOLDER/")
    if isinstance(value, list):
        return [told(one, folder) for one in value]
    if isinstance(value, dict):
        return {name: told(one, folder) for name, one in value.items() if name not in VOLATILE}
    return value


@pytest.mark.parametrize("expected_file", WHOLE, ids=lambda path: path.stem)
def test_a_sample_runs_in_the_window_and_gives_what_it_should(
    expected_file: Path, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "samples"
    shutil.copytree(samples(), folder, ignore=shutil.ignore_patterns("out"))
    folder = folder.resolve()
    expected = json.loads(expected_file.read_text(encoding="utf-8"))
    run = run_in(window, qtbot, folder / expected_file.name)
    assert run.report is not None, run.problems
    found = json.loads(RunOutput.from_report(run.report, run.mask).model_dump_json())
    assert found["status"] == expected["status"]
    assert {node["id"]: node["status"] for node in found["nodes"]} == expected["nodes"]
    assert told(found["variables"], folder) == expected["variables"]
    outputs = told(found["outputs"], folder)
    assert {node: outputs[node] for node in expected["outputs"]} == expected["outputs"]
    for name, text in expected["files"].items():
        assert (folder / name).read_text(encoding="utf-8") == text, name
    # What the canvas shows is what the report says.
    assert {one: run.board.status(one) for one in run.graph.nodes} == {
        one: expected["nodes"][one] for one in run.graph.nodes
    }


@pytest.mark.parametrize(("name", "message"), REAL, ids=[name.removesuffix(".json") for name, _ in REAL])
def test_a_real_file_runs_in_the_window_to_its_end(
    name: str, message: str, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = Path(shutil.copy(sample(name), tmp_path)).resolve()
    run = run_in(window, qtbot, path)
    assert (run.status, run.problems) == ("completed", ())
    lines = [entry.message for entry in window.book.entries()]
    assert not message or any(message in line for line in lines)
    if name == "batch_2_1_files.json":
        written = tmp_path / "test_output" / "node_tests_v2" / "test.txt"
        assert written.read_text(encoding="utf-8") == "Hello World!\nAppended!"
