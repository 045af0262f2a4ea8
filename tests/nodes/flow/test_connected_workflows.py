"""Nodes that hold something open, or ask a server, in whole workflows as files say it and `casare run` does it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from loopback_ftp import PASSWORD, USER, Ftp
from loopback_http import WebServer

from casare.cli.entry import main
from casare.engine.keeping.showing import MASK


def chain(path: Path, steps: dict[str, tuple[str, dict[str, Any]]], *more: tuple[str, str, str, str]) -> Path:
    """Write a workflow of steps that follow each other, and of further wires."""
    nodes = {name: {"node_id": name, "node_type": kind, "config": config} for name, (kind, config) in steps.items()}
    names = list(steps)
    wires = [(one, "exec_out", other, "exec_in") for one, other in pairwise(names)]
    keys = ("source_node", "source_port", "target_node", "target_port")
    connections = [dict(zip(keys, wire, strict=True)) for wire in (*wires, *more)]
    path.write_text(json.dumps({"metadata": {"name": "x"}, "nodes": nodes, "connections": connections}))
    return path


def run(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    main(["run", str(path), "--json", *words])
    return json.loads(capsys.readouterr().out)


def test_a_database_is_opened_filled_asked_and_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kind = "DatabaseSuperNode"
    insert = {"action": "Execute (INSERT/UPDATE/DELETE)", "query": "INSERT INTO t VALUES (?, ?)"}
    path = chain(
        tmp_path / "a.json",
        {
            "open": (kind, {"action": "Connect", "database": "shop.db"}),
            "make": (kind, {**insert, "query": "CREATE TABLE t (name TEXT, total REAL)"}),
            "begin": (kind, {"action": "Begin Transaction"}),
            "first": (kind, {**insert, "parameters": ["Ann", 2.5]}),
            "commit": (kind, {"action": "Commit"}),
            "ask": (kind, {"action": "Query (SELECT)", "query": "SELECT name, total * 2 AS twice FROM t"}),
            "close": (kind, {"action": "Close Connection"}),
        },
    )
    found = run(path, capsys)
    assert (found["status"], found["errors"]) == ("completed", [])
    assert found["outputs"]["ask"]["results"] == [{"name": "Ann", "twice": 5.0}]


def test_a_failing_statement_leaves_by_its_error_port(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = chain(
        tmp_path / "a.json",
        {
            "open": ("DatabaseConnectNode", {"database": "shop.db"}),
            "ask": ("ExecuteQueryNode", {"query": "SELECT * FROM nowhere"}),
            "good": ("SetVariableNode", {"variable_name": "went", "value": "well"}),
        },
        ("ask", "exec_error", "bad", "exec_in"),
    )
    raw = json.loads(path.read_text())
    raw["nodes"]["bad"] = {
        "node_id": "bad",
        "node_type": "SetVariableNode",
        "config": {"variable_name": "went", "value": "wrong"},
    }
    path.write_text(json.dumps(raw))
    found = run(path, capsys)
    assert found["status"] == "completed"
    assert found["variables"]["went"] == "wrong"
    assert {one["id"]: one["status"] for one in found["nodes"]} == {
        "open": "completed", "ask": "failed", "good": "bypassed", "bad": "completed",
    }  # fmt: skip


def test_an_answer_of_a_server_reaches_the_nodes_after_it(
    tmp_path: Path, web: WebServer, capsys: pytest.CaptureFixture[str]
) -> None:
    path = chain(
        tmp_path / "a.json",
        {
            "login": ("HttpSuperNode", {"action": "Configure Auth", "token": "t-1"}),
            "ask": (
                "HTTPSuperNode",
                {"action": "POST Request", "url": f"{web.url}/echo", "body": {"id": 7}, "headers": "{{login.headers}}"},
            ),
            "sum": ("EvaluateExpressionNode", {"expression": "{{ask.status_code}} + 1"}),
            "told": ("ParseJsonResponseNode", {"json_data": "{{ask.body}}", "path": "headers.authorization"}),
        },
    )
    found = run(path, capsys)
    assert (found["status"], found["errors"]) == ("completed", [])
    assert found["outputs"]["sum"]["result"] == 201
    # The token reached the server, which gave it back; what is printed does not show it.
    assert found["outputs"]["told"]["value"] == MASK
    assert found["outputs"]["ask"]["response_json"]["body"] == '{"id": 7}'


def test_the_ftp_sample_of_existing_files_runs_against_a_server(
    tmp_path: Path, ftp: Ftp, capsys: pytest.CaptureFixture[str]
) -> None:
    (ftp.folder / "file.txt").write_text("hello")
    (ftp.folder / "a.txt").write_text("a")
    path = chain(
        tmp_path / "a.json",
        {
            "connect": (
                "FTPConnectNode",
                {"host": "127.0.0.1", "port": ftp.port, "username": USER, "password": PASSWORD},
            ),
            "list": ("FTPListNode", {"path": "/"}),
            "makedir": ("FTPMakeDirNode", {"path": "/test"}),
            "size": ("FTPGetSizeNode", {"path": "/file.txt"}),
            "rename": ("FTPRenameNode", {"old_path": "/a.txt", "new_path": "/b.txt"}),
            "removedir": ("FTPRemoveDirNode", {"path": "/test"}),
            "delete": ("FTPDeleteNode", {"path": "/file.txt"}),
            "disconnect": ("FTPDisconnectNode", {}),
        },
    )
    found = run(path, capsys)
    assert (found["status"], found["errors"]) == ("completed", [])
    assert found["outputs"]["list"]["items"] == ["a.txt", "file.txt"]
    assert found["outputs"]["size"]["size"] == 5
    assert [one.name for one in ftp.folder.iterdir()] == ["b.txt"]
    assert PASSWORD not in json.dumps({**found, "outputs": {}})


def test_a_run_bound_to_a_folder_refuses_scripts_and_other_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = chain(tmp_path / "a.json", {"script": ("RunPythonScriptNode", {"code": "result = 1"})})
    assert run(path, capsys)["outputs"]["script"]["result"] == 1
    found = run(path, capsys, "--sandbox", str(tmp_path))
    assert found["status"] == "failed"
    assert "--sandbox" in found["errors"][0]["message"]
