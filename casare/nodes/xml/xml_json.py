"""XML and JSON data turned into each other.

An element is a dict: its attributes under `@attributes`, its text under a key of your choice (`#text`), its children
under their names, a list where a name comes more than once. An element with text alone is that text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from casare.sdk import as_text

ATTRIBUTES = "@attributes"
TEXT = "#text"
DEEPEST = 200
"""How many elements inside each other are converted."""

_NAME = re.compile(r"(?:\{[^{}]*\})?[^\W\d][\w.\-·]*")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_data(element: Element, *, attributes: bool = True, text_key: str = TEXT, depth: int = 0) -> Any:
    """Return what an element holds as dicts, lists and texts; raise ValueError when it is nested too deeply."""
    if depth > DEEPEST:
        raise ValueError(f"The XML is nested more than {DEEPEST} elements deep")
    found: dict[str, Any] = {}
    if attributes and element.attrib:
        found[ATTRIBUTES] = dict(element.attrib)
    text = _own_text(element)
    if text:
        if not found and not len(element):
            return text
        found[text_key] = text
    repeated: set[str] = set()
    for child in element:
        data = to_data(child, attributes=attributes, text_key=text_key, depth=depth + 1)
        name = child.tag
        if name in repeated:
            found[name].append(data)
        elif name in found:
            found[name] = [found[name], data]
            repeated.add(name)
        else:
            found[name] = data
    return found or ""


def to_element(name: str, data: Any, *, depth: int = 0, parent: Element | None = None) -> Element:
    """Return an element that holds `data`; raise ValueError for a key that cannot be the name of an element."""
    if depth > DEEPEST:
        raise ValueError(f"The data is nested more than {DEEPEST} levels deep")
    tag = _name(name)
    element = Element(tag) if parent is None else SubElement(parent, tag)
    if isinstance(data, Mapping):
        for key, value in data.items():
            _put(element, as_text(key), value, depth)
    elif isinstance(data, (list, tuple)):
        for item in data:
            to_element("item", item, depth=depth + 1, parent=element)
    else:
        element.text = _legal(as_text(data))
    return element


def _put(element: Element, key: str, value: Any, depth: int) -> None:
    if key == ATTRIBUTES and isinstance(value, Mapping):
        for name, text in value.items():
            element.set(_name(as_text(name)), _legal(as_text(text)))
    elif key == TEXT:
        element.text = _legal(as_text(value))
    elif key.startswith("@"):
        element.set(_name(key[1:]), _legal(as_text(value)))
    elif isinstance(value, (list, tuple)):
        for item in value:
            to_element(key, item, depth=depth + 1, parent=element)
    else:
        to_element(key, value, depth=depth + 1, parent=element)


def _own_text(element: Element) -> str:
    # The text between children belongs to the element too, although ElementTree hangs it on them.
    parts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(part.strip() for part in parts if part.strip())


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text!r} cannot be a name in XML: no spaces, no digit at the start")
    return text


def _legal(text: str) -> str:
    illegal = _ILLEGAL.search(text)
    if illegal:
        raise ValueError(f"XML cannot hold the character {illegal.group()!r}; take it out first")
    return text
