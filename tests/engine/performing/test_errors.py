"""Try, Catch, Finally, Retry, On error, failure ways, going on after errors: a line for each case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

N = "Note"
C = ("CatchNode", {"paired_try_id": "t"})
F = ("FinallyNode", {"paired_try_id": "t"})
FULL = {"t": "TryNode", "a": N, "c": C, "h": N, "f": F, "y": N, "z": N}
TRY = "t.try_body>a a>x t>c c.catch_body>h c>f f.finally_body>y f>z"
UNWIRED = "t.try_body>a a>x c.catch_body>h f.finally_body>y t>z"


def when(condition: str) -> tuple[str, dict[str, Any]]:
    return "IfNode", {"condition": condition}


def retry(times: int, **more: Any) -> tuple[str, dict[str, Any]]:
    return "RetryNode", {"max_attempts": times, "initial_delay": 0, **more}


EACH = ("ForLoopStartNode", {"items": [1, 2]})
CASES = {
    "a body without a failure": ({**FULL, "x": N}, TRY, "a x y z"),
    "a failure is caught, and finally runs": ({**FULL, "x": "Fail"}, TRY, "a h y z"),
    "the three parts need no wires between them": ({**FULL, "x": "Fail"}, UNWIRED, "a h y z"),
    "nor when nothing fails": ({**FULL, "x": N}, UNWIRED, "a x y z"),
    "finally hanging on the catch's body runs without a failure too": (
        {"t": "TryNode", "a": N, "x": N, "c": C, "f": F, "y": N, "z": N},
        "t.try_body>a>x t>c c.catch_body>f f.finally_body>y f>z", "a x y z"),
    "the rest of the body does not run after a failure": (
        {"t": "TryNode", "x": "Fail", "a": N, "c": C, "h": N}, "t.try_body>x>a c.catch_body>h", "h"),
    "a catch may be paired by its wire": (
        {"t": "TryNode", "x": "Fail", "c": "CatchNode", "h": N, "z": N}, "t.try_body>x t>c c.catch_body>h c>z", "h z"),
    "a catch of another kind lets the failure through": (
        {"o": "TryNode", "t": "TryNode", "x": "Fail", "c": ("CatchNode", {"paired_try_id": "t",
         "error_types": "ValueError"}), "h": N, "oc": ("CatchNode", {"paired_try_id": "o"}), "oh": N},
        "o.try_body>t t.try_body>x c.catch_body>h oc.catch_body>oh", "oh"),
    "the second catch may be the one": (
        {"t": "TryNode", "x": ("Fail", {"kind": "value"}), "c": ("CatchNode", {"paired_try_id": "t",
         "error_types": "KeyError"}), "h": N, "d": ("CatchNode", {"paired_try_id": "t", "error_types": "ValueError"}),
         "g": N}, "t.try_body>x c.catch_body>h d.catch_body>g", "g"),
    "a try inside of a try catches first": (
        {"o": "TryNode", "t": "TryNode", "x": "Fail", "c": C, "h": N, "z": N,
         "oc": ("CatchNode", {"paired_try_id": "o"}), "oh": N},
        "o.try_body>t t.try_body>x c.catch_body>h t>z oc.catch_body>oh", "h z"),
    "a failure in the catch goes outwards, after finally": (
        {"o": "TryNode", "t": "TryNode", "x": "Fail", "c": C, "cx": "Fail", "f": F, "y": N,
         "oc": ("CatchNode", {"paired_try_id": "o"}), "oh": N},
        "o.try_body>t t.try_body>x c.catch_body>cx f.finally_body>y oc.catch_body>oh", "y oh"),
    "a try in a loop": (
        {"l": EACH, "t": "TryNode", "i": when("{{item}} == 1"), "x": "Fail", "a": N, "c": C, "h": N},
        "l.body>t t.try_body>i i.true>x i.false>a c.catch_body>h", "h a"),
    "finally runs when a break leaves the try": (
        {"l": EACH, "t": "TryNode", "k": "BreakNode", "f": F, "y": N, "n": N, "z": N},
        "l.body>t t.try_body>k f.finally_body>y f>n l.completed>z", "y z"),
    "finally runs when a continue leaves the try": (
        {"l": EACH, "t": "TryNode", "k": "ContinueNode", "f": F, "y": N, "n": N, "z": N},
        "l.body>t t.try_body>k f.finally_body>y f>n l.completed>z", "y y z"),
    "a break in a catch": (
        {"l": EACH, "t": "TryNode", "x": "Fail", "c": C, "k": "BreakNode", "f": F, "y": N, "z": N},
        "l.body>t t.try_body>x c.catch_body>k f.finally_body>y l.completed>z", "y z"),
    "ways out of body and catch meet after the try": (
        {"t": "TryNode", "x": "Fail", "a": N, "c": C, "h": N, "m": N}, "t.try_body>x>a>m c.catch_body>h>m", "h m"),
    "and when nothing fails": (
        {"t": "TryNode", "a": N, "c": C, "h": N, "m": N}, "t.try_body>a>m c.catch_body>h>m", "a m"),
    "a loop inside of a try": (
        {"t": "TryNode", "l": EACH, "a": N, "x": "Fail", "c": C, "h": N}, "t.try_body>l l.body>a>x c.catch_body>h",
        "a h"),
    "a retry until it goes well": (
        {"r": retry(4), "a": N, "x": ("Flaky", {"times": 2}), "s": N, "g": N},
        "r.retry_body>a>x r.success>s r.failed>g", "a a a s"),
    "a retry without attempts left": (
        {"r": retry(2), "a": N, "x": "Fail", "s": N, "g": N}, "r.retry_body>a>x r.success>s r.failed>g", "a a g"),
    "an old name for the attempts": (
        {"r": ("RetryNode", {"max_retries": 2, "initial_delay": 0}), "a": N, "x": "Fail", "g": N},
        "r.retry_body>a>x r.failed>g", "a a g"),
    "an attempt that is marked as failed": (
        {"r": retry(2), "a": N, "x": "RetryFailNode", "g": N}, "r.retry_body>a>x r.failed>g", "a a g"),
    "a retry in a try": (
        {"t": "TryNode", "r": retry(2), "a": N, "x": "Fail", "c": C, "h": N},
        "t.try_body>r r.retry_body>a>x c.catch_body>h", "a a h"),
    "a try in a retry": (
        {"r": retry(2), "t": "TryNode", "x": "Fail", "c": C, "h": N, "s": N},
        "r.retry_body>t t.try_body>x c.catch_body>h r.success>s", "h s"),
    "a break in a retry leaves the loop around": (
        {"l": EACH, "r": retry(3), "a": N, "k": "BreakNode", "s": N, "z": N},
        "l.body>r r.retry_body>a>k r.success>s l.completed>z", "a z"),
    "on error, with a failure": (
        {"o": "OnErrorNode", "a": N, "x": "Fail", "h": N, "y": N},
        "o.protected_body>a>x o.on_error>h o.finally>y", "a h y"),
    "on error, without one": (
        {"o": "OnErrorNode", "a": N, "h": N, "y": N}, "o.protected_body>a o.on_error>h o.finally>y", "a y"),
    "a way for the failure at the node itself": ({"x": "Risky", "a": N, "h": N}, "x>a x.error>h", "h"),
    "which is dead when it goes well": ({"x": ("Risky", {"fails": False}), "a": N, "h": N}, "x>a x.error>h", "a"),
    "a node that may fail": ({"x": ("Fail", {"_on_error": "continue"}), "a": N}, "x>a", "a"),
    "a recovery that leads back": (
        {"t": "TryNode", "x": ("Flaky", {"times": 2}), "a": N, "c": C, "r": ("ErrorRecoveryNode",
         {"strategy": "retry", "max_retries": 3}), "g": N, "s": "MergeNode"},
        "s>t t.try_body>x>a c.catch_body>r r>s r.fallback>g", "a"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_failures_lead_where_the_case_says(case: str, run: Callable[..., Any]) -> None:
    nodes, wires, expected = CASES[case]
    report = run(nodes, wires)
    assert [(one.node_id, one.message) for one in report.errors if not one.handled and report.status == "failed"] == []
    assert " ".join(report.variables["seen"]) == expected


def test_a_caught_failure_is_told_as_handled_and_the_run_is_completed(run: Callable[..., Any]) -> None:
    report = run({**FULL, "x": ("Fail", {"message": "no paper"})}, TRY)
    assert report.status == "completed"
    assert [(one.node_id, one.message, one.handled) for one in report.errors] == [("x", "no paper", True)]
    assert report.node("x").status == "failed"


def test_a_catch_gives_the_message_and_the_kind(run: Callable[..., Any]) -> None:
    report = run(
        {**FULL, "h": (N, {"mark": "{{c.error_type}}: {{c.error_message}}"}), "x": ("Fail", {"kind": "value"})}, TRY
    )
    assert report.variables["seen"] == ["a", "ValueError: it failed", "y", "z"]


def test_finally_says_whether_there_was_a_failure(run: Callable[..., Any]) -> None:
    failing = run({**FULL, "x": "Fail"}, TRY)
    going_well = run({**FULL, "x": N}, TRY)
    assert (failing.outputs["f"], going_well.outputs["f"]) == ({"had_error": True}, {"had_error": False})


def test_a_try_without_a_catch_runs_finally_and_fails(run: Callable[..., Any]) -> None:
    report = run({"t": "TryNode", "x": "Fail", "f": F, "y": N, "z": N}, "t.try_body>x f.finally_body>y t>z")
    assert (report.status, report.variables["seen"]) == ("failed", ["y"])
    assert report.node("z").status == "skipped"


def test_a_retry_that_gives_up_tells_the_last_error(run: Callable[..., Any]) -> None:
    report = run({"r": retry(2), "x": ("Flaky", {"times": 9}), "g": (N, {"mark": "{{r.last_error}}"})},
                 "r.retry_body>x r.failed>g")  # fmt: skip
    assert report.variables["seen"] == ["try 2 failed"]


def test_a_retry_without_a_failed_way_fails(run: Callable[..., Any]) -> None:
    report = run({"r": retry(2), "x": "Fail"}, "r.retry_body>x")
    assert (report.status, report.node("x").runs, report.node("r").status) == ("failed", 2, "failed")


def test_attempts_of_a_node_itself_are_facts(run: Callable[..., Any]) -> None:
    facts: list[Any] = []
    report = run({"x": ("Flaky", {"times": 2, "_retries": 2, "_retry_delay": 0})}, options={"observer": facts.extend})
    assert report.status == "completed"
    assert [(one.attempt, one.error) for one in facts if type(one).__name__ == "NodeRetried"] == [
        (2, "try 1 failed"),
        (3, "try 2 failed"),
    ]


def test_a_timeout_inside_a_retry_is_a_failed_attempt(run: Callable[..., Any]) -> None:
    report = run({"r": retry(2), "w": ("Wait", {"_timeout": 0.02}), "g": N}, "r.retry_body>w r.failed>g")
    assert (report.variables["seen"], report.node("w").runs) == (["g"], 2)
    assert "longer than 0.02 s" in report.errors[0].message


def test_without_stop_on_error_other_paths_go_on(run: Callable[..., Any]) -> None:
    report = run(
        {"s": N, "x": "Fail", "after": N, "b": N, "c": N}, "s>x>after s>b>c", settings={"stop_on_error": False}
    )
    assert (report.status, report.variables["seen"]) == ("degraded", ["s", "b", "c"])
    assert report.node("after").status == "skipped"


def test_without_stop_on_error_what_needs_a_missing_value_is_skipped(run: Callable[..., Any]) -> None:
    report = run(
        {"s": N, "x": "Flaky", "b": N, "z": "Plus"}, "s>x s>b>z x.tries->z.a",
        variables={"counts": {"x": 5}}, settings={"stop_on_error": False},
    )  # fmt: skip
    assert report.status == "completed"
    report = run({"s": N, "x": ("Flaky", {"times": 9}), "b": N, "z": "Plus"}, "s>x s>b>z x.tries->z.a",
                 settings={"stop_on_error": False})  # fmt: skip
    assert (report.status, report.node("z").status) == ("degraded", "skipped")


def test_an_error_says_node_type_input_and_how_to_mend_it(run: Callable[..., Any]) -> None:
    report = run({"a": N, "p": ("Plus", {"a": "{{b.sum}}"})}, "a>p")
    (problem,) = report.errors
    assert (problem.node_id, problem.node_type) == ("p", "Plus")
    assert "“b”" in problem.message
    assert "A" in problem.message
    assert "There is: " in problem.hint


def test_an_unknown_type_is_an_error_only_when_it_is_reached(run: Callable[..., Any]) -> None:
    assert run({"i": when("false"), "u": "NoSuchNode", "a": N}, "i.true>u i.false>a").status == "completed"
    report = run({"u": "NoSuchNode", "a": N}, "u>a")
    assert report.status == "failed"
    assert "NoSuchNode" in report.errors[0].message
