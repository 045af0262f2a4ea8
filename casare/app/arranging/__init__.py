"""Tidy places for nodes: layered layout of a workflow or a part of it, aligning, distributing, straightening, nudging.

Lives here: working out places, from a graph, a catalog and the sizes of the cards, into one Change or None. Does not
live here: any other edit (`app.editing`), or how large a card is (`ui.geometry`, which hands the sizes in).
"""

from casare.app.arranging.tidying import tidy

__all__ = ["tidy"]
