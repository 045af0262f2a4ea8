"""What in a workflow will not run, or is likely not meant so, although the file itself is in order.

Lives here: checks of values, wires, names and flow against the node types, each O(V + E). Does not live here: what is
wrong with a file (`storage`), and what costs time (`profiling`).
"""

from casare.app.checks.checking import check

__all__ = ["check"]
