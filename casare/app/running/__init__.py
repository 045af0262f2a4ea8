"""Runs that a person watches: started from a document, followed while they go on, looked at afterwards. Without Qt.

Lives here: one live run of a frozen snapshot (`LiveRun`), the board its events are folded into on the thread of the run
(`StatusBoard`), the values of its turns within a budget (`TurnBook`), the runs of every open document with their
breakpoints and pins (`LiveRuns`), and the runs of the past with the graph as it was (`RunHistory`).

Nothing is imported here: the engine is loaded when something runs, not when a window opens.

Does not live here: how anything is run (`engine`), how it is shown (`ui`). Nothing of a run ever enters a document.
"""
