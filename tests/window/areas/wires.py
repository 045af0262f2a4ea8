"""Wires: drawn, refused in words, converted, cut, bent, hidden, turned into portals, and healed."""

from __future__ import annotations

import time

from tests.window.acts import Area
from tests.window.graphs import flow
from tests.window.hand import LEFT, RIGHT
from tests.window.seat import Seat, expect, wires

AREA = Area("wires", flow())
_TRUE = ("if", "true", "yes", "exec_in")
_FALSE = ("if", "false", "no", "exec_in")
_VALUE = ("set", "value", "compare", "a")


def _extra(seat: Seat, key: tuple[str, str, str, str]) -> dict[str, object]:
    return dict(seat.saved().connections[key].extra)


@AREA.act("A wire is drawn from port to port", picture=True)
def _draw(seat: Seat) -> None:
    start, end = seat.port("join", "result", output=True), seat.port("yes", "message")
    seat.hand.drag(start, end, drop=False)
    seat.screen.picture(seat.pictures / "wires-drawing.png")
    seat.hand.drop()
    seat.did("Connect")
    expect(("join", "result", "yes", "message") in wires(seat.saved()), "it is there")


@AREA.act("It snaps to the nearest port that fits")
def _snap(seat: Seat) -> None:
    x, y = seat.port("yes", "message")
    seat.hand.drag(seat.port("join", "result", output=True), (x - 16, y + 3))
    seat.did("Connect")
    expect(("join", "result", "yes", "message") in wires(seat.saved()), "it jumped to the port")


@AREA.act("Dropped on the body of a node it takes the port that fits")
def _body(seat: Seat) -> None:
    seat.hand.drag(seat.port("join", "result", output=True), seat.node("yes", right=0.6))
    seat.did("Connect")
    expect(("join", "result", "yes", "message") in wires(seat.saved()), "the text goes to the message")


@AREA.act("A refused wire says why, in words", picture=True)
def _refused(seat: Seat) -> None:
    seat.hand.drag(seat.port("join", "result", output=True), seat.port("yes", "exec_in"), drop=False)
    state = seat.until(lambda now: now["pending"] and now["pending"][0], "a reason")
    expect(len(state["pending"][0].split()) > 3, f"the reason is a sentence: {state['pending'][0]}")
    seat.screen.picture(seat.pictures / "wires-refused.png")
    seat.hand.drop()


@AREA.act("A converter is offered where one exists, and put between", picture=True)
def _converter(seat: Seat) -> None:
    seat.hand.drag(seat.port("join", "result", output=True), seat.port("sum", "a"), drop=False)
    seat.until(lambda now: now["pending"] and any("between" in one for one in now["pending"]), "an offer")
    seat.screen.picture(seat.pictures / "wires-converter.png")
    seat.hand.drop()
    seat.did("Connect by a converter")
    expect(len(seat.saved().nodes) == len(flow().nodes) + 1, "one node more")


@AREA.act("The end of a wire is taken to another port")
def _move_end(seat: Seat) -> None:
    seat.hand.drag(seat.port("compare", "a"), seat.port("compare", "b"))
    found = wires(seat.saved())
    expect(_VALUE not in found and ("set", "value", "compare", "b") in found, f"it ends at b: {found}")


@AREA.act("Ctrl draws a new wire also from an input that has one")
def _second(seat: Seat) -> None:
    seat.hand.drag(seat.port("compare", "a"), seat.place(120, 160), held=("ctrl",))
    seat.until(lambda state: state["sheet"] == "QuickAdd", "quick-add for a new wire")
    seat.hand.key("Escape")
    expect(_VALUE in wires(seat.saved()), "the old wire is still there")


def _across(seat: Seat) -> tuple[list[int], list[int]]:
    """Return the ends of a line across the wires to both logs."""
    return list(seat.place(800, -60)), list(seat.place(800, 160))


@AREA.act("Ctrl and a right drag cut wires", picture=True)
def _knife_right(seat: Seat) -> None:
    start, end = _across(seat)
    seat.hand.drag(start, end, held=("ctrl",), button=RIGHT, drop=False)
    seat.screen.picture(seat.pictures / "wires-knife.png")
    seat.hand.drop(held=("ctrl",), button=RIGHT)
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(not {_TRUE, _FALSE} & wires(seat.saved()), "both are cut")


@AREA.act("Y and a left drag cut wires")
def _knife_y(seat: Seat) -> None:
    start, end = _across(seat)
    seat.hand.drag(start, end, held=("y",))
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(not {_TRUE, _FALSE} & wires(seat.saved()), "both are cut")


@AREA.act("Alt+Shift and a left drag cut wires")
def _knife_alt(seat: Seat) -> None:
    start, end = _across(seat)
    seat.hand.drag(start, end, held=("alt", "shift"))
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(not {_TRUE, _FALSE} & wires(seat.saved()), "both are cut")


@AREA.act("Shift and a right drag give every crossed wire a point", picture=True)
def _reroute(seat: Seat) -> None:
    start, end = _across(seat)
    seat.hand.drag(start, end, held=("shift",), button=RIGHT)
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(_extra(seat, _TRUE) and _extra(seat, _FALSE), "both have a point")


@AREA.act("Alt and a click put a point on a wire, a drag moves it, Alt and a click take it off")
def _waypoint(seat: Seat) -> None:
    place = seat.wire(*_TRUE)
    seat.hand.click(place, held=("alt",))
    seat.until(lambda state: state["edits"] == 1, "a point")
    moved = (place[0] - 12, place[1] - 60)
    seat.hand.drag(place, moved)
    seat.until(lambda state: state["edits"] == 2, "the point to be moved")
    seat.hand.click(moved, held=("alt",))
    seat.until(lambda state: state["edits"] == 3, "the point to be gone")
    expect(not _extra(seat, _TRUE), "the wire is straight again")


@AREA.act("Ctrl+Del deletes a node and heals the flow")
def _heal(seat: Seat) -> None:
    seat.select("compare")
    seat.hand.key("ctrl+Delete")
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(("set", "exec_out", "if", "exec_in") in wires(seat.saved()), "set goes on to if")


@AREA.act("A shaken node comes off its wires, and the flow closes behind it")
def _shake(seat: Seat) -> None:
    x, y = seat.node("compare")
    way = [(x + 70 * (1 if turn % 2 else -1), y + 12 * turn) for turn in range(1, 8)]
    seat.hand.drag((x, y), *way, (x, y + 150), steps=5, slow=0.008)
    seat.until(lambda state: state["edits"] == 1, "one edit")
    graph = seat.saved()
    expect(not any("compare" in key for key in wires(graph)), "it has no wire")
    expect(("set", "exec_out", "if", "exec_in") in wires(graph), "set goes on to if")


@AREA.act("Ctrl+Shift+X takes a node out of the flow")
def _extract(seat: Seat) -> None:
    seat.select("compare")
    seat.hand.key("ctrl+shift+x")
    seat.until(lambda state: state["edits"] == 1, "one edit")
    graph = seat.saved()
    expect("compare" in graph.nodes and not any("compare" in key for key in wires(graph)), "it stands alone")


@AREA.act("Alt and a right drag wire two nodes by what fits", picture=True)
def _lazy(seat: Seat) -> None:
    seat.hand.drag(seat.node("join"), seat.node("sum"), held=("alt",), button=RIGHT, drop=False)
    seat.screen.picture(seat.pictures / "wires-lazy.png")
    seat.hand.drop(held=("alt",), button=RIGHT)
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(("join", "exec_out", "sum", "exec_in") in wires(seat.saved()), "they are wired")


@AREA.act("Ctrl+L wires the selected nodes, Ctrl+Shift+L takes their wires away")
def _auto(seat: Seat) -> None:
    seat.select("join", "sum")
    seat.hand.key("ctrl+l")
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(any(key[0] == "join" and key[2] == "sum" for key in wires(seat.saved())), "they are wired")
    seat.hand.key("ctrl+shift+l")
    seat.until(lambda state: state["edits"] == 2, "another edit")
    expect(not any("join" in key for key in wires(seat.saved())), "they are not wired")


@AREA.act("A wire is shown faintly, hidden until hover, and in full again", picture=True)
def _display(seat: Seat) -> None:
    seat.select_wire(*_TRUE)
    for title in ("Wire: show faintly", "Wire: hide until hover"):
        seat.run(title)
        expect(_extra(seat, _TRUE), f"“{title}” is in the file")
    seat.hand.key("Escape")
    seat.screen.picture(seat.pictures / "wires-hidden.png")
    seat.hand.move(seat.wire(*_TRUE))
    seat.screen.picture(seat.pictures / "wires-hovered.png")
    seat.select_wire(*_TRUE)
    seat.run("Wire: show in full")
    expect(not _extra(seat, _TRUE), "the mark is gone")


@AREA.act("A wire becomes a portal with a name that search finds, and is followed", picture=True)
def _portal(seat: Seat) -> None:
    seat.select_wire(*_TRUE)
    seat.run("Wire: show as portal")
    seat.until(lambda state: state["focus"] == "QLineEdit", "the name to be typed")
    seat.hand.key("ctrl+a")
    seat.hand.type("Answer")
    seat.hand.key("Return")
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect("Answer" in str(_extra(seat, _TRUE)), "the name is in the file")
    seat.hand.key("ctrl+f")
    seat.until(lambda state: "Find" in state["focus_name"] or state["focus"] == "SearchField", "the find bar")
    seat.hand.type("answer")
    seat.until_text("1 found")
    seat.hand.key("Escape")
    seat.run("Go to a portal")
    seat.until(lambda state: state["sheet"] == "PortalSheet", "the portals")
    seat.hand.key("Return")
    seat.until(lambda state: state["wires"] == [list(_TRUE)], "its wire to be chosen")


@AREA.act("A wire that runs backwards goes round its node", picture=True)
def _backwards(seat: Seat) -> None:
    seat.hand.drag(seat.port("sum", "result", output=True), seat.port("join", "string_1"), drop=False)
    time.sleep(0.1)
    seat.hand.drop()
    seat.until(lambda state: state["edits"] == 1, "one edit")
    x, y = seat.wire(*next(key for key in wires(seat.saved()) if key[0] == "sum"))
    top, bottom = seat.node("sum", down=0)[1], seat.node("sum", down=82)[1]
    expect(not top < y < bottom, f"the middle of the wire ({x}, {y}) is above or below the card")


@AREA.act("Wires are selected by a click and deleted")
def _delete(seat: Seat) -> None:
    seat.select_wire(*_TRUE)
    seat.hand.click(seat.wire(*_FALSE), held=("shift",), button=LEFT)
    seat.until(lambda state: len(state["wires"]) == 2, "two wires")
    seat.hand.key("Delete")
    seat.until(lambda state: state["edits"] == 1, "one edit")
    expect(not {_TRUE, _FALSE} & wires(seat.saved()), "both are gone")


@AREA.act("The menu of a wire offers how it is shown", picture=True)
def _menu(seat: Seat) -> None:
    seat.hand.click(seat.wire(*_TRUE), button=RIGHT)
    seat.until(lambda state: state["popup"] == "QMenu", "the menu")
    seat.screen.picture(seat.pictures / "wires-menu.png")
