"""The outline panel: the workflow in front as a tree of frames, nodes and notes, to filter and to go to.

Lives here: the tree, its model, how a row looks. Does not live here: what stands inside what (`app.finding.outline`),
and what fits a filter (`app.finding`).
"""

from casare.ui.panels.outline.outline_panel import OutlinePanel

__all__ = ["OutlinePanel"]
