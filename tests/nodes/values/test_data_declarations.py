"""What the text, data and maths nodes declare: the ports, settings and other names that real files use."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from casare.nodes.text import regex, similarity, text, text_pieces, text_search
from casare.nodes.values import comparison, dicts, json_data, list_transforms, lists, maths, tables
from casare.sdk import DataType, NodeType, PortKind, Widget, declared_types

MODULES = (
    comparison, dicts, json_data, list_transforms, lists, maths, regex, similarity, tables, text, text_pieces,
    text_search,
)  # fmt: skip
TYPES = {declared.id: declared for module in MODULES for declared in declared_types(module)}

LETTERS = {
    "s": DataType.TEXT, "i": DataType.INTEGER, "f": DataType.NUMBER, "b": DataType.BOOLEAN, "l": DataType.LIST,
    "d": DataType.DICT, "*": DataType.ANY,
}  # fmt: skip
NO_REGEX_FLAGS = {"ignore_case": False, "multiline": False, "dotall": False}

# Type, inputs, outputs, defaults of the settings; a question mark: can be left out.
DECLARED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("Concatenate", "string_1:s? string_2:s?", "result:s", {"string_1": "", "string_2": "", "separator": ""}),
    ("FormatString", "template:s? variables:d?", "result:s", {"template": "", "variables": None}),
    (
        "RegexMatch",
        "text:s? pattern:s?",
        "match_found:b first_match:s all_matches:l groups:l match_count:i",
        NO_REGEX_FLAGS,
    ),
    ("RegexReplace", "text:s? pattern:s? replacement:s?", "result:s count:i", {**NO_REGEX_FLAGS, "max_count": 0}),
    (
        "FuzzyStringMatch",
        "search_string:s? candidates:l? threshold:f?",
        "matched_string:s match_score:f match_index:i is_match:b all_scores:d",
        {"search_string": "", "candidates": None, "threshold": 0.6},
    ),
    (
        "FilterBySimilarity",
        "input_list:l? filter_string:s? threshold:f?",
        "filtered_list:l scores:d count:i",
        {"input_list": None, "filter_string": "", "threshold": 0.6},
    ),
    ("MathOperation", "a:f b:f?", "result:f", {"operation": "add", "round_digits": None, "output_var": ""}),
    ("Comparison", "a:* b:*?", "result:b", {"operator": "=="}),
    ("CreateList", "item_1:*? item_2:*? item_3:*?", "list:l", {"item_4": None, "item_10": None}),
    ("ListGetItem", "list:l? index:i?", "item:*", {"index": 0}),
    ("ListLength", "list:l?", "length:i", {}),
    ("ListAppend", "list:l? item:*?", "result:l", {}),
    ("ListContains", "list:l? item:*?", "contains:b index:i", {}),
    ("ListSlice", "list:l? start:i? end:i?", "result:l", {"start": 0, "end": None}),
    ("ListJoin", "list:l? separator:s?", "result:s", {"separator": ", "}),
    ("ListSort", "list:l? reverse:b? key_path:s?", "result:l", {"reverse": False, "key_path": ""}),
    ("ListReverse", "list:l?", "result:l", {}),
    ("ListUnique", "list:l?", "result:l", {}),
    ("ListFilter", "list:l? condition:s? value:*? key_path:s?", "result:l removed:l", {"condition": "is_not_none"}),
    ("ListMap", "list:l? transform:s? key_path:s?", "result:l", {"transform": "to_string", "key_path": ""}),
    ("ListReduce", "list:l? operation:s? key_path:s? initial:*?", "result:*", {"operation": "sum", "initial": None}),
    ("ListFlatten", "list:l? depth:i?", "result:l", {"depth": 1}),
    ("JsonParse", "json_string:s?", "data:*", {"json_string": ""}),
    ("GetProperty", "object:d? property_path:s?", "value:*", {"property_path": ""}),
    ("DictGet", "dict:d? key:s? default:*?", "value:* found:b", {"key": ""}),
    ("DictSet", "dict:d? key:s? value:*?", "result:d", {"key": ""}),
    ("DictRemove", "dict:d? key:s?", "result:d removed_value:*", {"key": ""}),
    ("DictMerge", "dict_1:d? dict_2:d?", "result:d", {"deep_merge": False, "overwrite": True}),
    ("DictKeys", "dict:d?", "keys:l count:i", {}),
    ("DictValues", "dict:d?", "values:l count:i", {}),
    ("DictHasKey", "dict:d? key:s?", "has_key:b", {"key": ""}),
    ("CreateDict", "key_1:s? value_1:*? key_2:s? value_2:*? key_3:s? value_3:*?", "dict:d", {}),
    ("DictToJson", "dict:d? indent:i?", "json_string:s", {"indent": None, "sort_keys": False, "ensure_ascii": True}),
    ("DictItems", "dict:d?", "items:l count:i", {}),
    (
        "DataCompare",
        "data_a:l? data_b:l? key_columns:s?",
        "only_in_a:l only_in_b:l matched:l diff_summary:d has_differences:b",
        {"key_columns": "", "compare_all_columns": True, "case_sensitive": True},
    ),
    ("TextSplit", "text:s? separator:s?", "result:l count:i", {"separator": "", "max_split": -1}),
    (
        "TextReplace",
        "text:s? old_value:s? new_value:s?",
        "result:s replacements:i",
        {**NO_REGEX_FLAGS, "count": -1, "use_regex": False},
    ),
    ("TextTrim", "text:s?", "result:s", {"mode": "both", "characters": ""}),
    ("TextCase", "text:s?", "result:s", {"case": "lower"}),
    ("TextPad", "text:s? length:i?", "result:s", {"length": 0, "mode": "left", "fill_char": " "}),
    ("TextReverse", "text:s?", "result:s", {}),
    (
        "TextLines",
        "text:s? lines:l?",
        "text:s lines:l count:i",
        {"mode": "split", "line_separator": "newline", "remove_empty": False},
    ),
    ("TextSubstring", "text:s? start:i? end:i?", "result:s length:i", {"start": 0, "end": None}),
    ("TextContains", "text:s? search:s?", "contains:b position:i count:i", {"case_sensitive": True}),
    ("TextStartsWith", "text:s? prefix:s?", "result:b", {"case_sensitive": True}),
    ("TextEndsWith", "text:s? suffix:s?", "result:b", {"case_sensitive": True}),
    ("TextExtract", "text:s? pattern:s?", "match:* groups:l found:b", {**NO_REGEX_FLAGS, "all_matches": False}),
    ("TextCount", "text:s?", "count:i", {"mode": "characters", "exclude_whitespace": False}),
    ("TextJoin", "items:l", "result:s", {"separator": ""}),
]

# Other keys for the same thing, from sample files and from the settings of the super nodes.
ALIASES = [
    ("Concatenate", "string1", "string_1"),
    ("Concatenate", "string2", "string_2"),
    ("TextReplace", "old", "old_value"),
    ("TextReplace", "new", "new_value"),
    ("TextReplace", "replace_count", "count"),
    ("TextSplit", "delimiter", "separator"),
    ("TextTrim", "trim_mode", "mode"),
    ("TextTrim", "trim_characters", "characters"),
    ("TextCase", "case_transform", "case"),
    ("TextPad", "width", "length"),
    ("TextPad", "pad_char", "fill_char"),
    ("TextPad", "side", "mode"),
    ("TextPad", "pad_mode", "mode"),
    ("TextLines", "lines_mode", "mode"),
    ("TextCount", "count_mode", "mode"),
    ("CreateList", "item1", "item_1"),
    ("ListSort", "descending", "reverse"),
    ("ListSort", "sort_key", "key_path"),
    ("ListReduce", "reduce_operation", "operation"),
    ("CreateDict", "key1", "key_1"),
    ("CreateDict", "value3", "value_3"),
    ("DictMerge", "dict1", "dict_1"),
    ("DictMerge", "dict2", "dict_2"),
    ("DictGet", "default_value", "default"),
    ("GetProperty", "path", "property_path"),
    ("DictToJson", "data", "dict"),
]


def ports(written: str) -> list[tuple[str, DataType, bool]]:
    """Return name, type and whether it is required of each port in `name:type?`."""
    split = [port.partition(":") for port in written.split()]
    return [(name, LETTERS[letter[0]], not letter.endswith("?")) for name, _, letter in split]


def body_of(declared: NodeType) -> Any:
    """Return the function or class that a type names as its body."""
    return getattr(importlib.import_module(declared.module), declared.qualname)


def run(type_id: str, config: dict[str, Any]) -> dict[str, Any]:
    """Run one node on a configuration of a file, other names for settings included; return the values of its ports."""
    declared = TYPES[type_id]
    settings = {}
    for key, value in config.items():
        param = declared.param(key)
        assert param is not None, f"{type_id} knows no {key}"
        settings[param.name] = value
    if "context" in inspect.signature(body_of(declared)).parameters:
        settings["context"] = None
    result = body_of(declared)(**settings)
    names = [port.name for port in declared.outputs if port.kind is PortKind.DATA]
    return dict(zip(names, result if len(names) > 1 else [result], strict=True))


@pytest.mark.parametrize(("name", "inputs", "outputs", "defaults"), DECLARED, ids=[entry[0] for entry in DECLARED])
def test_a_type_has_the_ports_and_settings_of_the_format(
    name: str, inputs: str, outputs: str, defaults: dict[str, Any]
) -> None:
    declared = TYPES[f"{name}Node"]
    assert [port.name for port in declared.inputs][:1] == ["exec_in"]
    assert [port.name for port in declared.outputs][:1] == ["exec_out"]
    assert [(port.name, port.type, port.required) for port in declared.inputs[1:]] == ports(inputs)
    assert [(port.name, port.type) for port in declared.outputs[1:]] == [port[:2] for port in ports(outputs)]
    params = {param.name: param.default for param in declared.params}
    assert {key: params[key] for key in defaults} == defaults


def test_every_type_of_these_groups_is_there_and_no_other() -> None:
    assert set(TYPES) == {f"{entry[0]}Node" for entry in DECLARED}


@pytest.mark.parametrize(("name", "alias", "canonical"), ALIASES)
def test_another_key_for_the_same_thing_is_accepted(name: str, alias: str, canonical: str) -> None:
    param = TYPES[f"{name}Node"].param(alias)
    assert param is not None
    assert param.name == canonical


def test_whole_numbers_that_may_be_empty_get_a_field_for_whole_numbers() -> None:
    for type_id, name in [
        ("ListSliceNode", "end"),
        ("DictToJsonNode", "indent"),
        ("MathOperationNode", "round_digits"),
    ]:
        param = TYPES[type_id].param(name)
        assert param is not None
        assert (param.type, param.widget) == (DataType.INTEGER, Widget.INTEGER)


def test_only_calculating_can_have_an_effect() -> None:
    assert [declared.id for declared in TYPES.values() if not declared.pure] == ["MathOperationNode"]


@pytest.mark.parametrize(
    ("type_id", "config", "expected"),
    [
        ("ConcatenateNode", {"string1": "Hello", "string2": " World"}, {"result": "Hello World"}),
        (
            "TextReplaceNode",
            {"text": "Hello World!", "old": "World", "new": "you"},
            {"result": "Hello you!", "replacements": 1},
        ),
        ("TextSplitNode", {"text": "apple,banana", "delimiter": ","}, {"result": ["apple", "banana"], "count": 2}),
        ("TextPadNode", {"text": "42", "width": 5, "pad_char": "0", "side": "left"}, {"result": "00042"}),
        ("TextCountNode", {"text": "Hello CasareRPA!", "search": "a"}, {"count": 2}),
        ("TextSubstringNode", {"text": "Hello", "start": 0, "end": 5}, {"result": "Hello", "length": 5}),
        ("TextJoinNode", {"items": ["a", "b"], "separator": " | "}, {"result": "a | b"}),
        ("TextCaseNode", {"text": "Hello", "case": "upper"}, {"result": "HELLO"}),
        (
            "FormatStringNode",
            {"template": "Name: {name}, Age: {age}", "variables": {"name": "Alice", "age": "30"}},
            {"result": "Name: Alice, Age: 30"},
        ),
        ("MathOperationNode", {"a": 50, "b": 2, "operation": "divide"}, {"result": 25.0}),
        ("MathOperationNode", {"a": "5", "b": 1, "operation": "add"}, {"result": 6}),
        ("ComparisonNode", {"a": "75", "b": 50, "operator": ">"}, {"result": True}),
        (
            "CreateListNode",
            {"item_1": "apple", "item_2": "banana", "item_3": "cherry", "item_4": "date", "item_5": "elder"},
            {"list": ["apple", "banana", "cherry", "date", "elder"]},
        ),
        ("DictMergeNode", {"dict1": {"a": 1}, "dict2": {"x": 100}}, {"result": {"a": 1, "x": 100}}),
        ("JsonParseNode", {"json_string": '{"parsed": true, "count": 5}'}, {"data": {"parsed": True, "count": 5}}),
        ("CreateDictNode", {}, {"dict": {}}),
        ("DictSetNode", {"key": "name", "value": "test"}, {"result": {"name": "test"}}),
        ("DictGetNode", {"key": "name"}, {"value": None, "found": False}),
        ("DictKeysNode", {}, {"keys": [], "count": 0}),
        ("DictValuesNode", {}, {"values": [], "count": 0}),
        ("DictItemsNode", {}, {"items": [], "count": 0}),
        ("DictHasKeyNode", {"key": "name"}, {"has_key": False}),
        ("DictMergeNode", {}, {"result": {}}),
        ("DictRemoveNode", {"key": "name"}, {"result": {}, "removed_value": None}),
        ("DictToJsonNode", {}, {"json_string": "{}"}),
        ("ListFilterNode", {}, {"result": [], "removed": []}),
        ("ListMapNode", {}, {"result": []}),
        ("ListReduceNode", {}, {"result": 0}),
        ("ListSortNode", {"list": [3, 1, 2], "reverse": False}, {"result": [1, 2, 3]}),
        ("ListSliceNode", {"list": [1, 2, 3], "start": 1, "end": 3}, {"result": [2, 3]}),
    ],
)
def test_a_node_of_a_sample_file_gives_what_the_file_means(
    type_id: str, config: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert run(type_id, config) == expected


def test_the_dict_nodes_of_the_variables_sample_work_one_after_the_other() -> None:
    made = run("CreateDictNode", {"key_1": "name", "value_1": "Alice", "key_2": "age", "value_2": 30})["dict"]
    with_country = run("DictSetNode", {"dict": made, "key": "country", "value": "USA"})["result"]
    other = run("CreateDictNode", {"key_1": "x", "value_1": 100, "key_2": "y", "value_2": 200})["dict"]
    merged = run("DictMergeNode", {"dict1": with_country, "dict2": other})["result"]
    removed = run("DictRemoveNode", {"dict": merged, "key": "x"})
    assert removed["removed_value"] == 100
    written = run("DictToJsonNode", {"dict": removed["result"]})["json_string"]
    assert run("JsonParseNode", {"json_string": written})["data"] == {
        "name": "Alice", "age": 30, "country": "USA", "y": 200,
    }  # fmt: skip
