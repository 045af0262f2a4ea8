"""What is laid over the window for a moment: command palette, quick switcher, cheat sheet, about, unsaved changes.

All are sheets: widgets inside the window, never windows of their own and never `exec()`. Lives here: the sheet and what
is built on it. Does not live here: what a command does (`shell`).
"""
