"""`casare run`: the real samples to their end with the values they should have, and the contract of the command."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from real_samples import sample

from casare.cli.outputs import model_of
from casare.engine.keeping.records import RunBook
from casare.foundation.resources import samples

Casare = Callable[..., Any]


@pytest.fixture
def told(casare: Casare, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that runs a copy of a real file in a folder of its own and returns the JSON it prints."""

    def run(name: str, *words: str) -> Any:
        path = tmp_path / name
        shutil.copy(sample(name), path)
        answer = casare("run", path, "--json", *words)
        assert (answer.code, answer.err) == (0, "")
        model_of("run").model_validate_json(answer.out)
        found = json.loads(answer.out)
        assert (found["status"], found["errors"]) == ("completed", [])
        return found

    return run


def flow(path: Path, nodes: dict[str, Any], wires: list[tuple[str, str, str, str]], **more: Any) -> Path:
    raw = {
        "metadata": {"name": path.stem},
        "nodes": {
            name: {"node_id": name, "node_type": kind, "config": config, "position": [0, 0]}
            for name, (kind, config) in nodes.items()
        },
        "connections": [
            dict(zip(("source_node", "source_port", "target_node", "target_port"), wire, strict=True)) for wire in wires
        ],
        "variables": {},
        "settings": {},
        **more,
    }
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_batch_1_1_variables_and_dicts(told: Callable[..., Any]) -> None:
    found = told("batch_1_1_variables.json")
    assert found["variables"] == {
        "my_string": "Hello World",
        "my_int": 52,
        "my_list": [1, 2, 3],
        "my_dict": {"a": 1, "b": 2},
    }
    out = found["outputs"]
    person = {"name": "Alice", "age": 30, "city": "NYC"}
    assert out["get_string"]["value"] == "Hello World"
    assert out["create_dict"]["dict"] == person
    assert out["dict_get"] == {"value": "Alice", "found": True}
    assert out["dict_set"]["result"] == person | {"country": "USA"}
    assert out["dict_has_key"]["has_key"] is True
    assert out["dict_keys"] == {"keys": ["name", "age", "city", "country"], "count": 4}
    assert out["dict_values"]["values"] == ["Alice", 30, "NYC", "USA"]
    assert out["dict_items"]["items"][0] == {"key": "name", "value": "Alice"}
    assert out["dict_merge"]["result"] == person | {"country": "USA", "x": 100, "y": 200}
    assert out["dict_remove"]["result"] == person | {"country": "USA", "y": 200}
    assert json.loads(out["dict_to_json"]["json_string"]) == person | {"country": "USA", "y": 200}
    assert out["create_list"]["list"] == ["apple", "banana", "cherry", "date", "elderberry"]
    assert out["json_parse"]["data"] == {"parsed": True, "count": 5}
    assert [line["message"] for line in found["log"]] == ["All variable & dict tests passed!"]
    assert {node["runs"] for node in found["nodes"]} == {1}


def test_batch_1_3_strings(told: Callable[..., Any]) -> None:
    found = told("batch_1_3_strings.json")
    out = found["outputs"]
    results = {
        "text_trim": "Hello World!",
        "text_case_upper": "HELLO WORLD!",
        "text_case_lower": "hello world!",
        "text_replace": "Hello CasareRPA!",
        "text_contains": True,
        "text_starts_with": True,
        "text_ends_with": True,
        "text_substring": "Hello",
        "text_split": ["apple", "banana", "cherry"],
        "text_join": "apple | banana | cherry",
        "text_pad": "00042",
        "text_reverse": "olleH",
        "concatenate": "Hello World",
        "format_string": "Name: Alice, Age: 30",
    }
    for name, expected in results.items():
        assert expected in out[name].values(), name
    assert 2 in out["text_count"].values()
    assert ["line1", "line2", "line3"] in out["text_lines"].values()
    assert "test@example.com" in str(out["regex_extract"])
    assert "$100.50" in str(out["regex_match"])
    assert found["log"][-1]["message"] == "All string tests passed! Reversed: olleH"


def test_batch_1_5_control_flow(told: Callable[..., Any]) -> None:
    found = told("batch_1_5_control_flow.json")
    assert [line["message"] for line in found["log"]] == [
        "Value is greater than 50",
        *("Item: A", "Item: B", "Item: C"),
        *("Counter: 1", "Counter: 2", "Counter: 3"),
        "Selected: Option B",
        "All control flow tests passed!",
    ]
    statuses = {node["id"]: (node["status"], node["runs"]) for node in found["nodes"]}
    bypassed = {name for name, (status, _) in statuses.items() if status == "bypassed"}
    assert bypassed == {"log_false", "log_option_a", "log_option_c", "log_default"}
    assert statuses["log_item"] == ("completed", 3)
    assert statuses["merge_switch"] == ("completed", 1)
    assert found["variables"]["counter"] == 3


@pytest.mark.parametrize("sandboxed", [False, True])
def test_batch_2_1_files(sandboxed: bool, told: Callable[..., Any], tmp_path: Path) -> None:
    found = told("batch_2_1_files.json", *(["--sandbox", str(tmp_path)] if sandboxed else []))
    folder = tmp_path / "test_output" / "node_tests_v2"
    assert [path.name for path in folder.iterdir()] == ["test.txt"]
    assert (folder / "test.txt").read_text(encoding="utf-8") == "Hello World!\nAppended!"
    assert found["outputs"]["fs_exists"]["exists"] is True
    assert found["outputs"]["fs_read"]["content"] == "Hello World!"


def test_batch_5_1_utility(told: Callable[..., Any]) -> None:
    found = told("batch_5_1_utility.json")
    number, uuid = found["outputs"]["random_number"]["result"], found["outputs"]["random_uuid"]["result"]
    assert 1 <= number <= 100
    assert len(found["outputs"]["random_string"]["result"]) == 10
    assert found["log"][0]["message"] == f"Utility tests passed! Random: {number}, UUID: {uuid}"


def test_batch_7_1_dict_nodes_without_inputs(told: Callable[..., Any]) -> None:
    found = told("batch_7_1_dict.json")
    out = found["outputs"]
    assert out["create_dict"]["dict"] == {}
    assert out["dict_set"]["result"] == {"name": "test"}
    assert (out["dict_get"]["found"], out["dict_keys"]["keys"], out["dict_merge"]["result"]) == (False, [], {})
    assert found["log"][-1]["message"] == "Dict nodes tested!"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("task_1.json", "The total sum is: 15"),
        ("task_2.json", "Hello, my name is Alice and I am 30 years old"),
        ("task_3.json", "The final result is: 40.0"),
        ("task_4.json", "File does not exist"),
    ],
)
def test_tasks_end_with_the_line_they_should(name: str, message: str, told: Callable[..., Any]) -> None:
    assert [line["message"] for line in told(name)["log"]] == [message]


def test_task_4_deletes_the_file_when_it_is_there(told: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "stress_test_file.txt").write_text("x", encoding="utf-8")
    found = told("task_4.json")
    assert not (tmp_path / "stress_test_file.txt").exists()
    assert {node["id"] for node in found["nodes"] if node["status"] == "bypassed"} == {"log_not_found"}


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("orders-daily", lambda out: set(out["report"]["dict"]) == {"total", "tax", "shipping"}),
        ("approval", lambda out: out["decision"]["dict"]["approver"] in ("automatic", "head of engineering")),
        ("nested-loops", lambda out: out["add"]["value"] == pytest.approx(296.67, abs=0.1)),
        ("classify-documents", lambda out: out["inbox"]["count"] == 3),
        ("etl-with-retries", lambda out: out["retry"]["attempt"] == 1),
        ("text-report", lambda out: out["report"]["result"].count("\n") == 2),
        ("api-orchestration-as-files", lambda out: set(out["join"]["results"]) == {"branch_1", "compare"}),
    ],
)
def test_the_products_own_samples_run(name: str, check: Callable[[Any], bool], casare: Casare, tmp_path: Path) -> None:
    shutil.copytree(samples(), tmp_path / "samples")
    answer = casare("run", tmp_path / "samples" / f"{name}.json", "--json")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert found["status"] == "completed"
    assert check(found["outputs"])


def test_a_variable_can_be_set_with_its_declared_type(casare: Casare, tmp_path: Path) -> None:
    path = flow(
        tmp_path / "f.json",
        {"a": ("LogNode", {"message": "{{limit + 1}} {{name}} {{free}}"})},
        [],
        variables={"limit": {"type": "Integer", "default_value": 1}, "name": {"type": "String", "default_value": ""}},
    )
    answer = casare("run", path, "--json", "--set", "limit=41", "--set", "name=7", "--set", "free=[1, 2]")
    assert json.loads(answer.out)["log"][0]["message"] == "42 7 [1, 2]"


def test_a_value_of_the_wrong_type_is_a_usage_error(casare: Casare, tmp_path: Path) -> None:
    path = flow(tmp_path / "f.json", {}, [], variables={"limit": {"type": "Integer", "default_value": 1}})
    answer = casare("run", path, "--set", "limit=many")
    assert (answer.code, answer.out) == (2, "")
    assert "--set limit" in answer.err


@pytest.mark.parametrize("words", [["--set", "novalue"], ["--sandbox", "nowhere/at/all"], ["--workers", "0"]])
def test_bad_words_are_a_usage_error(words: list[str], casare: Casare, orders: Path) -> None:
    assert casare("run", orders, *words).code == 2


def test_a_failed_run_exits_with_1_and_its_report_is_complete(casare: Casare, tmp_path: Path) -> None:
    path = flow(
        tmp_path / "f.json",
        {
            "a": ("LogNode", {"message": "before"}),
            "b": ("ThrowErrorNode", {"error_message": "no"}),
            "c": ("EndNode", {}),
        },
        [("a", "exec_out", "b", "exec_in"), ("b", "exec_out", "c", "exec_in")],
    )
    answer = casare("run", path, "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["status"]) == (1, "failed")
    assert [(node["id"], node["status"]) for node in found["nodes"]] == [
        *(("a", "completed"), ("b", "failed"), ("c", "skipped"))
    ]
    assert [(error["node_id"], error["message"]) for error in found["errors"]] == [("b", "no")]
    shown = casare("run", path)
    assert shown.code == 1
    assert "before" in shown.out
    assert "error: no" in shown.out


def test_a_run_that_takes_too_long_is_given_up(casare: Casare, tmp_path: Path) -> None:
    path = flow(tmp_path / "f.json", {"a": ("WaitNode", {"duration": 60})}, [])
    answer = casare("run", path, "--json", "--timeout", "0.05")
    assert (answer.code, json.loads(answer.out)["status"]) == (1, "failed")


def test_a_run_may_not_leave_its_sandbox(casare: Casare, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = flow(
        tmp_path / "f.json",
        {"a": ("FileSystemSuperNode", {"action": "Write File", "file_path": "../out.txt", "content": "x"})},
        [],
    )
    answer = casare("run", path, "--json", "--sandbox", inside)
    found = json.loads(answer.out)
    assert (answer.code, found["errors"][0]["node_id"]) == (1, "a")
    assert "outside" in found["errors"][0]["message"]
    assert not (tmp_path / "out.txt").exists()


def test_sensitive_values_are_masked_everywhere(casare: Casare, tmp_path: Path) -> None:
    path = flow(
        tmp_path / "f.json",
        {"a": ("LogNode", {"message": "key {{key}}"}),
         "b": ("SetVariableNode", {"variable_name": "k", "value": "{{key}}"}),
         "c": ("ThrowErrorNode", {"error_message": "bad {{key}}"})},
        [("a", "exec_out", "b", "exec_in"), ("b", "exec_out", "c", "exec_in")],
        variables={"key": {"type": "String", "default_value": "hunter2!", "sensitive": True}},
    )  # fmt: skip
    for words in (["--json"], []):
        answer = casare("run", path, *words)
        assert "hunter2!" not in answer.out + answer.err
    book = RunBook()
    nodes = [node for run in book.runs() for node in book.nodes(run.id)]
    assert nodes
    assert "hunter2!" not in str(nodes)


def test_a_file_that_is_no_workflow_is_bad_input(casare: Casare, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("no", encoding="utf-8")
    answer = casare("run", path, "--json")
    assert (answer.code, answer.out) == (2, "")


def test_every_run_is_written_down(casare: Casare, orders: Path, tmp_path: Path) -> None:
    shutil.copytree(samples(), tmp_path / "samples")
    path = tmp_path / "samples" / "nested-loops.json"
    casare("run", path, "--json")
    casare("run", path, "--json", "--metrics", "off")
    book = RunBook()
    runs = book.runs()
    assert [run.status for run in runs] == ["completed", "completed"]
    assert book.nodes(runs[0].id) == []
    prices = [node for node in book.nodes(runs[1].id) if node.node_id == "price"]
    assert [node.turns for node in prices] == [(row, column) for row in range(3) for column in range(3)]
    assert {node.status for node in prices} == {"completed"}


def test_running_imports_no_qt(casare: Casare, orders: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from casare.cli.entry import main\n"
        f"code = main(['run', {str(orders)!r}, '--json', '--sandbox', {str(tmp_path)!r}])\n"
        "sys.exit(3 if 'PySide6' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0


def test_results_of_the_run_before_are_used_again_when_asked_for(casare: Casare, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    read = ("ReadFileNode", {"file_path": "a.txt", "_cache_enabled": True})
    path = flow(tmp_path / "f.json", {"r": read, "l": ("LogNode", {"message": "{{r.content}}"})}, [])
    found = [json.loads(casare("run", path, "--json", *words).out) for words in (["--reuse"], ["--reuse"], [])]
    assert [one["nodes"][0]["status"] for one in found] == ["completed", "cached", "completed"]
    assert all(one["log"][0]["message"] == "hello" for one in found)


def test_every_further_attempt_of_a_node_is_told_with_what_failed(casare: Casare, tmp_path: Path) -> None:
    assertion = ("AssertNode", {"condition": "{{ready}}", "message": "not yet", "_retries": 2, "_retry_delay": 0})
    path = flow(tmp_path / "f.json", {"a": assertion}, [])
    answer = casare("run", path, "--json", "--set", "ready=false")
    attempts = [(one["node_id"], one["attempt"], one["error"]) for one in json.loads(answer.out)["retries"]]
    assert (answer.code, attempts) == (1, [("a", 2, "not yet"), ("a", 3, "not yet")])
    told = casare("run", path, "--set", "ready=false").out
    assert "warning: “a” runs again in 0.0 s (attempt 2): not yet" in told


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to another process is not Ctrl+C there")
def test_ctrl_c_stops_a_run_which_still_reports(tmp_path: Path) -> None:
    nodes = {"l": ("LogNode", {"message": "under way"}), "w": ("WaitNode", {"duration": 60})}
    path = flow(tmp_path / "f.json", nodes, [("l", "exec_out", "w", "exec_in")])
    command = [sys.executable, "-u", "-m", "casare", "run", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == "under way\n"
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=30)
    assert (started.returncode, err) == (130, "")
    assert "cancelled" in out


def test_an_eager_run_is_refused_with_the_chain_before_anything_runs(casare: Casare, tmp_path: Path) -> None:
    call = ("ExecuteWorkflowNode", {"workflow_path": "missing.json"})
    path = flow(
        tmp_path / "f.json", {"l": ("LogNode", {"message": "ran"}), "c": call}, [("l", "exec_out", "c", "exec_in")]
    )
    answer = casare("run", path, "--eager")
    assert answer.code == 2
    assert "ran" not in answer.out
    assert "f → c" in answer.err


def test_a_secret_of_this_computer_reaches_a_run_and_stands_in_nothing_it_prints(
    casare: Casare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASARE_SECRET_BANK", "open-sesame")
    nodes = {"v": ("SetVariableNode", {"variable_name": "told", "value": "it is {{$secret:bank}}"})}
    answer = casare("run", flow(tmp_path / "secret.json", nodes, []), "--json")
    assert (answer.code, json.loads(answer.out)["variables"]["told"]) == (0, "it is •••")
    assert "open-sesame" not in answer.out + answer.err
    assert b"open-sesame" not in RunBook().path.read_bytes()
