"""The panels of the window, each a package that knows none of the others.

Lives here: what stands in a dock or on the start page and shows a session, a catalog or a log.
Does not live here: the docks themselves (`shell`), the canvas, and widgets two panels could share (`widgets`).
"""
