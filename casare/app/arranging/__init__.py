"""Tidy places for nodes: layered layout of a workflow or a part of it, aligning, distributing, straightening, nudging.

Lives here: working out places, from a graph, a catalog and the sizes of the cards, into one Change or None. Does not
live here: any other edit (`app.editing`), or how large a card is (`ui.geometry`, which hands the sizes in).

The layout goes from graph to change through: `nesting` (frames), `levels` (what stands side by side), `layering`
(columns), `strands` and `ordering` (top to bottom), `blocks` (heights), `layered` (parts), `obstacles` (what stays),
`decor` (frames and notes), `tidying` (the whole).
"""

from casare.app.arranging.lining_up import Line, align, distribute, nudge, straighten
from casare.app.arranging.nesting import is_pinned
from casare.app.arranging.tidying import tidy

__all__ = ["Line", "align", "distribute", "is_pinned", "nudge", "straighten", "tidy"]
