"""Start the editor: application, theme, session, window, and the way out."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from casare import __version__
from casare.app.log_book import LogBook, LogBookHandler
from casare.app.session import Session
from casare.ui.shell.defects import DefectHook
from casare.ui.shell.interrupts import Interrupts
from casare.ui.shell.main_window import MainWindow
from casare.ui.shell.preload import Preload
from casare.ui.theme.appearance import Appearance
from casare.ui.theme.icons import application_icon


def main(paths: Sequence[Path] = ()) -> int:
    """Open the editor on these files and return its exit code once the window is closed."""
    application = make_application()
    session = Session()
    appearance = Appearance(session.settings.current.theme)
    appearance.apply(application)
    book = LogBook()
    logging.getLogger("casare").addHandler(LogBookHandler(book))
    window = MainWindow(session, appearance, book)
    hook = DefectHook(book, window.tell_defect)
    hook.install()
    interrupts = Interrupts(window.close)
    if paths:
        window.files.open(paths)
    window.show()
    preload = Preload(window)
    try:
        return application.exec()
    finally:
        preload.close()
        interrupts.close()
        hook.remove()


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
