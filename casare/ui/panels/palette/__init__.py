"""The palette: every node type there is, to search, to drag onto the canvas, or to add with Enter.

Lives here: the rows (Qt-free), their model, how they are painted, and the panel. Does not live here: the ranking
(`app.files.search`) and what adding a node does (`canvas`).
"""

from casare.ui.panels.palette.palette_panel import PalettePanel

__all__ = ["PalettePanel"]
