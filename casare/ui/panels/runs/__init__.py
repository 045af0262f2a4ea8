"""The runs of the workflow in front: when, how long, how they ended; any of them can be looked at again.

What is known of a run comes from `app/running/history`; showing it on the canvas is done by whoever follows the runs.
"""

from casare.ui.panels.runs.runs_panel import RunsPanel

__all__ = ["RunsPanel"]
