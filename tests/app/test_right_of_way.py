"""Claims about the right of way that threads give the window."""

from __future__ import annotations

import threading

from casare.app.right_of_way import RightOfWay


def through(way: RightOfWay, things: range, done: list[int]) -> threading.Thread:
    thread = threading.Thread(target=lambda: done.extend(way.giving(things)))
    thread.start()
    return thread


def test_a_thread_waits_until_the_window_is_done(monkeypatch) -> None:
    monkeypatch.setattr("casare.app.right_of_way._LONGEST_WAIT_S", 60.0)
    way, done = RightOfWay(), list[int]()
    with way:
        with way:
            thread = through(way, range(500), done)
        thread.join(0.02)
        assert thread.is_alive()
        assert not done
    thread.join()
    assert done == list(range(500))


def test_a_thread_goes_on_by_itself_when_the_window_never_rests() -> None:
    way, done = RightOfWay(), list[int]()
    with way:
        through(way, range(60), done).join()
    assert len(done) == 60


def test_the_window_does_not_wait_for_itself(monkeypatch) -> None:
    way = RightOfWay()
    monkeypatch.setattr(way._free, "wait", lambda timeout: (_ for _ in ()).throw(AssertionError("waited")))
    with way:
        assert list(way.giving(range(120))) == list(range(120))
