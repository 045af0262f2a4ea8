"""Which editor a parameter gets."""

from __future__ import annotations

from typing import Final

from casare.sdk import Widget
from casare.ui.panels.inspector.editors.base import Editor
from casare.ui.panels.inspector.editors.blocks import BlockEditor
from casare.ui.panels.inspector.editors.choices import (
    BooleanEditor,
    ChoiceEditor,
    NodeEditor,
    VariableEditor,
)
from casare.ui.panels.inspector.editors.items import ItemsEditor
from casare.ui.panels.inspector.editors.json_editor import JsonEditor
from casare.ui.panels.inspector.editors.line import AnyEditor, NumberEditor, TextEditor
from casare.ui.panels.inspector.editors.multi_choice import MultiChoiceEditor
from casare.ui.panels.inspector.editors.paths import ColorEditor, MomentEditor, PathEditor
from casare.ui.panels.inspector.editors.secret import SecretEditor

EDITORS: Final[dict[Widget, type[Editor]]] = {
    Widget.TEXT: TextEditor,
    Widget.MULTILINE: BlockEditor,
    Widget.INTEGER: NumberEditor,
    Widget.NUMBER: NumberEditor,
    Widget.BOOLEAN: BooleanEditor,
    Widget.CHOICE: ChoiceEditor,
    Widget.MULTI_CHOICE: MultiChoiceEditor,
    Widget.FILE: PathEditor,
    Widget.SAVE_FILE: PathEditor,
    Widget.FOLDER: PathEditor,
    Widget.JSON: JsonEditor,
    Widget.LIST: ItemsEditor,
    Widget.KEY_VALUE: ItemsEditor,
    Widget.CODE: BlockEditor,
    Widget.EXPRESSION: BlockEditor,
    Widget.DATETIME: MomentEditor,
    Widget.COLOR: ColorEditor,
    Widget.SECRET: SecretEditor,
    Widget.VARIABLE: VariableEditor,
    Widget.NODE: NodeEditor,
    Widget.ANY: AnyEditor,
}


def editor_type(widget: Widget | None) -> type[Editor]:
    """Return the class of editor for a kind of value."""
    return EDITORS.get(widget or Widget.ANY, AnyEditor)


def make_editor(widget: Widget | None) -> Editor:
    """Return a new editor for a kind of value."""
    return editor_type(widget)()
