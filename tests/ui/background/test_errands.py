"""Errands: work on a thread, an answer on the UI thread, silence after the end."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from casare.foundation.errors import CasareError
from casare.ui.background import Errands


def test_the_answer_comes_on_the_ui_thread(qtbot: QtBot) -> None:
    parent = QObject()
    errands, got = Errands(parent), list[Any]()
    errands.run(threading.current_thread, lambda thread: got.extend((thread, threading.current_thread())))
    qtbot.waitUntil(lambda: len(got) == 2)
    assert got[0] is not got[1] is threading.main_thread()
    assert not errands.busy
    errands.close()


@pytest.mark.parametrize("error", [CasareError("no"), ZeroDivisionError("oops")])
def test_an_error_goes_to_whoever_asked(error: Exception, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    parent = QObject()
    errands, failed = Errands(parent), list[CasareError]()

    def work() -> None:
        raise error

    with caplog.at_level(logging.CRITICAL):
        errands.run(work, lambda _answer: None, failed.append)
        qtbot.waitUntil(lambda: bool(failed))
    assert str(error) in failed[0].what
    errands.close()


def test_nobody_is_answered_after_the_end(qtbot: QtBot) -> None:
    parent = QObject()
    errands, got = Errands(parent), list[int]()
    gate = threading.Event()
    errands.run(lambda: gate.wait(10), lambda _answer: got.append(1))
    gate.set()
    errands.close()
    qtbot.wait(1)
    assert got == []
