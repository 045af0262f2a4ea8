"""The workflow's variables as rows, and the edits of them. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.expressions import rename_roots
from casare.model import Batch, Change, Graph, ReplaceNodes, SetVariables

TYPES: Final = ("Any", "String", "Integer", "Float", "Boolean", "List", "Dict", "DataTable")


class Variable(NamedTuple):
    """One variable: its name, its type, and what it holds when a run begins. `secret` is not for other eyes."""

    name: str
    type: str
    default: Any
    secret: bool = False


def rows_of(variables: Mapping[str, Any]) -> list[Variable]:
    """Return the variables in the order of the file; a plain value has the type it shows."""
    found = []
    for name, held in variables.items():
        if _is_record(held):
            default = held.get("default_value", held.get("value"))
            found.append(Variable(name, str(held.get("type", "Any")), default, bool(held.get("sensitive"))))
        else:
            found.append(Variable(name, _type_of(held), held))
    return found


def add_variable(graph: Graph, name: str) -> Change:
    """Return the change that adds a variable without a value. Raises ValueError when the name will not do."""
    _check_name(graph, name)
    record = {"name": name, "type": "Any", "default_value": None}
    return SetVariables({**graph.variables, name: record}, f"Add variable {name}")


def remove_variables(graph: Graph, names: set[str]) -> Change | None:
    """Return the change that takes variables away; None when there is none of them."""
    kept = {name: held for name, held in graph.variables.items() if name not in names}
    if len(kept) == len(graph.variables):
        return None
    return SetVariables(kept, "Delete variable" if len(names) == 1 else f"Delete {len(names)} variables")


def rename_variable(graph: Graph, old: str, new: str) -> Change | None:
    """Return the change that renames a variable, also where nodes refer to it. Raises ValueError for a bad name."""
    if old == new:
        return None
    _check_name(graph, new)
    renamed = {}
    for name, held in graph.variables.items():
        if name == old:
            renamed[new] = {**held, "name": new} if _is_record(held) and "name" in held else held
        else:
            renamed[name] = held
    change = SetVariables(renamed, f"Rename variable {old}")
    if old in graph.nodes:
        # The references mean the node of the same name.
        return change
    nodes = []
    for node in graph.nodes.values():
        config = rename_roots(node.config, {old: new})
        if config is not node.config:
            nodes.append(node._replace(config=config))
    return Batch((change, ReplaceNodes(tuple(nodes))), change.label) if nodes else change


def set_variable(graph: Graph, name: str, *, default: Any = ..., kind: str = "") -> Change | None:
    """Return the change that gives a variable another default or type; None when it has it.

    A plain value stays one until it is given a type.
    """
    held = graph.variables[name]
    if _is_record(held):
        key = "value" if "value" in held and "default_value" not in held else "default_value"
        fresh = {**held, **({key: default} if default is not ... else {}), **({"type": kind} if kind else {})}
    elif kind:
        fresh = {"name": name, "type": kind, "default_value": held if default is ... else default}
    else:
        fresh = default
    if type(fresh) is type(held) and fresh == held:
        return None
    return SetVariables({**graph.variables, name: fresh}, f"Edit variable {name}")


def _check_name(graph: Graph, name: str) -> None:
    import keyword

    if not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError("A name has letters, digits and underscores, and begins with no digit.")
    if name in graph.variables:
        raise ValueError(f"There is a variable “{name}” already.")


def _is_record(held: Any) -> bool:
    return isinstance(held, dict) and ("default_value" in held or "value" in held or "type" in held)


def _type_of(value: Any) -> str:
    kinds: dict[type, str] = {
        str: "String",
        bool: "Boolean",
        int: "Integer",
        float: "Float",
        list: "List",
        dict: "Dict",
    }
    return kinds.get(type(value), "Any")
