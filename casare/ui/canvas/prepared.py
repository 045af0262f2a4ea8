"""What showing a document needs and another thread can work out: where everything is."""

from __future__ import annotations

from dataclasses import dataclass

from casare.app.documents.level import Level
from casare.app.subgraphs import scoped
from casare.catalog import Catalog
from casare.model import Graph
from casare.ui.geometry.graph_geometry import GraphGeometry


@dataclass(frozen=True, slots=True)
class Prepared:
    """The places of a graph nobody has edited yet, for one revision of the catalog."""

    geometry: GraphGeometry
    revision: int


def prepare(graph: Graph, catalog: Catalog) -> Prepared:
    """Work out what the first painting of `graph` will need, and nothing that can wait. Runs on any thread."""
    revision = catalog.revision
    geometry = GraphGeometry(graph, scoped(graph, catalog), wires=False)
    # Asked for by the first painting, and remembered until an edit.
    geometry.bounds()
    return Prepared(geometry, revision)


def take_geometry(document: Level) -> GraphGeometry:
    """Return the geometry of a document: the prepared one where it still holds, else one that is made now."""
    ready = document.prepared
    if isinstance(ready, Prepared) and ready.revision == document.catalog.revision and not document.is_modified:
        ready.geometry.ask(document.catalog)
        return ready.geometry
    return GraphGeometry(document.graph, document.catalog)
