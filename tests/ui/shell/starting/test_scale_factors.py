"""The window is sharp at every scale of the screen: what is drawn ahead is drawn for the pixels there are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_LOOK = """
import json, sys
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QPushButton
from casare.app.session import Session
from casare.foundation.resources import samples
from casare.ui.shell.starting.application import make_application
from casare.ui.shell.frame.docks import OUTLINE
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.screenshots import settle
from casare.ui.theme.appearance import Appearance
app = make_application()
session, look = Session(), Appearance(sys.argv[1])
look.apply(app)
window = MainWindow(session, look)
window.resize(1300, 800)
window.show()
settle(window, 100)
told = {"labels": [], "icons": [], "cut": [], "cards": [], "grabs": []}
def read():
    told["grabs"].append(window.grab().devicePixelRatio())
    for label in window.findChildren(QLabel):
        if not label.pixmap().isNull():
            told["labels"].append(label.pixmap().devicePixelRatio())
    for button in window.findChildren(QAbstractButton):
        if not button.icon().isNull():
            size, ratio = button.iconSize(), button.devicePixelRatioF()
            pixmap = button.icon().pixmap(size, ratio)
            told["icons"].append([size.width(), pixmap.width(), pixmap.devicePixelRatio()])
        if button.isVisible() and isinstance(button, (QPushButton, QCheckBox)):
            if button.width() < button.minimumSizeHint().width():
                told["cut"].append(button.text())
read()
document = session.open(samples() / "orders-daily.json")
settle(window, 200)
window.canvas.fit()
document.selection.set([list(document.graph.nodes)[2]])
window.show_dock(OUTLINE)
settle(window, 200)
read()
kept = window.canvas.canvas_scene.cache._pictures
told["cards"] = [one.pixmap.devicePixelRatio() for one in kept.values()]
told["painted"] = app.primaryScreen().devicePixelRatio()
window.overlays.commands()
settle(window, 100)
read()
for one in list(session.documents):
    session.close(one)
window.close()
print(json.dumps(told))
"""


def looked(home: Path, factor: str, theme: str) -> dict[str, Any]:
    """Return what a window at a scale holds: ratios of pixmaps, sizes of icons, and texts that are cut."""
    environment = {**os.environ, "CASARE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor}
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, theme],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(("factor", "theme"), [("1.25", "dark"), ("1.5", "light"), ("2", "dark")])
def test_every_picture_has_the_pixels_of_the_screen(tmp_path: Path, factor: str, theme: str) -> None:
    told, ratio = looked(tmp_path, factor, theme), float(factor)
    assert told["painted"] == ratio
    assert set(told["grabs"]) == {ratio}
    assert set(told["labels"]) <= {ratio}
    assert told["cards"]
    assert set(told["cards"]) == {ratio}
    assert len(told["icons"]) > 10
    for size, pixels, shown in told["icons"]:
        assert shown == ratio
        assert abs(pixels - size * ratio) <= 1
    assert told["cut"] == []
