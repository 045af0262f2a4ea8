"""XML as a whole: parse, read, write, and turn into JSON and back."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple
from xml.etree import ElementTree

from casare.nodes.files.file_text import decoded, known_encoding, marked_encoding
from casare.nodes.files.paths import Encoding, FileToRead, FileToWrite, existing_file, file_to_write
from casare.nodes.xml.xml_json import to_data, to_element
from casare.nodes.xml.xml_source import (
    LAST_XML,
    MAX_CHARACTERS,
    XmlInput,
    declared_encoding,
    indented,
    parse_xml,
    without_declaration,
    xml_or_last,
)
from casare.sdk import (
    Bound,
    Context,
    Cost,
    Out,
    Param,
    Visibility,
    Widget,
    as_flag,
    as_text,
    node,
    parse_json,
    write_json,
)

_LAST_DATA = "_xml_data"
"""The run variable that holds what XML was turned into last, for a JSON to XML that is given nothing."""
_QUERY = Cost(complexity=4, runtime_ms=2, memory_mb=4)
_XmlToUse = Annotated[
    str,
    Param(widget=Widget.MULTILINE, aliases=("xml", "xml_content", "content"), help="The XML text."),
]
_Pretty = Annotated[bool, Param(help="Puts each element on its own line, indented.")]


class ParsedXml(NamedTuple):
    """The root of an XML text."""

    root_tag: str
    root_text: str
    child_count: int
    success: bool


class XmlFile(NamedTuple):
    """What an XML file holds."""

    root_tag: str
    xml_string: str
    success: bool


class WrittenXml(NamedTuple):
    """An XML file that was written."""

    file_path: str
    success: bool


class JsonFromXml(NamedTuple):
    """XML as data."""

    json_data: Annotated[dict[str, Any], Out(aliases=("data", "result"))]
    json_string: Annotated[str, Out(help="The data as JSON text.")]
    success: bool


class XmlFromJson(NamedTuple):
    """Data as XML."""

    xml_string: str
    success: bool


@node(
    "ParseXMLNode",
    title="Parse XML",
    category="documents",
    icon="file-code",
    cost=_QUERY,
    headline="xml_string",
    keywords=("read", "element", "root", "check"),
)
def parse_xml_text(context: Context, xml_string: _XmlToUse) -> ParsedXml:
    """Parse XML text and keep it for the XML nodes that follow.

    The node fails with line and column when the text is not well formed, and for a document type declaration.
    """
    text = as_text(xml_string)
    root = parse_xml(text, "xml_string")
    context.set_variable(LAST_XML, text)
    return ParsedXml(root.tag, root.text or "", len(root), True)


@node(
    "ReadXMLFileNode",
    title="Read XML file",
    category="documents",
    icon="file-code",
    cost=Cost(complexity=4, runtime_ms=15, memory_mb=8, bound=Bound.IO),
    headline="file_path",
    keywords=("load", "open", "parse", "import"),
)
def read_xml_file(context: Context, file_path: FileToRead, *, encoding: Encoding = "utf-8") -> XmlFile:
    """Read an XML file and keep it for the XML nodes that follow.

    A byte order mark, or the encoding the file names in its first line, counts before `encoding` while that is utf-8.
    """
    path = existing_file(context, file_path)
    size = path.stat().st_size
    if size > MAX_CHARACTERS:
        raise ValueError(f"{path} is too large: {size} bytes, of which {MAX_CHARACTERS} are read")
    raw = path.read_bytes()
    named = declared_encoding(raw) if known_encoding(encoding).lower().replace("_", "-") in ("utf-8", "utf8") else ""
    text = decoded(raw, marked_encoding(raw) or named or encoding, path)
    root = parse_xml(text, str(path))
    context.set_variable(LAST_XML, text)
    return XmlFile(root.tag, text, True)


@node(
    "WriteXMLFileNode",
    title="Write XML file",
    category="documents",
    icon="file-code",
    cost=Cost(complexity=5, runtime_ms=25, memory_mb=12, bound=Bound.IO),
    headline="file_path",
    keywords=("save", "store", "export"),
)
def write_xml_file(
    context: Context,
    file_path: FileToWrite,
    xml_string: XmlInput = "",
    *,
    encoding: Encoding = "utf-8",
    pretty_print: _Pretty = True,
    xml_declaration: Annotated[bool, Param(help="Begins with <?xml ...?>, naming the encoding.")] = True,
) -> WrittenXml:
    """Write XML to a file, replacing what was in it.

    Text that is not well formed is refused before the file is touched. A character the encoding lacks is written as a
    character reference.
    """
    text = xml_or_last(context, xml_string)
    name = known_encoding(encoding)
    if as_flag(pretty_print, "pretty_print"):
        body = indented(text, "xml_string")
    else:
        parse_xml(text, "xml_string")
        body = without_declaration(text)
    if as_flag(xml_declaration, "xml_declaration"):
        body = f'<?xml version="1.0" encoding="{name}"?>\n{body}'
    path = file_to_write(context, file_path)
    path.write_bytes(body.encode(name, errors="xmlcharrefreplace"))
    return WrittenXml(str(path), True)


@node(
    "XMLToJsonNode",
    title="XML to JSON",
    category="documents",
    icon="file-braces",
    cost=Cost(complexity=5, runtime_ms=5, memory_mb=8),
    headline="xml_string",
    keywords=("convert", "dict", "transform", "data"),
)
def xml_to_json(
    context: Context,
    xml_string: XmlInput = "",
    *,
    include_attributes: Annotated[bool, Param(help="Keeps attributes, under @attributes.")] = True,
    text_key: Annotated[
        str, Param(visibility=Visibility.ADVANCED, help="The key for text beside attributes or children.")
    ] = "#text",
) -> JsonFromXml:
    """Turn XML into a dict and JSON text.

    An element with text alone becomes that text; a name that comes more than once becomes a list.
    """
    root = parse_xml(xml_or_last(context, xml_string), "xml_string")
    keep = as_flag(include_attributes, "include_attributes")
    data = {root.tag: to_data(root, attributes=keep, text_key=as_text(text_key) or "#text")}
    context.set_variable(_LAST_DATA, data)
    return JsonFromXml(data, write_json(data, "json_string", indent=2), True)


@node(
    "JsonToXMLNode",
    title="JSON to XML",
    category="documents",
    icon="file-code",
    cost=Cost(complexity=5, runtime_ms=5, memory_mb=8),
    headline="root_tag",
    keywords=("convert", "dict", "transform", "data"),
)
def json_to_xml(
    context: Context,
    json_data: Annotated[
        Any,
        Param(
            widget=Widget.JSON,
            aliases=("data", "json", "json_string"),
            help="The data; left empty, what XML was turned into last in this run.",
        ),
    ] = None,
    *,
    root_tag: Annotated[str, Param(help="The name of the outermost element; empty takes the only key.")] = "root",
    pretty_print: _Pretty = True,
) -> XmlFromJson:
    """Turn data into XML text.

    Keys become elements, lists repeat their key (`item` where they have none), `@attributes` or `@name` become
    attributes and `#text` the text. A key that cannot be a name in XML is refused.
    """
    if json_data is None or json_data == "":
        json_data = context.get_variable(_LAST_DATA)
    if json_data is None:
        raise ValueError("json_data is empty; give it a dict, a list or JSON text")
    data = parse_json(json_data, "json_data") if isinstance(json_data, str) else json_data
    name = as_text(root_tag).strip()
    if not name:
        if not isinstance(data, dict) or len(data) != 1:
            raise ValueError("root_tag is empty, which needs data with exactly one key")
        name, data = next(iter(data.items()))
    root = to_element(name, data)
    if as_flag(pretty_print, "pretty_print"):
        ElementTree.indent(root, "  ")
    return XmlFromJson(ElementTree.tostring(root, encoding="unicode"), True)
