"""Start the editor: application, theme, session, window, and the way out."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from casare import __version__
from casare.app.log_book import LogBook, LogBookHandler
from casare.app.session import Session
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.starting.defects import DefectHook
from casare.ui.shell.starting.interrupts import Interrupts
from casare.ui.shell.starting.preload import Preload
from casare.ui.theme.appearance import Appearance
from casare.ui.theme.icons import application_icon

_TURN_S: Final = 0.0005


def main(paths: Sequence[Path] = ()) -> int:
    """Open the editor on these files and return its exit code once the window is closed."""
    application = make_application()
    share_the_interpreter()
    session = Session()
    appearance = Appearance(session.settings.current.theme)
    appearance.apply(application)
    book = LogBook()
    logging.getLogger("casare").addHandler(LogBookHandler(book))
    window = MainWindow(session, appearance, book)
    hook = DefectHook(book, window.tell_defect)
    hook.install()
    interrupts = Interrupts(window.close)
    window.tab_keeping.restore(to_front=not paths)
    if paths:
        window.files.open(paths)
    window.show()
    arrivals = window.files.arrivals
    preload = Preload(window, session.catalog, window.steps_ahead(), busy=lambda: arrivals.under_way > 0)
    window.files.safety.recovery.search()
    try:
        return application.exec()
    finally:
        preload.close()
        interrupts.close()
        hook.remove()


def share_the_interpreter() -> None:
    """Let the window have the interpreter back at once from threads that calculate.

    Each call into Qt gives it away, and a thread in pure Python keeps it for Python's 5 ms: a painting of ten calls
    would wait 50 ms. Shorter turns cost the calculating thread 1-2 %.
    """
    sys.setswitchinterval(_TURN_S)


def make_application() -> QApplication:
    """Return the application, made with its name and icon when there is none yet."""
    QCoreApplication.setApplicationName("casare")
    QCoreApplication.setApplicationVersion(__version__)
    QCoreApplication.setOrganizationName("casare")
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationDisplayName("casare")
    application.setDesktopFileName("casare")
    application.setWindowIcon(application_icon())
    return application
