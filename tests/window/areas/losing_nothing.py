"""Nothing is lost: killed programs, changed files, folders that take nothing, two windows, earlier versions."""

from __future__ import annotations

import os
import time
from pathlib import Path

from casare.model import Graph, Node, Note
from tests.window.acts import Area
from tests.window.graphs import flow
from tests.window.seat import Seat, expect

AREA = Area("losing_nothing", anew=True)
_SYNCED_S = 1.2
"""After so long an edit is in the journal."""


def _open(seat: Seat, theme: str = "dark") -> None:
    seat.set_settings(theme=theme)
    seat.put(flow())
    seat.start(seat.file)
    seat.focus_canvas()
    seat.hand.key("Home")
    seat.settle()


def _delete(seat: Seat, node: str) -> None:
    before = seat.state["edits"]
    seat.select(node)
    seat.hand.key("Delete")
    seat.until(lambda state: state["edits"] == before + 1, "the edit")


def _crash(seat: Seat) -> None:
    time.sleep(_SYNCED_S)
    seat.kill()


def _review(seat: Seat) -> None:
    """Start anew and open the list of what was lost."""
    seat.start(shown=lambda state: "title" in state)
    seat.until_text("casare ended before everything was saved")
    seat.hand.click(seat.widget("Review…"))
    seat.until(lambda state: state["sheet"] == "RecoverySheet", "the list of lost work")


@AREA.act("Killed while editing: the next start offers the work, frozen first, and keeps it", picture=True)
def _killed(seat: Seat) -> None:
    _open(seat)
    _delete(seat, "join")
    _crash(seat)
    expect("join" in seat.read().nodes, "the file is untouched")
    seat.start(shown=lambda state: "title" in state)
    seat.until_text("casare ended before everything was saved")
    seat.screen.picture(seat.pictures / "losing-banner.png")
    seat.hand.click(seat.widget("Review…"))
    seat.until(lambda state: state["sheet"] == "RecoverySheet", "the list")
    seat.screen.picture(seat.pictures / "losing-review.png")
    seat.hand.click(seat.widget("Preview work"))
    seat.until(lambda state: state.get("frozen"), "the work, frozen")
    seat.hand.key("Home")
    seat.settle()
    seat.screen.picture(seat.pictures / "losing-frozen.png")
    seat.hand.click(seat.node("sum"))
    seat.hand.key("Delete")
    seat.hand.click(seat.widget("Keep"))
    seat.until(lambda state: state.get("frozen") is False and state["modified"], "the work, kept and unsaved")
    graph = seat.saved()
    expect("join" not in graph.nodes and "sum" in graph.nodes, "the edit is back, and nothing frozen was edited")


@AREA.act("A workflow that was never saved comes back too")
def _never_saved(seat: Seat) -> None:
    seat.start()
    seat.hand.key("ctrl+n")
    seat.until(lambda state: "zoom" in state, "a new workflow")
    seat.hand.key("n")
    seat.quick_add("log")
    _crash(seat)
    _review(seat)
    seat.until_text("Never saved")
    seat.hand.key("Return")
    seat.until(lambda state: state.get("counts", "").startswith("1 node"), "the node")


@AREA.act("Declined work is kept for a week and can still be had", picture=True)
def _declined(seat: Seat) -> None:
    _open(seat, "light")
    _delete(seat, "join")
    _crash(seat)
    _review(seat)
    seat.hand.click(seat.widget("Discard work"))
    seat.until_text("kept for a week")
    seat.screen.picture(seat.pictures / "losing-declined.png")
    seat.hand.key("Escape")
    seat.until(lambda state: not state["sheet"], "the list to close")
    seat.run("Recover unsaved work")
    seat.until(lambda state: state["sheet"] == "RecoverySheet", "the list again")
    seat.hand.click(seat.widget("Keep work"))
    seat.until(lambda state: state["modified"], "the work")


@AREA.act("Killed again during the recovery: the work is still offered")
def _killed_twice(seat: Seat) -> None:
    _open(seat)
    _delete(seat, "join")
    _crash(seat)
    _review(seat)
    seat.hand.click(seat.widget("Preview work"))
    seat.until(lambda state: state.get("frozen"), "the work, frozen")
    seat.kill()
    _review(seat)
    seat.hand.click(seat.widget("Keep work"))
    seat.until(lambda state: state["modified"], "the work")
    expect("join" not in seat.saved().nodes, "the edit is back")


@AREA.act("A file that changed meanwhile: recovery asks for mine, theirs or a copy", picture=True)
def _changed_meanwhile(seat: Seat) -> None:
    _open(seat)
    _delete(seat, "join")
    _crash(seat)
    seat.put(Graph((Node("other", "LogNode"),), metadata={"name": "other"}))
    _review(seat)
    seat.hand.click(seat.widget("Keep work"))
    seat.until(lambda state: state["sheet"] == "ConflictSheet", "the question")
    seat.screen.picture(seat.pictures / "losing-conflict.png")
    seat.hand.click(seat.widget("Keep mine"))
    seat.until(lambda state: state["modified"], "mine")
    expect("join" not in seat.saved().nodes and "set" in seat.read().nodes, "mine is in the file")


@AREA.act("A file changed by another program is noticed, compared and reloaded", picture=True)
def _changed_on_disk(seat: Seat) -> None:
    _open(seat)
    graph = flow()
    seat.put(
        Graph(
            [one for one in graph.nodes.values() if one.id != "sum"],
            graph.connections.values(),
            metadata={"name": "flow"},
            notes=(Note("n", "from elsewhere"),),
        )
    )
    seat.until_text("was changed on disk")
    seat.screen.picture(seat.pictures / "losing-changed.png")
    seat.hand.click(seat.widget("Compare…"))
    seat.until(lambda state: state["sheet"] == "DifferencesSheet", "what differs")
    seat.screen.picture(seat.pictures / "losing-compared.png")
    seat.hand.key("Escape")
    seat.hand.click(seat.widget("Reload"))
    seat.until(lambda state: state["counts"].startswith("6 nodes"), "what is on disk")
    seat.hand.key("ctrl+z")
    seat.until(lambda state: state["counts"].startswith("7 nodes"), "one undo to bring mine back")


@AREA.act("A save over a changed file asks first", picture=True)
def _save_over(seat: Seat) -> None:
    _open(seat, "light")
    _delete(seat, "join")
    seat.put(Graph((Node("other", "LogNode"),), metadata={"name": "other"}))
    seat.hand.key("ctrl+s")
    seat.until(lambda state: state["sheet"] == "ConflictSheet", "the question")
    seat.screen.picture(seat.pictures / "losing-save-over.png")
    expect("other" in seat.read().nodes, "nothing is written before the answer")
    seat.hand.click(seat.widget("Save mine"))
    seat.until(lambda state: not state["modified"], "the save")
    expect("set" in seat.read().nodes, "mine is in the file")


@AREA.act("A folder that takes no files: said clearly, and the work stays", picture=True)
def _read_only(seat: Seat) -> None:
    _open(seat)
    _delete(seat, "join")
    # Root may write anywhere but where the kernel itself refuses.
    closed = Path("/sys") if os.geteuid() == 0 else seat.folder / "closed"
    if closed != Path("/sys"):
        closed.mkdir(mode=0o555)
    seat.hand.key("ctrl+shift+s")
    seat.answer_dialog(closed / "work.json")
    seat.until_text("Save as…")
    seat.screen.picture(seat.pictures / "losing-read-only.png")
    expect(seat.state["modified"], "the work is still unsaved")
    seat.hand.click(seat.widget("Save as…"))
    place = seat.folder / "elsewhere.json.zst"
    seat.answer_dialog(place)
    seat.until(lambda state: not state["modified"], "the save in another place")
    expect("join" not in seat.read(place).nodes, "it is in the other file")


@AREA.act("A name with an emoji, compressed, is saved to and noticed like any other")
def _emoji(seat: Seat) -> None:
    seat.file = seat.folder / "plan 🦊.json.zst"
    _open(seat)
    _delete(seat, "join")
    expect("join" not in seat.saved().nodes, "the edit is in the file")
    seat.put(flow())
    seat.until_text("was changed on disk")


@AREA.act("The folder of a file vanishes: its work is saved elsewhere")
def _vanished(seat: Seat) -> None:
    _open(seat)
    _delete(seat, "join")
    away = seat.folder / "gone"
    away.mkdir()
    moved = away / "work.json"
    seat.hand.key("ctrl+shift+s")
    seat.answer_dialog(moved)
    seat.until(lambda state: not state["modified"], "the save")
    moved.unlink()
    away.rmdir()
    seat.until_text("moved or deleted")
    seat.hand.key("Escape")
    _delete(seat, "sum")
    seat.hand.key("ctrl+s")
    seat.until(lambda state: state["modified"], "the work to be still unsaved")


@AREA.act("Two windows on two workflows: what one left is not the other's")
def _two_windows(seat: Seat) -> None:
    _open(seat)
    _delete(seat, "join")
    other = seat.beside("other.json")
    other.put(flow())
    other.start(other.file)
    expect(not any("ended before" in one for one in other.ask("texts")), "nothing is offered of a window that runs")
    other.focus_canvas()
    other.hand.key("Home")
    other.settle()
    _delete(other, "sum")
    _crash(other)
    _crash(seat)
    _review(seat)
    seat.hand.click(seat.widget("Keep all 2"))
    seat.until(lambda state: len(state["tabs"]) == 2, "both")
    seat.until(lambda state: state["modified"], "unsaved")


@AREA.act("The same file in two windows: the second save asks")
def _same_file(seat: Seat) -> None:
    _open(seat)
    other = seat.beside("work.json")
    other.start(other.file)
    other.focus_canvas()
    other.hand.key("Home")
    other.settle()
    _delete(other, "sum")
    other.saved()
    other.close()
    seat.come_to_front()
    seat.until_text("was changed on disk")
    _delete(seat, "join")
    seat.hand.key("ctrl+s")
    seat.until(lambda state: state["sheet"] == "ConflictSheet", "the question")


@AREA.act("Earlier versions are browsed and restored", picture=True)
def _versions(seat: Seat) -> None:
    _open(seat)
    for node in ("join", "sum"):
        _delete(seat, node)
        seat.saved()
    seat.run("Earlier versions")
    seat.until(lambda state: state["sheet"] == "VersionsSheet", "the versions")
    seat.hand.key("Down", "Down")
    seat.until_text("Restore")
    time.sleep(0.3)
    seat.screen.picture(seat.pictures / "losing-versions.png")
    seat.hand.click(seat.widget("Restore"))
    seat.until(lambda state: state["modified"], "an earlier state")
    expect("sum" in seat.saved().nodes, "it is back")


@AREA.act("Tabs and places come back after a restart")
def _tabs(seat: Seat) -> None:
    seat.set_settings(restore_tabs=True)
    _open(seat)
    second = seat.put(flow(), seat.folder / "second.json")
    seat.hand.key("ctrl+o")
    seat.answer_dialog(second)
    seat.until(lambda state: state["tabs"] == ["work", "second"], "two tabs")
    seat.hand.key("ctrl+q")
    expect(seat.quit() == 0, "it ends well")
    seat.start(shown=lambda state: state["title"].startswith("second"))
    seat.ask("tab", name="work")


@AREA.act("Closing with unsaved work asks, and Cancel stays", picture=True)
def _unsaved(seat: Seat) -> None:
    _open(seat, "light")
    _delete(seat, "join")
    seat.hand.key("ctrl+q")
    seat.until(lambda state: state["sheet"], "the question")
    seat.screen.picture(seat.pictures / "losing-unsaved.png")
    seat.hand.key("Escape")
    seat.until(lambda state: not state["sheet"], "to stay")
    seat.hand.key("ctrl+s", "ctrl+q")
    expect(seat.quit() == 0, "after a save it ends at once")
