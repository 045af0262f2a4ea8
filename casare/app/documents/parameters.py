"""The parameters of nodes as a person edits them: fields, values as text, and what is wrong with a value."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casare.app.editing.parameters import BYPASSED, DISABLED, clear_parameter, set_parameter
from casare.catalog import Catalog
from casare.expressions import has_template
from casare.model import Batch, Change, Connection, Graph, Node
from casare.sdk import DataType, Param, Visibility, Widget

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Unset:
    """The value of a field that holds none."""

    def __repr__(self) -> str:
        return "UNSET"


class Mixed:
    """The value of a field that is not the same for all nodes selected."""

    def __repr__(self) -> str:
        return "MIXED"


UNSET: Final = Unset()
MIXED: Final = Mixed()

_NEEDS_TEXT: Final = frozenset({Widget.FILE, Widget.SAVE_FILE, Widget.FOLDER, Widget.VARIABLE, Widget.SECRET})
"""Widgets whose empty text is as good as nothing."""


class Field(NamedTuple):
    """One value of one node, or of several nodes of a type, as the inspector shows it."""

    param: Param
    key: str
    """The key of the configuration that holds it: the name, or the alias an existing file uses."""
    value: Any
    """UNSET when the default holds, MIXED when the nodes differ."""
    wire: Connection | None = None
    """The wire that feeds it instead."""
    declared: bool = True
    """Whether the node's type knows the parameter; else it is only kept."""

    @property
    def advanced(self) -> bool:
        """Tell whether the field is folded away at first."""
        return self.param.visibility is Visibility.ADVANCED


def key_of(param: Param, config: Mapping[str, Any]) -> str:
    """Return the key under which a configuration holds a parameter: its name, or the first alias in use."""
    if param.name in config:
        return param.name
    return next((alias for alias in param.aliases if alias in config), param.name)


def fields_of(graph: Graph, catalog: Catalog, node_ids: Collection[str]) -> list[Field]:
    """Return the fields that all these nodes share, in the order of the type's parameters.

    Nodes of several types share none. Keys that the type does not declare come last, for a single node only; the mark
    for a disabled node is not among them.
    """
    nodes = [graph.nodes[one] for one in node_ids if one in graph.nodes]
    if not nodes or any(node.type != nodes[0].type for node in nodes):
        return []
    if len(nodes) == 1:
        return _fields_of_one(graph, catalog, nodes[0])
    columns = [{field.param.name: field for field in _fields_of_one(graph, catalog, node, False)} for node in nodes]
    return [
        field._replace(value=_common([column[name].value for column in columns]), wire=None)
        for name, field in columns[0].items()
        if all(name in column and column[name].param == field.param for column in columns)
    ]


def set_for_all(graph: Graph, node_ids: Sequence[str], param: Param, value: Any, *, only: str = "") -> Change | None:
    """Return the change that sets a parameter of all nodes as one step; UNSET takes the value away.

    Each node keeps the key it has used so far. With `only`, that key is edited whatever the parameter's name.
    """
    changes = []
    for node_id in node_ids:
        key = only or key_of(param, graph.nodes[node_id].config)
        change = (
            clear_parameter(graph, node_id, key, title=param.title)
            if value is UNSET
            else set_parameter(graph, node_id, key, value, title=param.title)
        )
        if change is not None:
            changes.append(change)
    if len(changes) < 2:
        return changes[0] if changes else None
    return Batch(tuple(changes), f"Edit {param.title.lower()} of {len(changes)} nodes")


def is_template(value: Any) -> bool:
    """Tell whether a value holds a reference that only a run can fill in."""
    return has_template(value)


def problem_with(param: Param, value: Any) -> str | None:
    """Return what is wrong with a value as a sentence, or None.

    A template is accepted everywhere, as only a run knows its value. UNSET and MIXED never are. None stands for
    no value, and is wrong only where one is required.
    """
    if value is UNSET or value is MIXED or has_template(value):
        return None
    if value is None or (value == "" and param.widget in _NEEDS_TEXT):
        return "This needs a value." if param.required and not param.wired else None
    check = checker_of(param)
    return check(value) if check is not None else None


def checker_of(param: Param) -> Callable[[Any], str | None] | None:
    """Return the check of values that are neither templates nor nothing; None when a parameter takes whatever there is.

    Cached by what it depends on.
    """
    try:
        return _checker(param.widget, param.type, param.choices, param.minimum, param.maximum, param.unit)
    except TypeError:  # a choice that cannot be hashed
        return _checker.__wrapped__(param.widget, param.type, param.choices, param.minimum, param.maximum, param.unit)


def value_as_text(value: Any) -> str:
    """Return a value as one types it: text as it is, the rest as JSON; text that reads as JSON stands in quotes.

    `text_as_value` gives the same value back.
    """
    if value is UNSET or value is MIXED:
        return ""
    if isinstance(value, str):
        return _json_text(value) if value == "" or _reads_as_json(value) else value
    return _json_text(value)


def text_as_value(text: str) -> Any:
    """Return what a typed text means: a number, true, false, null, a list, an object or a text in quotes; else itself.

    An empty text is UNSET.
    """
    stripped = text.strip()
    if not stripped:
        return UNSET
    if _may_be_json(stripped):
        import json

        try:
            return json.loads(stripped, parse_constant=_refuse)
        except ValueError:
            return text
    return text


def _fields_of_one(graph: Graph, catalog: Catalog, node: Node, others: bool = True) -> list[Field]:
    config = node.config
    spec = catalog.find(node.type)
    member = catalog.member(spec, config) if spec else None
    declared = {param.name for one in (spec, member) if one for param in one.params}
    wires: dict[str, Connection] = {}
    for arriving in graph.incoming(node.id).values():
        wires.setdefault(arriving.target_port, arriving)
    found: list[Field] = []
    for param in catalog.params(node.type, config):
        known = param.name in declared or param.wired
        if known or others:
            key = key_of(param, config)
            wire = next((wires[name] for name in (param.name, *param.aliases) if name in wires), None)
            found.append(Field(param, key, config.get(key, UNSET), wire, known))
    if others:
        hidden = [key for key in config if key.startswith("_") and key not in (DISABLED, BYPASSED)]
        found += [Field(Param(key, widget=Widget.ANY), key, config[key], declared=False) for key in hidden]
    return found


def _common(values: Sequence[Any]) -> Any:
    first = values[0]
    return first if all(type(one) is type(first) and one == first for one in values[1:]) else MIXED


@lru_cache(maxsize=2048)
def _checker(
    widget: Widget | None,
    data_type: DataType,
    choices: tuple[Any, ...],
    minimum: float | None,
    maximum: float | None,
    unit: str,
) -> Callable[[Any], str | None] | None:
    if widget is Widget.CHOICE and choices:
        return lambda value: None if value in choices or str(value) in map(str, choices) else _not_among(value, choices)
    if widget is Widget.MULTI_CHOICE and choices:
        return lambda value: _check_several(value, choices)
    if widget is Widget.JSON or (widget is Widget.LIST and data_type is DataType.LIST):
        return _check_json
    limits = (minimum, maximum, unit)
    adapter, wanted = _adapter(widget, data_type, minimum, maximum)
    return (lambda value: _told(adapter, value, wanted, limits)) if adapter is not None else None


def _adapter(
    widget: Widget | None, data_type: DataType, minimum: float | None, maximum: float | None
) -> tuple[TypeAdapter[Any] | None, str]:
    """Return a pydantic adapter for what the parameter takes, and what to call it; None when it takes anything."""
    from typing import Annotated

    from pydantic import AllowInfNan, Json, TypeAdapter
    from pydantic import Field as Limits

    limited = Limits(ge=minimum, le=maximum)
    adapter: TypeAdapter[Any] | None = None
    wanted = ""
    if widget is Widget.INTEGER or data_type is DataType.INTEGER:
        adapter, wanted = TypeAdapter(Annotated[int, limited]), "This needs a whole number."
    elif widget is Widget.NUMBER or data_type in (DataType.NUMBER, DataType.FLOAT):
        adapter, wanted = TypeAdapter(Annotated[float, AllowInfNan(False), limited]), "This needs a number."
    elif widget is Widget.BOOLEAN:
        adapter, wanted = TypeAdapter(bool), "This needs yes or no."
    elif widget is Widget.KEY_VALUE:
        adapter, wanted = TypeAdapter(dict[Any, Any] | Json[dict[Any, Any]]), "This needs names with values."
    elif widget is Widget.COLOR:
        colour = Limits(pattern=r"^#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")
        adapter, wanted = TypeAdapter(Annotated[str, colour]), "This needs a colour, such as #3ba5d1."
    elif widget in _NEEDS_TEXT:
        adapter, wanted = TypeAdapter(str), "This needs a text."
    return adapter, wanted


def _told(
    adapter: TypeAdapter[Any], value: Any, wanted: str, limits: tuple[float | None, float | None, str]
) -> str | None:
    from pydantic import ValidationError

    try:
        adapter.validate_python(value)
    except ValidationError as error:
        kinds = {problem["type"] for problem in error.errors(include_url=False, include_context=False)}
        minimum, maximum, unit = limits
        if "greater_than_equal" in kinds and minimum is not None:
            return f"This must be at least {_plain(minimum)}{f' {unit}' if unit else ''}."
        if "less_than_equal" in kinds and maximum is not None:
            return f"This must be at most {_plain(maximum)}{f' {unit}' if unit else ''}."
        return wanted
    return None


def _check_several(value: Any, choices: tuple[Any, ...]) -> str | None:
    items = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
    if not isinstance(items, (list, tuple)):
        return "This needs a list of choices."
    wrong = next((item for item in items if item not in choices and str(item) not in map(str, choices)), None)
    return None if wrong is None else _not_among(wrong, choices)


def _check_json(value: Any) -> str | None:
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return None
    import json

    try:
        json.loads(value)
    except ValueError as error:
        return json_problem(error)
    return None


def json_problem(error: ValueError) -> str:
    """Return what a JSON parser found wrong, as a sentence with the place."""
    import json

    if isinstance(error, json.JSONDecodeError):
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        return f"This is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at {place}."
    return "This is not JSON."


def _not_among(value: Any, choices: tuple[Any, ...]) -> str:
    shown = ", ".join(str(one) for one in choices[:6])
    more = f" and {len(choices) - 6} more" if len(choices) > 6 else ""
    return f"“{str(value)[:40]}” is not a choice; there are {shown}{more}."


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def _may_be_json(text: str) -> bool:
    return text[0] in '{["-0123456789' or text in ("true", "false", "null")


def _reads_as_json(text: str) -> bool:
    stripped = text.strip()
    if not stripped:
        return True
    return _may_be_json(stripped) and text_as_value(text) is not text


def _json_text(value: Any) -> str:
    import json

    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
