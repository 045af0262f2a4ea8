"""Which node types exist, where they come from, which ports a node of a type has, and which wires fit.

Lives here: finding types without importing them (sources, manifests), the `Catalog` that answers for them, ports and
parameters for one configuration, and the rules of wiring. Does not live here: documents and their edits (`model`),
files (`storage`), running a body (`engine`). Nothing here imports a node module before it is asked for.
"""

from casare.catalog.catalog import Catalog, default_catalog
from casare.catalog.compatibility import Conversion, conversion, converter, refusal
from casare.catalog.palette import PaletteEntry
from casare.catalog.reading import Problem
from casare.catalog.resolve import NodePorts, is_control_name, resolve_params, resolve_ports
from casare.catalog.scoped import OwnType, ScopedCatalog
from casare.catalog.sources import ModuleFile, Source, default_sources

__all__ = [
    "Catalog",
    "Conversion",
    "ModuleFile",
    "NodePorts",
    "OwnType",
    "PaletteEntry",
    "Problem",
    "ScopedCatalog",
    "Source",
    "conversion",
    "converter",
    "default_catalog",
    "default_sources",
    "is_control_name",
    "refusal",
    "resolve_params",
    "resolve_ports",
]
