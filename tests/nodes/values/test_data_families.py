"""The text, list and dict nodes whose action chooses what they do."""

from __future__ import annotations

import pytest

from casare.nodes.values import data_families
from casare.nodes.values.data_families import dict_super, list_super, text_super
from casare.sdk import NodeType, declared_types

ACTIONS = {
    "TextSuperNode": "Substring, Contains, Starts With, Ends With, Extract (Regex), Split, Replace, Trim, Case, Pad, "
    "Reverse, Lines, Count, Join",
    "ListSuperNode": "Create List, Get Item, Length, Contains, Append, Slice, Sort, Reverse, Unique, Filter, Map, "
    "Reduce, Flatten, Join",
    "DictSuperNode": "Create Dict, Get Value, Get Property, Has Key, Get Keys, Get Values, Get Items, Set Value, "
    "Remove Key, Merge, Parse JSON, To JSON",
}


@pytest.mark.parametrize("family", [text_super, list_super, dict_super], ids=lambda family: family.id)
def test_a_family_has_the_actions_that_files_name(family: NodeType) -> None:
    assert {action for action, _ in family.members} == set(ACTIONS[family.id].split(", "))
    assert len({member for _, member in family.members}) == len(family.members)
    action = family.param("action")
    assert action is not None
    assert set(action.choices) == {name for name, _ in family.members}


def test_the_families_are_found_in_their_module() -> None:
    assert [family.id for family in declared_types(data_families)] == list(ACTIONS)


@pytest.mark.parametrize(
    ("family", "action", "inputs", "outputs"),
    [
        (text_super, "Contains", ["text", "search"], ["contains", "position", "count"]),
        (list_super, "Get Item", ["list", "index"], ["item"]),
        (dict_super, "Get Value", ["dict", "key", "default"], ["value", "found"]),
    ],
    ids=["text", "list", "dict"],
)
def test_a_family_without_an_action_is_its_first_member(
    family: NodeType, action: str, inputs: list[str], outputs: list[str]
) -> None:
    chosen = family.param("action")
    assert chosen is not None
    assert chosen.default == action
    assert [port.name for port in family.inputs] == ["exec_in", *inputs]
    assert [port.name for port in family.outputs] == ["exec_out", *outputs]
