"""What is kept of a run: rows as they come, the book of runs, the report, values fit to be shown, results to reuse.

Nothing here changes how a run goes on, but for results that are reused.
"""
