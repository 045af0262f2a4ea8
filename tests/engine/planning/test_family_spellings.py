"""What files of the family say in other words: old names of ways, operators of other languages, types as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.family import Case, add, each, end, log, when

Run = Callable[..., Any]

CASES = {
    "a chain through nodes that have no exec_out of their own": Case(
        {
            "t": "TryNode",
            "c": "CatchNode",
            "f": "FinallyNode",
            "r": ("RetryNode", {"max_retries": 3}),
            "o": "OnErrorNode",
            "v": "ValidateNode",
            "a": ("AssertNode", {"condition": True}),
            "say": log("reached"),
        },
        "t>c>f>r>o>v>a>say",
        ["reached"],
    ),
    "what hangs on the exec_out of a loop runs once, after it": Case(
        {"f": each([1, 2]), "say": log("{{item}}"), "e": end("f"), "done": log("done")},
        "f.body>say>e f>done",
        ["1", "2", "done"],
    ),
    "what hangs on the exec_out of a retry runs when it went well": Case(
        {"r": ("RetryNode", {"initial_delay": 0}), "say": log("try"), "done": log("done")},
        "r.retry_body>say r>done",
        ["try", "done"],
    ),
    "what hangs on the exec_out of an If or a Switch runs whichever way it went": Case(
        {
            "i": when("{{n}} > 5"),
            "yes": log("large"),
            "s": ("SwitchNode", {"value": "{{n}}", "cases": [1, 2]}),
            "one": log("one"),
            "done": log("done"),
        },
        "i.true>yes i>s s.case_0>one s>done",
        ["done"],
        {"n": 3},
    ),
    "the ways of a loop and of an If by their old names": Case(
        {
            "f": each([1, 2]),
            "i": when("{{item}} == 1"),
            "a": log("one"),
            "b": log("other"),
            "e": end("f"),
            "done": log("done"),
        },
        "f.loop_body>i i.then>a>e i.else>b>e f.done>done",
        ["one", "other", "done"],
    ),
    "cases named by their values, where numbers would mean others": Case(
        {
            "f": each([1, 2, 3, 4]),
            "s": ("SwitchNode", {"value": "{{item}}", "cases": [1, 2, 3]}),
            **{name: log(f"{name} {{{{item}}}}") for name in ("one", "two", "three", "none")},
        },
        "f.body>s s.case_1>one s.case_2>two s.case_3>three s.default>none",
        ["one 1", "two 2", "three 3", "none 4"],
    ),
    "cases named by their numbers": Case(
        {
            "f": each([1, 2]),
            "s": ("SwitchNode", {"value": "{{item}}", "cases": [1, 2]}),
            "one": log("first {{item}}"),
            "two": log("second {{item}}"),
        },
        "f.body>s s.case_0>one s.case_1>two",
        ["first 1", "second 2"],
    ),
    "a loop that says only where it ends counts": Case(
        {"f": ("ForLoopStartNode", {"end": 3}), "say": log("{{item}}"), "e": end("f")},
        "f.body>say>e",
        ["0", "1", "2"],
    ),
    "the only output of a node by whatever name, and what is in the dictionary that it gave": Case(
        {
            "u": ("ConcatenateNode", {"string1": "a", "string2": "b"}),
            "d": ("CreateDictNode", {"key_1": "name", "value_1": "Ann"}),
            "say": log("{{u.concatenated}} {{d.name}} {{d.dict.name}}"),
        },
        "u>d>say",
        ["ab Ann Ann"],
    ),
    "an output by an old name, of a node that was bypassed": Case(
        {"i": when("false"), "u": "RandomUUIDNode", "say": log("[{{u.uuid}}]")},
        "i.true>u i.false>say",
        ["[]"],
    ),
    "variables written as text are of the type they declare": Case(
        {"m": add("{{whole}}", "{{part}}"), "i": when("{{flag}}"), "no": log("{{m.result}} {{items[1]}} {{told.k}}")},
        "m>i i.false>no",
        ["7.5 2 v"],
    ),
    "a text that is not of the declared type stays as it is": Case({"say": log("{{broken}}")}, "", ["soon"]),
    "JSON made of what XML was turned into": Case(
        {
            "p": ("ParseXMLNode", {"xml_string": "<order><id>7</id></order>"}),
            "j": "XMLToJsonNode",
            "x": ("JsonToXMLNode", {"root_tag": "", "pretty_print": False}),
            "say": log("{{x.xml_string}}"),
        },
        "p>j>x>say",
        ["<order><id>7</id></order>"],
    ),
}
DECLARED = {
    "whole": {"type": "Integer", "default_value": "5"},
    "part": {"type": "Float", "default_value": "2.5"},
    "flag": {"type": "Boolean", "default_value": "false"},
    "items": {"type": "List", "default_value": "[1, 2]"},
    "told": {"type": "Dict", "default_value": '{"k": "v"}'},
    "broken": {"type": "Integer", "default_value": "soon"},
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_file_of_the_family_does_what_it_says_in_other_words(run: Run, case: Case) -> None:
    case.check(run, declared=DECLARED)


@pytest.mark.parametrize(
    ("condition", "way"),
    [
        ("{{n}} = 7", "true"),
        ("{{n}} === 7", "true"),
        ("{{n}} <> 7", "false"),
        ("{{n}} !== 8", "true"),
        ("{{n}} == 8 || {{n}} == 9", "false"),
        ("{{n}} == 7 && {{name}} == 'Ann'", "true"),
        ("!{{flag}}", "false"),
        ("NOT {{flag}} OR {{n}} >= 7", "true"),
        ("n > 5 && !(n > 9)", "true"),
        ("{{name}} == 'a && b'", "false"),
        ("{{text}} == 'a && b'", "true"),
        ("{{text}} != 'x = y'", "true"),
    ],
)
def test_a_condition_may_be_written_with_the_operators_of_other_languages(run: Run, condition: str, way: str) -> None:
    values = {"n": 7, "name": "Ann", "flag": True, "text": "a && b"}
    nodes = {"i": when(condition), "true": log("true"), "false": log("false")}
    report = run(nodes, "i.true>true i.false>false", variables=values)
    assert [line.message for line in report.log] == [way], report.errors


@pytest.mark.parametrize(
    "condition",
    ["{{name}} contains 'x'", "if {{n}} > 9", "{{n}} greater than 9", "no way", "{{n}} > ", "{{name}}.__class__ == 1"],
)
def test_a_condition_that_is_not_understood_is_told_as_written_and_does_not_hold(run: Run, condition: str) -> None:
    report = run({"i": when(condition), "yes": log("yes")}, "i.true>yes", variables={"n": 7, "name": "Ann"})
    assert report.status == "failed"
    assert report.log == ()
    assert condition.strip() in f"{report.errors[0].message} {report.errors[0].hint}"


def test_a_name_that_is_not_in_the_only_dictionary_a_node_gives_is_told(run: Run) -> None:
    nodes = {"d": ("CreateDictNode", {"key_1": "name", "value_1": "Ann"}), "say": log("{{d.nmae}}")}
    assert run(nodes, "d>say").errors[0].message == "“d” has no “nmae” (Message)"


def test_an_unknown_name_in_a_condition_is_told_with_the_condition_as_written(run: Run) -> None:
    report = run({"i": when("{{state}} == done")}, variables={"state": "done"})
    problem = report.errors[0]
    assert problem.message == "there is no variable or node called “done” (Condition: {{state}} == done)"
    assert problem.hint.endswith("Text goes into quotes: 'done'.")


def test_a_part_that_is_missing_is_told_at_its_place_as_written(run: Run) -> None:
    report = run({"i": when("{{user}}.age > 3")}, variables={"user": {"name": "Ann"}})
    assert report.errors[0].message == "“{{user}}” has no “age” (Condition: {{user}}.age > 3)"


def test_a_loop_that_cannot_go_on_tells_why_in_its_own_line(run: Run) -> None:
    loop = run({"f": ("ForLoopStartNode", {"mode": "range", "step": 0})})
    assert loop.node("f").error == "a range with a step of 0 never ends"


def test_a_try_that_failed_tells_what_failed_inside_of_it(run: Run) -> None:
    report = run({"t": "TryNode", "x": ("ThrowErrorNode", {"error_message": "out of paper"})}, "t.try_body>x")
    assert report.node("t").error == "“x” failed: out of paper"
    assert report.node("x").error == "out of paper"
