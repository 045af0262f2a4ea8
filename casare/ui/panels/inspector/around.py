"""What editors may ask about the workflow around a node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casare.app.checks.names import known_variables
from casare.app.checks.survey import Survey
from casare.app.documents.document import Document
from casare.app.documents.level import Level
from casare.app.secrets import Secrets, name_for
from casare.app.templating import Known, Outputs, Trial, known_names
from casare.sdk import Param, Role

_PARTNERS = {
    Role.LOOP_END: (Role.LOOP_START,),
    Role.BREAK: (Role.LOOP_START, Role.PARALLEL_EACH),
    Role.CONTINUE: (Role.LOOP_START, Role.PARALLEL_EACH),
    Role.CATCH: (Role.TRY,),
    Role.FINALLY: (Role.TRY,),
}


class Around:
    """Answer for the node or nodes that the inspector shows."""

    def __init__(self, secrets: Secrets | None = None) -> None:
        self.secrets = secrets or Secrets()
        self.document: Level | None = None
        self.node_ids: tuple[str, ...] = ()
        self.outputs_of: Callable[[Document], Outputs] = lambda document: {}
        """Returns what the nodes of a document gave when it ran last."""

    def variables(self) -> list[str]:
        """Return the workflow's variables and those that its nodes set, in alphabetical order."""
        if self.document is None:
            return []
        found: set[str] = set()
        for graph in {id(one): one for one in (self.document.document.graph, self.document.graph)}.values():
            found |= known_variables(Survey(graph, self.document.catalog)) or set(graph.variables)
        own = found - {name + end for name in found for end in ("_index", "_key")}
        return sorted(own, key=str.casefold)

    def keep_secret(self, param: Param, secret: str, held: Any) -> str:
        """Keep a secret under the names of workflow, node and parameter. Raises CasareError."""
        title = self.document.document.title if self.document is not None else ""
        return self.secrets.keep(name_for(title, *self.node_ids[:1], param.name), secret, held)

    def secret_trial(self, name: str) -> Trial:
        """Say where a secret is, or that it is missing."""
        if self.secrets.get(name) is None:
            return Trial(f"This computer has no secret called “{name}”.", "error", "Type the secret here.")
        if self.secrets.lasting:
            return Trial("Kept in the keyring of this computer, not in the file.", "value")
        return Trial("Kept until casare closes: this computer has no keyring.", "unknown")

    def known(self) -> Known | None:
        """Return what an expression in the shown node may name; None for several nodes, or none."""
        if self.document is None or len(self.node_ids) != 1 or self.node_ids[0] not in self.document.graph.nodes:
            return None
        document = self.document.document
        # What ran inside is told by the way of instances that leads there.
        way = "".join(f"{step.instance}/" for step in document.way) if self.document is document.front else ""
        outputs = self.outputs_of(document)
        if way:
            outputs = {key.removeprefix(way): outputs[key] for key in outputs if key.startswith(way)}
        return known_names(self.document, self.node_ids[0], outputs)

    def partners(self) -> list[tuple[str, str]]:
        """Return the nodes that the shown one may belong to; all others where its type does not say."""
        if self.document is None or not self.node_ids:
            return []
        graph, catalog = self.document.graph, self.document.catalog
        spec = catalog.find(graph.nodes[self.node_ids[0]].type)
        roles = _PARTNERS.get(spec.role) if spec else None
        found = []
        for node in graph.nodes.values():
            if node.id in self.node_ids:
                continue
            other = catalog.find(node.type)
            if roles is None or (other is not None and other.role in roles):
                found.append((node.id, self.node_title(node.id)))
        return found

    def node_title(self, node_id: str) -> str:
        """Return what a node is called; an empty text when there is none of this id."""
        if self.document is None or node_id not in self.document.graph.nodes:
            return ""
        node = self.document.graph.nodes[node_id]
        spec = self.document.catalog.find(node.type)
        return node.name or (spec.title if spec else node.type)
