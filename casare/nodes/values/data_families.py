"""Nodes whose action chooses what they do with a text, a list or a dict. Each action is a node of its own, too."""

from __future__ import annotations

from casare.nodes.text import regex, text, text_pieces, text_search
from casare.nodes.values import dicts, json_data, list_transforms, lists
from casare.sdk import family

text_super = family(
    "TextSuperNode",
    title="Text",
    category="text",
    icon="type",
    summary="Do one of fourteen things with a text.",
    members={
        "Contains": text_search.text_contains,
        "Substring": text.text_substring,
        "Starts With": text_search.text_starts_with,
        "Ends With": text_search.text_ends_with,
        "Extract (Regex)": regex.text_extract,
        "Split": text_pieces.text_split,
        "Replace": text.text_replace,
        "Trim": text.text_trim,
        "Case": text.text_case,
        "Pad": text.text_pad,
        "Reverse": text.text_reverse,
        "Lines": text_pieces.text_lines,
        "Count": text_search.text_count,
        "Join": text_pieces.text_join,
    },
    keywords=("string", "split", "replace", "trim", "case", "join"),
)

list_super = family(
    "ListSuperNode",
    title="List",
    category="data",
    icon="list",
    summary="Do one of fourteen things with a list.",
    members={
        "Get Item": lists.list_get_item,
        "Create List": lists.create_list,
        "Length": lists.list_length,
        "Contains": lists.list_contains,
        "Append": lists.list_append,
        "Slice": lists.list_slice,
        "Sort": lists.list_sort,
        "Reverse": lists.list_reverse,
        "Unique": lists.list_unique,
        "Filter": list_transforms.list_filter,
        "Map": list_transforms.list_map,
        "Reduce": list_transforms.list_reduce,
        "Flatten": lists.list_flatten,
        "Join": lists.list_join,
    },
    keywords=("array", "sort", "filter", "map", "reduce"),
)

dict_super = family(
    "DictSuperNode",
    title="Dict",
    category="data",
    icon="braces",
    summary="Do one of twelve things with a dict.",
    members={
        "Get Value": dicts.dict_get,
        "Create Dict": dicts.create_dict,
        "Get Property": dicts.get_property,
        "Has Key": dicts.dict_has_key,
        "Get Keys": dicts.dict_keys,
        "Get Values": dicts.dict_values,
        "Get Items": dicts.dict_items,
        "Set Value": dicts.dict_set,
        "Remove Key": dicts.dict_remove,
        "Merge": dicts.dict_merge,
        "Parse JSON": json_data.json_parse,
        "To JSON": json_data.dict_to_json,
    },
    keywords=("object", "map", "record", "json", "key"),
)
