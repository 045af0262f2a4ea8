"""What showing a document needs and another thread can work out: where everything is, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from casare.app.checks import check
from casare.app.document import Document
from casare.catalog import Catalog
from casare.model import Graph
from casare.storage import Problem
from casare.ui.geometry.graph_geometry import GraphGeometry


@dataclass(frozen=True, slots=True)
class Prepared:
    """The places and the problems of a graph nobody has edited yet, for one revision of the catalog."""

    geometry: GraphGeometry
    problems: tuple[Problem, ...]
    revision: int


def prepare(graph: Graph, catalog: Catalog) -> Prepared:
    """Work out what showing `graph` will need. Runs on any thread."""
    revision = catalog.revision
    return Prepared(GraphGeometry(graph, catalog), tuple(check(graph, catalog)), revision)


def take_geometry(document: Document) -> GraphGeometry:
    """Return the geometry of a document: the prepared one where it still holds, else one that is made now."""
    ready = document.prepared
    if isinstance(ready, Prepared) and ready.revision == document.catalog.revision and not document.is_modified:
        return ready.geometry
    return GraphGeometry(document.graph, document.catalog)
