from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.nodes.xml.xml_data import parse_xml_text, read_xml_file, write_xml_file, xml_to_json
from casare.nodes.xml.xml_query import get_xml_attribute, get_xml_element, xpath_query
from casare.sdk import Context

SHOP = (
    '<shop name="Käse"><item id="1">Brie<price cur="EUR">4</price></item>'
    '<item id="2"><name>Gouda</name></item><box><item id="3"/></box></shop>'
)


@pytest.mark.parametrize(
    ("xpath", "found"),
    [
        ("//item", ["1", "2", "3"]),
        (".//item", ["1", "2", "3"]),
        ("item", ["1", "2"]),
        ("./item", ["1", "2"]),
        ("/shop/item", ["1", "2"]),
        ("/shop//item", ["1", "2", "3"]),
        ("/other/item", []),
        ("//item[@id='2']", ["2"]),
        ("//item[name='Gouda']", ["2"]),
        ("item[last()]", ["2"]),
        ("item[1]", ["1"]),
        ("box/item", ["3"]),
        ("//price/..", ["1"]),
        ("//{*}item[@id]", ["1", "2", "3"]),
        ("//nothing", []),
    ],
)
def test_a_path_leads_to_its_elements(run: Context, xpath: str, found: list[str]) -> None:
    matches = xpath_query(run, SHOP, xpath)
    assert [match["attrib"]["id"] for match in matches.results] == found
    assert (matches.total, matches.success) == (len(found), True)


@pytest.mark.parametrize(
    ("xpath", "texts"),
    [
        ("//item/@id", ["1", "2", "3"]),
        ("//@id", ["1", "2", "3"]),
        ("@name", ["Käse"]),
        ("/shop/@name", ["Käse"]),
        ("//name/text()", ["Gouda"]),
        ("//item/text()", ["Brie"]),
        ("//item/@missing", []),
    ],
)
def test_a_path_may_end_in_a_text_or_an_attribute(run: Context, xpath: str, texts: list[str]) -> None:
    matches = xpath_query(run, SHOP, xpath)
    assert [match["text"] for match in matches.results] == texts
    assert matches.first_text == (texts[0] if texts else "")


def test_a_match_tells_all_of_an_element(run: Context) -> None:
    matches = xpath_query(run, '<r>\n<a k="v">x<b/></a> tail</r>', "a")
    assert matches.results == [{"tag": "a", "text": "x", "attrib": {"k": "v"}, "tail": " tail"}]


def test_the_root_is_found_wherever_it_is_looked_for(run: Context) -> None:
    for xpath in ("/shop", "//shop", "."):
        assert xpath_query(run, SHOP, xpath).total == 1
    assert get_xml_element(run, SHOP, "shop").attributes == {"name": "Käse"}


@pytest.mark.parametrize("xpath", ["", "  ", "[", "item[", "//", "item[@id=", "item/", "a/b["])
def test_a_path_that_is_none_is_refused(run: Context, xpath: str) -> None:
    with pytest.raises(ValueError, match=r"xpath is empty|is not understood"):
        xpath_query(run, SHOP, xpath)


@given(xpath=st.text("/.*[]@'=()ab1 ", min_size=1, max_size=12))
def test_no_path_fails_in_a_way_nobody_expects(xpath: str) -> None:
    class Empty:
        def get_variable(self, name: str, default: Any = None) -> Any:
            return default

    try:
        found = xpath_query(Empty(), "<a><b a='1'/></a>", xpath)  # type: ignore[arg-type]
    except ValueError as error:
        assert "xpath" in str(error) or "path" in str(error)  # noqa: PT017 - both outcomes are right, nothing else is
    else:
        assert found.total == len(found.results)


@pytest.mark.parametrize(
    ("tag", "index", "expected"),
    [
        ("item", 0, ("item", "Brie", {"id": "1"}, 1, True)),
        ("item", "2", ("item", "", {"id": "3"}, 0, True)),
        ("item", -1, ("item", "", {"id": "3"}, 0, True)),
        ("box/item", 0, ("item", "", {"id": "3"}, 0, True)),
        ("/shop/item", 1, ("item", "", {"id": "2"}, 1, True)),
        ("name", 0, ("name", "Gouda", {}, 0, True)),
        ("item", 3, ("", "", {}, 0, False)),
        ("item", -4, ("", "", {}, 0, False)),
        ("none", 0, ("", "", {}, 0, False)),
    ],
)
def test_an_element_is_got_by_its_name(run: Context, tag: str, index: Any, expected: tuple[Any, ...]) -> None:
    assert get_xml_element(run, SHOP, tag, index) == expected


@pytest.mark.parametrize(
    ("xpath", "name", "expected"),
    [
        (".", "name", ("Käse", True)),
        ("", "name", ("Käse", True)),
        ("//item", "id", ("1", True)),
        ("//item", "@id", ("1", True)),
        ("//price", "cur", ("EUR", True)),
        ("//item", "none", ("", False)),
        ("//none", "id", ("", False)),
    ],
)
def test_an_attribute_is_got_from_the_first_match(
    run: Context, xpath: str, name: str, expected: tuple[str, bool]
) -> None:
    assert get_xml_attribute(run, SHOP, xpath, name) == expected


def test_an_empty_attribute_is_found(run: Context) -> None:
    assert get_xml_attribute(run, '<r a=""/>', ".", "a") == ("", True)


def test_what_was_parsed_last_is_queried_when_no_xml_is_given(run: Context) -> None:
    parse_xml_text(run, "<r><item>first</item></r>")
    assert xpath_query(run, xpath="//item").first_text == "first"
    parse_xml_text(run, SHOP)
    assert xpath_query(run, xpath="//item").first_text == "Brie"
    assert get_xml_element(run, tag_name="name").text == "Gouda"
    assert get_xml_attribute(run, attribute_name="name").value == "Käse"
    assert xml_to_json(run).json_data["shop"]["box"] == {"item": {"@attributes": {"id": "3"}}}


def test_a_file_that_was_read_is_queried_and_written_too(run: Context) -> None:
    write_xml_file(run, "shop.xml", SHOP)
    read_xml_file(run, "shop.xml")
    assert xpath_query(run, xpath="//name").first_text == "Gouda"
    assert write_xml_file(run, "again.xml").success


@pytest.mark.parametrize(
    "ask",
    [
        lambda run: xpath_query(run, "", "//a"),
        lambda run: get_xml_element(run, "", "a"),
        lambda run: get_xml_attribute(run, "", ".", "a"),
        xml_to_json,
        lambda run: write_xml_file(run, "x.xml"),
    ],
)
def test_without_any_xml_the_person_is_told_what_to_do(run: Context, ask: Any) -> None:
    with pytest.raises(ValueError, match="put Parse XML in front"):
        ask(run)


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda run: get_xml_element(run, SHOP), "tag_name"),
        (lambda run: get_xml_attribute(run, SHOP), "attribute_name"),
        (lambda run: xpath_query(run, SHOP), "xpath"),
    ],
)
def test_a_question_that_is_empty_is_named(run: Context, ask: Any, name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is empty"):
        ask(run)
