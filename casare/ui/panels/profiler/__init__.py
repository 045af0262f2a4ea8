"""The profiler panel: what the workflow costs, where the time goes, its grade, and what to change.

`ProfilerPanel` joins four parts: `Followed` (the profile of the document in front, with its news on the window's
thread), `ReportPages` (six pages, each made when it is first looked at and brought up to date while it is seen),
`CanvasMarks` (what the canvas is to show of it) and `PanelPast` (earlier analyses and runs).

Lives here: header, pages, charts, what is told to the canvas. Does not live here: the analysis (`profiling`), when it
is made (`app.profiler.live_profile`), what there is to compare with and the formats of a report (`app.profiler`), and
how the canvas draws what it is told.
"""

from casare.ui.panels.profiler.profiler_panel import ProfilerPanel

__all__ = ["ProfilerPanel"]
