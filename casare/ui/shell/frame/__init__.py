"""The main window and what stands still in it: menus, tabs, docks, the status bar, and the layer for sheets.

What is inside a tab is `documents`; what a command does is `handlers`.
"""
