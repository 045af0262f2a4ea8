"""One file for each command, each with `run`: its options are the command's options, its result the exit code.

A command reads its input, calls one use case, and shows the result as JSON or as a table. What the JSON looks like is
in `cli.outputs`, what a table looks like in `cli.console`.
"""
