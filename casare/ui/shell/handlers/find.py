"""What the commands that find things do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from casare.ui.shell.frame.actions import Handler

if TYPE_CHECKING:
    from casare.ui.shell.finding.finding import Finding
    from casare.ui.shell.frame.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""

    def on_bar(act: Callable[[Finding], object]) -> Handler:
        def run() -> None:
            if window.finding is not None:
                act(window.finding)

        return run

    return {
        "find.open": on_bar(lambda finding: finding.open()),
        "find.next": on_bar(lambda finding: finding.step(1)),
        "find.previous": on_bar(lambda finding: finding.step(-1)),
        "find.select_all": on_bar(lambda finding: finding.select_all()),
        "find.in_files": lambda: _find_in_files(window),
    }


def _find_in_files(window: MainWindow) -> None:
    """Search the folder that is on show, else that of the workflow in front, else the recent files."""
    page, active = window.start_page, window.session.active
    if page.folder is None and active is not None and active.path is not None:
        page.show_folder(active.path.parent)
    window.session.activate(None)
    page.focus_search()
