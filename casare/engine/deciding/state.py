"""The values a run's state is made of: frames hold values, scopes count edges, owners keep track of their turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from casare.engine.errors import Problem
from casare.engine.planning.plan import Fire, Leaving, Plan

if TYPE_CHECKING:
    from casare.engine.deciding.stages import Stages
    from casare.engine.options import RunOptions
    from casare.engine.steps.workflow import Workflow


class _Nothing:
    """The value of a slot that has given none."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = _Nothing()

DONE: Final = "done"
FAILED: Final = "failed"
BREAK: Final = "break"
CONTINUE: Final = "continue"
CANCELLED: Final = "cancelled"


class Outcome(NamedTuple):
    """How a scope came to its end. `target` is the loop that a break or continue is about."""

    how: str
    target: Owner | None = None


class Hub(Protocol):
    """What nodes may ask of the run as a whole."""

    options: RunOptions
    """What the run was started with."""

    def log(self, scope: Scope, node_id: str, level: str, message: str, data: Any) -> None:
        """Write a line to the log."""

    def path(self, text: str, folder: Path | None) -> Path:
        """Return the path a node may use."""

    def secret(self, name: str) -> str | None:
        """Return a secret, or None when there is none of this name."""

    def hide(self, *secrets: Any) -> None:
        """Keep these values out of whatever is told of the run."""

    def clean(self, text: str) -> str:
        """Return a text without secrets."""


class Frame:
    """The values of one workflow while it runs: what each slot gave last, and the variables.

    What runs at the same time has a frame of its own, with a copy of the variables; values are shared, never copied.
    """

    __slots__ = (
        *(
            "begins",
            "chain",
            "depth",
            "details",
            "history",
            "hub",
            "inputs",
            "names",
            "outputs",
            "plan",
            "variables",
            "workflow",
        ),
        "written",
    )

    def __init__(
        self, plan: Plan, variables: dict[str, Any], workflow: Workflow, hub: Hub, chain: tuple[str, ...] = ()
    ) -> None:
        self.plan = plan
        self.hub = hub
        self.outputs: list[Any] = [NOTHING] * plan.size
        self.variables = variables
        self.written: set[str] | None = None
        """Which variables were set, where somebody will ask."""
        self.history: dict[int, list[tuple[tuple[int, ...], Any]]] = {}
        """All values of the slots that a template asks `[*]` of, with the numbers of the turns they come from."""
        self.workflow = workflow
        self.chain = chain
        """The nodes that led from the outermost workflow into this one."""
        self.depth = len(chain)
        self.inputs: Mapping[str, Any] = {}
        """What the workflow around hands in, by name."""
        self.begins: Mapping[int, bool] = {}
        """Which entries begin and which do not, where that is not for the plan to say."""
        self.details: list[Any] | None = None
        """Where to put what is written down besides what happened, where anything is."""
        self.names = workflow.names_in(self)
        """What templates can look up here."""

    def fork(self) -> Frame:
        """Return a frame for something that runs beside others."""
        twin = Frame.__new__(Frame)
        twin.hub = self.hub
        twin.plan, twin.workflow, twin.chain, twin.depth = self.plan, self.workflow, self.chain, self.depth
        twin.outputs = self.outputs.copy()
        twin.variables = self.variables.copy()
        twin.written = set()
        twin.history = self.history
        twin.details = self.details
        twin.inputs = self.inputs
        twin.begins = self.begins
        twin.names = self.workflow.names_in(twin)
        return twin

    def set_variable(self, name: str, value: Any) -> None:
        """Set a variable."""
        self.variables[name] = value
        if self.written is not None:
            self.written.add(name)

    def forget(self, slots: Iterable[int]) -> None:
        """Forget the values of these slots."""
        outputs = self.outputs
        for slot in slots:
            outputs[slot] = NOTHING


class Scope:
    """One run of a region: how many edges of each member are still pending, and which have fired."""

    # fmt: off
    __slots__ = (
        "active", "arrived", "calls", "children", "closed", "crossed", "ending", "failure", "failures", "fired",
        "frame", "guarded", "leaving", "left", "live", "members", "number", "outputs", "owner", "parent", "pending",
        "settled", "stages", "starved", "tainted", "turn", "valued",
    )
    # fmt: on

    def __init__(self, live: LivePlan, number: int, frame: Frame, owner: Owner | None, turn: int = 0) -> None:
        region = live.plan.regions[number]
        self.live = live
        self.number = number
        self.frame = frame
        # Asked for at every node, so they stand here too.
        self.calls = frame.workflow.calls
        self.outputs = frame.outputs
        self.owner = owner
        self.parent: Scope | None = owner.scope if owner is not None else None
        self.turn = turn
        self.members = region.members
        self.pending = list(region.pending)
        self.fired = bytearray(region.free)
        self.valued = region.valued
        self.left = len(region.members)
        """How many members are not settled yet."""
        self.active = 0
        """How many things are under way elsewhere: on threads, in processes, in child scopes."""
        self.children: list[Scope] = []
        self.crossed: set[int] = set()
        """The exits that were taken."""
        self.leaving: Outcome | None = None
        self.closed = False
        self.ending = False
        """Whether it is leaving or closed."""
        self.failures: list[Problem] = []
        self.failure: Problem | None = None
        """What went wrong before, where this scope deals with it."""
        self.arrived: list[tuple[int, int, str]] = []
        """Place of a join or a nested workflow, and the slot and control output whose wire fired it."""
        self.tainted: set[int] = set()
        """Places that something failed led to."""
        self.starved: set[int] = set()
        """Places that wait for a value that was never made."""
        self.settled: set[int] = set()
        """Exits that were settled before their owner came to its end."""
        self.guarded = False
        self.stages: Stages | None = None
        """The stages of the pipeline that this is the body of, for one item."""

    @property
    def turns(self) -> tuple[int, ...]:
        """Return the numbers of the turns around, outermost first."""
        found: list[int] = []
        scope: Scope | None = self
        while scope is not None:
            if scope.owner is not None:
                found.append(scope.turn)
            scope = scope.parent
        return tuple(reversed(found))


class Owner:
    """A slot that opens regions, while it does."""

    # fmt: off
    __slots__ = (
        "branches", "caught", "crossed", "exhausted", "fail_fast", "failures", "given_up", "jump", "kind", "last",
        "limit", "pulling", "reraised", "results", "running", "scope", "slot", "stage", "stages",
        "total", "turns", "work",
    )
    # fmt: on

    def __init__(self, scope: Scope, slot: int, kind: str) -> None:
        self.scope = scope
        self.slot = slot
        self.kind = kind
        self.work: Any = None
        """What whoever carries out the instructions keeps for it: the generator of a loop."""
        self.turns = 0
        self.running: list[Scope] = []
        self.crossed: set[int] = set()
        self.failures: list[Problem] = []
        self.caught = False
        self.reraised = 0
        self.jump: Outcome | None = None
        self.stage = ""
        self.exhausted = False
        self.given_up = False
        self.pulling = False
        self.limit = 1
        self.fail_fast = False
        self.results: dict[int, Any] = {}
        self.branches: dict[str, Any] = {}
        """What each branch of a fork gave, by its port."""
        self.last: Any = NOTHING
        self.total = 0
        """How many turns there will be, where that is known."""
        self.stages: Stages | None = None


class LivePlan:
    """A plan with the look-ups that running it needs."""

    __slots__ = (
        "back",
        "dead",
        "entered",
        "feeds",
        "fires",
        "initial",
        "joins",
        "leaving",
        "nexts",
        "onward",
        "plan",
        "usual",
    )

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.feeds = plan.feeds
        self.fires: list[dict[str, Fire]] = [{fire.port: fire for fire in fires} for fires in plan.fires]
        self.usual = plan.usual
        self.entered = dict(plan.entered)
        self.leaving: tuple[tuple[Leaving, ...], ...] = plan.leaving
        self.initial = [
            tuple(place for place, pending in enumerate(region.pending) if not pending) for region in plan.regions
        ]
        self.joins = [frozenset(region.joins) for region in plan.regions]
        self.nexts: list[tuple[int, ...] | None] = [self._next(slot) for slot in range(plan.size)]
        self.onward = [
            following[0] if following is not None and len(following) == 1 and not plan.feeds[slot] else -1
            for slot, following in enumerate(self.nexts)
        ]
        """For each slot the only member it leads to, where ending well means nothing else; else -1."""
        self.dead = [self._dead(slot) for slot in range(plan.size)]
        heads: dict[int, set[int]] = {}
        for left, head in plan.back:
            circle = plan.regions[plan.home[head]].owner
            heads.setdefault(circle, set()).add(left)
        self.back = heads
        """For each made-up slot, the exits that begin another visit."""

    def _next(self, slot: int) -> tuple[int, ...] | None:
        """Return what fires when a slot ends well, where that is all there is to it; else None."""
        plan = self.plan
        fires = plan.fires[slot]
        if plan.leaving[slot]:
            return None
        targets: tuple[int, ...] = ()
        joins = self.joins[plan.home[slot]]
        for fire in fires:
            if fire.exits or fire.port not in self.usual[slot] or (joins and not joins.isdisjoint(fire.targets)):
                return None
            targets += fire.targets
        return targets

    def _dead(self, slot: int) -> tuple[int, ...]:
        fires, feeds = self.plan.fires[slot], self.plan.feeds[slot]
        if len(fires) == 1:
            return fires[0].targets + feeds
        return (*(target for fire in fires for target in fire.targets), *feeds)
