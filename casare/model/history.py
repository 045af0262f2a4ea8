"""Undo and redo: a line of inverses with a place in it, and the place that is on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casare.foundation.signal import Signal
from casare.model.changes import Change
from casare.model.graph import Graph
from casare.model.merging import joined


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One entry of the history: how to go back over it, what it is called, and what it may merge with."""

    inverse: Change
    label: str
    merge: str


class History:
    """Apply changes to a graph and remember how to take them back.

    A change with a `merge` token joins the step before it when that has the same token: a drag is one step however many
    moves it took, and so is typing in one field. `seal` ends the merging, as a released button or a left field does.

    What is done is remembered before the graph's listeners hear of it, so one that raises, or that does something
    itself, leaves the history in step with the graph.
    """

    def __init__(self, graph: Graph, *, limit: int = 1000) -> None:
        self._graph = graph
        self._limit = limit
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._sealed = True
        self._clean: Step | None = None
        self._clean_reachable = True
        self.changed: Signal[[]] = Signal()

    def do(self, change: Change, *, merge: str = "") -> None:
        """Apply `change` as a new step, or as part of the last one.

        Raises ChangeRefusedError with the graph and the history as they were.
        """

        def remember(inverse: Change) -> None:
            last = self._undo[-1] if self._undo else None
            if merge and last and not self._sealed and last.merge == merge:
                self._undo[-1] = Step(joined(last.inverse, inverse), last.label, merge)
            else:
                self._undo.append(Step(inverse, change.label, merge))
                self._trim()
            self._redo.clear()
            self._sealed = False

        self._perform(change, remember)

    def undo(self) -> str | None:
        """Take the last step back and return its label, or None when there is none."""
        return self._travel(self._undo, self._redo)

    def redo(self) -> str | None:
        """Carry out the last undone step again and return its label, or None when there is none."""
        return self._travel(self._redo, self._undo)

    def _travel(self, source: list[Step], target: list[Step]) -> str | None:
        self._sealed = True
        if not source:
            return None
        step = source[-1]

        def turn_round(inverse: Change) -> None:
            source.pop()
            turned = Step(inverse, step.label, step.merge)
            if step is self._clean:
                # Identity marks the saved place, so the mark moves along with the step that is turned round.
                self._clean = turned
            target.append(turned)

        self._perform(step.inverse, turn_round)
        return step.label

    def _perform(self, change: Change, remember: Callable[[Change], None]) -> None:
        done = False

        def before_telling(inverse: Change) -> None:
            nonlocal done
            done = True
            remember(inverse)

        try:
            self._graph.apply(change, before_telling=before_telling)
        finally:
            if done:
                self.changed.emit()

    def seal(self) -> None:
        """End the current step: what follows is a new one."""
        self._sealed = True

    def mark_clean(self) -> None:
        """Remember that the graph as it is now is what the file holds."""
        self._clean = self._undo[-1] if self._undo else None
        self._clean_reachable = True
        self._sealed = True
        self.changed.emit()

    def mark_unsaved(self) -> None:
        """Let no state count as what the file holds, as after a save that failed."""
        self._clean_reachable = False
        self.changed.emit()

    @property
    def is_clean(self) -> bool:
        """Tell whether the graph is what the file holds."""
        if not self._clean_reachable:
            return False
        return (self._undo[-1] if self._undo else None) is self._clean

    @property
    def undo_label(self) -> str | None:
        """Return what undo would take back, or None."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """Return what redo would do again, or None."""
        return self._redo[-1].label if self._redo else None

    def labels(self) -> tuple[list[str], list[str]]:
        """Return the labels of the steps that can be undone (oldest first) and redone (next first)."""
        return [step.label for step in self._undo], [step.label for step in reversed(self._redo)]

    def _trim(self) -> None:
        if len(self._undo) > self._limit:
            dropped = self._undo.pop(0)
            if dropped is self._clean:
                # What the dropped step led to is the state before all others now.
                self._clean = None
            elif self._clean is None:
                self._clean_reachable = False
