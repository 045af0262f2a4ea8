"""From graph and catalog to a `Plan`: edges numbered, regions found, dependencies lifted, and the plan kept by content.

No code of a node and no state of a run lives here.
"""
