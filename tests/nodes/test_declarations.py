"""What every built-in type owes to the people who meet it in the palette, on the canvas and in old files."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from casare.catalog import Catalog
from casare.catalog.order import CATEGORIES, PLACES
from casare.ui.theme.tokens import DARK, LIGHT

ICONS = {path.stem for path in (Path(__file__).parents[2] / "resources" / "icons").glob("*.svg")} - {"casare"}

# Names under which the sample files of CasareRPA, or the other nodes of a family, refer to an output.
OLD_OUTPUTS = [
    ("DictSetNode", "dict", "result"),
    ("DictMergeNode", "dict", "result"),
    ("DictMergeNode", "merged", "result"),
    ("DictRemoveNode", "dict", "result"),
    ("ListSortNode", "sorted_list", "result"),
    ("ListSortNode", "sorted", "result"),
    ("ListSliceNode", "slice", "result"),
    ("ListLengthNode", "count", "length"),
    ("RandomUUIDNode", "uuid", "result"),
    ("TextSplitNode", "parts", "result"),
    ("TextSubstringNode", "text", "result"),
    ("JsonParseNode", "result", "data"),
    ("GetVariableNode", "result", "value"),
]


def test_every_icon_exists(catalog: Catalog) -> None:
    missing = {spec.id: spec.icon for spec in catalog.types() if spec.icon not in ICONS}
    assert missing == {}


def test_every_category_has_a_colour_in_both_themes_and_a_place_in_the_palette(catalog: Catalog) -> None:
    used = {spec.category for spec in catalog.types()}
    assert used <= set(DARK.categories) - {"unknown"}
    assert set(DARK.categories) == set(LIGHT.categories) == {*CATEGORIES, "unknown"}


def test_no_two_types_of_a_category_share_a_title(catalog: Catalog) -> None:
    titles = Counter((spec.category, spec.title.casefold()) for spec in catalog.types())
    assert [title for title, times in titles.items() if times > 1] == []


def test_a_title_is_written_like_a_sentence(catalog: Catalog) -> None:
    names = {"CSV", "JSON", "XML", "UUID", "UUIDs", "URL", "HTTP", "XPath", "FTP", "PDF", "QR", "Excel", "Word"}
    names |= {"OAuth", "Python", "JavaScript", "PowerShell"}
    for spec in catalog.types():
        first, *rest = spec.title.split()
        assert first[0].isupper(), spec.id
        assert [word for word in rest if not word.islower() and word not in names] == [], spec.id


def test_a_summary_says_in_one_line_what_the_node_does(catalog: Catalog) -> None:
    for spec in catalog.types():
        first = spec.summary.split()[0]
        assert spec.summary.endswith("."), spec.id
        assert len(spec.summary) <= 100, spec.id
        # "Reads a file" and "The file" are no orders to the node; "Pass" and "Across" are.
        assert first.istitle(), spec.id
        assert not re.search(r"[^s]s$", first), spec.id
        assert first not in ("A", "An", "The", "This", "Node"), spec.id
        assert "/" not in spec.summary, spec.id
        assert "\\" not in spec.summary, spec.id


def test_a_headline_names_parameters_of_the_node(catalog: Catalog) -> None:
    for spec in catalog.types():
        told = spec.headline
        names = re.findall(r"\{(\w+)\}", told) if "{" in told else [told] if told else []
        assert [name for name in names if spec.param(name) is None] == [], spec.id
        assert told.count("{") == told.count("}") == len(names) or "{" not in told, spec.id


def test_a_type_can_be_searched_for_and_its_settings_explain_themselves(catalog: Catalog) -> None:
    for spec in catalog.types():
        assert spec.keywords, spec.id
        assert [param.name for param in spec.params if not param.help] == [], spec.id


def test_a_key_of_a_file_means_one_setting_only(catalog: Catalog) -> None:
    for spec in catalog.types():
        names = [name for param in spec.params for name in (param.name, *param.aliases)]
        assert len(names) == len(set(names)), spec.id


def test_a_declared_cost_lies_on_the_scale(catalog: Catalog) -> None:
    for spec in catalog.types():
        assert 1 <= spec.cost.complexity <= 20, spec.id
        assert spec.cost.runtime_ms > 0, spec.id


def test_a_name_of_an_output_means_one_output_only(catalog: Catalog) -> None:
    for spec in catalog.types():
        names = [name for port in spec.outputs for name in (port.name, *port.aliases)]
        assert len(names) == len(set(names)), spec.id


@pytest.mark.parametrize(("type_id", "old", "name"), OLD_OUTPUTS)
def test_an_output_is_found_under_the_name_of_older_files(catalog: Catalog, type_id: str, old: str, name: str) -> None:
    found = catalog.ports(type_id, {}).output(old)
    assert found is not None
    assert found.name == name


def test_every_built_in_type_has_its_place_in_the_palette_and_no_other_has(catalog: Catalog) -> None:
    assert set(PLACES) == {spec.id for spec in catalog.types()}, "name the type in casare/catalog/order.py"


def test_the_palette_begins_with_what_people_need_first(catalog: Catalog) -> None:
    assert catalog.categories() == [
        *("flow", "variables", "data", "text", "maths", "dates", "files", "documents", "network", "system"),
        *("database", "desktop", "mail", "models", "scripts", "triggers"),
    ]
    titles: dict[str, list[str]] = {}
    for entry in catalog.entries():
        titles.setdefault(entry.category, []).append(entry.title)
    assert titles["flow"][:5] == ["Start", "End", "If", "Switch", "For each"]
    assert titles["files"][:3] == ["Read file", "Write file", "Append to file"]
    assert titles["data"][-2:] == ["List", "Dict"]
