"""Finding one's way: moving the view, the minimap, finding, bookmarks, walking, the outline, two halves."""

from __future__ import annotations

from tests.window.acts import Area
from tests.window.graphs import flow
from tests.window.hand import LEFT, MIDDLE, RIGHT
from tests.window.seat import Seat, State, expect

AREA = Area("finding_your_way", flow())


def _seen(state: State) -> list[float]:
    seen: list[float] = state["seen"]
    return seen


@AREA.act("The wheel zooms at the pointer")
def _wheel(seat: Seat) -> None:
    place = seat.node("yes")
    zoom = seat.state["zoom"]
    seat.hand.wheel(place, 2)
    seat.until(lambda state: state["zoom"] > zoom * 1.2, "to be nearer")
    x, y = seat.node("yes")
    expect(abs(x - place[0]) <= 4 and abs(y - place[1]) <= 4, "what is under the pointer stays there")
    seat.hand.wheel(place, -4)
    seat.until(lambda state: state["zoom"] < zoom, "to be further off")


@AREA.act("The view is moved by the middle button, by Space, by Alt and by the right button")
def _pan(seat: Seat) -> None:
    seat.hand.key("ctrl+0")
    for button, held in ((MIDDLE, ()), (LEFT, ("space",)), (LEFT, ("alt",)), (RIGHT, ())):
        before = _seen(seat.state)
        start = seat.widget("Workflow canvas", right=0.5, down=0.92)
        seat.hand.drag(start, (start[0] + 60, start[1] - 40), button=button, held=held)
        seat.until(lambda now, before=before: abs(_seen(now)[0] - before[0]) > 20, f"{button} {held} to move the view")
        expect(not seat.state["sheet"], "no popup comes of it")


@AREA.act("Ctrl+0, Ctrl+=, Ctrl+-, Home, Ctrl+1 and F show what they say")
def _zoom_keys(seat: Seat) -> None:
    seat.hand.key("ctrl+0")
    seat.until(lambda state: state["zoom"] == 1.0, "actual size")
    seat.hand.key("ctrl+equal")
    seat.until(lambda state: state["zoom"] > 1.1, "to be nearer")
    seat.hand.key("ctrl+minus", "ctrl+minus")
    seat.until(lambda state: state["zoom"] < 0.9, "to be further off")
    seat.hand.key("Home")
    fitted = seat.until(lambda state: _seen(state)[0] <= 0 and _seen(state)[2] >= 1040, "everything")
    seat.select("no")
    seat.hand.key("f")
    seat.until(lambda state: state["zoom"] == 1.0, "the selected node")
    seat.hand.key("ctrl+1")
    seat.until(lambda state: state["zoom"] == fitted["zoom"], "everything again")


@AREA.act("Z held shows everything, and lets go to where it was", picture=True)
def _peek(seat: Seat) -> None:
    seat.hand.key("ctrl+0")
    before = seat.until(lambda state: state["zoom"] == 1.0, "actual size")
    seat.hand.hold("z")
    seat.until(lambda state: state["zoom"] < 1.0, "everything")
    seat.screen.picture(seat.pictures / "finding-peek.png")
    seat.hand.let_go("z")
    seat.until(lambda state: state["zoom"] == 1.0, "to be back")
    expect(abs(_seen(seat.state)[0] - _seen(before)[0]) < 400, "near the place from before")


@AREA.act("The minimap shows the whole and leads to a place", picture=True)
def _minimap(seat: Seat) -> None:
    seat.hand.key("ctrl+0", "ctrl+equal", "ctrl+equal")
    seat.until(lambda state: state["zoom"] > 1.3, "to be near")
    before = _seen(seat.state)
    x, y, width, height = seat.find(lambda: seat.ask("minimap"))
    seat.screen.picture(seat.pictures / "finding-minimap.png")
    seat.hand.click((x + width * 8 // 10, y + height // 2))
    right = _seen(seat.until(lambda state: _seen(state) != before, "the view to move"))
    seat.hand.drag((x + width * 8 // 10, y + height // 2), (x + width * 2 // 10, y + height // 2))
    seat.until(lambda state: _seen(state)[0] < right[0], "the view to follow the drag")
    seat.hand.key("alt+m")
    seat.until_true(lambda: seat.ask("minimap")[2] == 0, "the minimap to be gone")
    seat.hand.key("alt+m")


@AREA.act("Find goes by text, type, parameter and problem", picture=True)
def _find(seat: Seat) -> None:
    for words, nodes in (
        ("compare", {"compare"}),
        ("type:LogNode", {"yes", "no"}),
        ("param:message=no", {"no"}),
        ("is:unconnected", {"join", "sum"}),
    ):
        seat.hand.key("ctrl+f")
        seat.until(lambda state: state["focus"] == "SearchField", "the find bar")
        seat.hand.key("ctrl+a")
        seat.hand.type(words)
        seat.until_text("found")
        seat.screen.picture(seat.pictures / f"finding-{words.split(':')[0]}.png")
        seat.hand.key("Return")
        seat.until(lambda state, nodes=nodes: state["nodes"] and set(state["nodes"]) <= nodes, f"{words} to be found")
        seat.hand.key("Escape")
        seat.focus_canvas()


@AREA.act("F3 and Shift+F3 go on and back")
def _find_next(seat: Seat) -> None:
    seat.hand.key("ctrl+f")
    seat.until(lambda state: state["focus"] == "SearchField", "the find bar")
    seat.hand.key("ctrl+a")
    seat.hand.type("log")
    seat.until_text("found")
    seat.hand.key("F3")
    first = seat.until(lambda state: len(state["nodes"]) == 1, "the first")["nodes"]
    seat.hand.key("F3")
    seat.until(lambda state: state["nodes"] not in ([], first), "the second")
    seat.hand.key("shift+F3")
    seat.until(lambda state: state["nodes"] == first, "the first again")
    seat.hand.key("Escape")


@AREA.act("A bookmark is set and gone back to; [ and ] go through the places")
def _bookmarks(seat: Seat) -> None:
    seat.select("no")
    seat.hand.key("f", "ctrl+alt+3")
    there = _seen(seat.until(lambda state: "Bookmark 3" in state["toast"], "the bookmark to be set"))
    seat.hand.key("Home")
    seat.until(lambda state: state["zoom"] < 1, "everything")
    seat.hand.key("alt+3")
    seat.until(lambda state: state["zoom"] == 1 and abs(_seen(state)[0] - there[0]) < 2, "the bookmark")
    seat.hand.key("bracketleft")
    seat.until(lambda state: state["zoom"] < 1, "to be back")
    seat.hand.key("bracketright")
    seat.until(lambda state: state["zoom"] == 1, "to be there again")


@AREA.act("The arrows walk along wires, Shift and arrows take everything up or down the flow")
def _walk(seat: Seat) -> None:
    seat.select("set")
    seat.hand.key("Right")
    seat.selected("compare")
    seat.hand.key("Right")
    seat.selected("if")
    seat.hand.key("Right")
    seat.until(lambda state: state["nodes"] in (["yes"], ["no"]), "a log")
    seat.hand.key("Left")
    seat.selected("if")
    seat.hand.key("shift+Right")
    seat.selected("if", "no", "yes")
    seat.select("if")
    seat.hand.key("shift+Left")
    seat.selected("compare", "if", "set")


@AREA.act("The outline lists everything and leads there", picture=True)
def _outline(seat: Seat) -> None:
    seat.hand.key("ctrl+shift+u")
    seat.until(lambda state: "outline" in str(state["docks"]).lower(), "the outline")
    place = seat.find(lambda: seat.ask("row", name="Outline", text="Calculate"))
    seat.screen.picture(seat.pictures / "finding-outline.png")
    seat.hand.click(place)
    seat.selected("sum")
    seat.hand.key("ctrl+shift+e")


@AREA.act("The canvas is split; both halves show one document", picture=True)
def _split(seat: Seat) -> None:
    seat.hand.key("ctrl+backslash")
    seat.until(lambda state: state["split"], "two halves")
    seat.select("join")
    seat.hand.key("d")
    seat.did("Disable")
    seat.screen.picture(seat.pictures / "finding-split.png")
    seat.hand.key("ctrl+shift+backslash", "ctrl+backslash")
    seat.until(lambda state: not state["split"], "one half")


@AREA.act("The command palette finds every command and says why one cannot be used", picture=True)
def _palette(seat: Seat) -> None:
    seat.hand.key("ctrl+shift+p")
    seat.until(lambda state: state["sheet"] == "CommandPalette", "the palette")
    seat.hand.type("align")
    seat.screen.picture(seat.pictures / "finding-commands.png")
    seat.hand.key("Escape")
    seat.until(lambda state: not state["sheet"], "it to close")
    seat.hand.key("F1")
    seat.until(lambda state: state["sheet"] == "CommandPalette", "the palette by F1")


@AREA.act("Ctrl+E switches between workflows, with pictures", picture=True)
def _switch(seat: Seat) -> None:
    seat.hand.key("ctrl+e")
    seat.until(lambda state: state["sheet"] == "QuickSwitcher", "the switcher")
    seat.screen.picture(seat.pictures / "finding-switcher.png")


@AREA.act("F11 fills the screen, and goes back")
def _full_screen(seat: Seat) -> None:
    width = _seen(seat.state)[2] * seat.state["zoom"]
    seat.hand.key("F11")
    seat.until(lambda state: _seen(state)[2] * state["zoom"] > width + 100, "a larger canvas")
    seat.hand.key("F11")
    seat.until(lambda state: abs(_seen(state)[2] * state["zoom"] - width) < 4, "the size from before")
