"""Where a node is wanted: behind which node or port, and what usually comes there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from casare.app.editing import End, fitting_port
from casare.app.editing.wiring import port_of, ports_of
from casare.catalog import Catalog, NodePorts, PaletteEntry, refusal
from casare.model import Graph, Node
from casare.sdk import DataType, Port, PortKind

_LOOKED_AT: Final = 20_000
"""How many wires of the document are looked at for its habits: enough to know them, few enough to open at once."""
USUAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "StartNode": ("SetVariableNode", "ReadFileNode", "LogNode"),
        "ReadFileNode": ("JsonParseNode", "TextSplitNode", "TextLinesNode"),
        "ReadCSVNode": ("ForLoopStartNode", "ListFilterNode", "ListMapNode"),
        "ReadJSONFileNode": ("DictGetNode", "ForLoopStartNode", "GetPropertyNode"),
        "JsonParseNode": ("GetPropertyNode", "DictGetNode", "ForLoopStartNode"),
        "ListFilesNode": ("ForLoopStartNode", "ListLengthNode", "ListSortNode"),
        "ComparisonNode": ("IfNode", "AssertNode", "LogNode"),
        "IfNode": ("LogNode", "SetVariableNode", "MergeNode"),
        "ForLoopStartNode": ("LogNode", "IfNode", "ForLoopEndNode"),
        "WhileLoopStartNode": ("IncrementVariableNode", "IfNode", "WhileLoopEndNode"),
        "TryNode": ("CatchNode", "ReadFileNode", "LogNode"),
        "CatchNode": ("LogErrorNode", "FinallyNode", "LogNode"),
        "ForkNode": ("JoinNode", "LogNode"),
        "TextSplitNode": ("ForLoopStartNode", "ListLengthNode", "ListGetItemNode"),
        "BuildUrlNode": ("HttpRequestNode", "SetHttpHeadersNode", "HttpAuthNode"),
        "HttpRequestNode": ("ParseJsonResponseNode", "IfNode", "LogNode"),
        "HttpGetNode": ("ParseJsonResponseNode", "IfNode", "LogNode"),
        "ExecuteQueryNode": ("ForLoopStartNode", "WriteCSVNode", "ListMapNode"),
        "DatabaseConnectNode": ("ExecuteQueryNode", "ExecuteNonQueryNode", "BeginTransactionNode"),
        "ReadEmailsNode": ("ForLoopStartNode", "FilterEmailsNode", "SaveAttachmentNode"),
        "ExcelOpenNode": ("ExcelGetRangeNode", "ExcelReadCellNode", "ExcelWriteCellNode"),
        "SetVariableNode": ("IfNode", "ForLoopStartNode", "LogNode"),
    }
)
"""What follows a type in most workflows, best first, for a document too young to have habits of its own."""


class Context(NamedTuple):
    """What a new node would be wired to. All empty: nothing."""

    node: str = ""
    end: End | None = None
    """The port a wire was dropped from."""


def described_by(catalog: Catalog, node: Node) -> str:
    """Return the id that stands for what a node does: of its type, or of the member its configuration chooses."""
    spec = catalog.find(node.type)
    if spec is None:
        return node.type
    return (catalog.member(spec, node.config) or spec).id


def likely_next(graph: Graph, catalog: Catalog, node_id: str, habits: Mapping[str, int]) -> dict[str, float]:
    """Return how likely each kind of node comes behind `node_id`, from 0 to 1: habits first, then what is usual."""
    node = graph.nodes[node_id]
    kind = described_by(catalog, node)
    counts: Counter[str] = Counter({one: 2 * times for one, times in habits.items()})
    for key in islice(graph.connections, _LOOKED_AT):
        source = graph.nodes[key[0]]
        if source.type == node.type and described_by(catalog, source) == kind:
            counts[described_by(catalog, graph.nodes[key[2]])] += 1
    most = max(counts.values(), default=1)
    found = {one: times / most for one, times in counts.items()}
    for place, one in enumerate(USUAL.get(kind, ())):
        found[one] = max(found.get(one, 0.0), 0.5 - 0.1 * place)
    return found


def fits_at(graph: Graph, catalog: Catalog, end: End, entry: PaletteEntry) -> bool:
    """Tell whether an entry has a port that a wire from `end` may run to."""
    return fitting_port(graph, catalog, end, entry.type_id, entry.preset) is not None


def made_for(port: Port, entry_ports: NodePorts, *, after: bool) -> bool:
    """Tell whether the first data port on the near side has the very type of `port`."""
    side = entry_ports.inputs if after else entry_ports.outputs
    first = next((one for one in side if one.kind is PortKind.DATA), None)
    return first is not None and first.type is port.type and port.type is not DataType.ANY


def telling_port(graph: Graph, catalog: Catalog, context: Context) -> Port | None:
    """Return the data port that a new node would be fed from, or feed."""
    if context.end is not None:
        port = port_of(graph, catalog, context.end)
        return port if port is not None and port.kind is PortKind.DATA else None
    if context.node not in graph.nodes:
        return None
    outputs = ports_of(graph, catalog, context.node).outputs
    return next((one for one in outputs if one.kind is PortKind.DATA), None)


def ports_in_words(catalog: Catalog, entry: PaletteEntry) -> str:
    """Return an entry's data ports as one line: `text, separator → parts`; empty when it has none."""
    ports = catalog.ports(entry.type_id, entry.preset)
    left, right = (_names(side) for side in (ports.inputs, ports.outputs))
    return f"{left} → {right}" if left and right else left or (f"→ {right}" if right else "")


def fits(source: Port, target: Port) -> bool:
    """Tell whether a wire may run from an output to an input."""
    return refusal(source, target) is None


def _names(ports: tuple[Port, ...]) -> str:
    data: list[Any] = [port.title.lower() for port in ports if port.kind is PortKind.DATA]
    return ", ".join(data[:3]) + (" …" if len(data) > 3 else "")
