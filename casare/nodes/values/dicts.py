"""Nodes that make a dict, look into it, and give back a changed copy. The input dict never changes."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from casare.nodes.inputs import DictInput
from casare.nodes.values.key_path import follow
from casare.sdk import Cost, Out, Param, Visibility, as_dict, as_flag, as_text, node, parse_json

Key = Annotated[str, Param(placeholder="name", help="The name the value has in the dict.")]


class Lookup(NamedTuple):
    """The value, or the default, and whether the key was there."""

    value: Annotated[Any, Out(aliases=("result",))]
    found: bool


class Removal(NamedTuple):
    """The dict without the key, and the value it had (nothing if it was not there)."""

    result: Annotated[dict[str, Any], Out(aliases=("dict", "updated_dict"))]
    removed_value: Annotated[Any, Out(aliases=("removed", "value"))]


class Keys(NamedTuple):
    """The keys of a dict and their number."""

    keys: Annotated[list[str], Out(aliases=("result", "list"))]
    number: Annotated[int, Out("count")]


class Values(NamedTuple):
    """The values of a dict and their number."""

    values: Annotated[list[Any], Out(aliases=("result", "list"))]
    number: Annotated[int, Out("count")]


class Items(NamedTuple):
    """The entries of a dict, each as {"key": ..., "value": ...}, and their number."""

    items: Annotated[list[dict[str, Any]], Out(aliases=("result", "entries"))]
    number: Annotated[int, Out("count")]


@node(
    "CreateDictNode",
    title="Create dict",
    category="data",
    icon="braces",
    cost=Cost(1, 0.01, 0.1),
    headline="{key_1}: {value_1}",
    keywords=("object", "map", "record", "new", "make"),
    pure=True,
)
def create_dict(
    key_1: Annotated[str, Param(aliases=("key1",), help="A name; empty leaves the pair out.")] = "",
    value_1: Annotated[Any, Param(aliases=("value1",), help="The value of the first name.")] = None,
    key_2: Annotated[str, Param(aliases=("key2",), help="A name; empty leaves the pair out.")] = "",
    value_2: Annotated[Any, Param(aliases=("value2",), help="The value of the second name.")] = None,
    key_3: Annotated[str, Param(aliases=("key3",), help="A name; empty leaves the pair out.")] = "",
    value_3: Annotated[Any, Param(aliases=("value3",), help="The value of the third name.")] = None,
    *,
    entries: Annotated[
        dict[str, Any] | None, Param(visibility=Visibility.ADVANCED, help="More names and values, after those.")
    ] = None,
) -> Annotated[dict[str, Any], Out("dict", aliases=("result",))]:
    """Make a dict of names and values."""
    pairs = ((as_text(key_1), value_1), (as_text(key_2), value_2), (as_text(key_3), value_3))
    return {key: value for key, value in pairs if key} | as_dict(entries, "entries")


@node(
    "GetPropertyNode",
    title="Get property",
    category="data",
    icon="route",
    cost=Cost(1, 0.02, 0.1),
    headline="property_path",
    keywords=("path", "nested", "field", "json path", "dig"),
    pure=True,
)
def get_property(
    object: Annotated[
        dict[str, Any] | None, Param(aliases=("dict", "data"), help="The dict, or list, to look into.")
    ] = None,
    property_path: Annotated[
        str, Param(aliases=("path", "property"), placeholder="user.emails[0]", help="Where the value is.")
    ] = "",
    *,
    default: Annotated[
        Any,
        Param(aliases=("default_value",), visibility=Visibility.ADVANCED, help="What to give when nothing is there."),
    ] = None,
) -> Annotated[Any, Out("value", aliases=("result",))]:
    """Get a value from deep inside a dict by its path.

    Dots go into dicts, numbers and brackets into lists: `user.emails[0].domain`. Nothing there is no error.
    """
    source: Any = object
    if isinstance(source, str) and source.strip().startswith("["):
        source = parse_json(source, "object")
    if not isinstance(source, list):
        source = as_dict(source, "object")
    found, value = follow(source, as_text(property_path).strip())
    return value if found else default


@node(
    "DictGetNode",
    title="Get from dict",
    category="data",
    icon="key",
    cost=Cost(1, 0.01, 0.1),
    headline="key",
    keywords=("value", "lookup", "read", "field", "object"),
    pure=True,
)
def dict_get(
    dict: DictInput = None,
    key: Key = "",
    default: Annotated[
        Any, Param(aliases=("default_value",), help="What to give when the key is not in the dict.")
    ] = None,
) -> Lookup:
    """Get the value a dict has for a key, or a default."""
    source, name = as_dict(dict, "dict"), as_text(key)
    return Lookup(source.get(name, default), name in source)


@node(
    "DictSetNode",
    title="Set in dict",
    category="data",
    icon="pencil",
    cost=Cost(1, 0.02, 0.2),
    headline="{key} = {value}",
    keywords=("value", "put", "write", "add", "field", "object"),
    pure=True,
)
def dict_set(
    dict: DictInput = None, key: Key = "", value: Annotated[Any, Param(help="The value the key gets.")] = None
) -> Annotated[dict[str, Any], Out(aliases=("dict", "updated_dict"))]:
    """Give a key of a dict a value, in a copy of the dict."""
    name = as_text(key)
    if not name:
        raise ValueError("key: expected the name to set in the dict, got nothing")
    return {**as_dict(dict, "dict"), name: value}


@node(
    "DictRemoveNode",
    title="Remove from dict",
    category="data",
    icon="minus",
    cost=Cost(1, 0.02, 0.2),
    headline="key",
    keywords=("delete", "drop", "pop", "field", "object"),
    pure=True,
)
def dict_remove(
    dict: DictInput = None,
    key: Key = "",
    *,
    ignore_missing: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Off: a key that is not there is an error.")
    ] = True,
) -> Removal:
    """Take a key out of a dict, in a copy of the dict."""
    result, name = {**as_dict(dict, "dict")}, as_text(key)
    if name not in result and not as_flag(ignore_missing, "ignore_missing"):
        raise ValueError(f"key: there is no {name!r} in the dict; it has {', '.join(map(str, result)) or 'no keys'}")
    removed = result.pop(name, None)
    return Removal(result, removed)


@node(
    "DictMergeNode",
    title="Merge dicts",
    category="data",
    icon="merge",
    cost=Cost(2, 0.03, 0.3),
    headline="{dict_1} + {dict_2}",
    keywords=("combine", "update", "join", "object"),
    pure=True,
)
def dict_merge(
    dict_1: Annotated[dict[str, Any] | None, Param(label="First dict", aliases=("dict1",), help="The base.")] = None,
    dict_2: Annotated[
        dict[str, Any] | None, Param(label="Second dict", aliases=("dict2",), help="What is laid over it.")
    ] = None,
    *,
    deep_merge: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Merge dicts inside the dicts too, instead of replacing them.")
    ] = False,
    overwrite: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Off: the first dict wins where both have a key.")
    ] = True,
) -> Annotated[dict[str, Any], Out(aliases=("dict", "merged", "merged_dict"))]:
    """Put two dicts together; where both have a key, the second wins."""
    base, over = as_dict(dict_1, "dict_1"), as_dict(dict_2, "dict_2")
    return _merged(base, over, deep=as_flag(deep_merge, "deep_merge"), overwrite=as_flag(overwrite, "overwrite"))


@node(
    "DictKeysNode",
    title="Keys of dict",
    category="data",
    icon="list",
    cost=Cost(1, 0.01, 0.1),
    headline="dict",
    keywords=("names", "fields", "columns", "object"),
    pure=True,
)
def dict_keys(dict: DictInput = None) -> Keys:
    """List the keys of a dict, in its order."""
    keys = [*as_dict(dict, "dict")]
    return Keys(keys, len(keys))


@node(
    "DictValuesNode",
    title="Values of dict",
    category="data",
    icon="rows-3",
    cost=Cost(1, 0.01, 0.1),
    headline="dict",
    keywords=("contents", "object"),
    pure=True,
)
def dict_values(dict: DictInput = None) -> Values:
    """List the values of a dict, in its order."""
    values = [*as_dict(dict, "dict").values()]
    return Values(values, len(values))


@node(
    "DictItemsNode",
    title="Entries of dict",
    category="data",
    icon="table-properties",
    cost=Cost(1, 0.02, 0.2),
    headline="dict",
    keywords=("pairs", "items", "loop", "object"),
    pure=True,
)
def dict_items(dict: DictInput = None) -> Items:
    """List the entries of a dict, each with its key and its value, to loop over."""
    items = [{"key": key, "value": value} for key, value in as_dict(dict, "dict").items()]
    return Items(items, len(items))


@node(
    "DictHasKeyNode",
    title="Dict has key",
    category="data",
    icon="circle-question-mark",
    cost=Cost(1, 0.005, 0.1),
    headline="key",
    keywords=("contains", "exists", "field", "object"),
    pure=True,
)
def dict_has_key(
    dict: DictInput = None, key: Key = ""
) -> Annotated[bool, Out("has_key", aliases=("result", "exists"))]:
    """Tell whether a dict has a key."""
    return as_text(key) in as_dict(dict, "dict")


def _merged(base: dict[str, Any], over: dict[str, Any], *, deep: bool, overwrite: bool) -> dict[str, Any]:
    merged = {**base}
    for key, value in over.items():
        held = merged.get(key)
        if deep and isinstance(held, dict) and isinstance(value, dict):
            merged[key] = _merged(held, value, deep=deep, overwrite=overwrite)
        elif overwrite or key not in merged:
            merged[key] = value
    return merged
