"""The commands of the profiler, from the menu to the canvas."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.shell.frame.docks import PROFILER
from casare.ui.shell.frame.main_window import MainWindow


def _panel(window: MainWindow) -> ProfilerPanel:
    assert window.workspace is not None
    panel = window.workspace.docks.panel(PROFILER)
    assert isinstance(panel, ProfilerPanel)
    return panel


def test_heat_and_path_come_to_the_canvas_with_the_dock_and_go_with_it(
    window: MainWindow, sample: Path, qtbot: QtBot
) -> None:
    window.files.open([sample])
    canvas = window.canvas
    assert canvas is not None
    window.actions_table.run("profile.heat_memory")
    qtbot.waitUntil(lambda: canvas.stage.heat is not None and canvas.stage.costs is not None)
    assert _panel(window).heat.kind == "memory"
    window.actions_table.run("profile.critical_path")
    qtbot.waitUntil(lambda: bool(canvas.stage.critical_nodes))
    window.workspace.docks[PROFILER].close()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: canvas.stage.heat is None and canvas.stage.costs is None)
    assert not canvas.stage.critical_nodes
    window.actions_table.run("profile.heat_off")
    assert _panel(window).heat.kind == ""


def test_comparing_and_exporting_are_a_command_away(
    window: MainWindow, sample: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    window.files.open([sample])
    window.actions_table.run("profile.compare")
    assert _panel(window).pages.compare.isVisible()
    for kind, start in (("csv", b"id,"), ("html", b"<!")):
        window.actions_table.run(f"profile.export_{kind}")
        dialog = next(iter(_panel(window).findChildren(QFileDialog)))
        target = tmp_path / f"out.{kind}"
        dialog.fileSelected.emit(str(target))
        dialog.close()
        qtbot.waitUntil(lambda: not _panel(window).exporting)
        qtbot.waitUntil(lambda: not _panel(window).findChildren(QFileDialog))
        assert target.read_bytes().startswith(start)
