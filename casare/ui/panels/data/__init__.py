"""What went into a node and what came out of it, in any of its turns; the variables when no node is selected.

Values are shown a page at a time and are never taken in whole. Where they come from is `app/running`'s business.
"""

from casare.ui.panels.data.data_panel import DataPanel

__all__ = ["DataPanel"]
