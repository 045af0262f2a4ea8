"""The window: everything else put together.

Lives here: the application's start (`starting`), the main window with its tabs, docks, menus and status bar (`frame`),
what a tab shows (`documents`), `files`, `safety`, `running`, `finding`, and the `handlers` of the commands. Does not
live here: panels, the canvas, dialogs, and what a command is called (`app.commands`).
"""
