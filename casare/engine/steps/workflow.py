"""A workflow made ready to run: its graph as it was, its plan, its nodes bound to their bodies when first reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casare.catalog import Catalog
from casare.engine.deciding.state import Frame, LivePlan, Scope
from casare.engine.planning.plan import Plan
from casare.engine.planning.subflows import Embedded, Interface, definitions_of, interface_of
from casare.engine.steps.names import FrameNames
from casare.engine.steps.variables import start_values
from casare.engine.values import Values
from casare.model import Graph, Node

if TYPE_CHECKING:
    from casare.engine.steps.step import Step

_INDEXED: Final = re.compile(r"([^\W\d][\w-]*|\w[\w-]*)\[")


_NO_TEXT: Final = frozenset({int, float, bool, type(None)})


class Workflow:
    """One workflow, shared by all runs of it. The graph is a snapshot: whoever makes a Workflow hands over a copy.

    `folder` is where relative paths start, `key` says what its content is.
    """

    def __init__(
        self,
        graph: Graph,
        plan: Plan,
        catalog: Catalog,
        *,
        key: str = "",
        name: str = "",
        path: Path | None = None,
        interface: Interface | None = None,
        inside: str = "",
        before: Workflow | None = None,
    ) -> None:
        """Make a workflow; `before` is one with the same plan, whose look-ups serve here too."""
        self.graph = graph
        self.plan = plan
        self.live: LivePlan = before.live if before is not None else LivePlan(plan)
        self.catalog = catalog
        self.key = key
        self.path = path
        self.folder = path.parent if path is not None else None
        """The folder of the file the workflow came from."""
        self.inside = inside
        """The id of the subflow it is inside the document at `path`; empty for the document itself."""
        self.interface = interface or interface_of(graph)
        self.embedded: Embedded | None = None
        """The subflows inside the document."""
        if definitions := definitions_of(graph):
            self.embedded = Embedded(self, definitions)
        self.timings: Mapping[str, float] = {}
        """How long each stage of making it ready took (ms)."""
        self.name = name or graph.name or (path.stem if path else "")
        self.nodes: tuple[Node, ...] = tuple(graph.nodes.values())
        self.number: dict[str, int] = {node.id: slot for slot, node in enumerate(self.nodes)}
        self.given = self.interface.given(self.number)
        """What comes from outside, by slot and by the input or parameter it takes the place of."""
        self.steps: list[Step | None] = [None] * plan.size
        self.calls: list[Callable[[Scope], Any] | None] = [None] * plan.size
        """What runs a slot, for those that are plain functions and make no decision, once they are bound."""
        self.kept = frozenset(self._kept())
        """Slots whose every value is kept, because a template asks for it."""

    def step(self, slot: int) -> Step:
        """Return the bound node, binding it now when this is the first time."""
        found = self.steps[slot]
        if found is None:
            from casare.engine.steps.step import bind

            found = self.steps[slot] = bind(self, slot)
            self.calls[slot] = found.call if found.plain else None
        return found

    def rebind(self, slot: int) -> None:
        """Have a node bound anew when it runs next, because what is known about its body has changed."""
        self.steps[slot] = self.calls[slot] = None

    def names_in(self, frame: Frame) -> FrameNames:
        """Return what templates can look up in a frame of this workflow."""
        return FrameNames(frame, self)

    def outputs_of(self, slot: int, value: Any) -> Mapping[str, Any]:
        """Return what a slot gave, by the names of its outputs."""
        return value if isinstance(value, Values) else self.step(slot).named(value)

    def value_of(self, slot: int, value: Any) -> Any:
        """Return what a slot gave as one value: that of its only output, or all of them by name."""
        named = self.outputs_of(slot, value)
        return next(iter(named.values())) if len(named) == 1 else dict(named)

    def variables(self) -> dict[str, Any]:
        """Return the variables with the values they start with."""
        return start_values(self.graph)

    def secret_variables(self) -> list[str]:
        """Return the names of the variables whose values are not for other eyes."""
        told = self.graph.variables.items()
        return [name for name, one in told if isinstance(one, Mapping) and one.get("sensitive")]

    def _kept(self) -> list[int]:
        found: dict[int, None] = {}
        for node in self.nodes:
            for value in node.config.values():
                kind = type(value)
                if kind in _NO_TEXT or (kind is str and "[" not in value):
                    continue
                for text in _texts(value):
                    if "[" in text and "{{" in text:
                        for name in _INDEXED.findall(text):
                            if name in self.number:
                                found[self.number[name]] = None
        return list(found)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for held in value.values() for text in _texts(held)]
    if isinstance(value, (list, tuple)):
        return [text for held in value for text in _texts(held)]
    return []
