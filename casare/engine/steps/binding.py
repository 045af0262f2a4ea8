"""Where each argument of a body comes from: a wire, else the configuration, else the default, else a clear error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casare.catalog import NodePorts
from casare.engine.deciding.state import NOTHING, Scope
from casare.engine.errors import BindError
from casare.engine.keeping.ledger import Detail
from casare.engine.keeping.showing import MASK, credentials_in
from casare.engine.steps.bodies import signature_of
from casare.engine.steps.context import RunContext
from casare.engine.steps.names import FrameNames
from casare.engine.values import Values
from casare.expressions import ExpressionError, Reading, prepare
from casare.sdk import (
    Arrivals,
    Context,
    DataType,
    Failure,
    NodeType,
    Param,
    PortKind,
    Widget,
)

if TYPE_CHECKING:
    from casare.engine.planning.plan import Wire
    from casare.engine.planning.subflows import Outlet
    from casare.engine.steps.workflow import Workflow

_NUMBERS: Final = frozenset({DataType.INTEGER, DataType.FLOAT, DataType.NUMBER, DataType.BOOLEAN})
_MISSING: Final = object()
_NO_WAYS: Final[Mapping[str, str]] = {}


class Source(NamedTuple):
    """Where one argument comes from."""

    argument: str
    param: Param
    wires: tuple[Callable[[Scope], Any], ...] = ()
    work: Callable[[FrameNames], Any] | None = None
    fixed: Any = _MISSING


class Direct(NamedTuple):
    """One argument that comes over one wire, and the others, which are always the same."""

    argument: str
    source: int
    output: str
    others: Mapping[str, Any]


class Arguments:
    """All arguments of one node."""

    __slots__ = (
        "_always",
        "_hidden",
        "_moving",
        "_slot",
        "_sources",
        "_standing",
        "_supplied",
        "_workflow",
        "extra",
        "fixed",
    )

    def __init__(
        self,
        workflow: Workflow,
        slot: int,
        sources: list[Source],
        supplied: Mapping[str, type],
        extra: list[Source],
    ) -> None:
        self._workflow = workflow
        self._slot = slot
        self._always: dict[str, Any] | None = None
        self._sources = sources
        self._supplied = supplied
        self._standing = {one.argument: one.fixed for one in sources if not one.wires and one.work is None}
        self._moving = [one for one in sources if one.wires or one.work is not None]
        self._hidden = [one for one in sources if one.param.widget is Widget.SECRET or _may_hold_headers(one.param)]
        missing = any(value is _MISSING for value in self._standing.values())
        self.extra = extra
        """Inputs that are no arguments: those that wires imply, and further keys of the configuration."""
        self.fixed: dict[str, Any] | None = None
        """The arguments, where they are always the same."""
        if not self._moving and not supplied and not missing and not self._hidden:
            self.fixed = self._standing

    def bind(self, scope: Scope, names: FrameNames | None = None) -> dict[str, Any]:
        """Return the arguments for one run. Raises BindError naming the input that has no value."""
        if self.fixed is not None and names is None:
            return self.fixed.copy()
        bound = self._standing.copy()
        own = names is None
        names = names or scope.frame.names
        if Arrivals in self._supplied.values():
            arrived = _arrivals(scope, self._slot, self._workflow)
            names = names.with_names({**arrived, "branches": dict(arrived)})
        for source in self._moving:
            bound[source.argument] = self._value(source, scope, names)
        for argument, value in bound.items():
            if value is _MISSING:
                raise self._lacking(argument)
        for source in self._hidden:
            value = bound[source.argument]
            scope.frame.hub.hide(*([value] if source.param.widget is Widget.SECRET else credentials_in(value)))
        for argument, kind in self._supplied.items():
            bound[argument] = self._supply(kind, scope)
        if (details := scope.frame.details) is not None and own:
            details.append(Detail(scope, self._slot, bound))
        return bound

    @property
    def workflow(self) -> Workflow:
        """Return the workflow the node is part of."""
        return self._workflow

    @property
    def slot(self) -> int:
        """Return the slot of the node."""
        return self._slot

    def file_inputs(self) -> list[str]:
        """Return the names of the inputs that name files."""
        return [one.param.name for one in self._sources if one.param.widget is Widget.FILE]

    def shown(self, bound: Mapping[str, Any]) -> dict[str, Any]:
        """Return arguments by the names of the inputs, without what the engine fills in."""
        return {one.param.name: bound[one.argument] for one in self._sources if one.argument in bound}

    def told(self, named: Mapping[str, Any]) -> dict[str, Any]:
        """Return values by the names of the inputs as they may be told to others: without the secret ones."""
        secret = {one.param.name for one in self._hidden if one.param.widget is Widget.SECRET}
        return {name: MASK if name in secret and value else value for name, value in named.items()}

    def standing(self) -> dict[str, Any]:
        """Return the inputs whose values are always the same, by name."""
        if self._always is None:
            self._always = {
                one.param.name: one.fixed
                for one in self._sources
                if one.work is None and one.fixed is not _MISSING and (one.fixed is not None or not one.wires)
            }
        return self._always.copy()

    def direct(self) -> Direct | None:
        """Return the one argument that comes over one wire, and the others, where that is all there is to bind."""
        if (
            len(self._moving) != 1
            or self._supplied
            or self._hidden
            or any(value is _MISSING for value in self._standing.values())
        ):
            return None
        source = self._moving[0]
        wires = [wire for wire in self._workflow.plan.wires[self._slot] if wire.input == source.param.name]
        if len(source.wires) != 1 or len(wires) != 1:
            return None
        return Direct(source.argument, wires[0].source, wires[0].output, self._standing)

    def one(self, argument: str, scope: Scope) -> Any:
        """Return the value of one argument as it is now."""
        source = next((one for one in self._sources if one.argument == argument), None)
        return None if source is None else self._value(source, scope, scope.frame.names)

    def named(self, scope: Scope) -> dict[str, Any]:
        """Return the values of the inputs that are no arguments, by name; what has no value is left out."""
        found: dict[str, Any] = {}
        for source in self.extra:
            value = self._value(source, scope, scope.frame.names)
            if value is not _MISSING:
                found[source.argument] = value
        return found

    def settings(self, scope: Scope, names: FrameNames | None = None) -> dict[str, Any]:
        """Return the arguments and everything else the node is given, by name; what has no value is left out."""
        names = names or scope.frame.names
        found = {one.param.name: self._value(one, scope, names) for one in (*self._sources, *self.extra)}
        return {name: value for name, value in found.items() if value is not _MISSING}

    def passed_on(self, scope: Scope, outputs: tuple[str, ...], past: Mapping[str, str] = _NO_WAYS) -> Values:
        """Return what a node that does not run passes on: inputs to the outputs of the same name, `x_in` to `x_out`.

        What has no such input gets the one that `past` names, as a bypassed node asks for.
        """
        given = self.settings(scope)
        found = Values()
        for name in outputs:
            for into in (name, name.removesuffix("_out") + "_in", past.get(name, "")):
                if into in given:
                    found[name] = given[into]
                    break
        return found

    def _value(self, source: Source, scope: Scope, names: FrameNames) -> Any:
        for wire in source.wires:
            value = wire(scope)
            if value is not NOTHING and (value is not None or (source.work is None and source.fixed is _MISSING)):
                return value
        if source.work is None:
            return source.fixed
        try:
            value = source.work(names)
        except ExpressionError as error:
            told = ExpressionError(error.what, where=f"{source.param.title}: {error.where}".rstrip(": "))
            told.mend = error.mend
            raise told from None
        if value is None and not source.param.required and source.param.default is not None:
            return source.param.default
        return value

    def _lacking(self, argument: str) -> BindError:
        source = next(one for one in self._sources if one.argument == argument)
        title = source.param.title
        if source.wires:
            return BindError(
                f"the input “{title}” has no value, because what is wired to it gave none",
                mend="Make sure that the node before it runs, or type a value that is used otherwise.",
            )
        how = "Wire something to it, or type a value." if source.param.wired else "Type a value."
        return BindError(f"“{title}” has no value", mend=how)

    def _supply(self, kind: type, scope: Scope) -> Any:
        if kind is Context:
            return RunContext(scope, self._slot, self._workflow)
        if kind is Arrivals:
            return _arrivals(scope, self._slot, self._workflow)
        return failure_of(scope)


def _may_hold_headers(param: Param) -> bool:
    return param.widget is Widget.KEY_VALUE or "headers" in (param.name, *param.aliases)


def failure_of(scope: Scope) -> Failure | None:
    """Return what went wrong before, for a node that deals with it."""
    problem = scope.failure
    if problem is None:
        return None
    return Failure(problem.message, problem.type, problem.node_id, problem.trace, problem.error)


def argument_sources(
    workflow: Workflow, slot: int, spec: NodeType | None, body: Callable[..., Any] | None, ports: NodePorts
) -> Arguments:
    """Return where the arguments of a node come from."""
    node = workflow.nodes[slot]
    wires: dict[str, list[Wire]] = {}
    for wire in workflow.plan.wires[slot]:
        wires.setdefault(wire.input, []).append(wire)
    told = signature_of(body) if body is not None else None
    arguments = told.arguments if told is not None else {}
    supplied = told.supplied if told is not None else {}
    sources: list[Source] = []
    used: set[str] = set()
    for param in spec.params if spec is not None else ():
        used.update((param.name, *param.aliases))
        getters = tuple(_getter(workflow, wire) for wire in wires.get(param.name, ()))
        key = next((key for key in (param.name, *param.aliases) if key in node.config), None)
        argument = arguments.get(param.name, param.name)
        if body is not None and param.name not in arguments:
            continue
        if key is None:
            fixed = _MISSING if param.required else param.default
            sources.append(Source(argument, param, getters, None, fixed))
            continue
        value = node.config[key]
        work = prepare(value, _reading(param, key, value))
        sources.append(Source(argument, param, getters, work, value if work is None else _MISSING))
    outside = workflow.given.get(slot, {})
    extra = _extra(workflow, node.config, wires, used, ports, outside)
    if outside:
        sources = [_from_outside(one, outside) for one in sources]
        extra = [_from_outside(one, outside) for one in extra]
    return Arguments(workflow, slot, sources, supplied, extra)


def _from_outside(source: Source, outside: Mapping[str, Outlet]) -> Source:
    """Return a source whose value comes from the workflow around where that gives any."""
    outlet = next((outside[key] for key in (source.param.name, *source.param.aliases) if key in outside), None)
    if outlet is None:
        return source
    name, default = outlet.name, outlet.default
    work, fixed = source.work, source.fixed

    def read(names: FrameNames) -> Any:
        value = names.inputs.get(name, default)
        if value is None:
            return work(names) if work is not None else fixed
        return value

    return source._replace(work=read, fixed=_MISSING)


def _extra(
    workflow: Workflow,
    config: Mapping[str, Any],
    wires: Mapping[str, list[Wire]],
    used: set[str],
    ports: NodePorts,
    outside: Mapping[str, Outlet],
) -> list[Source]:
    inputs = [port.name for port in ports.inputs if port.kind is PortKind.DATA]
    found: list[Source] = []
    for name in dict.fromkeys([*inputs, *wires, *outside, *(key for key in config if not key.startswith("_"))]):
        if name in used:
            continue
        getters = tuple(_getter(workflow, wire) for wire in wires.get(name, ()))
        work = prepare(config[name]) if name in config else None
        fixed = config[name] if name in config and work is None else _MISSING
        found.append(Source(name, Param(name), getters, work, fixed))
    return found


def _reading(param: Param, key: str, value: Any) -> Reading:
    if param.widget is Widget.EXPRESSION and param.name == "condition":
        return Reading.CONDITION
    if param.widget is Widget.EXPRESSION and key == "expression":
        return Reading.EXPRESSION
    if param.widget is Widget.CODE:
        return Reading.CODE
    return Reading.NUMBER if param.type in _NUMBERS else Reading.TEXT


def _getter(workflow: Workflow, wire: Wire) -> Callable[[Scope], Any]:
    source, output = wire.source, wire.output
    steps = workflow.steps

    def get(scope: Scope) -> Any:
        value = scope.outputs[source]
        if value is NOTHING:
            return NOTHING
        step = steps[source]
        if step is not None and step.single == output and type(value) is not Values:
            return value
        if value is None:
            return NOTHING if workflow.step(source).fields else None
        named = workflow.outputs_of(source, value)
        return named.get(output, NOTHING)

    return get


def _arrivals(scope: Scope, slot: int, workflow: Workflow) -> Arrivals:
    place = workflow.plan.place[slot]
    names = dict(workflow.plan.joined[slot])
    found = Arrivals()
    for at, source, _ in scope.arrived:
        if at == place and source in names:
            value = scope.frame.outputs[source]
            found[names[source]] = None if value is NOTHING else workflow.value_of(source, value)
    return found
