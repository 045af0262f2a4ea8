"""What the commands about files, tabs and the window do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casare.ui.shell.files.file_dialogs import ask_for_folder
from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.handlers.in_front import on_canvas

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    files = window.files
    safety = files.safety
    return {
        "file.new": window.session.new,
        "file.open": files.ask_to_open,
        "file.open_folder": lambda: _ask_for_folder(window),
        "file.switch": window.overlays.switch,
        "file.save": files.save,
        "file.save_as": files.save_as,
        "file.export_image": on_canvas(window, files.pictures.export_all),
        "file.export_selection": on_canvas(window, files.pictures.export_selection),
        "file.export_carrying": on_canvas(window, files.pictures.export_carrying),
        "file.reload": lambda: safety.on_front(safety.disk.reload),
        "file.versions": lambda: safety.on_front(safety.versions.browse),
        "file.recover": safety.recovery.review,
        "file.close": files.close,
        "file.start": lambda: window.session.activate(None),
        "file.quit": window.close,
    }


def _ask_for_folder(window: MainWindow) -> None:
    page = window.start_page
    active = window.session.active
    recent = next((entry.path.parent for entry in window.session.recents.entries()), None)
    known = page.folder or (active.path.parent if active is not None and active.path is not None else recent)

    def show(folder: Path) -> None:
        page.show_folder(folder)
        window.session.activate(None)

    ask_for_folder(window, known, show)
