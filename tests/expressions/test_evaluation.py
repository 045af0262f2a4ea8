"""Templates and expressions: what they give, what they refuse, and that nothing written in one can do harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.expressions import UNKNOWN, Absent, ExpressionError, NoNames, Reading, UnknownNameError, evaluate, prepare
from casare.expressions.evaluation import compile_expression
from casare.expressions.functions import FUNCTIONS, LONGEST
from casare.expressions.names import word_for


class Held:
    """Names in a dictionary."""

    def __init__(self, held: Mapping[str, Any]) -> None:
        self._held = held

    def value(self, root: str) -> Any:
        return self._held.get(root, UNKNOWN)

    def known(self) -> dict[str, str]:
        return {name: word_for(value) for name, value in self._held.items()}


NAMES = Held(
    {
        "n": 2,
        "name": "Al",
        "flag": "false",
        "yes": True,
        "text": "75",
        "list": [3, 1, 2],
        "node": {"port": {"path": ["first", "second"]}, "rows": [{"x": 1}, {"x": 5}]},
        "a-b": {"c": 4},
        "a": 9,
        "b": 1,
        "later": Absent(("result",)),
        "$currentDate": "2026-01-02",
        "nothing": None,
    }
)
TEXTS: list[tuple[Any, Any]] = [
    ("plain", "plain"),
    ("{{n}}", 2),
    ("{{ n }}", 2),
    ("{{list}}", [3, 1, 2]),
    ("n is {{n}}", "n is 2"),
    ("{{n}}{{n}}", "22"),
    ("{{node.port.path[0]}}", "first"),
    ("{{node.port.path[-1]}}", "second"),
    ('{{node["port"].path.1}}', "second"),
    ("{{node.rows[*].x}}", [1, 5]),
    ("{{sum(node.rows[*].x)}}", 6),
    ("{{sum([0.1, 0.2, 0.3])}}", 0.6),
    ("{{max(list)}} {{min(list)}} {{count(list)}} {{first(list)}} {{last(list)}}", "3 1 3 3 2"),
    ("${n}", 2),
    ("%name%", "Al"),
    ("${unknown} and %unknown%", "${unknown} and %unknown%"),
    ("100% of {{n}}", "100% of 2"),
    ("{{$currentDate}}", "2026-01-02"),
    ("{{a-b.c}}", 4),
    ("{{a-b}}", {"c": 4}),
    ("{{b-a}}", -8),
    ("{{n + 1}}", 3),
    ("{{name.upper()}}", "AL"),
    ("{{'yes' if yes else 'no'}}", "yes"),
    ("{{list[0] * 2}}", 6),
    ("{{list[1:]}}", [1, 2]),
    ("{{nothing}}", None),
    ("[{{nothing}}]", "[]"),
    ("{{later.result}}", None),
    ("[{{later.result}}]", "[]"),
    ("{{default(nothing, 'none')}}", "none"),
    ("{{len(name) > 1 and n == 2}}", True),
    ("{{round(2.567, 1)}}", 2.6),
    ("{{}}", "{{}}"),
    ({"a": ["{{n}}", {"b": "{{name}}!"}], "c": 1}, {"a": [2, {"b": "Al!"}], "c": 1}),
    (7, 7),
]
CONDITIONS: list[tuple[str, Any]] = [
    ("{{n}} < 3", True),
    ("{{n}} + 1", 3),
    ("{{text}} > 50", True),
    ("{{text}} == 75", True),
    ('{{name}} == "Al"', True),
    ('"{{name}}" == "Al"', True),
    ("'{{name}}{{n}}' == 'Al2'", True),
    ("{{flag}} == true", False),
    ("{{flag}} == false", True),
    ("{{yes}} == true", True),
    ("{{flag}}", "false"),
    ("n < 3 and name == 'Al'", True),
    ("not yes", False),
    ("{{n}} in {{list}}", True),
    ("1 < {{n}} <= 2", True),
    ("yes", True),
    ("no", "no"),
    ("option_b", "option_b"),
    ("Hello {{name}}", "Hello Al"),
    ("-5", "-5"),
    ("{{later.result}} == null", True),
]


@pytest.mark.parametrize(("value", "expected"), TEXTS, ids=lambda value: str(value)[:40])
def test_templates_in_text(value: Any, expected: Any) -> None:
    found = evaluate(value, NAMES)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_conditions_give_what_they_mean(text: str, expected: Any) -> None:
    assert evaluate(text, NAMES, Reading.EXPRESSION) == expected


def test_a_number_field_is_an_expression_only_where_there_is_a_template() -> None:
    assert evaluate("{{n}} * 3", NAMES, Reading.NUMBER) == 6
    assert evaluate("2 * 3", NAMES, Reading.NUMBER) == "2 * 3"


def test_code_keeps_what_names_nothing_here() -> None:
    code = "f'{{literal}} {{n}} ${other}'"
    assert evaluate(code, NAMES, Reading.CODE) == "f'{{literal}} 2 ${other}'"


def test_a_value_without_templates_needs_no_work() -> None:
    assert [prepare(value) for value in ("text", 5, None, ["a", {"b": 1}], {})] == [None] * 5


def test_values_are_bound_and_never_read_as_an_expression() -> None:
    hostile = Held({"x": '1" or "1', "y": "__import__('os')", "n": 1})
    assert evaluate('{{x}} == "1"', hostile, Reading.EXPRESSION) is False
    assert evaluate('"{{x}}" == "1"', hostile, Reading.EXPRESSION) is False
    assert evaluate("{{y}}", hostile) == "__import__('os')"
    assert evaluate("{{n}} == {{y}}", hostile, Reading.EXPRESSION) is False


def test_an_unknown_name_is_told_with_the_nearest_and_the_types() -> None:
    with pytest.raises(UnknownNameError) as caught:
        evaluate("{{nam}}", NAMES)
    assert "“nam”" in caught.value.what
    assert "Did you mean “name”?" in caught.value.mend
    assert "list (list)" in caught.value.mend


def test_an_unknown_part_is_told_with_what_there_is() -> None:
    with pytest.raises(UnknownNameError) as caught:
        evaluate("{{node.prt}}", NAMES)
    assert "“node” has no “prt”" in caught.value.what
    assert "Did you mean “port”?" in caught.value.mend


def test_an_unknown_output_of_a_node_that_has_not_run_is_told() -> None:
    with pytest.raises(UnknownNameError, match="no “reslt”"):
        evaluate("{{later.reslt}}", NAMES)


def test_an_operation_that_does_not_fit_tells_the_types() -> None:
    with pytest.raises(ExpressionError) as caught:
        evaluate("{{n + list}}", NAMES)
    assert "list (list)" in caught.value.mend


FORBIDDEN = [
    "().__class__",
    "name.__class__.__mro__",
    "__import__('os')",
    "open('x')",
    "(lambda: 1)()",
    "[x for x in list]",
    "n.real",
    "f'{n}'",
    "n := 3",
    "exec('1')",
    "list.append(4)",
    "getattr(n, 'real')",
    "{**node}",
    "max(*list)",
    "min(list, key=len)",
    "n if",
    "b'x'",
    "2j",
    "...",
    "n << 99",
    "print(n)",
    "name.format(n)",
    "await n",
    "yield",
    "__all__",
    "'%s' % n",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_is_not_on_the_list_cannot_be_written(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text)(NAMES)


@pytest.mark.parametrize("text", [text for text in FORBIDDEN if "{" not in text])
def test_nor_inside_of_a_template(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(f"{{{{{text}}}}}", NAMES)


BOMBS = [
    "9 ** 9 ** 9 ** 9",
    "'x' * 10 ** 9",
    "[0] * 10 ** 12",
    "list * 999999999",
    "10 ** 10000 ** 2",
    "int('9' * 4000) * int('9' * 4000) * int('9' * 4000) * int('9' * 4000)",
    "replace('a' * 1000, 'a', 'b' * 100000)",
    "join(list, 'x' * 999999)",
    "-" * 5000 + "1",
    "(" * 300 + "1" + ")" * 300,
    "1 + " * 3000 + "1",
    "round(5, -10 ** 9) + 'x'",
]


@pytest.mark.parametrize("text", BOMBS, ids=lambda text: text[:30])
def test_work_is_bounded(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(f"{{{{{text}}}}}", NAMES)


def test_a_text_cannot_be_made_longer_than_the_limit() -> None:
    assert len(evaluate("{{'x' * 1000000}}", NoNames())) == LONGEST
    with pytest.raises(ExpressionError):
        evaluate("{{'x' * 1000000 + 'x'}}", NoNames())


pieces = st.one_of(
    st.sampled_from(
        [*("n", "name", "list", "node", "a-b", "$currentDate", ".x", "[0]", "[*]", "(", ")", "[", "]", ",", "."),
         *(" + ", " - ", " * ", " ** ", " / ", " % ", " < ", " == ", " and ", " not ", " if ", " else ", " in "),
         *("'q'", '"', "1", "99", "1e308", "True", "null", "__class__", "lambda x: ", "for "),
         *("{{", "}}", "%n%", "${n}"),
         *FUNCTIONS],
    ),
    st.text(max_size=4),
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map("".join), st.sampled_from(Reading))
def test_whatever_is_written_gives_a_value_or_one_kind_of_error(text: str, reading: Reading) -> None:
    for written in (text, f"{{{{{text}}}}}", f"x {{{{{text}}}}} y"):
        try:
            found = evaluate(written, NAMES, reading)
        except ExpressionError:
            continue
        assert isinstance(found, (str, int, float, bool, list, dict, type(None)))


@given(st.text(), st.text(alphabet=st.characters(blacklist_characters="{}%$")))
def test_a_text_value_comes_through_a_template_unchanged(value: str, around: str) -> None:
    names = Held({"v": value})
    assert evaluate("{{v}}", names) == value
    assert evaluate(f"{around}{{{{v}}}}", names) == f"{around}{value}"
