"""Take the rows of a run as they come and keep what is to be written down: a part, values cut, secrets masked."""

from __future__ import annotations

import enum
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from casare.engine.deciding.state import NOTHING, Scope
from casare.engine.keeping.ledger import RUNNING, Detail
from casare.engine.keeping.showing import Mask, counts_of, shown_value
from casare.engine.steps.step import Mode, Step
from casare.engine.steps.workflow import Workflow

VALUE_BYTES: Final = 8_000
"""How much of the inputs, and how much of the outputs, of one run of a node is kept."""
RUN_BYTES: Final = 8_000_000
"""How much all values of one run may take together."""
_ALL_OF_FIRST: Final = 20
_WITH_VALUE: Final = frozenset({"completed", "cached"})
_OWNERS: Final = frozenset({Mode.OWNER, Mode.NESTED})
_LARGEST: Final = 2**53
_CHANCE: Final = 0.1
_NUMBERS: Final = frozenset({int, float, bool})
_MOST_WAITING: Final = 5_000
"""Rows hold on to what they are about, so not too many of them are kept."""


class Metrics(enum.StrEnum):
    """How much of a run is written down: every node, about one in ten, or only the run itself."""

    FULL = "full"
    SAMPLED = "sampled"
    OFF = "off"


class Recorder:
    """What one run leaves behind. `take` is the sink of the run; `rows` are what `RunBook.append` writes."""

    def __init__(self, metrics: Metrics, mask: Mask | None = None, *, seed: int = 0) -> None:
        self.metrics = metrics
        self._rows: list[tuple[Any, ...]] = []
        self._waiting: list[Any] = []
        """Rows whose values nobody can change, and which no detail belongs to."""
        self._began = 0
        self._mask = mask or Mask()
        self._bytes_left = RUN_BYTES
        self._chance = random.Random(seed)
        self._details: dict[tuple[Scope, int], Detail] = {}
        self._seen: dict[tuple[int, int], int] = {}
        """How often each slot of each workflow was written down."""

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """Return what is to be written down, as `RunBook.append` writes it."""
        self._settle()
        return self._rows

    def take(self, rows: Sequence[Any], began: int) -> None:
        """Keep rows; the sink of a run. What can wait is only made into records when these are asked for."""
        if self.metrics is Metrics.OFF:
            return
        self._began = began
        self._waiting += rows
        if len(self._waiting) > _MOST_WAITING or not all(map(_can_wait, rows)):
            self._settle()

    def _settle(self) -> None:
        """Make records of all rows that wait."""
        rows, self._waiting = self._waiting, []
        before, began = _Before(rows), self._began
        full = self.metrics is Metrics.FULL
        for row in rows:
            kind = type(row)
            if kind is tuple and full and not self._details and (brief := self._brief(row, began, before)) is not None:
                self._rows.append(brief)
                before.take(row)
            elif kind is Detail:
                if row.turn is None:
                    self._note(row)
                else:
                    before.begin_turn(row)
            elif kind is tuple and row[4] != RUNNING:
                detail = self._details.pop((row[0], row[1]), None)
                if full or row[4] != "completed" or self._chance.random() < _CHANCE:
                    self._rows.append(self._record(row, began, detail, before))
                before.take(row)

    def _brief(self, row: tuple[Any, ...], began: int, before: _Before) -> tuple[Any, ...] | None:
        """Return the record of a plain function that was given numbers and gave one, or None for anything else.

        These are the ones there are thousands of, and their values are JSON as they stand.
        """
        scope, slot, start, end, status, told = row
        if status != "completed" or (given := _number_text(told)) is None:
            return None
        workflow = scope.frame.workflow
        key = (id(workflow), slot)
        slots = _known.get(workflow)
        if slots is None:
            slots = _known[workflow] = {}
        known = slots.get(slot)
        if known is None:
            known = slots[slot] = _Known(workflow, slot)
        if not known.plain:
            return None
        outputs = inputs = None
        if self._wanted(workflow, slot):
            inputs = known.inputs(scope, before)
            if inputs is None:
                self._seen[key] -= 1
                return None
            outputs = f"{known.output}{given}}}"
            self._bytes_left -= len(outputs) + len(inputs)
        chain = json.dumps(scope.frame.chain) if scope.frame.chain else "[]"
        turns = "[]" if scope.parent is None else str(list(scope.turns))
        times = (start - began) / 1e6, (end - start) / 1e6
        return (
            chain,
            known.id,
            known.type,
            turns,
            status,
            *times,
            None,
            None,
            None,
            0,
            8,
            0,
            "",
            outputs,
            inputs or None,
        )

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
            inputs = self._shown(step.arguments.told(before.inputs(scope, slot, step, detail)))
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


class _Known:
    """What does not change from one run of a slot to the next."""

    __slots__ = ("_standing", "_wires", "id", "output", "plain", "type")

    def __init__(self, workflow: Workflow, slot: int) -> None:
        step = workflow.steps[slot]
        self.id, self.type, self.output = "", "", ""
        self._standing: dict[str, str] = {}
        self._wires: list[tuple[str, int]] = []
        self.plain = step is not None and step.mode is Mode.INLINE and bool(step.single)
        if step is None or not self.plain:
            return
        self.id, self.type = step.node_id, step.type
        self.output = f"{{{json.dumps(step.single)}:"
        for name, value in step.arguments.standing().items():
            text = _number_text(value)
            self.plain = self.plain and text is not None
            self._standing[json.dumps(name)] = text or ""
        for wire in workflow.plan.wires[slot]:
            source = workflow.steps[wire.source]
            self.plain = self.plain and source is not None and source.single == wire.output
            self._wires.append((json.dumps(wire.input), wire.source))

    def inputs(self, scope: Scope, before: _Before) -> str | None:
        """Return what the node was given as JSON, or None when that is more than numbers."""
        found = self._standing.copy() if self._wires else self._standing
        for name, source in self._wires:
            value = before.given(scope, source)
            if value is not NOTHING and value is not None:
                text = _number_text(value)
                if text is None:
                    return None
                found[name] = text
        return f"{{{','.join([f'{name}:{text}' for name, text in found.items()])}}}" if found else ""


_known: WeakKeyDictionary[Workflow, dict[int, _Known]] = WeakKeyDictionary()
"""Shared by all runs of a workflow."""


class _Before:
    """What each slot had given when a row was made, as far as that can still be told."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._given: dict[tuple[int, int], Any] = {}
        self._rows = rows
        self._later: set[tuple[int, int]] | None = None

    @property
    def later(self) -> set[tuple[int, int]]:
        """Return the slots that give something within these rows: what stands in their frame now came later."""
        found = self._later
        if found is None:
            rows = self._rows
            found = {(id(row[0].frame), row[1]) for row in rows if type(row) is tuple and row[4] in _WITH_VALUE}
            found.update((id(row.scope.frame), row.slot) for row in rows if type(row) is Detail and row.turn)
            self._later = found
        return found

    def given(self, scope: Scope, source: int) -> Any:
        """Return what a slot had given, or NOTHING when that cannot be told any more."""
        key = (id(scope.frame), source)
        value = self._given.get(key, NOTHING)
        return scope.frame.outputs[source] if value is NOTHING and key not in self.later else value

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
            value = self.given(scope, wire.source)
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


def _can_wait(row: Any) -> bool:
    """Tell whether a row says the same later: its value is a number, or it is none and that of no owner."""
    if type(row) is not tuple:
        return False
    told = row[5]
    if told is None and row[4] in _WITH_VALUE:
        step = row[0].frame.workflow.steps[row[1]]
        return step is not None and step.mode not in _OWNERS
    return told is None or type(told) in _NUMBERS


def _number_text(value: Any) -> str | None:
    """Return a number as JSON, or None for anything else."""
    kind = type(value)
    if kind is int:
        return repr(value) if -_LARGEST < value < _LARGEST else None
    if kind is float:
        return repr(value) if value - value == 0 else None
    return ("true" if value else "false") if kind is bool else None


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
