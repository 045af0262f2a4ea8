"""XML text read safely, and paths into it.

A document type declaration is refused before the parser sees it: it is where entities are declared, and with them the
texts that swell to gigabytes and the references to other files. Sizes are limited as well.
"""

from __future__ import annotations

import re
from typing import Annotated, Any
from xml.dom import minidom
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from casare.sdk import Context, Param, Widget, as_text

MAX_CHARACTERS = 64 * 1024 * 1024
"""The largest XML text that is read, in characters."""

LAST_XML = "_xml_root"
"""The run variable that holds the text parsed last, for nodes that are given none."""

XmlInput = Annotated[
    str,
    Param(
        widget=Widget.MULTILINE,
        aliases=("xml", "xml_content"),
        help="The XML text; left empty, what was parsed last in this run.",
    ),
]

_PROLOG = re.compile(r"(?:[ \t\r\n]+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml\s.*?\?>\s*", re.DOTALL)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_STEP_AT_END = re.compile(r"/?(?:@([\w.:-]+)|text\(\))$")


def parse_xml(text: str, what: str) -> Element:
    """Return the root element.

    Raises ValueError naming `what`: not well formed (with line and column), a document type declaration, too large.
    """
    ready = _checked(text, what)
    try:
        return ElementTree.fromstring(ready)
    except ElementTree.ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise ValueError(f"{what} is not well-formed XML: {reason} (line {line}, column {column + 1})") from None


def xml_or_last(context: Context, text: object, what: str = "xml_string") -> str:
    """Return the XML text given, or the one parsed last in this run; raise ValueError when there is neither."""
    given = as_text(text)
    if given.strip():
        return given
    last = context.get_variable(LAST_XML)
    if isinstance(last, str) and last:
        return last
    raise ValueError(f"{what} is empty and no XML was parsed before; give it the text, or put Parse XML in front")


def declared_encoding(raw: bytes) -> str:
    """Return the encoding an XML file names in its first line, or ""."""
    found = _DECLARED.match(raw[:200].lstrip())
    return found.group(1).decode("ascii") if found else ""


def without_declaration(text: str) -> str:
    """Return the text without `<?xml ...?>` at its start."""
    return _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)


def find_all(root: Element, path: str) -> tuple[list[Element], str]:
    """Return the elements a path leads to, and what it asks of them: "" (the element), "text()" or "@name".

    `/a/b` starts at the document, `//b` finds everywhere, `b` and `./b` start at the root element. Raises ValueError
    for a path that is not understood: see the help of XPath Query.
    """
    wanted = path.strip()
    end = _STEP_AT_END.search(wanted)
    asked = ""
    if end:
        asked = f"@{end.group(1)}" if end.group(1) else "text()"
        wanted = wanted[: end.start()]
        # `//@id` leaves one slash: the attribute of any element.
        wanted = "//*" if wanted == "/" else wanted or "."
    if wanted.endswith("/"):
        raise ValueError(f"The path {path!r} is not understood: it ends where a name should follow")
    start = root
    if wanted.startswith("/"):
        start = Element("document")
        start.append(root)
        wanted = "." + wanted
    try:
        return start.findall(wanted), asked
    except (SyntaxError, KeyError, IndexError, TypeError, StopIteration) as error:
        raise ValueError(f"The path {path!r} is not understood: {error}") from None


def indented(text: str, what: str) -> str:
    """Return XML text with each element on its own line, without declaration.

    Comments, prefixes and text between elements stay as they are; elements that hold text are not broken up.
    """
    try:
        document = minidom.parseString(_checked(text, what))
    except ExpatError as error:
        raise ValueError(f"{what} is not well-formed XML: {error}") from None
    try:
        for node in document.childNodes:
            _indent(node, 0)
        return "\n".join(node.toxml() for node in document.childNodes) + "\n"
    except RecursionError:
        raise ValueError(f"{what} is nested too deeply to be indented; switch pretty_print off") from None


def _checked(text: str, what: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"{what} is too large: {len(text)} characters, of which {MAX_CHARACTERS} are read")
    ready = text.removeprefix("\ufeff")
    if not ready.strip():
        raise ValueError(f"{what} is empty, so it is no XML")
    prolog = _PROLOG.match(ready)
    if prolog and ready.startswith("<!", prolog.end()):
        raise ValueError(
            f"{what} declares a document type (<!DOCTYPE ...>), which can hide entities that swell; remove it"
        )
    return ready


def _indent(node: Any, depth: int) -> None:
    children = list(node.childNodes)
    blank = [child for child in children if child.nodeType == child.TEXT_NODE and not child.data.strip()]
    inner = [child for child in children if child not in blank]
    if not inner or any(child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE) for child in inner):
        return
    for child in blank:
        node.removeChild(child)
    document = node.ownerDocument
    for child in inner:
        node.insertBefore(document.createTextNode("\n" + "  " * (depth + 1)), child)
        _indent(child, depth + 1)
    node.appendChild(document.createTextNode("\n" + "  " * depth))
