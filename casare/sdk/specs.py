"""The values that describe a node type: ports, parameters, cost. Frozen, comparable, free of code."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

from casare.sdk.types import DataType


class PortKind(enum.StrEnum):
    """Tell whether a port passes the turn (control) or a value (data)."""

    CONTROL = "control"
    DATA = "data"


class Widget(enum.StrEnum):
    """The editor a parameter gets in the inspector."""

    TEXT = "text"
    MULTILINE = "multiline"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    FILE = "file"
    SAVE_FILE = "save_file"
    FOLDER = "folder"
    JSON = "json"
    LIST = "list"
    KEY_VALUE = "key_value"
    CODE = "code"
    EXPRESSION = "expression"
    DATETIME = "datetime"
    COLOR = "color"
    SECRET = "secret"
    VARIABLE = "variable"
    NODE = "node"
    ANY = "any"


class Visibility(enum.StrEnum):
    """Where the inspector shows a parameter: at once, or folded under Advanced."""

    NORMAL = "normal"
    ADVANCED = "advanced"


class Role(enum.StrEnum):
    """What a node means to the flow, beyond doing its own work."""

    WORK = "work"
    START = "start"
    END = "end"
    TRIGGER = "trigger"
    BRANCH = "branch"
    MERGE = "merge"
    FORK = "fork"
    JOIN = "join"
    LOOP_START = "loop_start"
    LOOP_END = "loop_end"
    BREAK = "break"
    CONTINUE = "continue"
    TRY = "try"
    CATCH = "catch"
    FINALLY = "finally"
    RETRY = "retry"
    ON_ERROR = "on_error"
    PARALLEL_EACH = "parallel_each"
    SUBFLOW = "subflow"
    COMMENT = "comment"


class Bound(enum.StrEnum):
    """What a node spends its time on, which decides what running it beside others would buy."""

    CPU = "cpu"
    IO = "io"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Port:
    """One port of a node type. `required` holds for data inputs without a default.

    `aliases` are other names under which existing files refer to an output; those of an input stand at its parameter.
    """

    name: str
    kind: PortKind = PortKind.DATA
    type: DataType = DataType.ANY
    label: str = ""
    required: bool = False
    help: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the label, or the name in words."""
        return self.label or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Param:
    """One value a person can set on a node.

    Used bare in `Annotated[int, Param(minimum=0)]`; the declaration fills in name, type, default and widget. `aliases`
    are other config keys that mean the same in existing files. `unit` is shown beside the field (ms, s, MB, px).
    """

    name: str = ""
    type: DataType = DataType.ANY
    widget: Widget | None = None
    default: Any = None
    label: str = ""
    help: str = ""
    placeholder: str = ""
    unit: str = ""
    choices: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    visibility: Visibility = Visibility.NORMAL
    required: bool = False
    wired: bool = False
    """Whether an input port of the same name feeds it too."""
    language: str = ""
    """What the texts of a parameter are written in, by the name Pygments knows it under; empty for Python in CODE.

    Values pasted into texts of the language `sql` are warned of.
    """
    aliases: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the label, or the name in words with a capital."""
        return self.label or self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a node is declared to cost: complexity 1-20, likely runtime in ms, memory in MB."""

    complexity: float = 2.0
    runtime_ms: float = 1.0
    memory_mb: float = 1.0
    bound: Bound = Bound.CPU


@dataclass(frozen=True, slots=True)
class PortRule:
    """Ports that depend on the configuration.

    `prefix` plus a number, once for each item of the list in `param`, or as often as the number in it, counted from
    `first`. The ports are put before the declared port named `before`, or after the last one of their own kind.
    """

    prefix: str
    param: str
    first: int = 0
    kind: PortKind = PortKind.CONTROL
    output: bool = True
    minimum: int = 0
    maximum: int = 100
    before: str = ""


@dataclass(frozen=True, slots=True)
class NodeType:
    """One kind of node: all that an editor, a checker and a profiler need to know without importing its code.

    `module` and `qualname` say where the body is. A family (`member_param` set) takes ports, parameters and cost from
    the member that the parameter names. `replaced_by` names the type and configuration that an old type migrates to.
    """

    id: str
    title: str
    category: str
    icon: str = "box"
    summary: str = ""
    help: str = ""
    role: Role = Role.WORK
    inputs: tuple[Port, ...] = ()
    outputs: tuple[Port, ...] = ()
    params: tuple[Param, ...] = ()
    cost: Cost = field(default_factory=Cost)
    rules: tuple[PortRule, ...] = ()
    headline: str = ""
    """What tells most about a node, shown as one line on its card.

    The name of a parameter, whose value is shown, or words with names in braces: `{a} {operator} {b}`.
    """
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    member_param: str = ""
    members: tuple[tuple[str, str], ...] = ()
    """Pairs of (value of `member_param`, type id)."""
    replaced_by: tuple[str, tuple[tuple[str, Any], ...]] | None = None
    pure: bool = False
    """Whether the same inputs always give the same outputs, with no effect outside."""
    module: str = ""
    qualname: str = ""

    def param(self, name: str) -> Param | None:
        """Return the parameter of this name or alias."""
        for param in self.params:
            if param.name == name or name in param.aliases:
                return param
        return None
