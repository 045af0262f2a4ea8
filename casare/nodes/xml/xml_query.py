"""Questions to XML: elements and attributes by path or by name.

A node that is given no XML takes the text that was parsed last in this run, so that queries can follow Parse XML
without a wire.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple
from xml.etree.ElementTree import Element

from casare.nodes.xml.xml_source import XmlInput, find_all, parse_xml, xml_or_last
from casare.sdk import Context, Cost, Out, Param, as_integer, as_text, node

_QUERY = Cost(complexity=4, runtime_ms=2, memory_mb=4)


class Matches(NamedTuple):
    """What a query found."""

    results: Annotated[list[dict[str, Any]], Out(help="A dict with tag, text, attrib and tail for each match.")]
    total: Annotated[int, Out("count")]
    first_text: Annotated[str, Out(help="The text of the first match, empty when there is none.")]
    success: bool


class FoundElement(NamedTuple):
    """One element, empty when it is not there."""

    tag: str
    text: str
    attributes: dict[str, str]
    child_count: int
    found: bool


class FoundAttribute(NamedTuple):
    """One attribute, empty when it is not there."""

    value: str
    found: bool


@node(
    "XPathQueryNode",
    title="XPath query",
    category="documents",
    icon="search",
    cost=_QUERY,
    headline="xpath",
    keywords=("find", "select", "element", "attribute"),
)
def xpath_query(
    context: Context,
    xml_string: XmlInput = "",
    xpath: Annotated[
        str, Param(aliases=("query", "path", "expression"), placeholder="//item[@id='1']", help="What to find.")
    ] = "",
) -> Matches:
    """Find the elements an XPath leads to.

    Understood: `/root/item`, `//item`, `item/name`, `..`, `*`, `[@id]`, `[@id='1']`, `[name='x']`, `[1]`, `[last()]`,
    and at the end `/text()` or `/@name`. With namespaces write `{*}item` or `{http://...}item`.
    """
    wanted = as_text(xpath).strip()
    if not wanted:
        raise ValueError("xpath is empty; write a path there, such as //item")
    elements, asked = find_all(parse_xml(xml_or_last(context, xml_string), "xml_string"), wanted)
    results = [found for element in elements if (found := _match(element, asked)) is not None]
    return Matches(results, len(results), results[0]["text"] if results else "", True)


@node(
    "GetXMLElementNode",
    title="Get XML element",
    category="documents",
    icon="code",
    cost=_QUERY,
    headline="tag_name",
    keywords=("find", "tag", "child", "text"),
)
def get_xml_element(
    context: Context,
    xml_string: XmlInput = "",
    tag_name: Annotated[
        str, Param(aliases=("path", "tag", "element"), placeholder="item", help="The name, or a path such as a/b.")
    ] = "",
    index: Annotated[int, Param(help="Which one, counted from 0; negative counts from the end.")] = 0,
) -> FoundElement:
    """Get one element by its name, wherever it is.

    When there is no such element, `found` is false and the node goes on.
    """
    wanted = as_text(tag_name).strip()
    if not wanted:
        raise ValueError("tag_name is empty; write the name of an element there")
    root = parse_xml(xml_or_last(context, xml_string), "xml_string")
    elements, _ = find_all(root, wanted if wanted.startswith(("/", ".")) else f"//{wanted}")
    position = as_integer(index, "index")
    if not -len(elements) <= position < len(elements):
        return FoundElement("", "", {}, 0, False)
    element = elements[position]
    return FoundElement(element.tag, element.text or "", dict(element.attrib), len(element), True)


@node(
    "GetXMLAttributeNode",
    title="Get XML attribute",
    category="documents",
    icon="tag",
    cost=_QUERY,
    headline="{xpath} @{attribute_name}",
    keywords=("find", "value", "property"),
)
def get_xml_attribute(
    context: Context,
    xml_string: XmlInput = "",
    xpath: Annotated[
        str, Param(aliases=("query", "path"), placeholder="//item", help="Which element; a dot is the root.")
    ] = ".",
    attribute_name: Annotated[
        str, Param(aliases=("attribute", "attr", "name"), placeholder="id", help="The name of the attribute.")
    ] = "",
) -> FoundAttribute:
    """Get an attribute of the first element a path leads to.

    When there is no such element or attribute, `found` is false and the node goes on.
    """
    name = as_text(attribute_name).strip().removeprefix("@")
    if not name:
        raise ValueError("attribute_name is empty; write the name of an attribute there")
    root = parse_xml(xml_or_last(context, xml_string), "xml_string")
    elements, _ = find_all(root, as_text(xpath).strip() or ".")
    value = elements[0].get(name) if elements else None
    return FoundAttribute(value or "", value is not None)


def _match(element: Element, asked: str) -> dict[str, Any] | None:
    if asked.startswith("@"):
        value = element.get(asked[1:])
        return None if value is None else {"tag": asked, "text": value, "attrib": {}, "tail": ""}
    if asked:
        return {"tag": asked, "text": element.text, "attrib": {}, "tail": ""} if element.text else None
    return {
        "tag": element.tag,
        "text": element.text or "",
        "attrib": dict(element.attrib),
        "tail": element.tail or "",
    }
