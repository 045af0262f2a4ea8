"""What an expression comes to before a run, and what is known around a node."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.documents.document import Document
from casare.app.templating import Known, known_names, try_out
from casare.catalog import Catalog
from casare.expressions import UNKNOWN, Absent
from casare.model import AddNodes, Connect, Connection, Graph, Node, SetVariables

KNOWN = Known(
    {"rate": 0.5, "rows": [1, 2, 3]}, {"read": {"content": "text"}, "late": {"x": "any"}}, {"read": {"content": "hi"}}
)


@pytest.mark.parametrize(
    ("text", "state", "told"),
    [
        ("{{rate}}", "value", "0.5  (number)"),
        ("{{len(rows) * 2}}", "value", "6  (whole number)"),
        ("{{rows}}", "value", "[1, 2, 3]  (list)"),
        ("Say {{read.content}}", "value", "Say hi  (text)"),
        ("{{late.x}}", "unknown", "late is known once the workflow has run"),
        ("{{rat}}", "error", "there is no variable or node called “rat”"),
        ("{{rows[9]}}", "error", "“rows” has no item 9"),
        ("{{1 / 0}}", "error", "“1 / 0” cannot be worked out: division by zero"),
    ],
)
def test_an_expression_is_tried_with_what_is_known(text: str, state: str, told: str) -> None:
    trial = try_out(text, KNOWN)
    assert (trial.state, trial.text) == (state, told)


@given(st.text("{}[]().*/+-rateows0123 \"'", max_size=40))
def test_whatever_is_typed_a_trial_says_something_and_never_raises(text: str) -> None:
    assert try_out("{{" + text + "}}", KNOWN).state in ("value", "unknown", "error")


def chain(catalog: Catalog) -> Document:
    document = Document(Graph(), catalog=catalog)
    document.do(
        AddNodes(
            (
                Node("set", "SetVariableNode", {"variable_name": "counted", "value": 1}),
                Node("read", "ReadFileNode", {"file_path": "a.txt"}),
                Node("log", "LogNode"),
                Node("apart", "ReadFileNode"),
            )
        )
    )
    document.do(
        Connect((Connection("set", "exec_out", "read", "exec_in"), Connection("read", "exec_out", "log", "exec_in")))
    )
    document.do(SetVariables({"name": {"name": "name", "type": "String", "default_value": "Ann"}, "plain": 7}))
    return document


def test_variables_start_with_their_defaults_and_set_ones_are_not_known_yet(catalog: Catalog) -> None:
    known = known_names(chain(catalog), "log")
    assert (known.value("name"), known.value("plain")) == ("Ann", 7)
    assert isinstance(known.value("counted"), Absent)
    assert known.value("nobody") is UNKNOWN


def test_only_nodes_upstream_are_known_the_nearest_first(catalog: Catalog) -> None:
    known = known_names(chain(catalog), "log", {"read": {"content": "x"}, "apart": {"content": "y"}})
    assert next(iter(known.nodes)) == "read"
    assert "apart" not in known.nodes
    assert set(known.outputs) == {"read"}
    assert known_names(chain(catalog), "set").nodes == {}
