"""Running: F5 and its kin, the state on the canvas, the data panel, pins, and undo beside it all."""

from __future__ import annotations

from casare.model import Connection, Graph, Node
from tests.window.acts import Area
from tests.window.seat import Seat, expect

_GRAPH = Graph(
    (
        Node("start", "StartNode", {}, (0, 0)),
        Node("set", "SetVariableNode", {"variable_name": "total", "value": 3}, (280, 0)),
        Node("join", "ConcatenateNode", {"string_1": "a", "string_2": "b"}, (560, 0)),
        Node("log", "LogNode", {"message": "{{join.result}}"}, (840, 0)),
        Node("wait", "WaitNode", {"duration": 20}, (840, 200)),
        Node("fail", "ThrowErrorNode", {"error_message": "on purpose"}, (560, 200)),
    ),
    (
        Connection("start", "exec_out", "set", "exec_in"),
        Connection("set", "exec_out", "join", "exec_in"),
        Connection("join", "exec_out", "log", "exec_in"),
    ),
    metadata={"name": "run"},
    variables={"total": 0},
)
AREA = Area("running", _GRAPH)


def _ran(seat: Seat) -> None:
    seat.until(lambda state: not state["running"], "the run to end", patience=15)


def _run(seat: Seat, key: str = "F5") -> None:
    before = seat.state["run_id"]
    seat.hand.key(key)
    seat.until(lambda state: state["run_id"] != before, "a run")
    _ran(seat)


@AREA.act("F5 runs everything, and the canvas says how it went", picture=True)
def _f5(seat: Seat) -> None:
    _run(seat)
    state = seat.state["run"]
    expect(state["log"] == "completed" and state["join"] == "completed", f"all completed: {state}")
    seat.screen.picture(seat.pictures / "running-done.png")


@AREA.act("1 shows the first output in the data panel", picture=True)
def _data(seat: Seat) -> None:
    _run(seat)
    seat.select("join")
    seat.hand.key("1")
    seat.until(lambda state: "data" in state["docks"], "the data panel")
    seat.until_text("result")
    seat.screen.picture(seat.pictures / "running-data.png")
    seat.hand.key("ctrl+shift+j")
    seat.focus_canvas()


@AREA.act("F6 runs to the selected node, F7 the selected ones alone")
def _part(seat: Seat) -> None:
    seat.select("join")
    _run(seat, "F6")
    expect(seat.state["run"].get("log") != "completed", "the log has not run")
    _run(seat, "F7")
    expect(seat.state["run"].get("join") in ("completed", "cached"), "the one has run")


@AREA.act("F9 sets a breakpoint, F10 steps, F5 goes on", picture=True)
def _debug(seat: Seat) -> None:
    seat.select("join")
    seat.hand.key("F9", "F5")
    seat.until(lambda state: state["paused"], "the run to wait at the breakpoint")
    seat.screen.picture(seat.pictures / "running-breakpoint.png")
    seat.hand.key("F10")
    seat.until(lambda state: state["run"].get("join") == "completed", "one step")
    seat.hand.key("F5")
    _ran(seat)
    seat.select("join")
    seat.hand.key("F9")


@AREA.act("A node that fails says why, on the canvas and in the problems", picture=True)
def _failing(seat: Seat) -> None:
    seat.select("fail")
    _run(seat, "F7")
    expect(seat.state["run"].get("fail") == "failed", f"it failed: {seat.state['run']}")
    seat.until_text("on purpose")
    seat.screen.picture(seat.pictures / "running-failed.png")


@AREA.act("A long run goes on while one edits, and Shift+F5 stops it", picture=True)
def _stop(seat: Seat) -> None:
    seat.select("wait")
    seat.hand.key("F7")
    seat.until(lambda state: state["running"], "a run")
    seat.select("log")
    seat.hand.key("ctrl+Right")
    seat.until(lambda state: state["edits"] == 1, "an edit meanwhile")
    seat.screen.picture(seat.pictures / "running-long.png")
    seat.hand.key("shift+F5")
    seat.until(lambda state: not state["running"], "the run to stop")
    seat.hand.key("ctrl+z")
    seat.until(lambda state: state["edits"] == 0, "undo takes back the edit, not the run")


@AREA.act("P pins an output, so that the node does not run again")
def _pin(seat: Seat) -> None:
    _run(seat)
    seat.select("join")
    seat.hand.key("p")
    seat.until_true(lambda: seat.state["pins"] == ["join"], "the pin")
    _run(seat)
    expect(seat.state["run"].get("join") == "cached", f"it is not run again: {seat.state['run']}")
    seat.hand.key("p")
    seat.until_true(lambda: seat.state["pins"] == [], "the pin to go")


@AREA.act("The runs are listed, and one is looked at again", picture=True)
def _history(seat: Seat) -> None:
    _run(seat)
    seat.hand.key("ctrl+shift+r")
    seat.until(lambda state: "runs" in state["docks"], "the runs")
    seat.screen.picture(seat.pictures / "running-runs.png")
    seat.hand.key("ctrl+shift+r")
    seat.focus_canvas()


@AREA.act("A run inside a subgraph shows inside it")
def _inside(seat: Seat) -> None:
    seat.select("join")
    seat.hand.key("ctrl+g")
    seat.until(lambda state: state["edits"] == 1, "a subgraph")
    _run(seat)
    seat.hand.key("alt+Down")
    seat.until(lambda state: state["depth"] == 1, "to be inside")
    seat.until(lambda state: state["run"].get("join") == "completed", "the state inside")
