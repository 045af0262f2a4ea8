"""Small reusable widgets, one idea a file, painted from the tokens of the theme that is on.

Lives here: what two panels could share and what knows no workflow, no node and no session.
Does not live here: panels, dialogs, and anything that reads or changes a document.
"""
