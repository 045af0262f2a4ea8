"""The window: the only place where Qt may be imported.

shell builds on dialogs, canvas and panels; those on widgets; those on theme, geometry (Qt-free) and background.
"""
