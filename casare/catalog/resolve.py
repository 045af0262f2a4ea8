"""The ports and parameters of one node: what its type declares, for this configuration, with these wires."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from casare.sdk import DataType, NodeType, Param, Port, PortKind, PortRule, Widget, as_items

_CONTROL_NAMES: Final = frozenset(
    {
        *("body", "loop_body", "completed", "done", "finish", "next", "true", "false", "then", "else", "default"),
        *("success", "failed", "valid", "invalid", "fallback", "try_body", "catch_body", "finally_body", "retry_body"),
        *("protected_body", "on_success", "on_error", "on_finally", "finally"),
    }
)
_CONTROL_PREFIXES: Final = ("case_", "branch_")
_LABEL_LENGTH: Final = 40


class NodePorts:
    """The ports of a node, in the order they are drawn. Shared between nodes of the same shape; never changed."""

    __slots__ = ("_inputs", "_outputs", "inputs", "outputs")

    def __init__(
        self,
        inputs: tuple[Port, ...],
        outputs: tuple[Port, ...],
        input_aliases: Mapping[str, str] | None = None,
        output_aliases: Mapping[str, str] | None = None,
        *,
        renamed: Mapping[str, str] | None = None,
    ) -> None:
        """Take the ports, their old names, and `renamed`: names that mean another output than the one called so."""
        self.inputs: Final = inputs
        self.outputs: Final = outputs
        self._inputs = {port.name: port for port in inputs}
        self._outputs = {port.name: port for port in outputs}
        for known, aliases in ((self._inputs, input_aliases), (self._outputs, output_aliases)):
            for alias, name in (aliases or {}).items():
                if name in known:
                    known.setdefault(alias, known[name])
        own = dict(self._outputs)
        self._outputs.update({name: own[meant] for name, meant in (renamed or {}).items() if meant in own})

    @property
    def input_names(self) -> frozenset[str]:
        """Return the names that `input` understands, old ones included."""
        return frozenset(self._inputs)

    @property
    def output_names(self) -> frozenset[str]:
        """Return the names that `output` understands, old ones included."""
        return frozenset(self._outputs)

    def input(self, name: str) -> Port | None:
        """Return the input of this name, or the one that an existing file calls so."""
        return self._inputs.get(name)

    def output(self, name: str) -> Port | None:
        """Return the output of this name, or the one that an existing file calls so (a case by its value)."""
        return self._outputs.get(name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NodePorts):
            return NotImplemented
        return self.inputs == other.inputs and self.outputs == other.outputs

    def __hash__(self) -> int:
        return hash((self.inputs, self.outputs))

    def __repr__(self) -> str:
        return f"NodePorts(inputs={[p.name for p in self.inputs]}, outputs={[p.name for p in self.outputs]})"


Expansion = tuple[PortRule, tuple[str, ...]]
"""A rule with the labels of the ports it makes for one configuration (empty labels for a bare number)."""


def is_control_name(name: str) -> bool:
    """Tell whether a port of an undeclared type is taken for a control port, going by its name alone."""
    return name in _CONTROL_NAMES or "exec" in name or name.startswith(_CONTROL_PREFIXES)


def resolve_ports(
    node_type: NodeType | None,
    member: NodeType | None,
    config: Mapping[str, Any],
    wired_inputs: Collection[str] = (),
    wired_outputs: Collection[str] = (),
) -> NodePorts:
    """Return the ports of a node: those declared, those its configuration asks for, those its wires imply.

    For a family, `member` is the chosen type; without one (an unknown choice) only the family's control ports are
    certain. An unknown type (None) has no ports but the wired ones; what an implied port carries is told by its name.
    """
    spec = declaring(node_type, member)
    expansions = expand(spec, config) if spec is not None else ()
    labelled = _goes_by_label(expansions, wired_outputs)
    return _assemble(spec, expansions, tuple(wired_inputs), tuple(wired_outputs), labelled=labelled)


def resolve_params(node_type: NodeType | None, member: NodeType | None, config: Mapping[str, Any]) -> tuple[Param, ...]:
    """Return the parameters of a node: the chooser of a family, the declared ones, one for each other config key.

    Keys with a leading underscore are casare's own and are left out.
    """
    params: list[Param] = []
    if node_type is not None and node_type.member_param:
        params += [param for param in node_type.params if param.name == node_type.member_param]
        params += [param for param in (member.params if member else ()) if param.name != node_type.member_param]
    elif node_type is not None:
        params += node_type.params
    spec = declaring(node_type, member)
    known = {name for param in params for name in (param.name, *param.aliases)}
    for rule, labels in expand(spec, config) if spec is not None else ():
        if not rule.output and rule.kind is PortKind.DATA:
            made = [Param(port.name, widget=Widget.ANY, wired=True) for port in _made(rule, labels)]
            params += [param for param in made if param.name not in known]
            known.update(param.name for param in made)
    params += [Param(key, widget=Widget.ANY) for key in config if key not in known and not key.startswith("_")]
    return tuple(params)


class PortResolver:
    """Remember the ports of every shape met so far, so that a node like ten thousand others costs a look-up."""

    __slots__ = ("_choose", "_choosers", "_find", "_shapes", "_simple", "_wired")

    def __init__(
        self,
        find: Callable[[str], NodeType | None],
        choose: Callable[[NodeType, Mapping[str, Any]], NodeType | None],
    ) -> None:
        self._find = find
        self._choose = choose
        self._choosers: dict[str, str] = {}
        # By type id, or by type id and the member chosen, where nothing else in the configuration matters.
        self._simple: dict[Any, tuple[NodePorts, frozenset[str], frozenset[str]]] = {}
        self._wired: dict[Any, NodePorts] = {}
        self._shapes: dict[Any, NodePorts] = {}

    def ports(
        self,
        type_id: str,
        config: Mapping[str, Any],
        wired_inputs: Collection[str],
        wired_outputs: Collection[str],
    ) -> NodePorts:
        """Return the ports of a node of type `type_id`."""
        key: Any = self._member_key(type_id, config) if type_id in self._choosers else type_id
        simple = self._simple.get(key)
        if simple is None:
            return self._by_shape(type_id, config, wired_inputs, wired_outputs)
        if simple[1].issuperset(wired_inputs) and simple[2].issuperset(wired_outputs):
            return simple[0]
        wiring = (key, tuple(wired_inputs), tuple(wired_outputs))
        found = self._wired.get(wiring)
        if found is None:
            found = self._wired[wiring] = self._by_shape(type_id, config, wired_inputs, wired_outputs)
        return found

    def _member_key(self, type_id: str, config: Mapping[str, Any]) -> tuple[str, str | None]:
        chosen = config.get(self._choosers[type_id])
        return (type_id, chosen if isinstance(chosen, str) or chosen is None else "")

    def _by_shape(
        self,
        type_id: str,
        config: Mapping[str, Any],
        wired_inputs: Collection[str],
        wired_outputs: Collection[str],
    ) -> NodePorts:
        node_type = self._find(type_id)
        member = self._choose(node_type, config) if node_type is not None else None
        spec = declaring(node_type, member)
        expansions = expand(spec, config) if spec is not None and spec.rules else ()
        labelled = _goes_by_label(expansions, wired_outputs)
        shape = (spec.id if spec is not None else "", labelled, *(labels for _, labels in expansions))
        bare = self._shapes.get(shape)
        if bare is None:
            bare = self._shapes[shape] = _assemble(spec, expansions, (), (), labelled=labelled)
        key: Any = type_id
        if node_type is not None and node_type.member_param:
            self._choosers[type_id] = node_type.member_param
            key = self._member_key(type_id, config)
        if spec is None or not spec.rules:
            self._simple[key] = (bare, bare.input_names, bare.output_names)
        more_inputs = _sorted(name for name in wired_inputs if bare.input(name) is None)
        more_outputs = _sorted(name for name in wired_outputs if bare.output(name) is None)
        if not more_inputs and not more_outputs:
            return bare
        wired_shape = (shape, more_inputs, more_outputs)
        found = self._shapes.get(wired_shape)
        if found is None:
            found = _assemble(spec, expansions, more_inputs, more_outputs, labelled=labelled)
            self._shapes[wired_shape] = found
        return found


def declaring(node_type: NodeType | None, member: NodeType | None) -> NodeType | None:
    """Return the type whose declaration holds: the member of a family, else the type itself.

    A family without a member is cut down to its control ports.
    """
    if node_type is None or not node_type.member_param:
        return node_type
    if member is not None:
        return member
    return NodeType(
        id=node_type.id,
        title=node_type.title,
        category=node_type.category,
        inputs=tuple(port for port in node_type.inputs if port.kind is PortKind.CONTROL),
        outputs=tuple(port for port in node_type.outputs if port.kind is PortKind.CONTROL),
    )


def expand(spec: NodeType, config: Mapping[str, Any]) -> tuple[Expansion, ...]:
    """Return each port rule of `spec` with the labels of the ports it makes under `config`."""
    return tuple([(rule, _labels(rule, _setting(spec, rule.param, config))) for rule in spec.rules])


def _setting(spec: NodeType, name: str, config: Mapping[str, Any]) -> Any:
    param = spec.param(name)
    for key in (name, *(param.aliases if param else ())):
        if key in config:
            return config[key]
    return param.default if param else None


def _labels(rule: PortRule, value: Any) -> tuple[str, ...]:
    labels: list[str] = []
    if isinstance(value, str):
        text = value.strip()
        if text.isdecimal():
            value = int(text[:9])
        elif text and "{{" not in text:
            with suppress(ValueError):
                value = as_items(text)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # NaN compares false with everything, so it ends as the minimum.
        count = int(min(value, rule.maximum)) if value > 0 else 0
        labels = [""] * count
    elif isinstance(value, (list, tuple, dict)):
        labels = [_shown(item) for item in value][: rule.maximum]
    labels += [""] * (rule.minimum - len(labels))
    return tuple(labels)


def _shown(item: Any) -> str:
    text = str(item)
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1] + "…"


def _made(rule: PortRule, labels: Iterable[str]) -> Iterator[Port]:
    for number, label in enumerate(labels, rule.first):
        yield Port(f"{rule.prefix}{number}", rule.kind, label=label)


def _assemble(
    spec: NodeType | None,
    expansions: Iterable[Expansion],
    wired_inputs: Iterable[str],
    wired_outputs: Iterable[str],
    *,
    labelled: bool,
) -> NodePorts:
    inputs = list(spec.inputs) if spec is not None else []
    outputs = list(spec.outputs) if spec is not None else []
    for rule, labels in expansions:
        _insert(outputs if rule.output else inputs, rule, list(_made(rule, labels)))
    old_inputs = {
        alias: param.name for param in (spec.params if spec else ()) if param.wired for alias in param.aliases
    }
    by_label = dict(_by_label(expansions))
    old_outputs = {alias: port.name for port in outputs for alias in port.aliases} | by_label
    _imply(inputs, old_inputs, wired_inputs)
    _imply(outputs, old_outputs, wired_outputs)
    renamed = by_label if labelled else None
    return NodePorts(tuple(inputs), tuple(outputs), old_inputs, old_outputs, renamed=renamed)


def _goes_by_label(expansions: Iterable[Expansion], wired: Collection[str]) -> bool:
    """Tell whether wires name outputs by label: of the cases 1, 2 and 3, `case_3` can only be the one with that value.

    Then `case_1` is the first of them, although the second has that number.
    """
    for rule, labels in expansions:
        if rule.output and wired:
            named = {name for name in wired if name.startswith(rule.prefix)}
            numbered = {port.name for port in _made(rule, labels)}
            if not named <= numbered and named <= {f"{rule.prefix}{label}" for label in labels if label}:
                return True
    return False


def _by_label(expansions: Iterable[Expansion]) -> Iterator[tuple[str, str]]:
    # CasareRPA names the output of a case after its value; its own samples name it after its number.
    for rule, labels in expansions:
        for port in _made(rule, labels):
            if rule.output and port.label:
                yield f"{rule.prefix}{port.label}", port.name


def _insert(ports: list[Port], rule: PortRule, made: list[Port]) -> None:
    declared = {port.name for port in ports}
    fresh = [port for port in made if port.name not in declared]
    place = next((at for at, port in enumerate(ports) if port.name == rule.before), -1)
    if place < 0:
        place = max((at + 1 for at, port in enumerate(ports) if port.kind is rule.kind), default=len(ports))
    ports[place:place] = fresh


def _imply(ports: list[Port], aliases: Mapping[str, str], wired: Iterable[str]) -> None:
    known = {port.name for port in ports}
    known |= {alias for alias, name in aliases.items() if name in known}
    fresh = [
        Port(name, PortKind.CONTROL if is_control_name(name) else PortKind.DATA, DataType.ANY)
        for name in _sorted(name for name in wired if name not in known)
    ]
    controls = sum(port.kind is PortKind.CONTROL for port in ports)
    # Control ports stand first on a card, also the implied ones.
    ports[controls:controls] = [port for port in fresh if port.kind is PortKind.CONTROL]
    ports += [port for port in fresh if port.kind is PortKind.DATA]


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    unique = set(names)
    return tuple(sorted(unique, key=_natural)) if unique else ()


def _natural(name: str) -> list[tuple[int, str]]:
    # Numbers by their value, so that case_10 comes after case_2.
    return [(len(part), part) if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]
