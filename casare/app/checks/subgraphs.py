"""Checks of subgraphs: instances of nothing, wires to ports that are gone, subgraphs inside themselves."""

from __future__ import annotations

from collections.abc import Iterator

from casare.app.checks.survey import Survey
from casare.app.subgraphs import INSTANCE, MOST_LEVELS, chain_to, definition_of, loops
from casare.model import Graph, Subflow
from casare.storage import Problem


def check_instances(survey: Survey) -> Iterator[Problem]:
    """Yield instances whose subgraph is missing, and wires to ports that their subgraph has no more."""
    for node in survey.graph.nodes.values():
        if node.type != INSTANCE or survey.idle(node.id):
            continue
        told = node.config
        if definition_of(survey.graph, node) is not None:
            yield from _stale_wires(survey, node.id)
        elif told.get("subflow_id") and not told.get("subflow_path") and not told.get("subflow_name"):
            # A name or a path means a file beside the workflow, which a run looks for.
            yield _missing(survey, node.id)


def _missing(survey: Survey, node_id: str) -> Problem:
    return Problem(
        "missing-subgraph",
        "error",
        f"{survey.title(node_id)} stands for a subgraph that is not in this workflow.",
        node_id,
        hint="Undo its removal, choose a file in the inspector, or delete the node.",
    )


def _stale_wires(survey: Survey, node_id: str) -> Iterator[Problem]:
    ports = survey.ports(survey.graph.nodes[node_id])
    title = survey.title(node_id)
    arriving = ((key, key[3], ports.input(key[3])) for key in survey.graph.incoming(node_id))
    leaving = ((key, key[1], ports.output(key[1])) for key in survey.graph.outgoing(node_id))
    for key, name, port in (*arriving, *leaving):
        if port is None:
            yield Problem(
                "unknown-port",
                "warning",
                f"A wire goes to “{name}”, which the subgraph {title} does not have.",
                node_id,
                key,
                hint="Delete the wire, or give the subgraph such a port.",
            )


def check_nesting(graph: Graph) -> Iterator[Problem]:
    """Yield subgraphs that lie inside themselves or too deep, and those that nothing leads to."""
    circular: set[str] = set()
    for way in loops(graph):
        circular.update(way)
        names = [graph.subflows[one].name for one in way]
        yield Problem(
            "circular-subgraph",
            "error",
            f"The subgraph {names[0]} lies inside itself: {' › '.join([*names, names[0]])}.",
            hint="Delete one of these instances; use a loop to do something again.",
            level=way[0],
        )
    for subflow in graph.subflows.values():
        chain = chain_to(graph, subflow.id)
        if chain is None:
            yield Problem(
                "unused-subgraph",
                "info",
                f"Nothing uses the subgraph {subflow.name}.",
                hint="Drag it in from the palette, or remove it with “Remove unused subgraphs”.",
            )
        elif len(chain) > MOST_LEVELS and subflow.id not in circular:
            yield Problem(
                "deep-subgraph",
                "error",
                f"The subgraph {subflow.name} lies {len(chain)} levels deep; a run goes {MOST_LEVELS} levels deep.",
                hint="Dissolve one of the subgraphs around it.",
                level=subflow.id,
            )


def way_of_names(graph: Graph, subflow: Subflow) -> str:
    """Return what the subgraphs on the way into one are called, the outermost first."""
    names: list[str] = []
    level = graph
    for instance in chain_to(graph, subflow.id) or ():
        inner = definition_of(graph, level.nodes[instance])
        if inner is None:
            break
        names.append(level.nodes[instance].name or inner.name)
        level = inner.graph
    return " › ".join(names) or subflow.name
