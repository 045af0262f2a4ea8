"""Files of the family that people have and casare has never seen: what they mean, value by value.

Written as such files are: conditions and lists in the configuration, loops closed by their end's `paired_start_id`,
ports with their older names, keys that the node does not declare.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.family import Case, add, each, end, log, put, when

Run = Callable[..., Any]


CASES = {
    "nested loops over lists in the configuration": Case(
        {
            "rows": each([1, 2]),
            "cols": each(["a", "b"], item_var="col"),
            "say": log("{{rows.current_item}}{{col}}{{cols.current_index}}"),
            "cols_end": end("cols"),
            "rows_end": end("rows"),
            "done": log("done"),
        },
        "rows.body>cols cols.body>say>cols_end cols.completed>rows_end rows.completed>done",
        ["1a0", "1b1", "2a0", "2b1", "done"],
    ),
    "a sum over a nested list": Case(
        {
            "init": put("total", 0),
            "outer": each("{{data}}", item_var="row"),
            "inner": each("{{row}}"),
            "plus": add("{{total}}", "{{inner.current_item}}", output_var="total"),
            "inner_end": end("inner"),
            "outer_end": end("outer"),
            "say": log("total {{total}}"),
        },
        "init>outer outer.body>inner inner.body>plus>inner_end inner.completed>outer_end outer.completed>say",
        ["total 10"],
        {"data": [[1, 2], [3], [], [4]]},
    ),
    "a loop over a dictionary gives keys and values": Case(
        {"f": each({"x": 1, "y": 2}), "say": log("{{f.current_key}}={{f.current_item}} {{item_key}}"), "e": end("f")},
        "f.body>say>e",
        ["x=1 x", "y=2 y"],
    ),
    "a range counts": Case(
        {
            "f": ("ForLoopStartNode", {"mode": "range", "start": 5, "end": 0, "step": -2}),
            "say": log("{{item}}"),
            "e": end("f"),
        },
        "f.body>say>e",
        ["5", "3", "1"],
    ),
    "an empty list goes straight on": Case(
        {"f": each([]), "say": log("never"), "e": end("f"), "done": log("done")},
        "f.body>say>e f.completed>done",
        ["done"],
    ),
    "a loop over text goes through its letters, one over a list as text through its items": Case(
        {"f": each("ab"), "a": log("{{item}}"), "e": end("f"), "g": each('["x", "y"]'), "b": log("{{item}}")},
        "f.body>a>e f.completed>g g.body>b",
        ["a", "b", "x", "y"],
    ),
    "a while with a counter": Case(
        {
            "init": put("counter", 0),
            "w": ("WhileLoopStartNode", {"condition": "{{counter}} < 3"}),
            "inc": ("IncrementVariableNode", {"variable_name": "counter", "increment": 1}),
            "say": log("at {{counter}}, turn {{w.current_iteration}}"),
            "e": ("WhileLoopEndNode", {"paired_start_id": "w"}),
            "done": log("counted to {{counter}}"),
        },
        "init>w w.body>inc>say>e w.completed>done",
        ["at 1, turn 0", "at 2, turn 1", "at 3, turn 2", "counted to 3"],
    ),
    "a while with two conditions in the older key": Case(
        {
            "a": put("n", 0),
            "w": ("WhileLoopStartNode", {"expression": "{{n}} < 10 and not {{stop}}"}),
            "inc": ("IncrementVariableNode", {"variable_name": "n"}),
            "i": when("{{n}} == 2"),
            "s": put("stop", True),
            "m": "MergeNode",
            "e": ("WhileLoopEndNode", {"paired_start_id": "w"}),
            "done": log("{{n}}"),
        },
        "a>w w.body>inc>i i.true>s>m i.false>m m>e w.completed>done",
        ["2"],
        {"stop": False},
    ),
    "a while that is ended by its limit": Case(
        {
            "w": ("WhileLoopStartNode", {"condition": "true", "max_iterations": 3}),
            "say": log("turn"),
            "e": ("WhileLoopEndNode", {"paired_start_id": "w"}),
        },
        "w.body>say>e",
        ["turn", "turn", "turn", "the loop was ended after 3 turns with its condition still true"],
    ),
    "a break in the inner loop leaves the inner loop only": Case(
        {
            "o": each([1, 2]),
            "i": each([10, 20, 30], item_var="x"),
            "c": when("{{x}} == 20"),
            "b": ("BreakNode", {"paired_loop_start_id": "i"}),
            "say": log("{{o.current_item}}:{{x}}"),
            "ie": end("i"),
            "oe": end("o"),
        },
        "o.body>i i.body>c c.true>b c.false>say>ie i.completed>oe",
        ["1:10", "2:10"],
    ),
    "a break of the outer loop from the inner one": Case(
        {
            "o": each([1, 2]),
            "i": each([10, 20], item_var="x"),
            "c": when("{{x}} == 20"),
            "b": ("BreakNode", {"paired_loop_start_id": "o"}),
            "say": log("{{x}}"),
            "ie": end("i"),
            "oe": end("o"),
            "done": log("done"),
        },
        "o.body>i i.body>c c.true>b c.false>say>ie i.completed>oe o.completed>done",
        ["10", "done"],
    ),
    "a continue leaves the rest of the turn out": Case(
        {
            "f": each([1, 2, 3, 4]),
            "c": when("{{item}} % 2 == 0"),
            "skip": ("ContinueNode", {"paired_loop_start_id": "f"}),
            "say": log("{{item}}"),
            "e": end("f"),
        },
        "f.body>c c.true>skip c.false>say>e",
        ["1", "3"],
    ),
    "what hangs on a loop's end runs when the loop is completed": Case(
        {"f": each([1, 2]), "a": log("{{item}}"), "e": end("f"), "done": log("done")},
        "f.body>a>e>done",
        ["1", "2", "done"],
    ),
    "a failure in a try is caught and finally runs": Case(
        {
            "t": "TryNode",
            "bad": ("ThrowErrorNode", {"error_message": "out of paper"}),
            "never": log("never"),
            "c": ("CatchNode", {"paired_try_id": "t"}),
            "say": log("caught {{c.error_message}}"),
            "f": ("FinallyNode", {"paired_try_id": "t"}),
            "last": log("had error: {{f.had_error}}"),
        },
        "t.try_body>bad>never t.exec_out>c c.catch_body>say>f f.finally_body>last",
        ["caught out of paper", "had error: True"],
    ),
    "without a failure the catch is left out and finally runs": Case(
        {
            "t": "TryNode",
            "ok": log("fine"),
            "c": ("CatchNode", {"paired_try_id": "t"}),
            "say": log("never"),
            "f": ("FinallyNode", {"paired_try_id": "t"}),
            "last": log("had error: {{f.had_error}}"),
        },
        "t.try_body>ok t.exec_out>c c.catch_body>say>f f.finally_body>last",
        ["fine", "had error: False"],
    ),
    "a catch of other types lets the failure through": Case(
        {
            "t": "TryNode",
            "bad": ("ThrowErrorNode", {"error_message": "no"}),
            "c": ("CatchNode", {"paired_try_id": "t", "error_types": "TimeoutError, KeyError"}),
            "say": log("never"),
        },
        "t.try_body>bad t.exec_out>c c.catch_body>say",
        [],
        status="failed",
    ),
    "a try in a loop deals with each item's failure": Case(
        {
            "f": each([4, 0, 2]),
            "t": "TryNode",
            "d": ("MathOperationNode", {"a": 8, "b": "{{item}}", "operation": "divide"}),
            "ok": log("8/{{item}} = {{d.result}}"),
            "c": ("CatchNode", {"paired_try_id": "t"}),
            "bad": log("cannot divide by {{item}}"),
            "m": "MergeNode",
            "e": end("f"),
        },
        "f.body>t t.try_body>d>ok t.exec_out>c c.catch_body>bad>m>e",
        ["8/4 = 2.0", "cannot divide by 0", "8/2 = 4.0"],
    ),
    "a retry goes on when an attempt works": Case(
        {
            "n": put("n", 0),
            "r": ("RetryNode", {"max_retries": 5, "initial_delay": 0}),
            "inc": ("IncrementVariableNode", {"variable_name": "n"}),
            "a": ("AssertNode", {"condition": "{{n}} >= 3", "message": "not yet"}),
            "ok": log("worked at attempt {{n}}"),
            "bad": log("never"),
        },
        "n>r r.retry_body>inc>a r.success>ok r.failed>bad",
        ["worked at attempt 3"],
    ),
    "a retry that gives up goes the failed way": Case(
        {
            "r": ("RetryNode", {"max_attempts": 2, "initial_delay": 0}),
            "bad": ("ThrowErrorNode", {"error_message": "always"}),
            "ok": log("never"),
            "f": log("gave up: {{r.last_error}}"),
        },
        "r.retry_body>bad r.success>ok r.failed>f",
        ["gave up: always"],
    ),
    "a switch on a number, compared as text": Case(
        {
            "s": ("SwitchNode", {"value": "{{code}}", "cases": ["404", 200, "500"]}),
            **{name: log(name) for name in ("lost", "fine", "broken", "else")},
            "m": "MergeNode",
            "z": log("after"),
        },
        "s.case_0>lost>m s.case_1>fine>m s.case_2>broken>m s.default>else>m m>z",
        ["fine", "after"],
        {"code": 200},
    ),
    "a switch in a loop, by an expression": Case(
        {
            "f": each([1, 2, 3]),
            "s": ("SwitchNode", {"expression": "{{item}} * 10", "cases": ["10", "30"]}),
            "a": log("ten"),
            "b": log("thirty"),
            "d": log("other {{item}}"),
            "m": "MergeNode",
            "e": end("f"),
        },
        "f.body>s s.case_0>a>m s.case_1>b>m s.default>d>m m>e",
        ["ten", "other 2", "thirty"],
    ),
    "conditions with text, quotes and words": Case(
        {
            "a": when('{{status}} == "done"'),
            "b": when("'{{name}}' == 'Ann' and {{age}} >= 18"),
            "c": when('"n" in {{name}}'),
            "d": when("{{missing_is_no}}"),
            "yes": log("yes"),
            "no": log("no"),
        },
        "a.true>b b.true>c c.true>d d.true>no d.false>yes",
        ["yes"],
        {"status": "done", "name": "Ann", "age": 18, "missing_is_no": "false"},
    ),
    "a condition by a comparison node": Case(
        {
            "cmp": ("ComparisonNode", {"a": "{{n}}", "b": 50, "operator": "<="}),
            "i": when("{{cmp.result}}"),
            "y": log("small"),
            "n": log("large"),
        },
        "cmp>i i.true>y i.false>n",
        ["small"],
        {"n": 50},
    ),
    "a list kept in a variable grows": Case(
        {
            "l": put("found", []),
            "f": each(["b", "a"]),
            "app": ("ListAppendNode", {"list": "{{found}}", "item": "{{item}}"}),
            "keep": put("found", "{{app.result}}"),
            "e": end("f"),
            "sort": ("ListSortNode", {"list": "{{found}}"}),
            "join": ("ListJoinNode", {"list": "{{sort.sorted_list}}", "separator": "-"}),
            "say": log("{{join.result}} of {{found}}"),
        },
        "l>f f.body>app>keep>e f.completed>sort>join>say",
        ["a-b of ['b', 'a']"],
    ),
    "older keys and ports of texts and dictionaries": Case(
        {
            "c": ("ConcatenateNode", {"string1": "a", "string2": "b"}),
            "r": ("TextReplaceNode", {"text": "{{c.result}}", "old": "b", "new": "c"}),
            "d": ("CreateDictNode", {"key_1": "k", "value_1": "{{r.result}}"}),
            "s": ("DictSetNode", {"dict": "{{d.dict}}", "key": "n", "value": 1}),
            "m": ("DictMergeNode", {"dict1": "{{s.dict}}", "dict2": {"z": 2}}),
            "say": log("{{m.result.k}} {{m.result.n}} {{m.result.z}}"),
        },
        "c>r>d>s>m>say",
        ["ac 1 2"],
    ),
    "items side by side, results in order": Case(
        {
            "p": ("ParallelForEachNode", {"items": [3, 1, 2], "batch_size": 2}),
            "x": ("MathOperationNode", {"a": "{{p.current_item}}", "b": 10, "operation": "multiply"}),
            "say": log("{{p.results}}"),
        },
        "p.body>x p.completed>say",
        ["[30, 10, 20]"],
    ),
    "a fork whose branches set variables": Case(
        {
            "f": ("ForkNode", {"branch_count": 2}),
            "a": put("one", 1),
            "b": put("two", 2),
            "j": "JoinNode",
            "say": log("{{one}} {{two}} {{j.branch_count}}"),
        },
        "f.branch_1>a>j f.branch_2>b>j j>say",
        ["1 2 2"],
    ),
    "a node that is switched off lets the flow pass": Case(
        {"a": log("a"), "b": ("LogNode", {"message": "b", "_disabled": True}), "c": log("c")}, "a>b>c", ["a", "c"]
    ),
    "a failure without a catch ends the run": Case(
        {"a": log("a"), "x": ("ThrowErrorNode", {"error_message": "end"}), "b": log("never")},
        "a>x>b",
        ["a"],
        status="failed",
    ),
    "legacy spellings of references": Case(
        {"a": log("${name} and %name% and {{ name }}"), "b": log("{{user.tags[0]}} {{user.name}}")},
        "a>b",
        ["Ann and Ann and Ann", "x Bo"],
        {"name": "Ann", "user": {"tags": ["x"], "name": "Bo"}},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_file_of_the_family_does_what_it_says(run: Run, case: Case) -> None:
    case.check(run)
