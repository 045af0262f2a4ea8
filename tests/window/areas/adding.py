"""Adding nodes: quick-add at the pointer in all its ways, wires dropped on nothing, nodes dropped on wires."""

from __future__ import annotations

from tests.window.acts import Area
from tests.window.graphs import flow
from tests.window.hand import RIGHT
from tests.window.seat import Seat, expect, only, wires

AREA = Area("adding", flow())
_FREE = (120.0, 200.0)
"""A place of the canvas where nothing is."""


def _added(seat: Seat) -> str:
    return only(seat.saved().nodes.keys() - flow().nodes.keys(), "one new node")


def _stands_at_pointer(seat: Seat, node: str) -> None:
    x, y = seat.read().nodes[node].position
    expect(abs(x + 100 - _FREE[0]) <= 10 and abs(y + 14 - _FREE[1]) <= 14, f"the node stands at {x, y}")


def _by_key(seat: Seat, key: str) -> None:
    seat.hand.move(seat.place(*_FREE))
    seat.hand.key(key)
    seat.quick_add("log")
    node = _added(seat)
    expect(seat.read().nodes[node].type == "LogNode", "the first hit of “log” is a Log node")
    _stands_at_pointer(seat, node)


@AREA.act("Tab adds a node at the pointer", picture=True)
def _tab(seat: Seat) -> None:
    seat.hand.move(seat.place(*_FREE))
    seat.hand.key("Tab")
    seat.until(lambda state: state["sheet"] == "QuickAdd", "quick-add")
    seat.hand.type("log")
    seat.until_text("log")
    seat.screen.picture(seat.pictures / "adding-quick-add.png")
    seat.hand.key("Return")
    seat.until(lambda state: not state["sheet"] and len(state["nodes"]) == 1, "the new node")
    _stands_at_pointer(seat, _added(seat))


@AREA.act("N adds a node at the pointer")
def _n(seat: Seat) -> None:
    _by_key(seat, "n")


@AREA.act("Shift+A adds a node at the pointer")
def _shift_a(seat: Seat) -> None:
    _by_key(seat, "shift+a")


@AREA.act("A tap of Space adds a node at the pointer")
def _space(seat: Seat) -> None:
    _by_key(seat, "space")


@AREA.act("A double click on the canvas adds a node there")
def _double_click(seat: Seat) -> None:
    seat.hand.click(seat.place(*_FREE), times=2)
    seat.quick_add("log")
    _stands_at_pointer(seat, _added(seat))


@AREA.act("A right click offers to add a node there", picture=True)
def _right_click(seat: Seat) -> None:
    seat.hand.click(seat.place(*_FREE), button=RIGHT)
    seat.until(lambda state: state["popup"] == "QMenu", "the menu")
    seat.screen.picture(seat.pictures / "adding-menu.png")
    seat.hand.key("Down", "Return")
    seat.quick_add("log")
    _added(seat)


@AREA.act("Words of a search may come in any order, and aliases count")
def _fuzzy(seat: Seat) -> None:
    seat.hand.move(seat.place(*_FREE))
    seat.hand.key("Tab")
    seat.quick_add("variable set")
    expect(seat.saved().nodes[_added(seat)].type == "SetVariableNode", "“variable set” finds Set variable")


@AREA.act("Enter adds the node and wires it to the selected one")
def _wired(seat: Seat) -> None:
    seat.select("yes")
    seat.hand.move(seat.place(*_FREE))
    seat.hand.key("Tab")
    seat.quick_add("log")
    node = _added(seat)
    expect(("yes", "exec_out", node, "exec_in") in wires(seat.read()), "it is wired to “yes”")


@AREA.act("Shift+Enter adds the node on its own")
def _unwired(seat: Seat) -> None:
    seat.select("yes")
    seat.hand.move(seat.place(*_FREE))
    seat.hand.key("Tab")
    seat.quick_add("log", enter="shift+Return")
    node = _added(seat)
    expect(not any(node in key for key in wires(seat.read())), "it has no wire")


@AREA.act("What is added is in view, and stays so when many follow each other")
def _follows(seat: Seat) -> None:
    seat.select("yes")
    seat.hand.key("ctrl+0")
    for _ in range(5):
        seat.hand.key("Tab")
        seat.quick_add("log")
    graph, state = seat.saved(), seat.state
    x, y, width, height = state["seen"]
    left, top = graph.nodes[only(state["nodes"])].position
    expect(x <= left and left + 200 <= x + width and y <= top <= y + height, f"{left, top} is in view {state['seen']}")


@AREA.act("A wire dropped on the canvas asks for a node that fits, and wires it", picture=True)
def _wire_on_nothing(seat: Seat) -> None:
    seat.hand.drag(seat.port("join", "result", output=True), seat.place(420, 480))
    seat.until(lambda state: state["sheet"] == "QuickAdd", "quick-add")
    seat.screen.picture(seat.pictures / "adding-wire.png")
    seat.quick_add("log")
    node = _added(seat)
    expect(("join", "result", node, "message") in wires(seat.read()), "it is wired to the text")


@AREA.act("A wire dropped with Shift on the canvas is given up")
def _wire_given_up(seat: Seat) -> None:
    start, end = seat.port("join", "result", output=True), seat.place(420, 480)
    seat.hand.drag(start, end, drop=False)
    seat.hand.hold("shift")
    seat.hand.drop(held=("shift",))
    seat.until(lambda state: state["pending"] is None and not state["sheet"], "no wire and no popup")


@AREA.act("A node dropped on a wire goes into it")
def _node_on_wire(seat: Seat) -> None:
    seat.hand.click(seat.place(*_FREE), times=2)
    seat.quick_add("log")
    node = _added(seat)
    seat.hand.drag(seat.node(node), seat.wire("if", "true", "yes", "exec_in"))
    seat.did("Insert")
    found = wires(seat.saved())
    expect(("if", "true", node, "exec_in") in found, "it comes after If")
    expect((node, "exec_out", "yes", "exec_in") in found, "it comes before the log")


@AREA.act("A node of the palette is dragged onto the canvas")
def _palette(seat: Seat) -> None:
    seat.hand.click(seat.widget("SearchField"))
    seat.hand.type("log message")
    start = seat.find(lambda: seat.ask("row", name="PaletteView", text="Log"))
    seat.hand.drag(start, seat.place(*_FREE), steps=16, slow=0.03)
    seat.did("Add")
    node = _added(seat)
    expect(seat.read().nodes[node].type == "LogNode", "it is the one that was dragged")
