"""Pictures of the canvas as files, and a workflow that comes back out of one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from casare.storage import encode
from casare.ui.shell.frame.main_window import MainWindow
from tests.ui.shell.conftest import drop_files


def test_the_canvas_can_be_exported_as_a_picture(window: MainWindow, sample: Path, tmp_path: Path) -> None:
    window.files.open([sample])
    for name, start in (("out.png", b"\x89PNG"), ("out.svg", b"<?xml"), ("out.pdf", b"%PDF")):
        window.actions_table.run("file.export_image")
        dialog = window.files.saving.dialog
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.close()
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_picture_that_carries_its_workflow_opens_as_a_copy_when_it_is_dropped(
    window: MainWindow, sample: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.files.open([sample])
    first = window.session.active
    window.actions_table.run("file.export_carrying")
    picture = tmp_path / "flow.png"
    dialog = window.files.saving.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(picture))
    dialog.close()
    assert not QImage(str(picture)).isNull()
    drop_files(window, [picture])
    qtbot.waitUntil(lambda: window.session.active is not first)
    second = window.session.active
    assert first is not None
    assert second is not None
    assert second is not first
    assert second.path is None
    assert encode(second.graph) == encode(first.graph)


def test_the_picture_of_a_selection_is_smaller_than_that_of_all(
    window: MainWindow, sample: Path, tmp_path: Path
) -> None:
    window.files.open([sample])
    document = window.session.active
    assert document is not None
    document.selection.set(nodes=[next(iter(document.graph.nodes))])
    sizes = []
    for command_id in ("file.export_selection", "file.export_image"):
        window.actions_table.run(command_id)
        dialog = window.files.saving.dialog
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / f"{command_id}.png"))
        dialog.close()
        sizes.append(QImage(str(tmp_path / f"{command_id}.png")).width())
    assert 0 < sizes[0] < sizes[1]
