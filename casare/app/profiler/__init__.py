"""The analysis of an open workflow: when it is made, what it rests on besides the workflow, and what is kept of it.

Lives here: keeping the grade of a document true while it is edited (`live_profile`), translating what the engine wrote
down into the records the profiler reads, keeping what types take on this machine, finding the workflows that a workflow
runs, the history of grades, what a report can be compared with (`sides`), and a report as a file (`exporting`). Does
not live here: the analysis (`profiling`), running (`engine`), and edits that bring a better grade (`app.improving`).

Import the modules themselves: the editor starts without the engine, which some of them need.
"""
