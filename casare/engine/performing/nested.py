"""Workflows inside workflows: found and compiled when first reached, run in a frame of their own."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from casare.engine.deciding import owners
from casare.engine.deciding.state import NOTHING, Frame, Owner, Scope
from casare.engine.deciding.ways import beginnings, ways_in, ways_out
from casare.engine.errors import CompileError, NodeTimeoutError
from casare.engine.keeping.showing import counts_of
from casare.engine.performing.batch import batch_items
from casare.engine.performing.nested_batch import NestedBatch
from casare.engine.planning.policy import Batch
from casare.engine.planning.subflows import OUTPUT
from casare.engine.problems import problem_of
from casare.engine.steps.names import FrameNames
from casare.engine.steps.step import Step
from casare.engine.steps.workflow import Workflow
from casare.engine.values import Values
from casare.events import WorkflowCompiled
from casare.foundation.errors import CasareError

if TYPE_CHECKING:
    from casare.engine.options import Library
    from casare.engine.performing.performer import Performer

DEEPEST: Final = 10
"""How many workflows may lie inside each other; past half of it the log warns."""
LARGE_BYTES: Final = 10_000_000
_REFERENCES: Final = ("workflow_path", "subflow_path", "subworkflow_id", "subflow_name", "subflow_id")
_OWN: Final = frozenset(
    {*_REFERENCES, "isolation", "inputs", "execution_mode", "timeout_seconds", "wait_for_result", "poll_interval"}
    | {"wait_for_completion", "label", "name"}
)
_clock = time.perf_counter_ns


class Nesting:
    """Begin and end the nested workflows of a run."""

    def __init__(self, performer: Performer) -> None:
        self._performer = performer
        self._reached: set[Workflow] = set()

    def begin(self, scope: Scope, slot: int, step: Step) -> None:
        """Find the workflow a node means, and run it: once, or once for each item of its batch."""
        performer = self._performer
        batch = step.policy.batch
        try:
            if batch is not None:
                items = batch_items(batch, scope)
                performer.owner_began(scope, slot)
                self._begin_batch(performer.machine.own(scope, slot), batch, items, step)
                return
            told = step.arguments.settings(scope)
            frame = self._frame(scope, told, step)
        except Exception as error:
            performer.failed(scope, slot, step, error, _clock())
            return
        performer.owner_began(scope, slot)
        child = performer.machine.call(performer.machine.own(scope, slot), frame)
        self._limit(child, slot, told)

    def _begin_batch(self, owner: Owner, batch: Batch, items: list[Any], step: Step) -> None:
        owner.stage = owners.BATCH

        def call(names: FrameNames, number: int) -> None:
            told = step.arguments.settings(owner.scope, names)
            child = self._performer.machine.call(owner, self._frame(owner.scope, told, step), number)
            self._limit(child, owner.slot, told)

        owner.work = NestedBatch(self._performer, owner, batch, items, call)
        owner.work.begin()

    def _frame(self, scope: Scope, told: Mapping[str, Any], step: Step) -> Frame:
        """Return the frame of the workflow a node means, and say what is worth a warning."""
        performer = self._performer
        workflow = self._find(scope, told)
        frame = _frame(scope, workflow, told, step)
        if workflow.interface.entries:
            frame.begins = beginnings(workflow, ways_in(scope, step.slot))
        if workflow not in self._reached:
            self._reached.add(workflow)
            performer.rows.append(WorkflowCompiled(workflow.name, dict(workflow.timings), frame.chain))
        size = counts_of({**frame.variables, **frame.inputs})[1]
        if size > LARGE_BYTES:
            performer.log(
                scope,
                step.node_id,
                "warning",
                f"about {size // 1_000_000} MB are handed to “{workflow.name}”; hand over the path of a file instead",
            )
        if frame.depth > DEEPEST // 2:
            performer.log(scope, step.node_id, "warning", f"workflows lie {frame.depth} deep inside each other")
        return frame

    def _limit(self, child: Scope, slot: int, told: Mapping[str, Any]) -> None:
        seconds = told.get("timeout_seconds")
        if isinstance(seconds, (int, float)) and seconds > 0 and not child.closed:
            self._performer.after(seconds, lambda: self._time_is_up(child, slot, float(seconds)))

    def returned(self, owner: Owner) -> None:
        """Take the outputs of a nested workflow that has ended well."""
        performer = self._performer
        if owner.scope.closed:
            return
        if owner.stage == owners.BATCH:
            owner.work.take(outputs_of)
            return
        child: Scope = owner.work
        given = outputs_of(child.frame)
        began = performer.began.get((owner.scope, owner.slot), _clock())
        value = Values(given)
        value.setdefault("outputs", given or dict(child.frame.variables))
        value.setdefault("job_id", "/".join(child.frame.chain))
        value.setdefault("success", True)
        value.setdefault("execution_time_ms", (_clock() - began) // 1_000_000)
        owner.scope.frame.outputs[owner.slot] = value
        owners.returned(performer.machine, owner, ways_out(child.frame))

    def _find(self, scope: Scope, told: Mapping[str, Any]) -> Workflow:
        workflow = referred(told, scope.frame.workflow, self._performer.options.library)
        refuse_depth(_workflows_around(scope), workflow)
        return workflow

    def _time_is_up(self, child: Scope, slot: int, seconds: float) -> None:
        if not child.closed and child.owner is not None:
            error = NodeTimeoutError(f"the workflow “{child.frame.workflow.name}” took longer than {seconds:g} s")
            self._performer.machine.abort(child, problem_of(child.owner.scope, slot, "", error))


def referred(told: Mapping[str, Any], around: Workflow, library: Library | None) -> Workflow:
    """Return the workflow that a node means: one inside the document, else a file. Raises CasareError."""
    inside = str(told.get("subflow_id") or "")
    if inside and not told.get("subflow_path") and around.embedded is not None:
        found = around.embedded.find(inside)
        if found is not None:
            return found
    reference = next((str(told[name]) for name in _REFERENCES if told.get(name)), "")
    if not reference:
        raise CompileError("the node does not say which workflow to run", mend="Choose a file or a name.")
    if library is None:
        raise CompileError(f"the workflow “{reference}” cannot be found", mend="Save this workflow to a file first.")
    return library.find(reference, around)


def refuse_depth(outer: list[Workflow], workflow: Workflow) -> None:
    """Raise CompileError for a workflow that runs itself or lies too deep; `outer` are those around it."""
    names = [*(one.name for one in reversed(outer)), workflow.name]
    if any(_same(one, workflow) for one in outer):
        raise CompileError(
            f"the workflow “{workflow.name}” runs itself: {' → '.join(names)}",
            mend="Take one of these calls out; use a loop to do something again.",
        )
    if len(outer) > DEEPEST:
        raise CompileError(
            f"more than {DEEPEST} workflows lie inside each other: {' → '.join(names)}",
            mend="Put what is innermost into one of the workflows around it.",
        )


def outputs_of(frame: Frame) -> dict[str, Any]:
    """Return what a workflow hands out: the values of its Subflow outputs, and the outputs it declares."""
    workflow = frame.workflow
    found: dict[str, Any] = {}
    for slot, node in enumerate(workflow.nodes):
        value = frame.outputs[slot]
        if node.type == OUTPUT and isinstance(value, Values):
            found.update(value)
    for told in workflow.interface.outputs:
        slot = workflow.number.get(told.node, -1)
        if slot >= 0 and frame.outputs[slot] is not NOTHING:
            named = workflow.outputs_of(slot, frame.outputs[slot])
            # A Subflow output has the one value it hands out, under its own name.
            is_end = workflow.nodes[slot].type == OUTPUT
            found[told.name] = next(iter(named.values()), None) if is_end else named.get(told.port)
    return found


def _frame(scope: Scope, workflow: Workflow, told: Mapping[str, Any], step: Step) -> Frame:
    """Return the frame of a nested workflow, with the variables its isolation lets it see."""
    around = scope.frame
    mapped = told.get("inputs")
    given = {str(name): value for name, value in mapped.items()} if isinstance(mapped, Mapping) else {}
    given.update({name: value for name, value in told.items() if name not in _OWN and not name.startswith("_")})
    isolation = str(told.get("isolation") or "mapped")
    own = workflow.variables()
    if workflow.inside and around.workflow.graph.subflows and "isolation" not in _config(scope, step):
        # A subgraph that says nothing else sees what its nodes saw before they went inside.
        variables = around.variables
        for name, value in own.items():
            variables.setdefault(name, value)
    elif isolation == "isolated":
        variables, given = own, {}
    elif isolation == "scoped":
        variables = {**own, **around.variables, **given}
    elif isolation == "shared":
        variables = around.variables
        for name, value in {**own, **given}.items():
            if name in given or name not in variables:
                variables[name] = value
    elif isolation == "mapped":
        variables = {**own, **given}
    else:
        raise CasareError(
            f"there is no isolation “{isolation}”", mend="Choose mapped, isolated, scoped or shared for this node."
        )
    frame = Frame(workflow.plan, variables, workflow, around.hub, (*around.chain, step.node_id))
    frame.inputs = given
    frame.details = around.details
    return frame


def _config(scope: Scope, step: Step) -> Mapping[str, Any]:
    return scope.frame.workflow.nodes[step.slot].config


def _workflows_around(scope: Scope) -> list[Workflow]:
    found: list[Workflow] = []
    at: Scope | None = scope
    while at is not None:
        if not found or found[-1] is not at.frame.workflow:
            found.append(at.frame.workflow)
        at = at.parent
    return found


def _same(one: Workflow, other: Workflow) -> bool:
    return one is other or (one.path is not None and one.path == other.path and one.inside == other.inside)
