"""What a node shows of itself: title, icon, category and the one value that tells most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from casare.app.editing.parameters import DISABLED
from casare.catalog import Catalog
from casare.model import Node
from casare.sdk import NodeType, Role, Widget

UNKNOWN_CATEGORY = "unknown"
_LONGEST = 80


class Face(NamedTuple):
    """The words and marks on a node's card."""

    title: str
    headline: str
    icon: str
    category: str
    known: bool
    disabled: bool
    comment: bool = False


def face_of(node: Node, catalog: Catalog) -> Face:
    """Return what a node shows. A type nobody knows is shown by its own name."""
    found = catalog.find(node.type)
    disabled = bool(node.config.get(DISABLED))
    if found is None:
        return Face(node.name or node.type, "unknown type, kept as it is", "package", UNKNOWN_CATEGORY, False, disabled)
    member = catalog.member(found, node.config)
    shown = member or found
    return Face(
        node.name or shown.title,
        headline(shown, node.config),
        shown.icon,
        shown.category,
        True,
        disabled,
        shown.role is Role.COMMENT,
    )


def headline(node_type: NodeType, config: Mapping[str, Any]) -> str:
    """Return the most telling value of a node as one line, or an empty text when none is set."""
    told = node_type.param(node_type.headline) if node_type.headline else None
    if told is None:
        return ""
    value = _value(config, told.name, told.aliases)
    if told.widget is Widget.VARIABLE or told.name == "variable_name":
        name = value if isinstance(value, str) else ""
        given = config.get("value", config.get("default_value"))
        return f"{name} = {in_one_line(given)}" if name and given not in (None, "") else name
    if told.widget is Widget.SECRET:
        return "•••" if value else ""
    return in_one_line(value)


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
    text = " ".join(text[: _LONGEST * 2].split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _value(config: Mapping[str, Any], name: str, aliases: tuple[str, ...]) -> Any:
    for key in (name, *aliases):
        if key in config:
            return config[key]
    return None
