"""The page of a selected frame or note."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from casare.app.documents.parameters import UNSET, Field
from casare.model import Frame, Note, ReplaceFrames, ReplaceNotes
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.around import Around
from casare.ui.panels.inspector.page import Page
from casare.ui.panels.inspector.parameter_form import ParameterForm
from casare.ui.widgets.text_label import TextLabel

_TITLE = Param("title", widget=Widget.TEXT, placeholder="Frame", help="Written at the top of the frame.")
_TEXT = Param("text", widget=Widget.MULTILINE, placeholder="What is worth knowing here", help="The text of the note.")
_COLOR = Param("color", widget=Widget.COLOR, label="Colour", placeholder="from the theme", help="Such as #3ba5d1.")


class DecorPage(Page):
    """Edit the words and the colour of one frame or one note; of several, say how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel("", "title")
        self.form = ParameterForm(Around())
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self.seal)
        self._told = TextLabel("", "muted", wrap=True)
        for widget in (self._title, self.form, self._told):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show the selected frame or note."""
        shown = self._shown()
        self.form.setVisible(shown is not None)
        if shown is None:
            count = len(self.document.selection.frames) + len(self.document.selection.notes) if self.document else 0
            self._title.setText(f"{count} frames and notes")
            self._told.setText("Select a single one to edit it.")
            return
        frame = isinstance(shown, Frame)
        self._title.setText("Frame" if frame else "Note")
        held = len(shown.node_ids) if isinstance(shown, Frame) else 0
        self._told.setText(
            f"Holds {held} node{'' if held == 1 else 's'}, and takes them along when moved." if frame else ""
        )
        words = Field(_TITLE, "title", shown.title) if isinstance(shown, Frame) else Field(_TEXT, "text", shown.text)
        colour = Field(_COLOR, "color", shown.color or UNSET)
        self.form.show_fields((type(shown).__name__, shown.id), [words, colour])

    def _shown(self) -> Frame | Note | None:
        if self.document is None:
            return None
        graph, selection = self.document.graph, self.document.selection
        every: list[Frame | Note] = [graph.frames[one] for one in selection.frames if one in graph.frames]
        every += [graph.notes[one] for one in selection.notes if one in graph.notes]
        return every[0] if len(every) == 1 else None

    def _on_edited(self, field: Field, value: Any) -> None:
        shown = self._shown()
        fresh = "" if value is UNSET else value
        if shown is None or getattr(shown, field.key) == fresh:
            return
        typing = f"{shown.id}:{field.key}"
        if isinstance(shown, Frame):
            made = shown._replace(title=fresh) if field.key == "title" else shown._replace(color=fresh)
            self.do(ReplaceFrames((made,), f"Edit {field.key} of frame"), typing=typing)
        else:
            note = shown._replace(text=fresh) if field.key == "text" else shown._replace(color=fresh)
            self.do(ReplaceNotes((note,), f"Edit {field.key} of note"), typing=typing)
