"""A node bound to its body: where each argument comes from, how it runs, and which outputs its value stands for."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casare.engine.deciding.state import NOTHING
from casare.engine.keeping.showing import CREDENTIALS
from casare.engine.performing.executors import Work
from casare.engine.performing.weights import importable, is_lasting
from casare.engine.planning import kinds
from casare.engine.planning.policy import Policy, policy_of
from casare.engine.steps.binding import Arguments, Direct, argument_sources
from casare.engine.steps.bodies import signature_of
from casare.engine.steps.passing import ways_past
from casare.engine.values import Values
from casare.foundation.errors import CasareError
from casare.sdk import Bound, Branch, Delay, NodeType, PortKind

if TYPE_CHECKING:
    from casare.engine.deciding.state import Scope
    from casare.engine.steps.workflow import Workflow

_HEAVY_MS: Final = 250.0
"""From this declared cost on, a pure function bound by the processor runs in a process of its own."""
_BLOCKING_MS: Final = 20.0
"""From this declared cost on, anything runs on a thread, so that a run can be cancelled meanwhile."""


class Mode(enum.IntEnum):
    """Where the body of a node runs."""

    INLINE = 0
    """Here and now."""
    THREAD = 1
    ASYNC = 2
    PROCESS = 3
    OWNER = 4
    """It opens regions: see `kinds.OWNERS`."""
    NESTED = 5
    """It is another workflow."""
    JUMP = 6
    """A break or continue."""
    BATCH = 7
    """Once for each of many items."""
    PASS = 9
    """It is disabled, and hands its inputs on."""
    CAREFUL = 8
    """Here and now, with more attempts, a cache, or every value kept."""


class Step(NamedTuple):
    """One node, ready to run. Shared by all runs of a workflow, so nothing of a run is kept here."""

    slot: int
    node_id: str
    type: str
    mode: Mode
    call: Callable[[Scope], Any]
    """Bind the arguments and run the body here and now."""
    arguments: Arguments
    body: Callable[..., Any] | None
    fields: tuple[str, ...]
    """The outputs that the fields of a body's value stand for, in order; a field that is a decision has no name."""
    output_names: tuple[str, ...]
    aliases: Mapping[str, str]
    decision: int
    """Which field of the value is the way it chose: -1 the value itself, -2 there is none."""
    policy: Policy
    refusal: Exception | None = None
    """Why the node cannot run, if it cannot."""
    kept: bool = False
    batched: Mode = Mode.INLINE
    """Where one item of a batch runs."""
    telling: bool = False
    """Whether it may give credentials: headers, tokens."""
    movable: bool = False
    """Whether it may run in any process, so that what was measured decides where it does."""
    clocked: bool = False
    """Whether how long it takes decides between running here and on a thread."""
    single: str = ""
    """The only output, where the body's value is that of it."""

    @property
    def plain(self) -> bool:
        """Tell whether running it is a call and nothing else."""
        return self.mode is Mode.INLINE and self.decision == -2 and not self.telling

    def named(self, value: Any) -> Mapping[str, Any]:
        """Return a body's value by the names of the outputs."""
        if isinstance(value, Values):
            return value
        if not self.fields:
            return {self.output_names[0]: value} if self.output_names and self.decision != -1 else {}
        if isinstance(value, tuple):
            return {name: held for name, held in zip(self.fields, value, strict=False) if name}
        return {}

    def known_output(self, name: str) -> str | None:
        """Return the output that an existing file calls so: of a node with one output, whatever it calls that."""
        return self.output_names[0] if len(self.output_names) == 1 else self.aliases.get(name)

    @property
    def askable(self) -> tuple[str, ...]:
        """Return the names of outputs that may be asked for; none where any may be."""
        return () if len(self.output_names) == 1 else (*self.output_names, *self.aliases)

    def way(self, value: Any) -> str | None:
        """Return the control output that the body chose, if it chose one."""
        if self.decision == -2 or value is None:
            return None
        if self.decision == -1:
            return str(value)
        return str(value[self.decision]) if isinstance(value, tuple) else None


def bind(workflow: Workflow, slot: int) -> Step:
    """Return the step of a slot. What cannot be bound becomes a step that says why when it is run."""
    plan = workflow.plan
    if slot >= len(workflow.nodes):
        return _made_up(workflow, slot)
    node = workflow.nodes[slot]
    catalog = workflow.catalog
    kind = plan.kinds[slot]
    spec = catalog.find(node.type)
    member = catalog.member(spec, node.config) if spec is not None and spec.member_param else None
    declared = member or spec
    ports = catalog.ports(node.type, node.config, [wire.input for wire in plan.wires[slot]])
    outputs = tuple(port.name for port in ports.outputs if port.kind is PortKind.DATA)
    aliases = {
        name: found.name
        for name in ports.output_names
        if (found := ports.output(name)) is not None and found.name != name and found.kind is PortKind.DATA
    }
    disabled = bool(node.config.get("_disabled"))
    policy = policy_of(node, workflow.graph.settings, declared, kind)
    refusal: Exception | None = None
    body: Callable[..., Any] | None = None
    if not disabled and kind != kinds.SUBFLOW:
        try:
            body = _body(workflow, node.type, declared, spec)
        except CasareError as error:
            refusal = error
    arguments = argument_sources(workflow, slot, declared, body, ports)
    fields, decision = _shape(body, outputs)
    inner, clocked = _where(kind, body, declared, node.config, careful=_is_careful(policy, slot in workflow.kept))
    if disabled or refusal is not None:
        inner, clocked = Mode.PASS if disabled else Mode.INLINE, False
    mode = Mode.BATCH if policy.batch is not None and inner in _BATCHED else inner
    step = Step(
        slot=slot,
        node_id=node.id,
        type=node.type,
        mode=mode,
        call=_nothing,
        arguments=arguments,
        body=body,
        fields=fields,
        output_names=outputs,
        aliases=aliases,
        decision=decision,
        policy=policy,
        refusal=refusal,
        kept=slot in workflow.kept,
        batched=_batched(inner, policy),
        telling=any(name in CREDENTIALS or name in ("headers", "full_response") for name in outputs),
        movable="_run_in" not in node.config and _is_movable(declared, body),
        clocked=clocked,
        single=outputs[0] if len(outputs) == 1 and not fields and decision == -2 else "",
    )
    past = ways_past(ports) if disabled and node.config.get("_bypass") else {}
    return step._replace(call=_call(step, outputs, disabled=disabled, past=past))


def _where(
    kind: str, body: Callable[..., Any] | None, declared: NodeType | None, config: Mapping[str, Any], *, careful: bool
) -> tuple[Mode, bool]:
    """Return where a body runs, and whether how long it takes may send it to a thread the next time."""
    mode = _mode(kind, body, declared, config)
    if mode is not Mode.INLINE or body is None:
        return mode, False
    if "_timeout" in config:
        # What runs here and now could not be given up in time.
        return Mode.THREAD, False
    clocked = kind == kinds.WORK and "_run_in" not in config
    if clocked and is_lasting(body):
        return Mode.THREAD, True
    return Mode.CAREFUL if careful else Mode.INLINE, clocked


def _batched(inner: Mode, policy: Policy) -> Mode:
    """Return where one item of a batch runs: not here, when its start has to be held back."""
    if inner is not Mode.CAREFUL:
        return inner
    return Mode.THREAD if policy.rate or policy.at_once else Mode.INLINE


def _is_careful(policy: Policy, kept: bool) -> bool:
    return bool(policy.retries or policy.cache or policy.rate or policy.at_once or kept)


def _made_up(workflow: Workflow, slot: int) -> Step:
    nothing = Arguments(workflow, slot, [], {}, [])
    return Step(slot, "", "", Mode.OWNER, _nothing, nothing, None, (), (), {}, -2, Policy())


def run_body(body: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
    """Run a function, or the one instance made for this of a class. Another process can be asked to do this too."""
    made: Any = body
    return made()(**arguments) if inspect.isclass(body) else made(**arguments)


def work_of(mode: Mode, body: Callable[..., Any], arguments: dict[str, Any]) -> Work:
    """Return a body with its arguments as an executor takes it.

    A function goes as it is: a process that is asked for `run_body` would have to import the engine first.
    """
    if mode is Mode.ASYNC or not inspect.isclass(body):
        return Work(body, arguments)
    return Work(run_body, {"body": body, "arguments": arguments})


def _nothing(scope: Scope) -> None:
    return None


def _body(workflow: Workflow, type_id: str, declared: NodeType | None, spec: NodeType | None) -> Callable[..., Any]:
    if spec is not None and declared is spec and spec.member_param:
        choices = ", ".join(value for value, _ in spec.members)
        raise CasareError(f"{spec.title} does not know this {spec.member_param}", mend=f"Choose one of: {choices}.")
    return workflow.catalog.implementation(declared.id if declared is not None else type_id)


def _call(step: Step, outputs: tuple[str, ...], *, disabled: bool, past: Mapping[str, str]) -> Callable[[Scope], Any]:
    """Return what runs the step here and now."""
    body, arguments, refusal = step.body, step.arguments, step.refusal
    if step.type in _PORTS and not disabled:
        return _PORTS[step.type](arguments)
    if refusal is not None:

        def refuse(scope: Scope) -> Any:
            raise refusal

        return refuse
    if disabled or body is None:
        return lambda scope: arguments.passed_on(scope, outputs, past)
    return _call_of(body, arguments)


def _call_of(body: Callable[..., Any], arguments: Arguments) -> Callable[[Scope], Any]:
    """Return what binds the arguments of a body and runs it, as directly as they allow."""
    if inspect.isclass(body):
        made: Any = body
        return lambda scope: made()(**arguments.bind(scope))
    if arguments.fixed is not None:
        fixed = arguments.fixed
        return (lambda scope: body(**fixed)) if fixed else (lambda scope: body())
    if (direct := arguments.direct()) is not None:
        return _one_wire(body, direct, arguments)
    bind_arguments = arguments.bind
    return lambda scope: body(**bind_arguments(scope))


def _one_wire(body: Callable[..., Any], direct: Direct, arguments: Arguments) -> Callable[[Scope], Any]:
    """Return what runs a body with one value that comes over a wire and others that are always the same."""
    argument, source, output, others = direct
    first = next(iter(inspect.signature(body).parameters.values()), None)
    steps = arguments.workflow.steps
    single = False

    def is_single() -> bool:
        # The node before is bound when it first runs, which may be later than this.
        nonlocal single
        step = steps[source]
        single = step is not None and step.single == output
        return single

    def given(scope: Scope) -> Any:
        value = scope.outputs[source]
        if type(value) in _SPECIAL or not (single or is_single()):
            return body(**arguments.bind(scope))
        return body(**others, **{argument: value})

    def given_first(scope: Scope) -> Any:
        value = scope.outputs[source]
        if type(value) in _SPECIAL or not (single or is_single()):
            return body(**arguments.bind(scope))
        return body(value, **others)

    def given_alone(scope: Scope) -> Any:
        value = scope.outputs[source]
        if type(value) in _SPECIAL or not (single or is_single()):
            return body(**arguments.bind(scope))
        return body(value)

    if first is None or first.name != argument or first.kind is not first.POSITIONAL_OR_KEYWORD:
        return given
    return given_first if others else given_alone


def _subflow_input(arguments: Arguments) -> Callable[[Scope], Any]:
    outside = arguments.workflow.given.get(arguments.slot, {}).get("value")

    def take(scope: Scope) -> Values:
        told = arguments.settings(scope)
        name = outside.name if outside is not None else ""
        given = scope.frame.inputs
        value = given[name] if name in given else given.get(str(told.get("port_name")), told.get("default_value"))
        return Values(value=value)

    return take


def _subflow_output(arguments: Arguments) -> Callable[[Scope], Any]:
    def give(scope: Scope) -> Values:
        told = arguments.settings(scope)
        return Values({str(told.get("port_name")): told.get("value")})

    return give


_SPECIAL: Final = frozenset({type(NOTHING), type(None), Values})
"""Types of values that a wire does not hand on as they are."""
_PORTS: Final = {"SubflowInputNode": _subflow_input, "SubflowOutputNode": _subflow_output}
"""The two ends of a nested workflow, whose values the engine moves itself."""
_MODES: Final = {
    **dict.fromkeys(kinds.OWNERS, Mode.OWNER),
    kinds.SUBFLOW: Mode.NESTED,
    kinds.BREAK: Mode.JUMP,
    kinds.CONTINUE: Mode.JUMP,
}
_BATCHED: Final = frozenset({Mode.INLINE, Mode.THREAD, Mode.ASYNC, Mode.PROCESS, Mode.CAREFUL})


def _mode(kind: str, body: Callable[..., Any] | None, declared: NodeType | None, config: Mapping[str, Any]) -> Mode:
    if kind in _MODES:
        return _MODES[kind]
    target: Any = body.__call__ if inspect.isclass(body) else body
    if target is None:
        return Mode.INLINE
    if inspect.iscoroutinefunction(target):
        return Mode.ASYNC
    asked = str(config.get("_run_in", ""))
    if asked in ("inline", "thread", "process"):
        return Mode[asked.upper()]
    return Mode.INLINE if declared is None else _mode_by_cost(declared, body)


def _mode_by_cost(declared: NodeType, body: Any) -> Mode:
    cost = declared.cost
    if cost.bound is not Bound.CPU:
        return Mode.THREAD
    if cost.runtime_ms >= _HEAVY_MS and _is_movable(declared, body):
        return Mode.PROCESS
    return Mode.THREAD if cost.runtime_ms >= _BLOCKING_MS else Mode.INLINE


def _is_movable(declared: NodeType | None, body: Any) -> bool:
    return declared is not None and declared.pure and declared.cost.bound is Bound.CPU and importable(body)


def _shape(body: Callable[..., Any] | None, outputs: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Return the outputs that the fields of the value stand for, and which field is the way it chose."""
    if body is None:
        return (), -2
    fields = signature_of(body).fields
    if fields is None:
        return (), -1 if signature_of(body).decides else -2
    names = iter(outputs)
    shown = tuple("" if kind in (Branch, Delay) else next(names, "") for kind in fields)
    decision = next((at for at, kind in enumerate(fields) if kind is Branch), -2)
    return shown, decision
