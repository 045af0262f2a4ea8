"""Templates: the `{{name}}` and `{{node.port}}` that a text in a workflow may hold.

Here they are found, named and renamed. Nothing is evaluated: opening, checking and grading a workflow never runs one.
"""

from casare.expressions.references import Reference, has_template, references, rename_roots

__all__ = ["Reference", "has_template", "references", "rename_roots"]
