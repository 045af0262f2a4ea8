"""The profiler panel: what the workflow costs, where the time goes, its grade, and what to change.

Lives here: header, overview, table of nodes, export. Does not live here: the analysis (`profiling`), when it is made
(`app.live_profile`), and what the canvas draws of it.
"""

from casare.ui.panels.profiler.profiler_panel import ProfilerPanel

__all__ = ["ProfilerPanel"]
