"""One field for each kind of value.

Lives here: widgets that show one value and tell what a person makes of it. Does not live here: labels, messages, and
where the value comes from (`field_row`, `app.documents.parameters`).
"""

from casare.ui.panels.inspector.editors.base import Editor, Surroundings
from casare.ui.panels.inspector.editors.making import make_editor

__all__ = ["Editor", "Surroundings", "make_editor"]
