"""The workflows that a workflow runs, found among its own definitions and in the files around it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.model import Graph, Node
from casare.profiling.costs.nesting import Inner
from casare.storage import load

_SUFFIXES: Final = ("", ".json", ".json.zst", ".json.gz")
_FOLDERS: Final = (".", "subflows", "workflows", "workflows/subflows")
_REFERENCES: Final = ("workflow_path", "subflow_path", "subworkflow_id", "subflow_name", "subflow_id")
"""Where the engine looks for the name of an inner workflow, in its order."""

Read = tuple[tuple[int, int], Graph]


def embedded(graph: Graph) -> dict[str, Graph]:
    """Return the subgraphs that a document defines itself, by id, safe from later edits."""
    found: dict[str, Graph] = {}
    for subgraph_id, one in graph.subflows.items():
        held = one.graph
        made = found[subgraph_id] = Graph(metadata=held.metadata, variables=held.variables, settings=held.settings)
        made.nodes.update(held.nodes)
        made.connections.update(held.connections)
    return found


class InnerFiles:
    """Find what a node runs: a definition of the document itself by its id, else a file as the engine would find it.

    Files are read once for as long as they do not change. What cannot be found or read is left to its declared cost.
    """

    def __init__(
        self,
        folder: Path | None,
        catalog: Catalog,
        embedded: Mapping[str, Graph] | None = None,
        read: dict[Path, Read] | None = None,
    ) -> None:
        """`folder` is that of the workflow around, None for one without a file."""
        self._folder = folder
        self._catalog = catalog
        self._embedded = embedded or {}
        self._read = {} if read is None else read

    def holding(self, embedded: Mapping[str, Graph]) -> InnerFiles:
        """Return the same with other definitions of the document itself."""
        return InnerFiles(self._folder, self._catalog, embedded, self._read)

    def __call__(self, node: Node) -> Inner | None:
        """Return the workflow that `node` runs, or None."""
        own = node.config.get("subflow_id")
        if isinstance(own, str) and own in self._embedded:
            return Inner(("embedded", own, id(self._embedded)), self._embedded[own], self)
        named = (node.config.get(key) for key in _REFERENCES)
        reference = next((one for one in named if isinstance(one, str) and one and "{" not in one), None)
        path = self._path(reference) if reference else None
        return self._inner(path) if path is not None else None

    def _path(self, reference: str) -> Path | None:
        if self._folder is None:
            return None
        for folder in _FOLDERS:
            for suffix in _SUFFIXES:
                path = self._folder / folder / f"{reference}{suffix}"
                if path.is_file():
                    return path.resolve()
        return None

    def _inner(self, path: Path) -> Inner | None:
        try:
            facts = path.stat()
            tag = (facts.st_mtime_ns, facts.st_size)
            held = self._read.get(path)
            if held is None or held[0] != tag:
                held = self._read[path] = (tag, load(path, self._catalog).graph)
        except (OSError, CasareError):
            return None
        return Inner((path, tag), held[1], InnerFiles(path.parent, self._catalog, read=self._read))
