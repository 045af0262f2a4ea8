"""Starting and ending the editor as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from casare.ui.shell.starting import application
from casare.ui.shell.frame.main_window import MainWindow
app = application.make_application()
def look():
    window = next(one for one in app.topLevelWidgets() if isinstance(one, MainWindow))
    {look}
QTimer.singleShot(0, look)
code = application.main([Path(word) for word in sys.argv[1:]])
print("code", code)
"""


def _run(home: Path, look: str, *words: str) -> str:
    environment = {**os.environ, "CASARE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _START.format(look=look), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_start_page_is_shown_without_loading_canvas_panels_engine_or_charts(tmp_path: Path) -> None:
    panels = ("casare.ui.canvas", "casare.ui.panels.inspector", "casare.ui.panels.profiler")
    heavy = (*panels, "casare.engine", "asyncio", "pyqtgraph", "networkx", "numpy", "casare.nodes")
    look = f"print('loaded', [name for name in {heavy!r} if name in sys.modules]); window.close()"
    assert "loaded []" in _run(tmp_path, look)


def test_a_file_that_is_not_a_workflow_is_told_in_the_window_and_the_editor_runs_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    out = _run(tmp_path, "print(len(window.notices.banners), window.isVisible()); window.close()", str(broken))
    assert "1 True" in out
    assert "code 0" in out


def test_ctrl_c_in_the_terminal_closes_the_window(tmp_path: Path) -> None:
    assert "code 0" in _run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGINT)")


def test_an_error_in_a_slot_is_logged_and_shown_and_the_window_stays(tmp_path: Path) -> None:
    look = "; ".join(
        (
            "QTimer.singleShot(0, lambda: 1 / 0)",
            "told = lambda: (window.notices.texts, window.book.entries()[-1].message)",
            "QTimer.singleShot(50, lambda: (print(*told()), window.close()))",
        )
    )
    assert "ZeroDivisionError" in _run(tmp_path, look)
