"""A workflow made ready: each node bound to its body, with where its arguments come from and what templates can see.

Nothing is run here; `performing` does that.
"""
