"""`casare serve`: what it prints, what it refuses, and that an order to stop is obeyed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.cli.outputs import model_of

Casare = Callable[..., Any]


@pytest.fixture
def workflow(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a workflow of a trigger and one node after it."""

    def write(trigger: str, config: dict[str, Any], then: str = "LogNode", **settings: Any) -> Path:
        nodes = {"t": (trigger, config), "n": (then, settings)}
        raw = {
            "metadata": {"name": "served"},
            "nodes": {
                one: {"node_id": one, "node_type": kind, "config": told, "position": [0, 0]}
                for one, (kind, told) in nodes.items()
            },
            "connections": [
                {"source_node": "t", "source_port": "exec_out", "target_node": "n", "target_port": "exec_in"}
            ],
            "variables": {},
        }
        path = tmp_path / "served.json"
        path.write_text(json.dumps(raw))
        return path

    return write


def test_each_thing_that_happens_is_a_line_of_json(casare: Casare, workflow: Callable[..., Path]) -> None:
    path = workflow("ScheduleTriggerNode", {"frequency": "interval", "interval_seconds": 0.01}, message="tick")
    answer = casare("serve", path, "--runs", "2", "--json")
    assert answer.code == 0
    told = [json.loads(line) for line in answer.out.splitlines()]
    for one in told:
        model_of("serve").model_validate(one)
    assert told[0]["kind"] == "listening"
    assert [one["status"] for one in told if one["kind"] == "ended"] == ["completed"] * 2
    assert [one["message"] for one in told if one["kind"] == "log"] == ["n: tick"] * 2


def test_people_read_what_waits_and_how_runs_ended(casare: Casare, workflow: Callable[..., Path]) -> None:
    path = workflow("StartupTriggerNode", {}, "ThrowErrorNode", error_message="no customer")
    answer = casare("serve", path, "--runs", "1")
    assert "served / t  waits: When serving starts" in answer.out
    assert "ms: no customer" in answer.out
    assert answer.out.endswith("Stopped after 1 run.\n")
    assert answer.err == "", "without web requests there is no token to tell"


def test_what_cannot_be_served_is_told(
    casare: Casare, workflow: Callable[..., Path], told: Callable[..., None]
) -> None:
    told(casare("serve", workflow("StartNode", {})))
    told(casare("serve", "none.json"))
    told(casare("serve", workflow("WebhookTriggerNode", {}), "--address", "0.0.0.0"))


def test_an_order_to_stop_is_obeyed_politely(workflow: Callable[..., Path]) -> None:
    path = workflow("WebhookTriggerNode", {})
    words = [sys.executable, "-m", "casare", "serve", str(path), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert "waits: On web request" in program.stdout.readline()
        assert "POST http://127.0.0.1:" in program.stdout.readline()
        assert "bring the token" in program.stderr.readline()
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
        assert program.stdout.read() == "Stopped after 0 runs.\n"
