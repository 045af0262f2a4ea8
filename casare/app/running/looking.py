"""What a person looks at after a run: the inputs and outputs of a node in one of its turns, and the variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.app.running.live_runs import DocumentRuns
from casare.app.running.turns import Turn, TurnBook
from casare.catalog import NodePorts
from casare.expressions import UNKNOWN, ExpressionError, evaluate, has_template, references
from casare.model import Graph, Node
from casare.sdk import PortKind

INPUT: Final = "Inputs"
OUTPUT: Final = "Outputs"
VARIABLE: Final = "Variables"


class _Missing:
    """The value of what was not kept, or never came to be."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


class Item(NamedTuple):
    """One thing to look at. `template` is how a template names it; `note` says why there is no value, or its origin."""

    side: str
    name: str
    value: Any
    template: str = ""
    note: str = ""


def items_of(runs: DocumentRuns, node_id: str, turn: Turn | None) -> list[Item]:
    """Return what a node took in and gave in one of its turns, inputs first."""
    board = runs.board
    graph = runs.document.graph
    node = graph.nodes.get(node_id)
    if board is None or node is None:
        return []
    found = [*_inputs(runs, graph, board.turns, node_id, turn)]
    held = turn.values if turn is not None else None
    ports = _ports(runs, node)
    names = [port.name for port in ports.outputs if port.kind is not PortKind.CONTROL]
    for name in dict.fromkeys([*(held or ()), *names]):
        value = held[name] if held is not None and name in held else MISSING
        note = "" if value is not MISSING else _why(turn)
        found.append(Item(OUTPUT, name, value, f"{node_id}.{name}", note))
    return found


def variables_of(runs: DocumentRuns) -> list[Item]:
    """Return the variables with the values they have now, or had at the end of the last run."""
    if runs.run is None or runs.past is not None:
        return []
    values = runs.run.variables()
    return [Item(VARIABLE, name, value, name) for name, value in values.items()]


def _inputs(runs: DocumentRuns, graph: Graph, book: TurnBook, node_id: str, turn: Turn | None) -> list[Item]:
    node = graph.nodes[node_id]
    ports = _ports(runs, node)
    found: list[Item] = []
    wired: set[str] = set()
    beside = turn.turns if turn is not None else ()
    control = {port.name for port in ports.inputs if port.kind is PortKind.CONTROL}
    for key in graph.incoming(node_id):
        if key[3] in control:
            continue
        wired.add(key[3])
        source = book.beside(key[0], beside)
        held = source.values if source is not None else None
        value = held[key[1]] if held is not None and key[1] in held else MISSING
        found.append(Item(INPUT, key[3], value, f"{key[0]}.{key[1]}", "" if value is not MISSING else _why(source)))
    names = _Given(graph, book, beside)
    for name, value in node.config.items():
        if name not in wired and not name.startswith("_"):
            found.append(_configured(name, value, names))
    given = turn.inputs if turn is not None and turn.inputs is not None else {}
    # What the body was really given says more than what can be worked out afterwards.
    return [
        one._replace(value=given[one.name], note="" if one.value is MISSING else one.note)
        if one.name in given and (one.value is MISSING or one.note)
        else one
        for one in found
    ]


def _configured(name: str, value: Any, names: _Given) -> Item:
    if not _speaks_of_nodes(value, names):
        return Item(INPUT, name, value, "", "as it is set")
    try:
        return Item(INPUT, name, evaluate(value, names), "", "worked out from its template")
    except ExpressionError as error:
        return Item(INPUT, name, value, "", error.what)


def _speaks_of_nodes(value: Any, names: _Given) -> bool:
    """Tell whether a value has templates, all about nodes: what a variable held at that moment nobody has kept."""
    if not (isinstance(value, str) and has_template(value)) and not isinstance(value, (Mapping, list)):
        return False
    roots = {one.root for one in references(value)}
    return bool(roots) and all(names.value(root) is not UNKNOWN for root in roots)


class _Given:
    """What the nodes gave in the turns that go with one, as templates look it up."""

    def __init__(self, graph: Graph, book: TurnBook, beside: tuple[int, ...]) -> None:
        self._graph = graph
        self._book = book
        self._beside = beside

    def value(self, root: str) -> Any:
        """Return what a node gave by output, `UNKNOWN` for anything else."""
        if root not in self._graph.nodes:
            return UNKNOWN
        turn = self._book.beside(root, self._beside)
        return dict(turn.values) if turn is not None and turn.values is not None else UNKNOWN

    def known(self) -> Mapping[str, str]:
        """Return nothing: the message of the run itself says more."""
        return {}


def _ports(runs: DocumentRuns, node: Node) -> NodePorts:
    return runs.document.catalog.ports(node.type, node.config)


def _why(turn: Turn | None) -> str:
    if turn is None:
        return "It has not run."
    if turn.status == "failed":
        return "It failed, so it gave nothing."
    if turn.status in ("completed", "cached"):
        return "It gave nothing, or its value was not kept."
    return "It did not run."
