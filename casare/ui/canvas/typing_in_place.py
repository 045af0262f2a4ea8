"""Type where the text stands: a node's name, a frame's title, a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from casare.app import editing
from casare.app.editing import portal_of, set_portal
from casare.app.subgraphs import definition_of, rename_subgraph
from casare.foundation.rect import Rect
from casare.model import ReplaceFrames, ReplaceNotes, WireKey
from casare.ui.geometry.metrics import FRAME_TITLE_HEIGHT, HEADER_HEIGHT

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_ENDING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class TypingInPlace(QObject):
    """Lays an editor over the canvas. Enter (Ctrl+Enter in a note) or leaving keeps the text, Esc drops it."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._editor: QLineEdit | QPlainTextEdit | None = None
        self._keep: Callable[[str], None] | None = None

    @property
    def active(self) -> bool:
        """Tell whether something is being typed."""
        return self._editor is not None

    def rename_node(self, node_id: str) -> None:
        """Let a node's name be typed over its header."""
        card = self._canvas.stage.geometry.cards[node_id]
        area = Rect(card.x, card.y, card.shape.width, HEADER_HEIGHT)
        document = self._canvas.document
        face = self._canvas.stage.face(node_id)

        def keep(text: str) -> None:
            if node_id in document.graph.nodes and not document.graph.nodes[node_id].name:
                subflow = definition_of(document.graph, document.graph.nodes[node_id])
                if subflow is not None:
                    # All instances of a subgraph are called as it is.
                    document.do(rename_subgraph(document.document.graph, subflow, text))
                    return
            name = "" if text == face.title and not document.graph.nodes[node_id].name else text
            if node_id in document.graph.nodes:
                document.do(editing.rename(document.graph, node_id, name))

        self._open_line(area, face.title, keep, "Name of the node")

    def rename_frame(self, frame_id: str) -> None:
        """Let a frame's title be typed over its title bar."""
        frame = self._canvas.document.graph.frames[frame_id]
        area = self._canvas.stage.geometry.frame_rect(frame)._replace(height=FRAME_TITLE_HEIGHT)

        def keep(text: str) -> None:
            document = self._canvas.document
            now = document.graph.frames.get(frame_id)
            if now is not None and now.title != text:
                document.do(ReplaceFrames((now._replace(title=text),), "Rename frame"))

        self._open_line(area, frame.title, keep, "Title of the frame")

    def edit_note(self, note_id: str) -> None:
        """Let a note's text be typed where it stands."""
        note = self._canvas.document.graph.notes[note_id]

        def keep(text: str) -> None:
            document = self._canvas.document
            now = document.graph.notes.get(note_id)
            if now is not None and now.text != text:
                document.do(ReplaceNotes((now._replace(text=text),), "Edit note"))

        editor = QPlainTextEdit(note.text, self._canvas.viewport())
        editor.setPlaceholderText("Markdown: **bold**, # title, - list")
        self._open(editor, Rect(*note.position, *note.size), keep, "Text of the note")

    def name_portal(self, keys: Sequence[WireKey]) -> None:
        """Let the name be typed under which wires are shown as a pair of tags; an empty one shows them as wires."""
        document = self._canvas.document
        course = self._canvas.stage.geometry.course_of(keys[0])
        x, y = course.middle()
        before = portal_of(document.graph.connections[keys[0]].extra)

        def keep(text: str) -> None:
            document.do(set_portal(document.graph, keys, text))

        self._open_line(Rect(x - 80, y - 13, 160, 26), before or keys[0][1], keep, "Name of the portal")

    def close(self, *, keep: bool) -> None:
        """End the typing, keeping the text or not; do nothing when none runs."""
        editor, act = self._editor, self._keep
        self._editor = self._keep = None
        if editor is None:
            return
        text = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
        editor.removeEventFilter(self)
        editor.hide()
        editor.deleteLater()
        if keep and act is not None:
            act(text)
        self._canvas.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End the typing on Enter, Esc and when the focus goes elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _ENDING:
            # Else Ctrl+Enter would run the workflow.
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and (isinstance(watched, QLineEdit) or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                self.close(keep=True)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close(keep=False)
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close(keep=True)
        return False

    def _open_line(self, area: Rect, text: str, keep: Callable[[str], None], name: str) -> None:
        line = QLineEdit(text, self._canvas.viewport())
        line.selectAll()
        self._open(line, area, keep, name)

    def _open(self, editor: QLineEdit | QPlainTextEdit, area: Rect, keep: Callable[[str], None], name: str) -> None:
        self.close(keep=True)
        box = self._canvas.mapFromScene(QRectF(*area)).boundingRect()
        # Far away the text would be too small to type: the editor keeps a size that can be read.
        box.setWidth(max(box.width(), 160))
        box.setHeight(max(box.height(), 26 if isinstance(editor, QLineEdit) else 80))
        editor.setGeometry(box)
        editor.setAccessibleName(name)
        editor.installEventFilter(self)
        self._editor, self._keep = editor, keep
        editor.show()
        editor.setFocus()


def widget_of(typing: TypingInPlace) -> QWidget | None:
    """Return the open editor, for tests that type into it."""
    return typing._editor
