"""Claims about finding and renaming the names in templates."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.expressions import Reference, has_template, references, rename_roots

TEMPLATES = re.compile(r"\{\{[^{}]*\}\}|\$\{[^{}]+\}|%(?:[^\W\d]\w+(?:\.\w+)*|[^\W\d](?:\.\w+)+)%")


def roots(value: Any) -> list[str]:
    return [one.root for one in references(value)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{total}}", [("total", "")]),
        ("{{ total }}", [("total", "")]),
        ("${total}", [("total", "")]),
        ("%total%", [("total", "")]),
        ("{{log_2.result}}", [("log_2", ".result")]),
        ("${log_2.result}", [("log_2", ".result")]),
        ("%log_2.result%", [("log_2", ".result")]),
        ("{{rows[0].name}}", [("rows", "[0].name")]),
        ("{{rows[-1]}}", [("rows", "[-1]")]),
        ("{{row['total sum']}}", [("row", "['total sum']")]),
        ("a {{x}} b ${y} c %zed% d", [("x", ""), ("y", ""), ("zed", "")]),
        ("{{a.b + c * 2}}", [("a", ".b"), ("c", "")]),
        ("{{a}}{{b}}", [("a", ""), ("b", "")]),
        ("{{{a}}}", [("a", "")]),
        ("{{node-1a.result}}", [("node-1a", ".result")]),
        ("{{a - b}}", [("a", ""), ("b", "")]),
        ("{{größe}} {{über.maß}}", [("größe", ""), ("über", ".maß")]),
        ("{{rows[index].name}}", [("rows", ""), ("index", "")]),
        ("{{$currentDate}}", [("$currentDate", "")]),
        ("{{$secret:my_bank}}", [("$secret:my_bank", "")]),
        ("{{len(rows)}}", [("rows", "")]),
        ("{{name.upper()}}", [("name", ".upper")]),
        ("{{if.result if x else 3}}", [("if", ".result"), ("x", "")]),
    ],
)
def test_every_spelling_of_a_reference_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [tuple(one) for one in references(text)] == found
    assert has_template(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "{total}",
        "{ {total} }",
        "100%",
        "50% of 20%",
        "%Y%m%d",
        "backup_%H%M%S.zip",
        "$total",
        "{}",
        "${}",
        7,
    ],
)
def test_what_only_looks_like_a_template_is_none(text: Any) -> None:
    assert not has_template(text)
    assert roots(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ 'a.b' + c }}", ["c"]),
        ('{{ "say \\"a\\"" + c }}', ["c"]),
        ("{{ x == 'x' and not y }}", ["x", "y"]),
        ("{{ 1.5e3 + v2 }}", ["v2"]),
        ("{{ True or None or x in y }}", ["x", "y"]),
        ("{{ it's }}", ["it", "s"]),
        ("{{}}", []),
        ("{{ 3 }}", []),
    ],
)
def test_quoted_text_numbers_and_words_of_the_language_are_no_references(text: str, found: list[str]) -> None:
    assert roots(text) == found


def test_references_are_found_in_lists_and_dicts_of_any_depth_in_order() -> None:
    value = {"a": ["{{one}}", {"b": ("{{two.x}}", 3)}], "{{key}}": None, "c": "{{three}}"}
    assert roots(value) == ["one", "two", "three"]


def test_the_port_of_a_reference_is_the_first_name_after_the_root() -> None:
    ports = [one.port for one in references("{{a.result[0].x}} {{b}} {{c[0].d}}")]
    assert ports == ["result", "", ""]
    assert Reference("a", ".b.c").port == "b"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{old.port}}", "{{new.port}}"),
        ("${old.port} and %old.port%", "${new.port} and %new.port%"),
        ("{{ old . port }}", "{{ new . port }}"),
        ("{{older.old}} {{cold}} {{old}}", "{{older.old}} {{cold}} {{new}}"),
        ("old {{old}} 'old'", "old {{new}} 'old'"),
        ("{{'old' + old + \"old\"}}", "{{'old' + new + \"old\"}}"),
        ("{{rows[old].x}}", "{{rows[new].x}}"),
        ("{{old[0]['old']}}", "{{new[0]['old']}}"),
        ("{{old-1.x}} {{x-old}}", "{{old-1.x}} {{x-old}}"),
        ("{{$old}} {{$secret:old}}", "{{$old}} {{$secret:old}}"),
        ("{{old(1)}} {{old}}", "{{old(1)}} {{new}}"),
        ("{{old}} {{old}}", "{{new}} {{new}}"),
        ("{old} $old %o% {{ol}}", "{old} $old %o% {{ol}}"),
    ],
)
def test_only_the_root_is_renamed(before: str, after: str) -> None:
    assert rename_roots(before, {"old": "new"}) == after


def test_ids_with_dashes_are_renamed_whole() -> None:
    text = "{{node-1a2b.result}} {{node.result}}"
    assert rename_roots(text, {"node-1a2b": "node-2"}) == "{{node-2.result}} {{node.result}}"
    assert rename_roots(text, {"node": "log"}) == "{{node-1a2b.result}} {{log.result}}"


def test_names_can_be_swapped_in_one_go() -> None:
    assert rename_roots("{{a.x}}{{b.x}}", {"a": "b", "b": "a"}) == "{{b.x}}{{a.x}}"


def test_a_value_without_the_names_is_returned_as_the_same_object() -> None:
    value = {"a": ["{{x}}", {"b": ("{{y}}",)}], "n": 3}
    assert rename_roots(value, {"z": "w"}) is value
    renamed = rename_roots(value, {"y": "w"})
    assert renamed == {"a": ["{{x}}", {"b": ("{{w}}",)}], "n": 3}
    assert value["a"][1] == {"b": ("{{y}}",)}, "the old value is never changed in place"


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["{{old.result}}", "{{ old }}", "${old}", "%old%", "{{a + old}}", "{{'old'}}", "{", "}", "%", "$"]
        ),
        st.text(alphabet="old .{}%$'\"-[]ü\n", max_size=8),
    ),
    max_size=8,
).map("".join)


@given(PIECES)
def test_renaming_never_touches_text_outside_templates(text: str) -> None:
    renamed = rename_roots(text, {"old": "brand_new", "ol": "x"})
    assert TEMPLATES.split(renamed) == TEMPLATES.split(text)


@given(PIECES)
def test_renaming_renames_every_reference_and_nothing_else(text: str) -> None:
    renamed = rename_roots(text, {"old": "brand_new"})
    expected = [one._replace(root="brand_new") if one.root == "old" else one for one in references(text)]
    assert list(references(renamed)) == expected


@given(PIECES)
def test_renaming_back_restores_the_text(text: str) -> None:
    assert rename_roots(rename_roots(text, {"old": "brand_new"}), {"brand_new": "old"}) == text


@given(PIECES)
def test_a_text_with_a_reference_has_a_template(text: str) -> None:
    if roots(text):
        assert has_template(text)


def test_a_node_with_any_id_is_named_in_brackets_and_renamed_like_others() -> None:
    text = '{{$node["in/side"].total + other.x}}'
    assert list(references(text)) == [Reference("in/side", ".total"), Reference("other", ".x")]
    assert rename_roots(text, {"in/side": "plain", "other": "a b"}) == '{{plain.total + $node["a b"].x}}'
