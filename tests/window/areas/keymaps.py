"""Keymaps: the cheat sheet, the presets, a key of one's own, and a workflow built by keys alone."""

from __future__ import annotations

from tests.window.acts import Area
from tests.window.graphs import flow
from tests.window.seat import Seat, expect, wires

AREA = Area("keymaps", flow(), theme="light")


def _choose(seat: Seat, title: str) -> None:
    """Choose a preset in the editor of the keymap."""
    seat.run("Customise shortcuts")
    seat.until(lambda state: state["sheet"] == "KeymapEditor", "the editor")
    seat.hand.click(seat.widget("Preset"))
    seat.until(lambda state: state["popup"], "the presets")
    seat.hand.click(seat.find(lambda: seat.ask("row", name="QListView", text=title)))
    seat.until(lambda state: not state["popup"], "the choice")
    seat.screen.picture(seat.pictures / "keymaps-editor.png")
    seat.hand.key("Escape")
    seat.until(lambda state: not state["sheet"], "the editor to close")
    seat.focus_canvas()


@AREA.act("? shows the keys that are on", picture=True)
def _cheat_sheet(seat: Seat) -> None:
    seat.hand.key("question")
    seat.until(lambda state: state["sheet"] == "CheatSheet", "the cheat sheet")
    seat.screen.picture(seat.pictures / "keymaps-cheat-sheet.png")


@AREA.act("The status bar says what held keys would do")
def _hints(seat: Seat) -> None:
    x, y = seat.node("yes")
    seat.hand.move((x, y))
    for key, words in (("alt", "copy"), ("shift", "adds to the selection"), ("ctrl", "takes out of it")):
        seat.hand.hold(key)
        seat.until(lambda state, words=words: words in state["hint"], f"the hint of {key}")
        # Alt alone, let go without a move, would open the menus.
        seat.hand.move((x + 1, y))
        seat.hand.let_go(key)
        seat.until(lambda state, words=words: words not in state["hint"], f"the hint of {key} to go")


@AREA.act("With the Blender keymap X deletes and M switches off", picture=True)
def _blender(seat: Seat) -> None:
    _choose(seat, "Blender")
    seat.select("yes")
    seat.hand.key("x")
    seat.until(lambda state: state["edits"] == 1, "X to delete")
    expect("yes" not in seat.saved().nodes, "it is gone")
    _choose(seat, "casare")


@AREA.act("With the Houdini keymap H shows everything and G the selection")
def _houdini(seat: Seat) -> None:
    _choose(seat, "Houdini")
    seat.select("no")
    seat.hand.key("g")
    seat.until(lambda state: state["zoom"] == 1, "G to show the selection")
    seat.hand.key("h")
    seat.until(lambda state: state["zoom"] < 1, "H to show everything")
    _choose(seat, "casare")


@AREA.act("With the web keymap the keys of n8n work")
def _web(seat: Seat) -> None:
    _choose(seat, "n8n")
    seat.hand.move(seat.place(120, 200))
    seat.hand.key("Tab")
    seat.until(lambda state: state["sheet"] == "QuickAdd", "Tab to add")
    seat.hand.key("Escape")
    _choose(seat, "casare")


@AREA.act("A command gets a key of one's own, which works at once", picture=True)
def _own_key(seat: Seat) -> None:
    seat.run("Customise shortcuts")
    seat.until(lambda state: state["sheet"] == "KeymapEditor", "the editor")
    seat.hand.type("align right")
    seat.hand.key("Down")
    seat.hand.click(seat.find(lambda: seat.ask("row", name="Commands and their keys", text="Align right")))
    seat.hand.click(seat.widget("KeyRecorder"))
    seat.hand.key("shift+r")
    seat.screen.picture(seat.pictures / "keymaps-own.png")
    seat.hand.key("Escape", "Escape")
    seat.until(lambda state: not state["sheet"], "the editor to close")
    seat.focus_canvas()
    seat.select("yes", "sum")
    seat.hand.key("shift+r")
    seat.until(lambda state: state["edits"] == 1, "the key to act")
    graph = seat.saved()
    expect(graph.nodes["yes"].position[0] == graph.nodes["sum"].position[0], "both end at one line")


@AREA.act("A flow is built, named, set and wired by keys alone")
def _alone(seat: Seat) -> None:
    seat.hand.move(seat.place(120, 480))
    seat.hand.key("n")
    first = seat.quick_add("start")["nodes"][0]
    seat.hand.key("n")
    second = seat.quick_add("log")["nodes"][0]
    seat.hand.key("F2")
    seat.until(lambda state: state["focus"] == "QLineEdit", "the name")
    seat.hand.type("Greet")
    seat.hand.key("Return", "Return")
    seat.until(lambda state: state["focus"] != "CanvasView" and state["focus"] != "QLineEdit", "the first field")
    seat.hand.key("ctrl+a")
    seat.hand.type("hello")
    seat.hand.key("Escape")
    seat.until(lambda state: state["focus"] == "CanvasView", "the canvas")
    seat.hand.key("ctrl+Right", "Left")
    seat.selected(first)
    graph = seat.saved()
    expect((first, "exec_out", second, "exec_in") in wires(graph), "they are wired")
    expect(graph.nodes[second].name == "Greet" and graph.nodes[second].config["message"] == "hello", "it greets")


@AREA.act("Ctrl+F6 goes round the areas of the window, the open panels too")
def _areas(seat: Seat) -> None:
    seat.hand.key("ctrl+shift+j")
    seat.until(lambda state: "data" in str(state["docks"]), "the data panel")
    seat.focus_canvas()
    been = set()
    for _ in range(9):
        seat.hand.key("ctrl+F6")
        been.add(seat.state["focus_area"])
    seat.focus_canvas()
    seat.hand.key("ctrl+shift+j")
    expect({"palette", "inspector"} <= been, f"it has been in {been}")


@AREA.act("Alt held with a drag has a stand-in for those whose window manager takes it")
def _without_alt(seat: Seat) -> None:
    place = seat.wire("if", "true", "yes", "exec_in")
    seat.hand.click(place)
    seat.run("Wire: add a reroute point")
    seat.until(lambda state: state["edits"] == 1, "a point")
