"""How the window looks and is hit on dense screens, in both themes, and how it starts from the plain command."""

from __future__ import annotations

from tests.window.acts import Area
from tests.window.graphs import framed
from tests.window.hand import Place
from tests.window.seat import Seat, expect, wires

AREA = Area("looks", anew=True, size=(2760, 1800))
"""On a screen with room for the window at two pixels to one."""


def _dense(seat: Seat, factor: float) -> None:
    """Wire, drag and select on a screen of so many pixels to one."""
    seat.put(framed())
    seat.start(seat.file, env={"QT_SCALE_FACTOR": str(factor)})
    seat.hand.click(_free(seat))
    seat.hand.key("Home")
    seat.settle()
    seat.hand.drag(seat.port("join", "result", output=True), seat.port("yes", "message"))
    seat.did("Connect")
    seat.select("sum")
    start = seat.node("sum")
    seat.hand.drag(start, (start[0] + 60, start[1] + 40))
    seat.until(lambda state: state["edits"] == 2, "the node to be moved")
    seat.screen.picture(seat.pictures / f"looks-{factor}.png")
    expect(("join", "result", "yes", "message") in wires(seat.saved()), "the wire is there")


def _free(seat: Seat) -> Place:
    return seat.widget("Workflow canvas", right=0.04, down=0.96)


@AREA.act("At 1.25 pixels to one everything is hit where it is drawn")
def _quarter(seat: Seat) -> None:
    _dense(seat, 1.25)


@AREA.act("At 1.5 pixels to one")
def _half(seat: Seat) -> None:
    _dense(seat, 1.5)


@AREA.act("At 2 pixels to one")
def _twice(seat: Seat) -> None:
    _dense(seat, 2.0)


@AREA.act("The theme is changed while the window is open, and back")
def _theme(seat: Seat) -> None:
    seat.put(framed())
    seat.start(seat.file)
    seat.hand.click(_free(seat))
    for theme, ground in (("light", 200), ("dark", 60)):
        seat.run(f"Theme: {theme}")
        seat.until_true(lambda ground=ground: (seat.ask("ground") > 128) == (ground > 128), f"the canvas to be {theme}")
        seat.settle()
        seat.screen.picture(seat.pictures / f"looks-{theme}.png")


@AREA.act("The start page shows recent workflows as pictures and opens one by a click")
def _start_page(seat: Seat) -> None:
    seat.put(framed())
    seat.start(seat.file)
    seat.hand.key("ctrl+Home")
    place = seat.find(lambda: seat.ask("row", name="Workflows", text="work"))
    seat.screen.picture(seat.pictures / "looks-start.png")
    seat.hand.click(place)
    seat.until(lambda state: state["title"].startswith("work"), "the workflow")
