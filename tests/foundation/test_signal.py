"""Direct signals."""

from __future__ import annotations

import gc

import pytest

from casare.foundation.signal import Signal


class Panel:
    def __init__(self) -> None:
        self.heard: list[int] = []

    def hear(self, value: int) -> None:
        self.heard.append(value)


def test_listeners_are_called_in_the_order_they_connected() -> None:
    signal: Signal[[int]] = Signal()
    order: list[str] = []
    signal.connect(lambda value: order.append(f"a{value}"))
    signal.connect(lambda value: order.append(f"b{value}"))
    signal.emit(1)
    signal.emit(2)
    assert order == ["a1", "b1", "a2", "b2"]


def test_a_bound_method_does_not_keep_its_object_alive() -> None:
    signal: Signal[[int]] = Signal()
    panel = Panel()
    signal.connect(panel.hear)
    assert len(signal) == 1
    del panel
    gc.collect()
    assert len(signal) == 0
    signal.emit(1)


def test_dead_listeners_are_dropped_while_live_ones_hear_on() -> None:
    signal: Signal[[int]] = Signal()
    dead, live = Panel(), Panel()
    signal.connect(dead.hear)
    signal.connect(live.hear)
    del dead
    gc.collect()
    signal.emit(1)
    signal.emit(2)
    assert live.heard == [1, 2]


def test_a_function_is_held_until_it_is_disconnected() -> None:
    signal: Signal[[int]] = Signal()
    heard: list[int] = []

    def listener(value: int) -> None:
        heard.append(value)

    signal.connect(listener)
    gc.collect()
    signal.emit(1)
    signal.disconnect(listener)
    signal.emit(2)
    assert heard == [1]


def test_disconnecting_a_bound_method_leaves_the_others() -> None:
    signal: Signal[[int]] = Signal()
    one, two = Panel(), Panel()
    signal.connect(one.hear)
    signal.connect(two.hear)
    signal.disconnect(one.hear)
    signal.emit(7)
    assert (one.heard, two.heard) == ([], [7])


def test_disconnecting_a_stranger_does_nothing() -> None:
    signal: Signal[[int]] = Signal()
    panel = Panel()
    signal.connect(panel.hear)
    signal.disconnect(print)
    signal.emit(1)
    assert panel.heard == [1]


def test_a_broken_listener_does_not_starve_the_rest_and_its_error_reaches_the_emitter() -> None:
    signal: Signal[[int]] = Signal()
    panel = Panel()

    def broken(value: int) -> None:
        raise ValueError(f"first {value}")

    def broken_too(value: int) -> None:
        raise KeyError("second")

    signal.connect(broken)
    signal.connect(broken_too)
    signal.connect(panel.hear)
    with pytest.raises(ValueError, match="first 5"):
        signal.emit(5)
    assert panel.heard == [5]


def test_connecting_during_an_emission_takes_effect_with_the_next() -> None:
    signal: Signal[[]] = Signal()
    calls: list[str] = []

    def late() -> None:
        calls.append("late")

    def early() -> None:
        calls.append("early")
        if len(calls) == 1:
            signal.connect(late)

    signal.connect(early)
    signal.emit()
    assert calls == ["early"]
    signal.emit()
    assert calls == ["early", "early", "late"]


def test_disconnecting_during_an_emission_takes_effect_with_the_next() -> None:
    signal: Signal[[]] = Signal()
    calls: list[str] = []

    def second() -> None:
        calls.append("second")

    def first() -> None:
        calls.append("first")
        signal.disconnect(second)

    signal.connect(first)
    signal.connect(second)
    signal.emit()
    signal.emit()
    assert calls == ["first", "second", "first"]


def test_keyword_arguments_reach_the_listener() -> None:
    signal: Signal[...] = Signal()
    heard: dict[str, object] = {}
    signal.connect(lambda **words: heard.update(words))
    signal.emit(a=1, b="two")
    assert heard == {"a": 1, "b": "two"}
