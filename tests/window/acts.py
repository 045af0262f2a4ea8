"""Areas with their acts, and how they are carried out one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from casare.catalog import Catalog
from casare.model import Graph
from tests.window.screen import Screen
from tests.window.seat import Failed, Seat

Do = Callable[[Seat], None]


class Act(NamedTuple):
    """One thing a person does, with its check."""

    title: str
    do: Do
    picture: bool


class Result(NamedTuple):
    """How an act went: an empty `wrong` is well."""

    area: str
    title: str
    wrong: str
    seconds: float


class Area:
    """The acts of one area over one workflow.

    After each act everything is undone and the saved file must be the one before. With `anew` each act has a home and a
    program of its own and starts it itself. `prepare` is done before the program starts.
    """

    def __init__(
        self,
        name: str,
        graph: Graph | str | None = None,
        *,
        theme: str = "dark",
        anew: bool = False,
        prepare: Do | None = None,
        size: tuple[int, int] = (1600, 1000),
    ) -> None:
        self.name = name
        self.size = size
        """Of the screen, in pixels."""
        self.acts: list[Act] = []
        self._graph = graph
        self._theme = theme
        self._anew = anew
        self._prepare = prepare

    def act(self, title: str, *, picture: bool = False) -> Callable[[Do], Do]:
        """Take a function as an act of this area."""

        def take(do: Do) -> Do:
            self.acts.append(Act(title, do, picture))
            return do

        return take

    def carry_out(self, screen: Screen, folder: Path, pictures: Path, catalog: Catalog) -> list[Result]:
        """Carry out every act and return how they went."""
        for old in pictures.glob(f"failed-{self.name}-*.png"):
            old.unlink()
        results: list[Result] = []
        seat: Seat | None = None
        original = b""
        for number, act in enumerate(self.acts):
            since = time.monotonic()
            wrong = ""
            try:
                if seat is None:
                    seat = Seat(screen, folder / f"{self.name}-{number}", catalog, pictures, self._theme)
                    if not self._anew:
                        original = self._sit_down(seat)
                act.do(seat)
                if act.picture:
                    screen.picture(pictures / f"{self.name}-{number:02}.png")
                if not self._anew:
                    self._as_before(seat, original)
            except Exception as failed:  # whatever it was, the acts after it are still of interest
                wrong = f"{type(failed).__name__}: {failed}" if not isinstance(failed, Failed) else str(failed)
                wrong += f"; it said: {said}" if seat is not None and (said := seat.complaints()) else ""
                screen.picture(pictures / f"failed-{self.name}-{number:02}.png")
            if seat is not None and not wrong:
                wrong = seat.complaints()
            if seat is not None and (wrong or self._anew):
                seat.close()
                seat = None
            results.append(Result(self.name, act.title, wrong, time.monotonic() - since))
        if seat is not None:
            seat.close()
        return results

    def _sit_down(self, seat: Seat) -> bytes:
        """Open the workflow of this area and return what its file holds."""
        assert self._graph is not None
        if self._prepare is not None:
            self._prepare(seat)
        original = seat.put(self._graph).read_bytes()
        seat.start(seat.file)
        seat.focus_canvas()
        seat.hand.key("Home")
        seat.settle()
        return original

    def _as_before(self, seat: Seat, original: bytes) -> None:
        seat.calm()
        seat.hand.key("ctrl+s")
        seat.until(lambda state: not state["modified"], "the save")
        if seat.file.read_bytes() != original:
            raise Failed("after all is undone the file is not what it was")
