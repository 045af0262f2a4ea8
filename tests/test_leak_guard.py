"""The leak guard itself: it catches what it should, says where, and leaves innocent tests alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

INNER = """
    import threading

    import pytest
    from PySide6.QtCore import QObject, QThread, QTimer
    from PySide6.QtWidgets import QComboBox, QLabel, QWidget

    kept = []

    def open_panel():
        panel = QLabel("left open")
        panel.setWindowTitle("Panel")
        panel.show()
        return panel

    def test_window(qtbot):
        kept.append(open_panel())

    def test_hidden_window(qtbot):
        kept.append(QWidget())

    def test_timer(qtbot):
        timer = QTimer()
        timer.start(60_000)
        kept.append(timer)

    def test_single_shot(qtbot):
        QTimer.singleShot(60_000, lambda: None)

    def test_thread():
        threading.Thread(target=threading.Event().wait, args=(30,), daemon=True, name="counter").start()

    def test_after_the_leaks_nothing_is_blamed(qtbot):
        pass

    def test_clean_window(qtbot):
        window = open_panel()
        qtbot.addWidget(window)

    def test_clean_local_window(qtbot):
        open_panel()

    def test_clean_cycle(qtbot):
        window = QComboBox()
        window.itself = window
        window.show()

    def test_clean_timer(qtbot):
        owner = QObject()
        timer = QTimer(owner)
        timer.start(60_000)
        timer.stop()

    def test_clean_shot_of_a_dead_owner(qtbot):
        class Owner(QObject):
            def fire(self):
                pass
        owner = Owner()
        QTimer.singleShot(60_000, owner.fire)

    def test_clean_thread():
        thread = threading.Thread(target=lambda: None)
        thread.start()

    def test_clean_qthread(qtbot):
        thread = QThread()
        thread.start()
        thread.quit()
        thread.wait()

    def test_failing(qtbot):
        window = open_panel()
        assert window is None

    def test_qt_warning(qtbot):
        QObject().killTimer(12_345)
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("inner")
    lines = INNER.strip("\n").splitlines()
    (folder / "test_inner.py").write_text("\n".join(line[4:] for line in lines))
    (folder / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\n")
    plugins = Path(__file__).parent / "plugins"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "leak_guard", "-p", "no:cacheprovider", "-p", "no:xdist", "."],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(plugins), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def errors_of(output: str, test: str) -> str:
    found = re.search(rf"ERROR at teardown of {test} _+\n(.*?)(?=\n[_=]{{5}})", output, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("test_window", ["visible window QLabel 'Panel'", "made at test_inner.py:10 in open_panel", "in test_window"]),
        ("test_hidden_window", ["hidden window QWidget", "in test_hidden_window"]),
        ("test_timer", ["active timer of 60000 ms", "in test_timer"]),
        ("test_single_shot", ["QTimer.singleShot that fires in", "in test_single_shot"]),
        ("test_thread", ["thread 'counter'", "in test_thread"]),
    ],
)
def test_a_leak_fails_its_own_test_and_says_where_it_was_started(output: str, test: str, said: list[str]) -> None:
    message = errors_of(output, test)
    for part in said:
        assert part in message, output


def test_tests_that_tidy_up_pass_and_a_leak_is_not_blamed_on_the_next_test(output: str) -> None:
    clean = re.findall(r"::(test_clean_\w+|test_after\w+) (\w+)", output)
    assert len(clean) == 8, output
    assert {outcome for _, outcome in clean} == {"PASSED"}, output


def test_a_failing_test_is_reported_once_and_not_as_a_leak_too(output: str) -> None:
    assert "test_inner.py::test_failing FAILED" in output
    assert errors_of(output, "test_failing") == ""


def test_a_qt_warning_fails_the_test_that_caused_it(output: str) -> None:
    assert "test_inner.py::test_qt_warning FAILED" in output
    assert "killTimer" in output
