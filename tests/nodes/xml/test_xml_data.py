from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casare.nodes.xml import xml_source
from casare.nodes.xml.xml_data import json_to_xml, parse_xml_text, read_xml_file, write_xml_file, xml_to_json
from casare.nodes.xml.xml_json import DEEPEST
from casare.nodes.xml.xml_query import xpath_query
from casare.sdk import Context

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><lolz>&i;</lolz>"
)
HOSTILE = [
    BOMB,
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    '<?xml version="1.0"?>\n<!-- a comment --><?pi?>\n<!DOCTYPE r><r/>',
    "\ufeff<!DOCTYPE r SYSTEM 'http://example.invalid/r.dtd'><r/>",
    "<!-- > --><!DOCTYPE r><r/>",
    "<!ENTITY x 'y'><r/>",
]

# What XML can hold, without the line ends and outer spaces that XML itself normalises.
LETTERS = st.characters(min_codepoint=0x21, max_codepoint=0x2FFF, exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"])
TAGS = st.from_regex(r"[a-z_][a-z0-9_.-]{0,6}", fullmatch=True)


def records(inner: Any) -> Any:
    return st.dictionaries(TAGS, inner | st.lists(inner, min_size=2, max_size=3), min_size=1, max_size=3)


DATA = records(st.recursive(st.text(LETTERS, min_size=1, max_size=9), records, max_leaves=8))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("ask", [parse_xml_text, xml_to_json, lambda run, text: xpath_query(run, text, "//r")])
def test_a_document_type_is_refused_before_it_is_read(run: Context, ask: Any, text: str) -> None:
    with pytest.raises(ValueError, match="declares a document type"):
        ask(run, text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("pretty", [True, False])
def test_a_document_type_is_neither_read_from_nor_written_to_a_file(
    run: Context, tmp_path: Path, text: str, pretty: bool
) -> None:
    (tmp_path / "in.xml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="declares a document type"):
        read_xml_file(run, "in.xml")
    with pytest.raises(ValueError, match="declares a document type"):
        write_xml_file(run, "out.xml", text, pretty_print=pretty)
    assert not (tmp_path / "out.xml").exists()


@pytest.mark.parametrize("text", ["<a><!-- <!DOCTYPE x> --></a>", "<a><![CDATA[<!DOCTYPE x>]]></a>"])
def test_a_document_type_that_is_only_text_is_fine(run: Context, text: str) -> None:
    assert parse_xml_text(run, text).root_tag == "a"


def test_a_text_that_is_too_large_is_refused(run: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_source, "MAX_CHARACTERS", 20)
    with pytest.raises(ValueError, match="too large: 21 characters"):
        parse_xml_text(run, "<a>12345678901234</a>")
    assert parse_xml_text(run, "<a>1234567890123</a>").root_text == "1234567890123"


def test_a_file_that_is_too_large_is_not_read(run: Context, tmp_path: Path) -> None:
    with (tmp_path / "huge.xml").open("wb") as stream:
        stream.truncate(xml_source.MAX_CHARACTERS + 1)
    with pytest.raises(ValueError, match=r"huge\.xml is too large"):
        read_xml_file(run, "huge.xml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<root/>", ("root", "", 0, True)),
        ("<r>text<a/><b/></r>", ("r", "text", 2, True)),
        ('<?xml version="1.0" encoding="latin-1"?><größe>ü</größe>', ("größe", "ü", 0, True)),
        ("\ufeff<r/>", ("r", "", 0, True)),
        ('<x:r xmlns:x="urn:x"/>', ("{urn:x}r", "", 0, True)),
        ("  <r/>", ("r", "", 0, True)),
    ],
)
def test_the_root_of_a_text_is_told(run: Context, text: str, expected: tuple[Any, ...]) -> None:
    assert parse_xml_text(run, text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "xml_string is empty"),
        ("  \n", "xml_string is empty"),
        ("no xml", r"not well-formed XML: .* \(line 1, column 1\)"),
        ("<a>\n  <b>\n</a>", r"mismatched tag \(line 3, column 3\)"),
        ("<a>&unknown;</a>", "undefined entity"),
        ("<a/><b/>", "junk after document element"),
        ("<a><!DOCTYPE b></a>", "not well-formed"),
    ],
)
def test_a_text_that_is_no_xml_says_where(run: Context, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_xml_text(run, text)


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        ("<r>ü</r>".encode(), "utf-8", "ü"),
        ("<r>ü</r>".encode("latin-1"), "latin-1", "ü"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><r>ü</r>'.encode("latin-1"), "utf-8", "ü"),
        ("<r>ü</r>".encode("utf-8-sig"), "utf-8", "ü"),
        ("<r>ü</r>".encode("utf-16"), "utf-8", "ü"),
    ],
)
def test_a_file_is_read_in_its_own_encoding(run: Context, tmp_path: Path, raw: bytes, encoding: str, text: str) -> None:
    (tmp_path / "r.xml").write_bytes(raw)
    read = read_xml_file(run, "r.xml", encoding=encoding)
    assert read.root_tag == "r"
    assert ElementTree.fromstring(read.xml_string).text == text


@pytest.mark.parametrize(
    ("path", "error"), [("none.xml", FileNotFoundError), (".", IsADirectoryError), ("", ValueError)]
)
def test_a_file_that_is_not_there_is_refused(run: Context, path: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_xml_file(run, path)


@pytest.mark.parametrize(
    ("text", "settings", "written"),
    [
        ("<r><a>1</a><b/></r>", {},
         '<?xml version="1.0" encoding="utf-8"?>\n<r>\n  <a>1</a>\n  <b/>\n</r>\n'),
        ("<r>\n\n <a/> </r>", {"xml_declaration": False}, "<r>\n  <a/>\n</r>\n"),
        ("<r><a/> text <b/></r>", {"xml_declaration": False}, "<r><a/> text <b/></r>\n"),
        ('<!--c--><x:r xmlns:x="urn:x"><!--d--></x:r>', {"xml_declaration": False},
         '<!--c-->\n<x:r xmlns:x="urn:x">\n  <!--d-->\n</x:r>\n'),
        ("<r><a/></r>", {"pretty_print": False, "xml_declaration": "no"}, "<r><a/></r>"),
        ('<?xml version="1.1" encoding="utf-16"?><r/>', {"pretty_print": False},
         '<?xml version="1.0" encoding="utf-8"?>\n<r/>'),
        ("<r>€</r>", {"encoding": "latin-1", "pretty_print": False},
         '<?xml version="1.0" encoding="latin-1"?>\n<r>&#8364;</r>'),
    ],
)  # fmt: skip
def test_xml_is_written_as_asked(
    run: Context, tmp_path: Path, text: str, settings: dict[str, Any], written: str
) -> None:
    result = write_xml_file(run, "deep/r.xml", text, **settings)
    path = tmp_path / "deep" / "r.xml"
    assert result == (str(path), True)
    assert path.read_text(encoding=settings.get("encoding", "utf-8")) == written


@pytest.mark.parametrize("pretty", [True, False])
def test_a_text_that_is_no_xml_leaves_the_old_file_whole(run: Context, tmp_path: Path, pretty: bool) -> None:
    (tmp_path / "r.xml").write_text("old")
    with pytest.raises(ValueError, match="not well-formed"):
        write_xml_file(run, "r.xml", "<r>", pretty_print=pretty)
    assert (tmp_path / "r.xml").read_text() == "old"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=DATA, pretty=st.booleans())
def test_data_survives_becoming_xml_and_coming_back(run: Context, data: dict[str, Any], pretty: bool) -> None:
    text = json_to_xml(run, data, pretty_print=pretty).xml_string
    back = xml_to_json(run, text)
    assert back.json_data == {"root": data}
    assert json.loads(back.json_string) == back.json_data


@pytest.mark.parametrize(
    ("text", "settings", "data"),
    [
        ("<r/>", {}, {"r": ""}),
        ("<r> x </r>", {}, {"r": "x"}),
        ('<r id="1"/>', {}, {"r": {"@attributes": {"id": "1"}}}),
        ('<r id="1">x</r>', {}, {"r": {"@attributes": {"id": "1"}, "#text": "x"}}),
        ('<r id="1">x</r>', {"text_key": "value"}, {"r": {"@attributes": {"id": "1"}, "value": "x"}}),
        ('<r id="1">x</r>', {"include_attributes": False}, {"r": "x"}),
        ("<r><a>1</a><a>2</a><a>3</a><b/></r>", {}, {"r": {"a": ["1", "2", "3"], "b": ""}}),
        ("<r>one<a/>two</r>", {}, {"r": {"#text": "one two", "a": ""}}),
    ],
)
def test_xml_becomes_the_data_it_means(run: Context, text: str, settings: dict[str, Any], data: Any) -> None:
    assert xml_to_json(run, text, **settings).json_data == data


@pytest.mark.parametrize(
    ("data", "settings", "text"),
    [
        ({"a": 1, "b": None, "c": True}, {}, "<root><a>1</a><b /><c>true</c></root>"),
        ([1, 2], {"root_tag": "list"}, "<list><item>1</item><item>2</item></list>"),
        ({"a": [1, {"b": 2}]}, {}, "<root><a>1</a><a><b>2</b></a></root>"),
        ({"@id": 7, "#text": "x"}, {}, '<root id="7">x</root>'),
        ({"@attributes": {"id": "1"}, "a": "é"}, {}, '<root id="1"><a>é</a></root>'),
        ('{"a": 1}', {}, "<root><a>1</a></root>"),
        ({"note": {"a": 1}}, {"root_tag": ""}, "<note><a>1</a></note>"),
        ({"a": "<&>"}, {}, "<root><a>&lt;&amp;&gt;</a></root>"),
        (0, {}, "<root>0</root>"),
        ({}, {}, "<root />"),
    ],
)
def test_data_becomes_the_xml_it_means(run: Context, data: Any, settings: dict[str, Any], text: str) -> None:
    assert json_to_xml(run, data, pretty_print=False, **settings) == (text, True)


def test_xml_from_data_is_indented_unless_told_otherwise(run: Context) -> None:
    assert json_to_xml(run, {"a": {"b": 1}}).xml_string == "<root>\n  <a>\n    <b>1</b>\n  </a>\n</root>"


@pytest.mark.parametrize(
    ("data", "settings", "message"),
    [
        (None, {}, "json_data is empty"),
        ("", {}, "json_data is empty"),
        ("{", {}, "json_data: not JSON"),
        ({"two words": 1}, {}, "'two words' cannot be a name in XML"),
        ({"1st": 1}, {}, "'1st' cannot be a name"),
        ({"<script>": 1}, {}, "cannot be a name"),
        ({"@a b": 1}, {}, "'a b' cannot be a name"),
        ({"a": "\x00"}, {}, "cannot hold the character"),
        ({"a": 1}, {"root_tag": "a b"}, "'a b' cannot be a name"),
        ({"a": 1, "b": 2}, {"root_tag": ""}, "exactly one key"),
    ],
)
def test_data_that_cannot_be_xml_is_refused(run: Context, data: Any, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        json_to_xml(run, data, **settings)


def test_what_is_nested_too_deeply_is_refused_in_both_directions(run: Context) -> None:
    deep = "<a>" * (DEEPEST + 2) + "</a>" * (DEEPEST + 2)
    with pytest.raises(ValueError, match="deep"):
        xml_to_json(run, deep)
    data: Any = 1
    for _ in range(DEEPEST + 2):
        data = {"a": data}
    with pytest.raises(ValueError, match="deep"):
        json_to_xml(run, data)


def test_xml_nested_deeper_than_python_can_go_is_refused_when_indenting(run: Context) -> None:
    with pytest.raises(ValueError, match="switch pretty_print off"):
        write_xml_file(run, "deep.xml", "<a>" * 5000 + "</a>" * 5000)
    assert write_xml_file(run, "deep.xml", "<a>" * 5000 + "</a>" * 5000, pretty_print=False).success
