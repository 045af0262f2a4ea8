"""The profiler: Ctrl+P, its pages, a suggestion applied and taken back, the grade after an edit."""

from __future__ import annotations

from tests.window.acts import Area
from tests.window.seat import Seat, expect

AREA = Area("profiler", "api-orchestration.json")


def _open(seat: Seat) -> None:
    if "profiler" not in seat.state["docks"]:
        seat.hand.key("ctrl+p")
    seat.until(lambda state: "profiler" in state["docks"], "the profiler")
    seat.until(lambda state: state["grade"], "a grade")


def _apply(seat: Seat) -> str:
    """Press the first Apply and return what it was called."""
    name = seat.find(lambda: next(one for one in seat.ask("names") if one.startswith("Apply: ")))
    seat.hand.click(seat.widget(name))
    seat.until(lambda state: state["edits"] == 1, "one edit")
    return str(name)


@AREA.act("Ctrl+P shows the grade, and hides it again", picture=True)
def _grade(seat: Seat) -> None:
    _open(seat)
    seat.screen.picture(seat.pictures / "profiler-overview.png")
    seat.hand.key("ctrl+p")
    seat.until(lambda state: "profiler" not in state["docks"], "the profiler to go")


@AREA.act("Every page of it", picture=True)
def _pages(seat: Seat) -> None:
    _open(seat)
    for page in ("Timeline", "Nodes", "Memory", "Rules", "Compare"):
        seat.hand.click(seat.find(lambda page=page: seat.ask("tab", name=page)))
        seat.settle()
        seat.screen.picture(seat.pictures / f"profiler-{page.lower()}.png")
    seat.hand.click(seat.find(lambda: seat.ask("tab", name="Overview")))


@AREA.act("A suggestion is applied in one step and taken back by one undo", picture=True)
def _suggestion(seat: Seat) -> None:
    _open(seat)
    before = seat.file.read_bytes()
    _apply(seat)
    seat.screen.picture(seat.pictures / "profiler-applied.png")
    seat.saved()
    expect(seat.file.read_bytes() != before, "the file differs")
    seat.focus_canvas()
    seat.hand.key("ctrl+z")
    seat.until(lambda state: state["edits"] == 0, "one undo to take it back")


@AREA.act("The critical path is shown on the canvas", picture=True)
def _critical(seat: Seat) -> None:
    _open(seat)
    seat.hand.click(seat.widget("Draw the critical path on the canvas"))
    seat.hand.move((10, 10))
    seat.screen.picture(seat.pictures / "profiler-critical.png")
    seat.hand.click(seat.widget("Draw the critical path on the canvas"))


@AREA.act("The profile is exported")
def _export(seat: Seat) -> None:
    place = seat.folder / "profile.csv"
    seat.run("Export profile")
    seat.answer_dialog(place)
    seat.until_true(place.exists, "the table to be written")
