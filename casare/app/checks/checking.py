"""All checks of a workflow, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Final

from casare.app.checks.flow import check_flow
from casare.app.checks.names import check_names
from casare.app.checks.survey import Survey
from casare.app.checks.values import check_values
from casare.app.checks.wires import check_wires
from casare.catalog import Catalog
from casare.model import Graph
from casare.storage import Problem

MOST_OF_A_KIND: Final = 200
"""More findings with one code than this are counted instead of listed: nobody reads them, and a list has to."""


def check(graph: Graph, catalog: Catalog) -> list[Problem]:
    """Return what is wrong with a workflow beyond its file, in the order values, wires, names, flow. O(V + E).

    Unknown types, and whatever else a file says by itself, are reported when it is read and not again here.
    """
    if not graph.nodes:
        return [
            Problem(
                "empty-workflow", "info", "The workflow has no nodes.", hint="Drag a node from the palette to begin."
            )
        ]
    survey = Survey(graph, catalog)
    return _limited(chain(check_values(survey), check_wires(survey), check_names(survey), check_flow(survey)))


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
