"""Exporting: the canvas as PNG, SVG and PDF, and a PNG that carries its workflow."""

from __future__ import annotations

import re
from pathlib import Path

from tests.window.acts import Area
from tests.window.graphs import framed
from tests.window.seat import Seat, expect

AREA = Area("exporting", framed())
_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ')


def _export(seat: Seat, title: str, name: str) -> Path:
    place = seat.folder / name
    place.unlink(missing_ok=True)
    seat.run(title)
    seat.answer_dialog(place)
    seat.until_true(place.exists, f"{name} to be written")
    return place


@AREA.act("The canvas as PNG, SVG and PDF")
def _pictures(seat: Seat) -> None:
    for name, begins in (("canvas.png", b"\x89PNG"), ("canvas.svg", b"<?xml"), ("canvas.pdf", b"%PDF")):
        data = _export(seat, "Export picture…", name).read_bytes()
        expect(data.startswith(begins) and len(data) > 2000, f"{name} is what it says")
    (seat.pictures / "exporting-canvas-file.png").write_bytes((seat.folder / "canvas.png").read_bytes())


@AREA.act("The selection alone")
def _selection(seat: Seat) -> None:
    whole = _export(seat, "Export picture…", "whole.svg").read_text()
    seat.select("join")
    part = _export(seat, "Export picture of selection", "part.svg").read_text()
    wide, narrow = (float(_BOX.findall(one)[0]) for one in (whole, part))
    expect(200 < narrow < wide / 2, f"only what is around the selection: {narrow} of {wide} px")


@AREA.act("A PNG that carries its workflow opens as one")
def _carrying(seat: Seat) -> None:
    place = _export(seat, "Export picture with workflow", "carrier.png")
    seat.hand.key("ctrl+o")
    seat.answer_dialog(place)
    seat.until(lambda state: len(state["tabs"]) == 2 and state["counts"].startswith("7 nodes"), "the workflow in it")
    seat.hand.key("ctrl+w")
    seat.until(lambda state: len(state["tabs"]) == 1, "the tab to close")
    seat.focus_canvas()
