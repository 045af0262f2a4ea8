"""The bar that finds things in the graph, over the corner of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from casare.app.finding import syntax
from casare.catalog import Catalog
from casare.ui.background.find_watch import FindWatch
from casare.ui.dialogs.find_rows import ROW, FindDelegate, FindModel
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_S, SPACE_XS
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.search_field import SearchField
from casare.ui.widgets.text_label import TextLabel

WIDTH = 456
_SHOWN = 7
"""How many results are in view at once."""
_FILTERS = ("type:", "param:", "in:", "is:problem", "is:disabled", "is:portal")


class FindBar(QWidget):
    """Take a query, count what fits, step through it. Not a window and never in the way of the canvas."""

    closed = Signal()
    """The bar has been put away."""
    select_all_requested = Signal()
    """Everything that fits shall be selected."""

    def __init__(self, watch: FindWatch, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._watch = watch
        self.setAccessibleName("Find in graph")
        self.field = SearchField("Find in graph")
        self.field.setToolTip(syntax())
        self._count = TextLabel("", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.previous = IconButton("arrow-up", "Previous match (Shift+F3)", size=14)
        self.next = IconButton("arrow-down", "Next match (F3)", size=14)
        self.select_all = IconButton("list-checks", "Select all matches (Alt+Enter)", size=14)
        self.close_button = IconButton("x", "Close (Esc)", size=14)
        self._model = FindModel(self)
        self.results = QListView()
        self._filters = QWidget()
        self._build(catalog)
        self._connect()
        self.hide()

    @property
    def count_text(self) -> str:
        """How many matches there are and which is current, as it is shown."""
        return self._count.text()

    def open(self) -> None:
        """Show the bar with the cursor in the field and its text selected."""
        self.show()
        self.raise_()
        self._show_state()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def dismiss(self) -> None:
        """Put the bar away; the query stays for the next time."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def sizeHint(self) -> QSize:
        """Return the width of the bar and the height of what it shows."""
        return QSize(WIDTH, super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with the results."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resize(self.width(), self.sizeHint().height())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close at Esc; let nothing through to what is behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with Enter and the arrows while the cursor stays in the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card the bar is."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.line_strong), 1))
        painter.setBrush(qcolor(theme.overlay))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        painter.end()

    def _build(self, catalog: Catalog) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_XS)
        row.addWidget(self.field, 1)
        row.addWidget(self._count)
        for button in (self.previous, self.next, self.select_all, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        chips = QHBoxLayout(self._filters)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(SPACE_XS)
        for text in _FILTERS:
            chip = QPushButton(text)
            chip.setProperty("kind", "flat")
            chip.setStyleSheet("QPushButton { padding: 0 7px; min-width: 0; min-height: 22px; }")
            chip.setToolTip(f"Search with {text}")
            chip.clicked.connect(lambda _checked=False, text=text: self._add_filter(text))
            chips.addWidget(chip)
        chips.addStretch(1)
        view = self.results
        view.setModel(self._model)
        view.setItemDelegate(FindDelegate(catalog, self))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName("Matches")
        view.setStyleSheet("background: transparent;")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_XS)
        column.addLayout(row)
        column.addWidget(self._filters)
        column.addWidget(view)

    def _connect(self) -> None:
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._watch.ask)
        self.field.textChanged.connect(self._show_state)
        self.previous.clicked.connect(lambda: self._watch.step(-1))
        self.next.clicked.connect(lambda: self._watch.step(1))
        self.select_all.clicked.connect(self.select_all_requested)
        self.close_button.clicked.connect(self.dismiss)
        self.results.clicked.connect(self._on_clicked)
        self._watch.changed.connect(self._show_state)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held & Qt.KeyboardModifier.AltModifier:
                self.select_all_requested.emit()
            else:
                self._watch.step(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Down:
            self._watch.step(1)
        elif key == Qt.Key.Key_Up:
            self._watch.step(-1)
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return False
        return True

    def _add_filter(self, text: str) -> None:
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._watch.go_to(index.row())

    def _show_state(self) -> None:
        watch = self._watch
        matches = watch.found.matches
        self._model.set_matches(matches, watch.document.id if watch.document is not None else "")
        self._filters.setVisible(not self.field.text())
        self.results.setVisible(bool(matches))
        self.results.setFixedHeight(ROW * min(len(matches), _SHOWN) + 2)
        if watch.at >= 0:
            self.results.setCurrentIndex(self._model.index(watch.at))
        else:
            self.results.clearSelection()
        self._count.setText(self._counted())
        for button in (self.previous, self.next, self.select_all):
            button.setEnabled(bool(matches))

    def _counted(self) -> str:
        watch = self._watch
        count = len(watch.found.matches)
        if watch.found.query.complaint:
            return watch.found.query.complaint
        if not self.field.text().strip() or not watch.found.query:
            return ""
        if watch.searching:
            return "…"
        if not count:
            return "No matches"
        return f"{watch.at + 1:,} of {count:,}" if watch.at >= 0 else f"{count:,} found"
