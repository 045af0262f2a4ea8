"""What real CasareRPA files say about files, dates, chance and XML is done by their nodes as the files mean it."""

from __future__ import annotations

import importlib
import re
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casare.nodes.files.file_facts import file_exists
from casare.nodes.files.file_families import FILE_SYSTEM
from casare.sdk import Context, NodeType, declared_types

MODULES = (
    "casare.nodes.files.files",
    "casare.nodes.files.file_moves",
    "casare.nodes.files.file_facts",
    "casare.nodes.files.folders",
    "casare.nodes.values.randoms",
    "casare.nodes.values.dates",
    "casare.nodes.xml.xml_data",
    "casare.nodes.xml.xml_query",
    "casare.nodes.system.system",
)
SPECS: dict[str, NodeType] = {
    spec.id: spec for name in MODULES for spec in declared_types(importlib.import_module(name))
}


class Flow:
    """Runs nodes of a file one by one: aliases to their settings, templates to the outputs of the node before."""

    def __init__(self, run: Context) -> None:
        self.run = run
        self.values: dict[str, Any] = {}

    def step(self, name: str, type_id: str, config: dict[str, Any]) -> dict[str, Any]:
        spec = SPECS[type_id]
        body = getattr(importlib.import_module(spec.module), spec.qualname)
        arguments: dict[str, Any] = {}
        for key, value in config.items():
            param = spec.param(key)
            assert param is not None, f"{type_id} has no setting {key}"
            arguments[param.name] = self._filled(value)
        if "context" in body.__annotations__:
            arguments["context"] = self.run
        result = body(**arguments)
        ports = [port.name for port in spec.outputs if port.name != "exec_out"]
        outputs = dict(zip(ports, result if isinstance(result, tuple) else (result,), strict=True))
        self.values.update({f"{name}.{port}": value for port, value in outputs.items()})
        return outputs

    def _filled(self, value: Any) -> Any:
        found = re.fullmatch(r"\{\{(.+)\}\}", value) if isinstance(value, str) else None
        return self.values[found.group(1)] if found else value


def test_the_file_sample_leaves_one_file_with_both_texts(run: Context, tmp_path: Path) -> None:
    folder = "test_output/node_tests_v2"
    steps = [
        {"action": "Create Directory", "directory_path": folder},
        {"action": "Write File", "file_path": f"{folder}/test.txt", "content": "Hello World!"},
        {"action": "File Exists", "path": f"{folder}/test.txt"},
        {"action": "Read File", "file_path": f"{folder}/test.txt"},
        {"action": "Append File", "file_path": f"{folder}/test.txt", "content": "\nAppended!"},
        {"action": "Copy File", "source_path": f"{folder}/test.txt", "dest_path": f"{folder}/test_copy.txt"},
        {"action": "List Directory", "dir_path": folder},
        {"action": "Move File", "source_path": f"{folder}/test_copy.txt", "dest_path": f"{folder}/test_moved.txt"},
        {"action": "Delete File", "file_path": f"{folder}/test_moved.txt"},
    ]
    members = dict(FILE_SYSTEM.members)
    # Twice, because a person runs a workflow again.
    for _ in range(2):
        flow = Flow(run)
        results = [
            flow.step(str(number), members[step["action"]], {key: step[key] for key in step if key != "action"})
            for number, step in enumerate(steps)
        ]
        assert results[2] == {"exists": True, "is_file": True, "is_dir": False}
        assert results[3] == {"content": "Hello World!", "size": 12, "success": True}
        assert [Path(item).name for item in results[6]["items"]] == ["test.txt", "test_copy.txt"]
        assert [path.name for path in (tmp_path / folder).iterdir()] == ["test.txt"]
        assert (tmp_path / folder / "test.txt").read_text() == "Hello World!\nAppended!"


def test_the_check_of_the_stress_sample_finds_no_file(run: Context) -> None:
    assert file_exists(run, "stress_test_file.txt").exists is False


def test_the_utility_sample_gets_its_random_values(run: Context) -> None:
    flow = Flow(run)
    assert 1 <= flow.step("number", "RandomNumberNode", {"min_value": 1, "max_value": 100})["result"] <= 100
    assert 5 <= flow.step("older", "RandomNumberNode", {"min": 5, "max": "6"})["result"] <= 6
    assert re.fullmatch("[A-Za-z0-9]{10}", flow.step("text", "RandomStringNode", {"length": 10})["result"])
    assert uuid.UUID(flow.step("uuid", "RandomUUIDNode", {})["result"]).version == 4
    assert sorted(flow.step("shuffle", "ShuffleListNode", {"list": [3, 1, 2]})["result"]) == [1, 2, 3]


def test_the_system_sample_adds_a_day_and_counts_the_days_since(run: Context) -> None:
    flow = Flow(run)
    flow.step("get_datetime", "GetCurrentDateTimeNode", {})
    flow.step("datetime_add", "DateTimeAddNode", {"datetime": "{{get_datetime.datetime}}", "days": 1})
    flow.step(
        "datetime_diff",
        "DateTimeDiffNode",
        {"datetime_1": "2024-01-01T00:00:00", "datetime_2": "{{get_datetime.datetime}}"},
    )
    now = datetime.fromisoformat(flow.values["get_datetime.datetime"])
    assert datetime.fromisoformat(flow.values["datetime_add.result"]) - now == timedelta(days=1)
    assert flow.values["datetime_diff.total_days"] == pytest.approx((now - datetime(2024, 1, 1)) / timedelta(days=1))


def test_the_system_sample_reads_the_environment_by_name(run: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASARE_SAMPLE", "here")
    found = Flow(run).step("env", "EnvironmentVariableNode", {"name": "CASARE_SAMPLE"})
    assert found == {"result_value": "here", "exists": True, "success": True}


def test_the_xml_sample_queries_what_it_parsed_without_a_wire(run: Context) -> None:
    flow = Flow(run)
    xml = '<root><item id="1">Test</item></root>'
    assert flow.step("parse", "ParseXMLNode", {"xml_string": xml})["child_count"] == 1
    assert flow.step("query", "XPathQueryNode", {"query": "//item"})["first_text"] == "Test"
    assert flow.step("element", "GetXMLElementNode", {"path": "item"})["attributes"] == {"id": "1"}
    assert flow.step("attribute", "GetXMLAttributeNode", {"attribute": "id"})["found"] is False
    data = flow.step("json", "XMLToJsonNode", {})["json_data"]
    assert data == {"root": {"item": {"@attributes": {"id": "1"}, "#text": "Test"}}}
    back = flow.step("xml", "JsonToXMLNode", {"json_data": "{{json.json_data}}", "root_tag": "", "pretty_print": False})
    assert back["xml_string"] == xml
