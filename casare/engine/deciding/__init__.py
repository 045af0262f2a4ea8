"""The pure state of a run: facts in, instructions out.

Loops, guards, pipelines and how each ends are decided here, without clock, thread or node body, so that all of it can
be tested alone. Carrying out what was decided is `performing`.
"""
