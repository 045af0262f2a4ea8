"""Editing what is there: copies, replacing, switching off, lining up, moving, and taking it all back."""

from __future__ import annotations

from tests.window.acts import Area
from tests.window.graphs import flow
from tests.window.hand import MIDDLE
from tests.window.seat import Seat, expect, only, wires

AREA = Area("editing", flow())


def _new(seat: Seat) -> list[str]:
    return [one for one in seat.saved().nodes if one not in flow().nodes]


def _edited(seat: Seat, times: int = 1) -> None:
    seat.until(lambda state: state["edits"] == times, f"{times} edits")


@AREA.act("Ctrl+D duplicates")
def _duplicate(seat: Seat) -> None:
    seat.select("join", "sum")
    seat.hand.key("ctrl+d")
    _edited(seat)
    expect(len(_new(seat)) == 2, "two nodes more")


@AREA.act("Ctrl+Shift+D duplicates with the wires that come in")
def _duplicate_inputs(seat: Seat) -> None:
    seat.select("if")
    seat.hand.key("ctrl+shift+d")
    _edited(seat)
    node = only(_new(seat))
    expect(("compare", "result", node, "condition") in wires(seat.read()), "it has the input too")


@AREA.act("Alt and a drag drop a copy")
def _alt_drag(seat: Seat) -> None:
    seat.hand.drag(seat.node("join"), seat.place(400, 500), held=("alt",))
    _edited(seat)
    node = only(_new(seat))
    expect(seat.read().nodes["join"].position == flow().nodes["join"].position, "the first stays where it was")
    expect(seat.read().nodes[node].type == "ConcatenateNode", "the other is a copy")


@AREA.act("Ctrl+C and Ctrl+V paste, Ctrl+X takes away")
def _clipboard(seat: Seat) -> None:
    seat.select("join", "sum")
    seat.hand.key("ctrl+c", "ctrl+v")
    _edited(seat)
    expect(len(_new(seat)) == 2, "two nodes more")
    seat.hand.key("ctrl+x")
    _edited(seat, 2)
    expect(not _new(seat), "they are gone again")


@AREA.act("Ctrl+Shift+V pastes keeping the wires that come in")
def _paste_inputs(seat: Seat) -> None:
    seat.select("if")
    seat.hand.key("ctrl+c", "ctrl+shift+v")
    _edited(seat)
    node = only(_new(seat))
    expect(("compare", "result", node, "condition") in wires(seat.read()), "it has the input too")


@AREA.act("R replaces a node by another type, keeping wires", picture=True)
def _replace(seat: Seat) -> None:
    seat.select("yes")
    seat.hand.key("r")
    seat.until(lambda state: state["sheet"] == "QuickAdd", "the types")
    seat.hand.type("log error")
    seat.screen.picture(seat.pictures / "editing-replace.png")
    seat.hand.key("Return")
    _edited(seat)
    graph = seat.saved()
    expect(graph.nodes["yes"].type == "LogErrorNode", "it is another type")
    expect(("if", "true", "yes", "exec_in") in wires(graph), "its wire is kept")
    expect(graph.nodes["yes"].config.get("message") == "yes", "its message is kept")


@AREA.act("A parameter of several nodes is edited at once", picture=True)
def _many(seat: Seat) -> None:
    seat.select("yes", "no")
    place = seat.widget("Message")
    seat.screen.picture(seat.pictures / "editing-many.png")
    seat.hand.click(place)
    seat.hand.key("ctrl+a")
    seat.hand.type("both")
    seat.hand.key("Tab")
    _edited(seat)
    graph = seat.saved()
    expect(graph.nodes["yes"].config["message"] == graph.nodes["no"].config["message"] == "both", "both have it")


@AREA.act("D disables, B bypasses, and both come back", picture=True)
def _off(seat: Seat) -> None:
    for key in ("d", "b"):
        seat.select("compare")
        seat.hand.key(key)
        _edited(seat)
        expect(seat.saved().nodes["compare"] != flow().nodes["compare"], f"{key} is in the file")
        seat.screen.picture(seat.pictures / f"editing-off-{key}.png")
        seat.hand.key(key)
        _edited(seat, 2)
        expect(seat.saved().nodes["compare"] == flow().nodes["compare"], f"{key} again takes it back")
        seat.hand.key("ctrl+z", "ctrl+z", "Escape")
        _edited(seat, 0)


@AREA.act("H collapses a node, Ctrl+H hides its unused ports", picture=True)
def _less(seat: Seat) -> None:
    seat.select("compare", "yes")
    seat.hand.key("h")
    _edited(seat)
    seat.hand.key("Escape")
    seat.select("no", "if")
    seat.hand.key("ctrl+h")
    _edited(seat, 2)
    graph = seat.saved()
    expect(all(graph.nodes[one] != flow().nodes[one] for one in ("compare", "yes", "no", "if")), "all is in the file")


@AREA.act("F2 and a double click rename in place", picture=True)
def _rename(seat: Seat) -> None:
    seat.select("yes")
    seat.hand.key("F2")
    seat.until(lambda state: state["focus"] == "QLineEdit", "the field")
    seat.screen.picture(seat.pictures / "editing-rename.png")
    seat.hand.type("Good news")
    seat.hand.key("Return")
    _edited(seat)
    seat.hand.click(seat.node("no"), times=2)
    seat.until(lambda state: state["focus"] == "QLineEdit", "the field")
    seat.hand.type("Bad news")
    seat.hand.key("Return")
    _edited(seat, 2)
    graph = seat.saved()
    expect((graph.nodes["yes"].name, graph.nodes["no"].name) == ("Good news", "Bad news"), "both have their names")


@AREA.act("Enter goes to the parameters of the selected node, Esc comes back")
def _enter(seat: Seat) -> None:
    seat.select("yes")
    seat.hand.key("Return")
    seat.until(lambda state: state["focus"] != "CanvasView", "the focus to be in the inspector")
    seat.hand.key("ctrl+a")
    seat.hand.type("typed")
    seat.hand.key("Escape")
    seat.until(lambda state: state["focus"] == "CanvasView", "the canvas to have the focus")
    expect(seat.saved().nodes["yes"].config["message"] == "typed", "what was typed is kept")


@AREA.act("The list of edits goes back and forth", picture=True)
def _history(seat: Seat) -> None:
    seat.select("join")
    seat.hand.key("ctrl+Right", "d", "ctrl+Down")
    _edited(seat, 3)
    seat.hand.key("ctrl+alt+z")
    seat.until(lambda state: state["sheet"] == "HistorySheet", "the list")
    seat.screen.picture(seat.pictures / "editing-history.png")
    seat.hand.key("Down", "Down", "Return")
    seat.until(lambda state: state["edits"] == 1 and not state["sheet"], "two edits to be undone")
    seat.hand.key("ctrl+shift+z", "ctrl+y")
    _edited(seat, 3)


@AREA.act("Nodes are aligned and distributed", picture=True)
def _align(seat: Seat) -> None:
    seat.select("yes", "no", "sum")
    seat.hand.key("shift+v")
    _edited(seat)
    graph = seat.saved()
    expect(len({graph.nodes[one].position[0] for one in ("yes", "no", "sum")}) == 1, "one left side")
    seat.hand.key("shift+alt+v")
    seat.until(lambda state: state["edits"] == 2, "to be distributed")
    seat.hand.key("ctrl+z", "ctrl+z", "shift+h")
    seat.until(lambda state: state["edits"] == 1 and state["redo"] is None, "to be aligned at the top")
    graph = seat.saved()
    expect(len({graph.nodes[one].position[1] for one in ("yes", "no", "sum")}) == 1, "one top")


@AREA.act("Ctrl and the arrows nudge; presses in a row are one step to undo")
def _nudge(seat: Seat) -> None:
    seat.select("join")
    seat.hand.key("ctrl+Right", "ctrl+Right", "ctrl+shift+Down")
    seat.until(lambda state: state["edits"] >= 1, "the nudge")
    expect(seat.saved().nodes["join"].position == (320, 500), f"{seat.read().nodes['join'].position}")


@AREA.act("L lays everything out in one step", picture=True)
def _tidy(seat: Seat) -> None:
    seat.hand.drag(seat.node("compare"), seat.place(500, 240))
    _edited(seat)
    seat.hand.key("Escape", "l")
    _edited(seat, 2)
    graph = seat.saved()
    xs = [graph.nodes[one].position[0] for one in ("set", "compare", "if", "yes")]
    expect(xs == sorted(set(xs)), f"the flow runs to the right: {xs}")


@AREA.act("Q straightens wires")
def _straighten(seat: Seat) -> None:
    seat.select("if", "yes")
    seat.hand.key("q")
    _edited(seat)


@AREA.act("G takes the selection into the hand, a click puts it down")
def _grab(seat: Seat) -> None:
    seat.select("join")
    start = seat.node("join")
    seat.hand.key("g")
    seat.until(lambda state: "puts it down" in state["hint"], "the hint")
    seat.hand.move((start[0] + 40, start[1] + 60))
    seat.hand.click((start[0] + 50, start[1] + 70))
    _edited(seat)
    expect(seat.saved().nodes["join"].position != flow().nodes["join"].position, "it has moved")


@AREA.act("A drag moves a node in one step, and Esc brings it back")
def _drag(seat: Seat) -> None:
    start = seat.node("join")
    end = (start[0] + 90, start[1] + 60)
    seat.hand.drag(start, end, drop=False)
    seat.hand.key("Escape")
    seat.hand.drop()
    seat.hand.drag(start, end)
    _edited(seat)
    x, y = seat.saved().nodes["join"].position
    expect(x % 20 == 0 and y % 20 == 0 and (x, y) != (280, 300), f"it stands on the grid at {x, y}")


@AREA.act("A band to the right takes what it encloses, one to the left what it touches")
def _band(seat: Seat) -> None:
    seat.hand.drag(seat.place(260, 200), seat.place(540, 480))
    seat.selected("join")
    seat.hand.drag(seat.place(600, 480), seat.place(440, 260))
    seat.selected("join", "sum")
    seat.hand.drag(seat.place(800, 60), seat.place(1060, 260), held=("shift",))
    seat.selected("join", "no", "sum")


@AREA.act("Ctrl+A, Ctrl+I, Ctrl+Shift+A choose all, the others, none")
def _choose(seat: Seat) -> None:
    seat.select("join")
    seat.hand.key("ctrl+i")
    seat.selected(*(one for one in flow().nodes if one != "join"))
    seat.hand.key("ctrl+a")
    seat.selected(*flow().nodes)
    seat.hand.key("ctrl+shift+a")
    seat.selected()


@AREA.act("Delete takes the selection away in one step")
def _delete(seat: Seat) -> None:
    seat.select("if", "join")
    seat.hand.key("Delete")
    _edited(seat)
    expect({"if", "join"}.isdisjoint(seat.saved().nodes), "both are gone")
    seat.hand.click(seat.place(100, 450), button=MIDDLE)
