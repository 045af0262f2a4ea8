"""All checks of a workflow, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Final

from casare.app.checks.flow import check_flow
from casare.app.checks.names import check_names, known_variables
from casare.app.checks.statements import check_statements
from casare.app.checks.subgraphs import check_instances, check_nesting, way_of_names
from casare.app.checks.survey import Survey
from casare.app.checks.values import check_values
from casare.app.checks.wires import check_wires
from casare.app.subgraphs import scoped
from casare.catalog import Catalog
from casare.model import Graph
from casare.storage import Problem

MOST_OF_A_KIND: Final = 200
"""More findings with one code than this are counted instead of listed: nobody reads them, and a list has to."""


def check(graph: Graph, catalog: Catalog) -> list[Problem]:
    """Return what is wrong with a workflow beyond its file, in the order values, wires, names, flow. O(V + E).

    Unknown types, and whatever else a file says by itself, are reported when it is read and not again here.
    """
    if not graph.nodes and not graph.subflows:
        return [
            Problem(
                "empty-workflow", "info", "The workflow has no nodes.", hint="Drag a node from the palette to begin."
            )
        ]
    catalog = scoped(graph, catalog)
    survey = Survey(graph, catalog)
    if not graph.subflows:
        return _limited(check_level(survey))
    inner = {
        one: Survey(one.graph, catalog, given=frozenset((told.node, told.param) for told in one.interface.parameters))
        for one in graph.subflows.values()
    }
    _introduce(survey, list(inner.values()))
    found = [*check_level(survey), *check_nesting(graph)]
    for subflow, below in inner.items():
        way = way_of_names(graph, subflow)
        found += [one._replace(message=f"{way}: {one.message}", level=subflow.id) for one in check_level(below)]
    return _limited(found)


def check_level(survey: Survey) -> Iterable[Problem]:
    """Return what is wrong on one level, the workflow itself or the inside of a subgraph."""
    return chain(
        check_values(survey),
        check_wires(survey),
        check_names(survey),
        check_statements(survey),
        check_flow(survey),
        check_instances(survey),
    )


def _introduce(outer: Survey, inner: list[Survey]) -> None:
    """Tell each level the names it may use: the variables of all levels, and inside also the nodes around."""
    every = [outer, *inner]
    known = [known_variables(survey) for survey in every]
    variables = frozenset().union(*(names for names in known if names is not None))
    nodes = frozenset().union(*(survey.graph.nodes for survey in every))
    for survey in every:
        survey.anything = None in known
        survey.around = variables if survey is outer else variables | nodes


def _limited(problems: Iterable[Problem]) -> list[Problem]:
    counts: Counter[str] = Counter()
    kept: list[Problem] = []
    last: dict[str, Problem] = {}
    for problem in problems:
        counts[problem.code] += 1
        if counts[problem.code] <= MOST_OF_A_KIND:
            kept.append(problem)
            last[problem.code] = problem
    for code, count in counts.items():
        if count > MOST_OF_A_KIND:
            more = count - MOST_OF_A_KIND
            kept.append(
                Problem(code, last[code].severity, f"{more:,} more problems like “{last[code].message}”", hint="")
            )
    return kept
