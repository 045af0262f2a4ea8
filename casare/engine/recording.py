"""Take the rows of a run as they come and keep what is to be written down: a part, values cut, secrets masked."""

from __future__ import annotations

import enum
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any, Final

from casare.engine.ledger import RUNNING, Detail
from casare.engine.showing import Mask, counts_of, shown_value
from casare.engine.state import NOTHING, Scope
from casare.engine.step import Mode, Step

VALUE_BYTES: Final = 8_000
"""How much of the inputs, and how much of the outputs, of one run of a node is kept."""
RUN_BYTES: Final = 8_000_000
"""How much all values of one run may take together."""
_ALL_OF_FIRST: Final = 20
_WITH_VALUE: Final = frozenset({"completed", "cached"})
_OWNERS: Final = frozenset({Mode.OWNER, Mode.NESTED})
_LARGEST: Final = 2**53
_CHANCE: Final = 0.1


class Metrics(enum.StrEnum):
    """How much of a run is written down: every node, about one in ten, or only the run itself."""

    FULL = "full"
    SAMPLED = "sampled"
    OFF = "off"


class Recorder:
    """What one run leaves behind. `take` is the sink of the run; `rows` are what `RunBook.append` writes."""

    def __init__(self, metrics: Metrics, mask: Mask | None = None, *, seed: int = 0) -> None:
        self.metrics = metrics
        self.rows: list[tuple[Any, ...]] = []
        self._mask = mask or Mask()
        self._bytes_left = RUN_BYTES
        self._chance = random.Random(seed)
        self._details: dict[tuple[Scope, int], Detail] = {}
        self._seen: dict[tuple[int, int], int] = {}
        """How often each slot of each workflow was written down."""

    def take(self, rows: Sequence[Any], began: int) -> None:
        """Keep rows; the sink of a run."""
        if self.metrics is Metrics.OFF:
            return
        before = _Before(rows)
        for row in rows:
            kind = type(row)
            if kind is Detail:
                if row.turn is None:
                    self._note(row)
                else:
                    before.begin_turn(row)
            elif kind is tuple and row[4] != RUNNING:
                detail = self._details.pop((row[0], row[1]), None)
                sampled = self.metrics is Metrics.FULL or row[4] != "completed" or self._chance.random() < _CHANCE
                if sampled:
                    self.rows.append(self._record(row, began, detail, before))
                before.take(row)

    def _note(self, detail: Detail) -> None:
        key = (detail.scope, detail.slot)
        held = self._details.get(key)
        if held is not None:
            told = {name: value for name, value in detail._asdict().items() if value is not None}
            detail = held._replace(**told)
        self._details[key] = detail

    def _record(self, row: tuple[Any, ...], began: int, detail: Detail | None, before: _Before) -> tuple[Any, ...]:
        scope, slot, start, end, status, told = row
        frame = scope.frame
        workflow = frame.workflow
        node = workflow.nodes[slot] if slot < len(workflow.nodes) else None
        step = workflow.steps[slot]
        given = told
        if step is not None and step.mode in _OWNERS:
            given = frame.outputs[slot]
        ran = status in _WITH_VALUE and given is not NOTHING and given is not None
        named = workflow.outputs_of(slot, given) if ran else {}
        plain = all(map(_is_number, named.values()))
        count, size = (counts_of(named) if not plain else (0, 8 * len(named))) if ran else (None, None)
        inputs = outputs = None
        if step is not None and (status == "failed" or ran) and self._wanted(workflow, slot):
            outputs = self._shown(named) if named else None
            inputs = self._shown(before.inputs(scope, slot, step, detail))
        return (
            *(json.dumps(frame.chain) if frame.chain else "[]", node.id if node else "", node.type if node else ""),
            *("[]" if scope.parent is None else str(list(scope.turns)), status),
            *((start - began) / 1e6, (end - start) / 1e6, *_spent(detail), count, size, int(status == "cached")),
            *(self._mask.text(told.message) if status == "failed" and told is not None else "", outputs, inputs),
        )

    def _wanted(self, workflow: Any, slot: int) -> bool:
        """Tell whether the values of this run of a node are kept: of the first ones all, later ever fewer."""
        if self._bytes_left <= 0:
            return False
        key = (id(workflow), slot)
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return count <= _ALL_OF_FIRST or count % 10 ** (len(str(count)) - 1) == 0

    def _shown(self, named: Mapping[str, Any]) -> str | None:
        if not named:
            return None
        plain = all(_is_number(one) for one in named.values())
        shown = _json(dict(named) if plain else shown_value(named, self._mask, VALUE_BYTES))
        self._bytes_left -= len(shown)
        return shown


class _Before:
    """What each slot had given when a row was made, as far as that can still be told."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._given: dict[tuple[int, int], Any] = {}
        self._later = {(id(row[0].frame), row[1]) for row in rows if type(row) is tuple and row[4] in _WITH_VALUE}
        """Slots that give something within these rows: what stands in their frame now came later."""

        self._later.update((id(row.scope.frame), row.slot) for row in rows if type(row) is Detail and row.turn)

    def begin_turn(self, detail: Detail) -> None:
        """Go past the beginning of a turn."""
        self._given[id(detail.scope.frame), detail.slot] = detail.turn

    def take(self, row: tuple[Any, ...]) -> None:
        """Go past a row."""
        if row[4] in _WITH_VALUE:
            self._given[id(row[0].frame), row[1]] = row[5]

    def inputs(self, scope: Scope, slot: int, step: Step, detail: Detail | None) -> Mapping[str, Any]:
        """Return what a node was given, by the names of its inputs; what cannot be told any more is left out."""
        if detail is not None and detail.inputs is not None:
            return step.arguments.shown(detail.inputs)
        found = step.arguments.standing()
        for wire in scope.live.plan.wires[slot]:
            key = (id(scope.frame), wire.source)
            value = self._given.get(key, NOTHING)
            if value is NOTHING and key not in self._later:
                value = scope.frame.outputs[wire.source]
            if value is not NOTHING and value is not None:
                named = scope.frame.workflow.outputs_of(wire.source, value)
                if wire.output in named:
                    found[wire.input] = named[wire.output]
        return found


def _is_number(value: Any) -> bool:
    """Tell whether a value is JSON as it stands, with no text in it that might be a secret or too long."""
    kind = type(value)
    if kind is float:
        return bool(value - value == 0)
    return kind is bool or value is None or (kind is int and -_LARGEST < value < _LARGEST)


def _json(value: Any) -> str:
    import orjson

    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        # Such as half of a surrogate pair, which orjson does not write.
        return json.dumps(value)


def _spent(detail: Detail | None) -> tuple[float | None, float | None, int | None]:
    """Return processor time and wait (ms) and memory (bytes), as far as they were measured."""
    if detail is None:
        return None, None, None
    cpu = detail.cpu_ns / 1e6 if detail.cpu_ns is not None else None
    wait = detail.wait_ns / 1e6 if detail.wait_ns is not None else None
    return cpu, wait, detail.memory_bytes
