"""Finding things in a document: what a query means, the texts of everything that can be found, and what fits.

Lives here: the query language, the index that follows a graph, the outline of a graph. Does not live here: finding node
types or commands by a few letters (`app.files.search`), finding files (`app.files.folder_scan`), and anything on a
screen.
"""

from casare.app.finding.everywhere import LevelsIndex
from casare.app.finding.index import GraphIndex
from casare.app.finding.matching import Found, Kind, Match, find
from casare.app.finding.outline import PORTALS, Outline, Row, RowKind, outline
from casare.app.finding.query import Flag, Query, parse, syntax

__all__ = [
    "PORTALS",
    "Flag",
    "Found",
    "GraphIndex",
    "Kind",
    "LevelsIndex",
    "Match",
    "Outline",
    "Query",
    "Row",
    "RowKind",
    "find",
    "outline",
    "parse",
    "syntax",
]
