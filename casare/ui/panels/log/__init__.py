"""The log panel: what happened in this run of the editor.

Lives here: the rows, how they are painted, the filter, copying. Does not live here: the book itself (`app.log_book`).
"""

from casare.ui.panels.log.log_panel import LogPanel

__all__ = ["LogPanel"]
