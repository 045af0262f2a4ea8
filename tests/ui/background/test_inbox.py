"""Values from threads arrive on the UI thread, in batches."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from casare.ui.background import Inbox, OncePerTurn


def test_many_values_posted_before_the_window_looks_arrive_as_one_list(qtbot: QtBot) -> None:
    inbox = Inbox()
    got: list[list[int]] = []
    inbox.received.connect(got.append)
    with qtbot.waitSignal(inbox.received):
        for number in range(100):
            inbox.post(number)
    assert got == [list(range(100))]


def test_values_posted_by_a_thread_arrive_on_the_ui_thread(qtbot: QtBot) -> None:
    inbox = Inbox()
    where: list[int] = []
    inbox.received.connect(lambda _values: where.append(threading.get_ident()))
    thread = threading.Thread(target=lambda: inbox.post("x"))
    with qtbot.waitSignal(inbox.received):
        thread.start()
        thread.join()
    assert where == [threading.get_ident()]


def test_a_closed_inbox_takes_and_delivers_nothing(qtbot: QtBot) -> None:
    inbox = Inbox()
    got: list[object] = []
    inbox.received.connect(got.append)
    inbox.post(1)
    inbox.close()
    inbox.post(2)
    with qtbot.assertNotEmitted(inbox.received, wait=20):
        pass
    assert got == []


def test_a_burst_of_requests_is_one_act(qtbot: QtBot) -> None:
    owner = QObject()
    acts: list[int] = []
    once = OncePerTurn(lambda: acts.append(1), owner)
    for _ in range(5):
        once.request()
    assert acts == []
    qtbot.waitUntil(lambda: bool(acts))
    assert acts == [1]
    assert not once.pending


def test_flush_acts_at_once_and_only_when_something_is_due(qtbot: QtBot) -> None:
    owner = QObject()
    acts: list[int] = []
    once = OncePerTurn(lambda: acts.append(1), owner, delay=10_000)
    once.flush()
    once.request()
    once.flush()
    once.request()
    once.cancel()
    once.flush()
    assert acts == [1]
