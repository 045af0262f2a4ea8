"""Start the editor as `casare` does and print when its window was painted (ms after CASARE_STARTED, in s)."""

from __future__ import annotations

import os
import runpy
import sys
import time

from PySide6.QtCore import QEvent, QObject

from casare.ui.shell.starting.application import make_application


class FirstPainting(QObject):
    """Wait until the pixels of the main window have gone to the screen, then say when that was and end."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and type(watched).__name__ == "MainWindow":
            watched.event(event)
            print((time.time() - float(os.environ["CASARE_STARTED"])) * 1000, flush=True)
            os._exit(0)
        return False


def main() -> None:
    """Start the editor in this process."""
    application = make_application()
    first = FirstPainting()
    application.installEventFilter(first)
    sys.argv = ["casare"]
    runpy.run_module("casare", run_name="__main__")


if __name__ == "__main__":
    main()
