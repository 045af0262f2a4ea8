"""The inspector panel: what is selected, as fields that can be edited.

Lives here: a page for each kind of selection, the form of a node's parameters, and (in `editors`) a field for each kind
of value. Does not live here: what a value may be (`app.documents.parameters`), the edits themselves (`app.editing`,
`model`).
"""

from casare.ui.panels.inspector.inspector_panel import InspectorPanel

__all__ = ["InspectorPanel"]
