"""What a person looks at after a run: the inputs and outputs of a node in one of its turns, and the variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.app.running.board import StatusBoard
from casare.app.running.live_runs import DocumentRuns
from casare.app.running.places import Source, path_of, source_of
from casare.app.running.turns import Turn
from casare.app.subgraphs.boundary import ID_KEY, INSTANCE, ISOLATION_KEY, NAME_KEY
from casare.catalog import NodePorts
from casare.expressions import UNKNOWN, ExpressionError, evaluate, has_template, references
from casare.model import Node
from casare.sdk import Port, PortKind

INPUT: Final = "Inputs"
OUTPUT: Final = "Outputs"
FAILURE: Final = "Failure"
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


def turns_of(runs: DocumentRuns, node_id: str) -> list[Turn]:
    """Return what is kept of the turns of a node on the level in front; of an instance those of its last output."""
    board, way = runs.board, runs.levels.way
    if board is None:
        return []
    path = path_of(way, node_id)
    if path not in board.number:
        sources = (_source(runs, node_id, one.name) for one in _outputs(runs, node_id))
        path = next((one.path for one in sources if one is not None), path)
    return board.turns.turns(path)


def items_of(runs: DocumentRuns, node_id: str, turn: Turn | None) -> list[Item]:
    """Return what a node on the level in front took in and gave in one of its turns, inputs first.

    Of a turn that failed, why it did comes before them.
    """
    board = runs.board
    if board is None or node_id not in runs.document.front.graph.nodes:
        return []
    found = _inputs(runs, board, node_id, turn)
    if turn is not None and turn.error:
        # Why it failed is what somebody looks for here.
        found.insert(0, Item(FAILURE, "message", turn.error))
    ran = path_of(runs.levels.way, node_id) in board.number
    held = turn.values if turn is not None and ran else None
    names = [port.name for port in _outputs(runs, node_id)]
    for name in dict.fromkeys([*(held or ()), *names]):
        if ran:
            value = held[name] if held is not None and name in held else MISSING
            note = "" if value is not MISSING else _why(turn)
        else:
            value, note = _given_by(runs, board, node_id, name, turn.turns if turn is not None else ())
        found.append(Item(OUTPUT, name, value, f"{node_id}.{name}", note))
    return found


def variables_of(runs: DocumentRuns) -> list[Item]:
    """Return the variables with the values they have now, or had at the end of the last run.

    What nodes keep there for each other, under a name with a leading underscore, is left out.
    """
    if runs.run is None or runs.past is not None:
        return []
    values, declared = runs.run.variables(), runs.run.graph.variables
    shown = (name for name in values if name in declared or not name.startswith("_"))
    return [Item(VARIABLE, name, values[name], name) for name in shown]


def _inputs(runs: DocumentRuns, board: StatusBoard, node_id: str, turn: Turn | None) -> list[Item]:
    graph = runs.document.front.graph
    node = graph.nodes[node_id]
    found: list[Item] = []
    wired: set[str] = set()
    beside = turn.turns if turn is not None else ()
    control = {port.name for port in _ports(runs, node).inputs if port.kind is PortKind.CONTROL}
    for key in graph.incoming(node_id):
        if key[3] in control:
            continue
        wired.add(key[3])
        value, note = _given_by(runs, board, key[0], key[1], beside)
        found.append(Item(INPUT, key[3], value, f"{key[0]}.{key[1]}", note))
    names = _Given(runs, board, beside)
    # Which subgraph an instance stands for is no value that goes in.
    hidden = (ID_KEY, NAME_KEY, ISOLATION_KEY) if node.type == INSTANCE else ()
    for name, value in node.config.items():
        if name not in wired and not name.startswith("_") and name not in hidden:
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

    def __init__(self, runs: DocumentRuns, board: StatusBoard, beside: tuple[int, ...]) -> None:
        self._runs = runs
        self._board = board
        self._beside = beside

    def value(self, root: str) -> Any:
        """Return what a node gave by output, `UNKNOWN` for anything else."""
        if root not in self._runs.document.front.graph.nodes:
            return UNKNOWN
        turn = self._board.turns.beside(path_of(self._runs.levels.way, root), self._beside)
        return dict(turn.values) if turn is not None and turn.values is not None else UNKNOWN

    def known(self) -> Mapping[str, str]:
        """Return nothing: the message of the run itself says more."""
        return {}


def _given_by(
    runs: DocumentRuns, board: StatusBoard, node_id: str, port: str, beside: tuple[int, ...]
) -> tuple[Any, str]:
    """Return what an output on the level in front gave, else why there is nothing."""
    source = _source(runs, node_id, port)
    turn = board.turns.beside(source.path, beside) if source is not None else None
    held = turn.values if turn is not None else None
    if source is not None and held is not None and source.port in held:
        return held[source.port], ""
    return MISSING, _why(turn)


def _source(runs: DocumentRuns, node_id: str, port: str) -> Source | None:
    ran = runs.board.number if runs.board is not None else ()
    return source_of(runs.document.graph, runs.levels.way, node_id, port, ran)


def _outputs(runs: DocumentRuns, node_id: str) -> list[Port]:
    node = runs.document.front.graph.nodes[node_id]
    return [port for port in _ports(runs, node).outputs if port.kind is not PortKind.CONTROL]


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
