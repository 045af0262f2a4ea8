"""What a node shows of itself: title, icon, category and the one value that tells most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from casare.app.editing.parameters import BYPASSED, DISABLED
from casare.app.subgraphs.boundary import INNER_PORT, PORT_KEY
from casare.catalog import Catalog
from casare.model import Node
from casare.sdk import NodeType, Param, Role, Visibility, Widget

UNKNOWN_CATEGORY = "unknown"
_LONGEST = 80
_PROMOTED = 2
"""How many promoted parameters the card of an instance tells."""
_ABSENT = "…"
_IN_BRACES = re.compile(r"\{(\w+)\}")


class Face(NamedTuple):
    """The words and marks on a node's card."""

    title: str
    headline: str
    icon: str
    category: str
    known: bool
    disabled: bool
    comment: bool = False
    bypassed: bool = False
    """Whether values pass the node by; it is disabled then too."""
    stacked: bool = False
    """Whether the node stands for a subgraph that can be looked into."""


def face_of(node: Node, catalog: Catalog) -> Face:
    """Return what a node shows. A type nobody knows is shown by its own name."""
    found = catalog.find(node.type)
    disabled = bool(node.config.get(DISABLED))
    bypassed = disabled and bool(node.config.get(BYPASSED))
    if found is None:
        words = "unknown type, kept as it is"
        return Face(node.name or node.type, words, "package", UNKNOWN_CATEGORY, False, disabled, bypassed=bypassed)
    member = catalog.member(found, node.config)
    shown = member or found
    if node.type in INNER_PORT:
        # Inside a subgraph, what a port is called tells more than that it is one.
        told = node.config.get(PORT_KEY)
        name = node.name or (told if isinstance(told, str) else "")
        kind = shown.title if name else ""
        return Face(name or shown.title, kind, shown.icon, shown.category, True, disabled)
    stacked = member is not None and member.role is Role.SUBFLOW
    return Face(
        node.name or shown.title,
        _of_instance(shown, node.config) if stacked else headline(shown, node.config),
        shown.icon,
        shown.category,
        True,
        disabled,
        shown.role is Role.COMMENT,
        bypassed,
        stacked,
    )


def _of_instance(own: NodeType, config: Mapping[str, Any]) -> str:
    """Return the values of the first promoted parameters, as set or by default; how much is inside without any."""
    promoted = [param for param in own.params if param.visibility is Visibility.NORMAL and not param.wired]
    values = ((param, _value(config, param)) for param in promoted)
    shown = [(param.title, _shown(param, param.default if value is None else value)) for param, value in values]
    told = [f"{title}: {text}" for title, text in shown if text][:_PROMOTED]
    return in_one_line(" · ".join(told)) or own.summary


def headline(node_type: NodeType, config: Mapping[str, Any]) -> str:
    """Return the most telling value of a node as one line, or an empty text when none is set.

    Where the type's headline is a template ("{a} {operator} {b}"), each name in braces gives way to that parameter's
    value, to its default, or to "…"; when the configuration sets none of them, the line is empty.
    """
    if "{" in node_type.headline:
        return _filled(node_type, config)
    told = node_type.param(node_type.headline) if node_type.headline else None
    if told is None:
        return ""
    value = _value(config, told)
    if told.widget is Widget.VARIABLE or told.name == "variable_name":
        name = value if isinstance(value, str) else ""
        given = config.get("value", config.get("default_value"))
        return f"{name} = {in_one_line(given)}" if name and given not in (None, "") else name
    return _shown(told, value)


def in_one_line(value: Any) -> str:
    """Return a value as one short line of text; empty for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    else:
        try:
            text = orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
        except (TypeError, ValueError):
            text = str(value)
    # Looking at the start is enough, and keeps a text of many megabytes from being taken apart.
    start = text.lstrip()[: _LONGEST * 4]
    line = " ".join(start.split())
    cut = len(text.strip()) > len(start)
    return line if len(line) <= _LONGEST and not cut else line[: _LONGEST - 1] + "…"


def _filled(node_type: NodeType, config: Mapping[str, Any]) -> str:
    names = _IN_BRACES.findall(node_type.headline)
    told = {name: param for name in names if (param := node_type.param(name)) is not None}
    if all(_value(config, param) in (None, "") for param in told.values()):
        return ""

    def shown(found: re.Match[str]) -> str:
        param = told.get(found.group(1))
        if param is None:
            return _ABSENT
        value = _value(config, param)
        return _shown(param, param.default if value is None else value) or _ABSENT

    return in_one_line(_IN_BRACES.sub(shown, node_type.headline))


def _shown(param: Param, value: Any) -> str:
    if param.widget is Widget.SECRET:
        return "•••" if value else ""
    return in_one_line(value)


def _value(config: Mapping[str, Any], param: Param) -> Any:
    for key in (param.name, *param.aliases):
        if key in config:
            return config[key]
    return None
