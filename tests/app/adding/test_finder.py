"""Finding a node type for one place on the canvas."""

from __future__ import annotations

from pathlib import Path

import pytest

from casare.app.adding import Context, Habits, NodeFinder, ports_in_words
from casare.app.adding.context import USUAL
from casare.app.adding.finder import SHORTHANDS
from casare.app.editing import End
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.sdk import PortKind
from casare.ui.panels.palette.rows import entry_fields

FIRST = {
    "if": "If", "condition": "If", "?": "If", "for": "For each", "each": "For each", "loop": "For each",
    "while": "While", "switch": "Switch", "try": "Try", "catch": "Catch", "retry": "Retry", "merge": "Merge",
    "fork": "Fork", "log": "Log", "print": "Log", "echo": "Log", "wait": "Wait", "sleep": "Wait", "#": "Comment",
    "set var": "Set variable", "var set": "Set variable", "sv": "Set variable", "gv": "Get variable",
    "inc": "Increment variable", "counter": "Increment variable", "convert": "Transform", "to text": "Transform",
    "list item": "Item of list", "len": "Length of list", "append list": "Append to list", "sort": "Sort list",
    "sl": "Sort list", "filter": "Filter list", "map": "Map list", "sum": "Reduce list", "dedupe": "Unique items",
    "shuffle": "Shuffle list", "dict get": "Get from dict", "gd": "Get from dict", "merge dict": "Merge dicts",
    "json": "Parse JSON", "parse json": "Parse JSON", "json parse": "Parse JSON", "pj": "Parse JSON",
    "to json": "Write JSON", "stringify": "Write JSON", "diff tables": "Compare tables",
    "template": "Fill in template", "concat": "Concatenate", "rplc": "Replace text", "replcae": "Replace text",
    "split": "Split text", "splt": "Split text", "join text": "Join texts", "trim": "Trim text",
    "upper": "Change case", "substring": "Part of text", "regex": "Find by pattern", "uuid": "Random UUID",
    "base64": "Base64", "calc": "Calculate", "+": "Calculate", "==": "Compare", "dice": "Random number",
    "now": "Current date and time", "date format": "Format date", "tomorrow": "Add to date",
    "file read": "Read file", "rf": "Read file", "wf": "Write file", "rm": "Delete file", "mkdir": "Create folder",
    "ls": "List folder", "csv": "Read CSV", "rcsv": "Read CSV", "write csv": "Write CSV", "zip": "Zip files",
    "xpath": "XPath query", "url": "Build URL", "env": "Environment variable", "cpu": "System info",
    "http": "HTTP request", "fetch": "HTTP request", "curl": "HTTP request", "post": "POST request",
    "download": "Download file", "mail": "Send email", "read mail": "Read emails", "sql": "Query database",
    "pdf": "Read PDF text", "py": "Run Python script", "js": "Run JavaScript", "bash": "Run shell script",
    "throw": "Throw error", "raise": "Throw error", "finally": "Finally", "dot": "Reroute",
}  # fmt: skip
"""Query to first hit, frozen: a change of the ranking that moves one of these is a change people feel."""


def titles(finder: NodeFinder, query: str = "") -> list[str]:
    return [entry.title for entry in finder.find(query)]


@pytest.fixture(scope="module")
def anywhere(catalog: Catalog) -> NodeFinder:
    return NodeFinder(Graph(), catalog, entry_fields)


@pytest.mark.parametrize(("query", "title"), FIRST.items())
def test_the_first_hit_is_the_node_that_is_meant(anywhere: NodeFinder, query: str, title: str) -> None:
    assert titles(anywhere, query)[0] == title


def test_the_table_of_queries_is_no_smaller_than_promised() -> None:
    assert len(FIRST) >= 60


def test_signs_that_mean_nothing_find_nothing(anywhere: NodeFinder) -> None:
    assert titles(anywhere, "§§") == []


def test_a_wire_leaves_only_what_has_a_port_that_fits(catalog: Catalog) -> None:
    graph = Graph([Node("n", "ListLengthNode")])
    fitting = NodeFinder(graph, catalog, entry_fields, context=Context(end=End("n", "exec_out", True)))
    for entry in fitting.find(""):
        ports = catalog.ports(entry.type_id, entry.preset)
        assert any(port.kind is PortKind.CONTROL for port in ports.inputs), entry.title


def test_what_follows_in_the_document_comes_first(catalog: Catalog) -> None:
    nodes = [Node(f"s{n}", "SetVariableNode") for n in range(3)] + [Node(f"w{n}", "WaitNode") for n in range(3)]
    wires = [Connection(f"s{n}", "exec_out", f"w{n}", "exec_in") for n in range(2)]
    finder = NodeFinder(Graph(nodes, wires), catalog, entry_fields, context=Context("s2"))
    assert titles(finder)[0] == "Wait"


def test_what_was_added_lately_comes_before_what_was_not(catalog: Catalog, tmp_path: Path) -> None:
    habits = Habits(tmp_path / "added.json")
    habits.note("ZipFilesNode")
    finder = NodeFinder(Graph(), catalog, entry_fields, habits)
    assert titles(finder)[0] == "Zip files"
    assert titles(finder, "read file")[0] == "Read file", "words win over habits"


def test_a_node_made_for_the_type_of_the_port_comes_early(catalog: Catalog) -> None:
    graph = Graph([Node("n", "ListSortNode")])
    finder = NodeFinder(graph, catalog, entry_fields, context=Context("n"))
    assert "List contains" in titles(finder)[:25]


def test_ports_are_told_in_a_line(catalog: Catalog) -> None:
    entry = next(one for one in catalog.entries() if one.title == "Split text")
    words = ports_in_words(catalog, entry)
    assert words.startswith("text")
    assert "→" in words


def test_every_name_that_habits_and_shorthands_know_is_one_of_the_catalog(catalog: Catalog) -> None:
    known = {entry.described_by for entry in catalog.entries()}
    assert set(SHORTHANDS.values()) <= known
    assert set(USUAL) <= known
    assert {one for following in USUAL.values() for one in following} <= known
