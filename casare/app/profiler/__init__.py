"""What an analysis rests on besides the workflow: measurements, calibration, a person's costs and rules, inner files.

Lives here: translating what the engine wrote down into the records the profiler reads, keeping what types take on this
machine, finding the workflows that a workflow runs, what a report can be compared with (`sides`), and a report as a
file (`exporting`). Does not live here: the analysis (`profiling`), running (`engine`), and when a document is analysed
(`app.live_profile`).

Import the modules themselves: the editor starts without the engine, which some of them need.
"""
