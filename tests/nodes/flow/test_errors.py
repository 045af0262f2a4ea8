"""Catching, retrying, raising, asserting and writing errors down."""

from __future__ import annotations

from typing import Any

import pytest

from casare.nodes.flow.errors import (
    assert_,
    catch,
    error_recovery,
    finally_,
    log_error,
    on_error,
    retry,
    retry_fail,
    retry_success,
    throw_error,
    try_,
)
from casare.sdk import Failure, NodeError

BROKEN = Failure("no customer", "ValueError", "read_order", "Traceback ...", ValueError("no customer"))


def test_markers_do_nothing_themselves() -> None:
    assert try_() is None
    assert retry_success() is None


def test_catch_tells_what_failed() -> None:
    assert catch(failure=BROKEN) == ("no customer", "ValueError", "Traceback ...")
    assert catch(failure=None) == ("", "", "")


@pytest.mark.parametrize("types", ["ValueError", "KeyError, valueerror", ""])
def test_catch_takes_the_kinds_it_names_or_all(types: str) -> None:
    assert catch(failure=BROKEN, error_types=types).error_type == "ValueError"


def test_catch_lets_another_kind_go_on_as_it_was() -> None:
    with pytest.raises(ValueError, match="no customer") as caught:
        catch(failure=BROKEN, error_types="KeyError")
    assert caught.value is BROKEN.error
    with pytest.raises(NodeError, match="lost"):
        catch(failure=Failure("lost", "IOError"), error_types="KeyError")


def test_finally_knows_whether_something_failed() -> None:
    assert finally_(failure=BROKEN).had_error is True
    assert finally_(failure=None).had_error is False


def test_retry_waits_longer_each_time_and_passes_the_last_error_on() -> None:
    attempts = retry(max_attempts=4, initial_delay=0.5, backoff_multiplier=3)
    seen = [next(attempts)]
    seen += [attempts.send(f"error {number}") for number in (1, 2, 3)]
    assert [attempt.attempt for attempt in seen] == [1, 2, 3, 4]
    assert [attempt.last_error for attempt in seen] == ["", "error 1", "error 2", "error 3"]
    assert [attempt.delay for attempt in seen] == [0, 0.5, 1.5, 4.5]
    with pytest.raises(StopIteration):
        attempts.send("error 4")


@pytest.mark.parametrize(("asked", "count"), [(1, 1), ("2", 2), (0, 1), (-3, 1)])
def test_retry_tries_at_least_once(asked: Any, count: int) -> None:
    assert len(list(retry(max_attempts=asked))) == count


@pytest.mark.parametrize("fail", [retry_fail, throw_error])
def test_failing_on_purpose_says_why(fail: Any) -> None:
    with pytest.raises(NodeError, match="no stock"):
        fail("no stock")
    with pytest.raises(NodeError):
        fail("")


def test_on_error_tells_where_it_happened() -> None:
    assert on_error(failure=BROKEN) == ("no customer", "ValueError", "read_order", "Traceback ...")
    assert on_error(failure=None) == ("", "", "", "")


def test_recovery_goes_on_or_falls_back_as_its_strategy_says(run: Any) -> None:
    assert error_recovery("continue", context=run, failure=BROKEN) == "exec_out"
    assert error_recovery("fallback", context=run, failure=BROKEN) == "fallback"
    with pytest.raises(ValueError, match="no customer"):
        error_recovery("stop", context=run, failure=BROKEN)
    with pytest.raises(NodeError, match="stopped"):
        error_recovery("stop", context=run, failure=None)
    with pytest.raises(NodeError, match="no strategy"):
        error_recovery("pray", context=run, failure=None)  # type: ignore[arg-type]


def test_recovery_goes_back_a_few_times_and_then_falls_back_and_starts_over(run: Any) -> None:
    ways = [error_recovery("retry", 2, context=run, failure=BROKEN) for _ in range(4)]
    assert ways == ["exec_out", "exec_out", "fallback", "exec_out"]


def test_an_error_is_logged_with_what_is_known_of_it(run: Any) -> None:
    entry = log_error("bad", "IOError", {"order": 7}, run=run, failure=None, level="warning").log_entry
    assert run.lines == ["warning: IOError: bad"]
    assert (entry["node"], entry["context"], entry["level"]) == ("node_1", {"order": 7}, "warning")
    assert "stack_trace" not in entry


def test_the_error_just_caught_is_logged_when_none_is_named(run: Any) -> None:
    entry = log_error(run=run, failure=BROKEN, include_stack_trace=True).log_entry
    assert run.lines == ["error: ValueError: no customer"]
    assert (entry["node"], entry["stack_trace"]) == ("read_order", "Traceback ...")


def test_assert_passes_or_fails_with_its_message() -> None:
    assert assert_("yes").passed is True
    with pytest.raises(NodeError, match="count must be positive"):
        assert_("false", "count must be positive")
    with pytest.raises(NodeError, match="does not hold"):
        assert_(0)
