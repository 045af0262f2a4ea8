"""Structure: frames, notes, and subgraphs in one another."""

from __future__ import annotations

from tests.window.acts import Area
from tests.window.graphs import framed
from tests.window.hand import RIGHT
from tests.window.seat import Seat, expect, only, wires

AREA = Area("structure", framed(), theme="light")


def _edited(seat: Seat, times: int = 1) -> None:
    seat.until(lambda state: state["edits"] == times, f"{times} edits")


def _group(seat: Seat, *nodes: str) -> str:
    """Make a subgraph of some nodes and return the id of the instance."""
    seat.select(*nodes)
    before = seat.state["edits"]
    seat.hand.key("ctrl+g")
    state = seat.until(lambda now: now["edits"] == before + 1 and len(now["nodes"]) == 1, "the subgraph")
    return only(state["nodes"])


@AREA.act("C puts a frame round the selection and lets its title be typed", picture=True)
def _frame(seat: Seat) -> None:
    seat.select("join", "sum")
    seat.hand.key("c")
    seat.until(lambda state: state["focus"] == "QLineEdit", "the title to be typed")
    seat.hand.type("Sums")
    seat.hand.key("Return")
    _edited(seat, 2)
    graph = seat.saved()
    made = only(graph.frames.keys() - framed().frames.keys())
    expect(graph.frames[made].title == "Sums" and set(graph.frames[made].node_ids) == {"join", "sum"}, "it holds both")


@AREA.act("A frame carries its nodes")
def _carry(seat: Seat) -> None:
    start = seat.ask("box", box="frame")
    seat.hand.drag(start, (start[0] + 40, start[1] - 80))
    _edited(seat)
    graph = seat.saved()
    moved = [graph.nodes[one].position != framed().nodes[one].position for one in ("compare", "if", "yes")]
    expect(moved == [True, True, False], "the two inside move, the one outside stays")


@AREA.act("A frame is resized at its corner")
def _resize(seat: Seat) -> None:
    x, y = seat.ask("box", box="frame", right=1.0, down=-4)
    seat.hand.drag((x - 4, y), (x + 30, y + 40))
    _edited(seat)
    expect(seat.saved().frames["frame"].size != framed().frames["frame"].size, "it has another size")


@AREA.act("H folds a frame to a box with ports, a double click opens it again", picture=True)
def _fold(seat: Seat) -> None:
    seat.hand.click(seat.ask("box", box="frame"))
    seat.until(lambda state: state["frames"] == ["frame"], "the frame to be selected")
    seat.hand.key("h")
    _edited(seat)
    expect(seat.saved().frames["frame"].collapsed, "it is folded in the file")
    seat.screen.picture(seat.pictures / "structure-folded.png")
    place = seat.ask("box", box="frame")
    seat.hand.drag(place, (place[0], place[1] - 60))
    _edited(seat, 2)
    seat.hand.click(seat.ask("box", box="frame"), times=2)
    _edited(seat, 3)
    expect(not seat.saved().frames["frame"].collapsed, "it is open in the file")


@AREA.act("A wire is drawn to a port of a folded frame")
def _wire_to_box(seat: Seat) -> None:
    seat.hand.click(seat.ask("box", box="frame"))
    seat.hand.key("h")
    _edited(seat)
    seat.hand.drag(seat.port("sum", "exec_out", output=True), seat.port("compare", "exec_in"))
    _edited(seat, 2)
    expect(("sum", "exec_out", "compare", "exec_in") in wires(seat.saved()), "it is wired to the node inside")


@AREA.act("Shift+S adds a note in Markdown", picture=True)
def _note(seat: Seat) -> None:
    seat.hand.move(seat.place(120, 240))
    seat.hand.key("shift+s")
    seat.until(lambda state: state["focus"] == "QPlainTextEdit", "the text to be typed")
    seat.hand.type("# Plan")
    seat.hand.key("Return")
    seat.hand.type("- **one**")
    seat.hand.key("ctrl+Return")
    _edited(seat, 2)
    graph = seat.saved()
    made = graph.notes[only(graph.notes.keys() - framed().notes.keys())]
    expect(made.text == "# Plan\n- **one**", f"its text: {made.text!r}")


@AREA.act("Enter edits a note, and renames a frame")
def _edit_decor(seat: Seat) -> None:
    seat.hand.click(seat.ask("box", box="note", down=60))
    seat.hand.key("Return")
    seat.until(lambda state: state["focus"] == "QPlainTextEdit", "the text to be typed")
    seat.hand.key("ctrl+a")
    seat.hand.type("short")
    seat.hand.key("ctrl+Return")
    _edited(seat)
    seat.hand.click(seat.ask("box", box="frame"))
    seat.hand.key("Return")
    seat.until(lambda state: state["focus"] == "QLineEdit", "the title to be typed")
    seat.hand.type("Choose")
    seat.hand.key("Return")
    _edited(seat, 2)
    graph = seat.saved()
    expect((graph.notes["note"].text, graph.frames["frame"].title) == ("short", "Choose"), "both are in the file")


@AREA.act("Ctrl+G makes a subgraph, Alt+Down enters it, Esc leaves it", picture=True)
def _subgraph(seat: Seat) -> None:
    instance = _group(seat, "compare", "if")
    graph = seat.saved()
    expect({"compare", "if"}.isdisjoint(graph.nodes) and len(graph.subflows) == 1, "the nodes are inside")
    seat.screen.picture(seat.pictures / "structure-instance.png")
    seat.hand.key("alt+Down")
    seat.until(lambda state: state["depth"] == 1, "to be inside")
    seat.screen.picture(seat.pictures / "structure-inside.png")
    seat.hand.key("Escape", "Escape")
    seat.until(lambda state: state["depth"] == 0, "to be outside")
    seat.hand.click(seat.node(instance), times=2)
    seat.until(lambda state: state["depth"] == 1, "to be inside by a double click")
    seat.hand.key("alt+Up")
    seat.until(lambda state: state["depth"] == 0, "to be outside by Alt+Up")


@AREA.act("Subgraphs nest four deep, and breadcrumbs lead out", picture=True)
def _nested(seat: Seat) -> None:
    _group(seat, "compare", "if")
    for depth in range(1, 5):
        seat.hand.key("alt+Down")
        seat.until(lambda state, depth=depth: state["depth"] == depth, f"depth {depth}")
        if depth < 4:
            seat.hand.key("Home")
            _group(seat, "compare")
    seat.screen.picture(seat.pictures / "structure-deep.png")
    seat.hand.click(seat.widget("Subgraph 2"))
    seat.until(lambda state: state["depth"] == 2, "to be at depth 2 by its breadcrumb")
    seat.hand.click(seat.widget("framed"))
    seat.until(lambda state: state["depth"] == 0, "to be outside by the first breadcrumb")


@AREA.act("An edit inside one instance shows in all, until one is made unique")
def _shared(seat: Seat) -> None:
    _group(seat, "join")
    seat.hand.key("ctrl+d")
    _edited(seat, 2)
    expect(len(seat.saved().subflows) == 1, "two instances share one definition")
    seat.run("Make subgraph unique")
    _edited(seat, 3)
    expect(len(seat.saved().subflows) == 2, "each has its own")


@AREA.act("Ctrl+Shift+G dissolves a subgraph")
def _dissolve(seat: Seat) -> None:
    _group(seat, "compare", "if")
    seat.hand.key("ctrl+shift+g")
    _edited(seat, 2)
    graph = seat.saved()
    expect(wires(graph) == wires(framed()), f"everything is wired as before: {wires(graph) ^ wires(framed())}")
    expect(not graph.subflows, "the definition is gone with its last instance")


@AREA.act("A parameter inside is promoted to the instance", picture=True)
def _promote(seat: Seat) -> None:
    instance = _group(seat, "yes")
    seat.hand.key("alt+Down")
    seat.until(lambda state: state["depth"] == 1, "to be inside")
    seat.hand.key("Home")
    seat.select("yes")
    place = seat.widget("Message")
    seat.hand.move(place)
    seat.hand.click(seat.widget("Promote to subgraph parameter: Message"))
    _edited(seat, 2)
    seat.hand.key("alt+Up")
    seat.hand.click(seat.place(500, 500))
    seat.select(instance)
    seat.widget("Message")


@AREA.act("The menu of a subgraph offers what can be done with it", picture=True)
def _menu(seat: Seat) -> None:
    instance = _group(seat, "compare", "if")
    seat.hand.click(seat.node(instance), button=RIGHT)
    seat.until(lambda state: state["popup"] == "QMenu", "the menu")
    seat.screen.picture(seat.pictures / "structure-menu.png")


@AREA.act("Tidying keeps frames, notes and folded boxes together and on the grid", picture=True)
def _tidy(seat: Seat) -> None:
    seat.hand.click(seat.ask("box", box="frame"))
    seat.hand.key("h", "Escape", "l")
    seat.until(lambda state: state["edits"] >= 2, "to be tidied")
    frame = seat.saved().frames["frame"]
    expect(frame.position[0] % 20 == 0 and frame.position[1] % 20 == 0, f"the box stands at {frame.position}")
