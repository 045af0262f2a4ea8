"""The triggers of a workflow: where they are, how they are set, and the part of the workflow that each begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from casare.catalog import Catalog
from casare.expressions import UNKNOWN, ExpressionError, evaluate
from casare.foundation.errors import CasareError
from casare.model import Graph, Node
from casare.sdk import NodeType, Role, Trigger


class Spot(NamedTuple):
    """One trigger of a workflow."""

    node: Node
    spec: NodeType

    @property
    def title(self) -> str:
        """Return what people call it."""
        return self.node.name or self.spec.title


def spots_in(graph: Graph, catalog: Catalog) -> list[Spot]:
    """Return the triggers of a workflow that are not switched off, in the order of the document."""
    found = ((node, catalog.find(node.type)) for node in graph.nodes.values() if not node.config.get("_disabled"))
    return [Spot(node, spec) for node, spec in found if spec is not None and spec.role is Role.TRIGGER]


def watcher_of(spot: Spot, catalog: Catalog) -> Trigger:
    """Return an object that can wait for a trigger. Raises CasareError for a type that casare cannot host."""
    body = catalog.implementation(spot.spec.id)
    made: Any = body() if isinstance(body, type) else None
    if not isinstance(made, Trigger):
        raise CasareError(
            f"{spot.title} can begin a run in the editor, but not wait for one",
            where=spot.node.id,
            mend="Use another trigger.",
        )
    return made


def settings_of(spot: Spot, graph: Graph, secrets: Callable[[str], str | None]) -> dict[str, Any]:
    """Return a value for each parameter of a trigger: set, else the default, with templates worked out.

    A template can name a variable of the workflow, as it starts, or a secret. Raises CasareError for any other.
    """
    names = _Standing(graph, secrets)
    found: dict[str, Any] = {}
    for param in spot.spec.params:
        key = next((one for one in (param.name, *param.aliases) if one in spot.node.config), None)
        try:
            found[param.name] = param.default if key is None else evaluate(spot.node.config[key], names)
        except ExpressionError as error:
            raise CasareError(f"{param.title}: {error}", where=spot.node.id, mend=error.mend) from None
    return found


class _Standing:
    """The names a trigger can look up: before a run there are no nodes that have run."""

    def __init__(self, graph: Graph, secrets: Callable[[str], str | None]) -> None:
        self._variables = {
            name: told.get("default_value", told.get("value")) if isinstance(told, Mapping) else told
            for name, told in graph.variables.items()
        }
        self._secrets = secrets

    def value(self, root: str) -> Any:
        """Return the value of a variable or a secret, else UNKNOWN."""
        if root.startswith("$secret:"):
            name = root.removeprefix("$secret:")
            secret = self._secrets(name)
            if secret is None:
                raise CasareError(f"there is no secret called “{name}”", mend="Add it to the secrets of this computer.")
            return secret
        return self._variables.get(root, UNKNOWN)

    def known(self) -> Mapping[str, str]:
        """Return the names of the variables."""
        return dict.fromkeys(self._variables, "variable")
