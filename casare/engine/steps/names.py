"""What templates can look up in a frame: variables first, then nodes with their outputs, then the system's names."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from casare.engine.deciding.state import NOTHING
from casare.engine.planning import kinds
from casare.expressions import UNKNOWN, Absent, ExpressionError, Repeated
from casare.expressions.names import word_for

if TYPE_CHECKING:
    from casare.engine.deciding.state import Frame
    from casare.engine.steps.workflow import Workflow

History = list[tuple[tuple[int, ...], Any]]
"""Values with the numbers of the turns they come from."""
_DATES = {
    "$currentDate": "%Y-%m-%d",
    "$currentTime": "%H:%M:%S",
    "$currentDateTime": "%Y-%m-%d %H:%M:%S",
}


class FrameNames:
    """The names around a node while it runs."""

    __slots__ = ("_frame", "_workflow", "extra")

    def __init__(self, frame: Frame, workflow: Workflow) -> None:
        self._frame = frame
        self._workflow = workflow
        self.extra: Mapping[str, Any] = {}
        """Names that hold for one item of a batch."""

    @property
    def inputs(self) -> Mapping[str, Any]:
        """Return what the workflow around hands in, by name."""
        return self._frame.inputs

    def with_names(self, extra: Mapping[str, Any]) -> FrameNames:
        """Return these names and a few more, which come first."""
        twin = FrameNames(self._frame, self._workflow)
        twin.extra = {**self.extra, **extra}
        return twin

    def value(self, root: str) -> Any:
        """Return the value of a variable, a node, or a name of the system."""
        if root in self.extra:
            return self.extra[root]
        variables = self._frame.variables
        if root in variables:
            held = variables[root]
            slot = self._workflow.number.get(root)
            # A node and a variable may share a name; only a node that ran has outputs to speak of.
            if slot is None or isinstance(held, (Mapping, list)):
                return held
            given = self._frame.outputs[slot]
            return held if given is NOTHING else _Both(held, self._frame, self._workflow, slot)
        slot = self._workflow.number.get(root)
        if slot is not None:
            return self._node(slot)
        return self._system(root) if root.startswith("$") else UNKNOWN

    def known(self) -> dict[str, str]:
        """Return the names of variables and of nodes that have run, with words for their types."""
        found = {name: word_for(value) for name, value in {**self._frame.variables, **self.extra}.items()}
        for name, slot in self._workflow.number.items():
            if self._frame.outputs[slot] is not NOTHING and self._frame.outputs[slot] is not None:
                found.setdefault(name, "node")
        found.update(dict.fromkeys((*_DATES, "$timestamp"), "system"))
        return found

    def _node(self, slot: int) -> Any:
        value = self._frame.outputs[slot]
        if (value is NOTHING or value is None) and slot not in self._frame.history:
            return Absent(self._workflow.step(slot).askable)
        if self._workflow.plan.kinds[slot] == kinds.FORK:
            return Branches(self._frame, self._workflow, slot)
        return NodeOutputs(self._frame, self._workflow, slot)

    def _system(self, root: str) -> Any:
        if root in _DATES:
            return time.strftime(_DATES[root])
        if root == "$timestamp":
            return int(time.time())
        if root.startswith("$secret:"):
            name = root.removeprefix("$secret:")
            secret = self._workflow_secret(name)
            if secret is None:
                raise ExpressionError(
                    f"there is no secret called “{name}”", mend="Add it to the secrets of this computer."
                )
            return secret
        return UNKNOWN

    def _workflow_secret(self, name: str) -> str | None:
        return self._frame.hub.secret(name)


class NodeOutputs(Repeated):
    """The outputs of a node by name; old names of outputs are understood."""

    __slots__ = ("_frame", "_slot", "_workflow")

    def __init__(self, frame: Frame, workflow: Workflow, slot: int) -> None:
        self._frame = frame
        self._workflow = workflow
        self._slot = slot

    def __getitem__(self, name: str) -> Any:
        named = self._named()
        if name in named:
            return named[name]
        step = self._workflow.step(self._slot)
        known = step.known_output(name)
        if known is None:
            raise KeyError(name)
        value = named.get(known)
        # A name that is in the dictionary a node gave means what stands there.
        return value[name] if name not in step.aliases and isinstance(value, Mapping) and name in value else value

    def __contains__(self, name: object) -> bool:
        named = self._named()
        if name in named:
            return True
        step = self._workflow.step(self._slot)
        known = step.known_output(name) if isinstance(name, str) else None
        if known is None:
            return False
        return name in step.aliases or not isinstance(held := named.get(known), Mapping) or name in held

    def __iter__(self) -> Iterator[str]:
        return iter(self._named())

    def __len__(self) -> int:
        return len(self._named())

    def runs(self) -> list[Any]:
        """Return the outputs of each run of the node, in the order of the turns."""
        history = self._frame.history.get(self._slot)
        if history is None:
            return [self._named()]
        ordered = sorted(history, key=lambda one: one[0])
        return [self._workflow.outputs_of(self._slot, value) for _, value in ordered]

    def turn(self, index: int) -> Any:
        """Return the outputs in one turn; where there are turns inside of that, these can be asked for in turn."""
        history = self._frame.history.get(self._slot)
        if history is None:
            return super().turn(index)
        return _turn_of(sorted(history, key=lambda one: one[0]), index, self._frame, self._workflow, self._slot)

    def _named(self) -> Mapping[str, Any]:
        value = self._frame.outputs[self._slot]
        return {} if value is NOTHING else self._workflow.outputs_of(self._slot, value)


class Branches(NodeOutputs):
    """What the branches of a fork gave: `fork.branch_1` is about one of them, `fork[*]` about all."""

    __slots__ = ()

    def runs(self) -> list[Any]:
        """Return what each branch gave, in the order of their ports."""
        return list(self._named().values())

    def turn(self, index: int) -> Any:
        """Return what one branch gave."""
        return self.runs()[index]


class _Inside(NodeOutputs):
    """The outputs of a node in one turn of an outer loop, by the turns of the loops inside."""

    __slots__ = ("_held",)

    def __init__(self, held: History, frame: Frame, workflow: Workflow, slot: int) -> None:
        super().__init__(frame, workflow, slot)
        self._held = held

    def runs(self) -> list[Any]:
        """Return the outputs of each turn inside, in order."""
        return [self._workflow.outputs_of(self._slot, value) for _, value in self._held]

    def turn(self, index: int) -> Any:
        """Return the outputs in one turn inside."""
        return _turn_of(self._held, index, self._frame, self._workflow, self._slot)

    def _named(self) -> Mapping[str, Any]:
        return self._workflow.outputs_of(self._slot, self._held[-1][1])


def _turn_of(held: History, index: int, frame: Frame, workflow: Workflow, slot: int) -> Any:
    """Return what was given in one turn of the outermost loop. Raises IndexError."""
    numbers = list(dict.fromkeys(turns[0] if turns else 0 for turns, _ in held))
    wanted = numbers[index]
    inside = [(turns[1:], value) for turns, value in held if (turns[0] if turns else 0) == wanted]
    if all(not turns for turns, _ in inside):
        return workflow.outputs_of(slot, inside[-1][1])
    return _Inside(inside, frame, workflow, slot)


class _Both(NodeOutputs):
    """A variable that has the name of a node: alone it is the variable, with a dot it is the node."""

    __slots__ = ("_held",)

    def __init__(self, held: Any, frame: Frame, workflow: Workflow, slot: int) -> None:
        super().__init__(frame, workflow, slot)
        self._held = held

    def whole(self) -> Any:
        """Return the variable."""
        return self._held
