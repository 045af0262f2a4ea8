"""What goes past a node that is bypassed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casare.catalog import Catalog
from casare.engine.steps.passing import ways_past

BYPASS = {"_disabled": True, "_bypass": True}


def test_a_value_goes_to_the_output_of_its_type(catalog: Catalog) -> None:
    assert ways_past(catalog.ports("TextReplaceNode", {}))["result"] == "text"
    assert ways_past(catalog.ports("ListSortNode", {}))["result"] == "list"


def test_nothing_goes_where_no_type_fits(catalog: Catalog) -> None:
    past = ways_past(catalog.ports("ListLengthNode", {}))
    assert past.get("length") is None


def test_a_bypassed_node_hands_its_value_on_where_a_disabled_one_does_not(run: Callable[..., Any]) -> None:
    nodes = {
        "a": ("ConcatenateNode", {"string_1": "x", "string_2": "y"}),
        "d": ("TextReverseNode", {}),
        "z": ("TextCaseNode", {"case": "uppercase"}),
    }
    wires = "a>d>z a.result->d.text d.result->z.text"
    given = run(nodes | {"d": ("TextReverseNode", BYPASS)}, wires)
    assert given.outputs["z"]["result"] == "XY"
    assert next(one for one in given.nodes if one.id == "d").status == "bypassed"
    disabled = run(nodes | {"d": ("TextReverseNode", {"_disabled": True})}, wires)
    assert disabled.outputs.get("z", {}).get("result") != "XY"
