"""What to do with unsaved changes before something closes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.ui.dialogs.sheet import Sheet
from casare.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.text_label import TextLabel


class UnsavedSheet(Sheet):
    """Ask to save, discard or cancel; with several documents, which of them to save."""

    save_chosen = Signal(object)
    """The documents to save; the others are to be discarded."""
    discard_chosen = Signal()
    cancelled = Signal()

    def __init__(self, host: QWidget, documents: Sequence[Document]) -> None:
        super().__init__(host, "Unsaved changes", width=440)
        self._documents = tuple(documents)
        self._boxes: list[QCheckBox] = []
        self.save_button = QPushButton("Save")
        self.save_button.setProperty("kind", "primary")
        self.discard_button = QPushButton("Discard" if len(documents) == 1 else "Discard all")
        self.discard_button.setProperty("kind", "danger")
        self.cancel_button = QPushButton("Cancel")
        self.save_button.clicked.connect(self._on_save)
        self.discard_button.clicked.connect(self._on_discard)
        self.cancel_button.clicked.connect(self.dismiss)
        self._build()
        self._show_count()

    @property
    def boxes(self) -> list[QCheckBox]:
        """One box for each document when there are several."""
        return list(self._boxes)

    def open(self) -> None:
        """Show the sheet with Save under Enter."""
        super().open()
        self.save_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close as Cancel does."""
        self.close_sheet()
        self.cancelled.emit()

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        column.setSpacing(SPACE_M)
        head = QHBoxLayout()
        head.setSpacing(SPACE_M)
        head.addWidget(IconLabel("triangle-alert", "warning", 20))
        single = self._documents[0].title if len(self._documents) == 1 else ""
        title = f"Save changes to “{single}”?" if single else f"Save changes to {len(self._documents)} workflows?"
        head.addWidget(ElidedLabel(title, "title"), 1)
        column.addLayout(head)
        text = "What was not saved is lost when you discard it."
        column.addWidget(TextLabel(text, "secondary", wrap=True))
        if not single:
            for document in self._documents:
                box = QCheckBox(document.title)
                box.setChecked(True)
                box.setToolTip(str(document.path) if document.path else "Not saved yet")
                box.toggled.connect(self._show_count)
                self._boxes.append(box)
                column.addWidget(box)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, SPACE_S, 0, 0)
        buttons.setSpacing(SPACE_S)
        buttons.addWidget(self.discard_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column.addLayout(buttons)
        self.content.addLayout(column)

    def _wanted(self) -> list[Document]:
        if not self._boxes:
            return list(self._documents)
        return [one for one, box in zip(self._documents, self._boxes, strict=True) if box.isChecked()]

    def _show_count(self) -> None:
        if self._boxes:
            count = len(self._wanted())
            self.save_button.setText(f"Save {count}")
            self.save_button.setEnabled(count > 0)

    def _on_save(self) -> None:
        wanted = self._wanted()
        self.close_sheet()
        self.save_chosen.emit(wanted)

    def _on_discard(self) -> None:
        self.close_sheet()
        self.discard_chosen.emit()
