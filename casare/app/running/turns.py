"""What the nodes of a run gave, turn by turn, within a budget of memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from casare.engine.keeping.showing import counts_of

MOST_TURNS: Final = 500
"""How many turns of one node are kept, the newest."""
BUDGET_BYTES: Final = 128 * 1024 * 1024
"""About how much the values of earlier turns may take together; the last value of each node is kept anyway."""
_SMALL: Final = frozenset({int, float, bool, type(None)})


class Turn:
    """One run of a node: the numbers of the turns around it, how it ended, its times (s since the run began)."""

    __slots__ = ("began", "ended", "error", "inputs", "number", "size", "status", "turns", "values")

    def __init__(
        self, number: int, turns: tuple[int, ...], status: str, began: float, ended: float, error: str
    ) -> None:
        self.number = number
        """Which run of the node this was, from 0."""
        self.turns = turns
        self.status = status
        self.began = began
        self.ended = ended
        self.error = error
        self.values: Mapping[str, Any] | None = None
        """Its outputs by name; None when they were not kept."""
        self.inputs: Mapping[str, Any] | None = None
        """What its body was given, by argument; None when that is not known."""
        self.size = 0

    @property
    def elapsed_ms(self) -> float:
        """Return how long it took."""
        return (self.ended - self.began) * 1000


class TurnBook:
    """The last turns of each node. Written on the thread of the run; read from any."""

    def __init__(self, budget: int = BUDGET_BYTES, most: int = MOST_TURNS) -> None:
        self._turns: dict[str, deque[Turn]] = {}
        self._most = most
        self._left = budget
        self._held: deque[Turn] = deque()
        """Turns with values, oldest first: whose values go when the budget is used up."""

    def turns(self, node_id: str) -> list[Turn]:
        """Return what is kept of the turns of a node, oldest first."""
        held = self._turns.get(node_id)
        return list(held) if held else []

    def last(self, node_id: str) -> Turn | None:
        """Return the newest turn of a node that has values, else the newest."""
        turns = self.turns(node_id)
        return next((one for one in reversed(turns) if one.values is not None), turns[-1] if turns else None)

    def beside(self, node_id: str, turns: tuple[int, ...]) -> Turn | None:
        """Return the turn of another node that goes with these numbers: the same ones as far as both have any."""
        found: Turn | None = None
        for one in reversed(self.turns(node_id)):
            common = min(len(one.turns), len(turns))
            if one.turns[:common] == turns[:common]:
                if one.values is not None:
                    return one
                found = found or one
        return found

    def add(self, node_id: str, turn: Turn, values: Mapping[str, Any] | None) -> None:
        """Keep a turn, with its values where there are any."""
        held = self._turns.get(node_id)
        if held is None:
            held = self._turns[node_id] = deque(maxlen=self._most)
        if len(held) == self._most:
            self._forget(held[0])
        held.append(turn)
        if values is not None:
            self._keep(turn, values)

    def _keep(self, turn: Turn, values: Mapping[str, Any]) -> None:
        turn.values = values
        # Most values are a number or two, for which looking closer would cost more than they do.
        plain = all(type(one) in _SMALL for one in values.values())
        turn.size = 64 + (8 * len(values) if plain else counts_of(values)[1])
        self._left -= turn.size
        self._held.append(turn)
        while self._left < 0 and len(self._held) > 1:
            self._forget(self._held.popleft())

    def _forget(self, turn: Turn) -> None:
        if turn.size:
            self._left += turn.size
            turn.values, turn.inputs, turn.size = None, None, 0
