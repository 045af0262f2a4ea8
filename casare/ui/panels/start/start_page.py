"""The start page: what to begin with at the left, the recent workflows or those of a folder at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from casare.app.files.folder_scan import Entry
from casare.app.files.previews import PreviewResult, PreviewService, Reader, preview_reader
from casare.app.files.recents import Recent
from casare.app.files.templates import Template, templates
from casare.app.session import Session
from casare.ui.background import Inbox, OncePerTurn
from casare.ui.panels.start.card_delegate import GAP, PicturePainter
from casare.ui.panels.start.cards import Card, CardState, folder_card, recent_card, template_card
from casare.ui.panels.start.cards_model import CardsModel
from casare.ui.panels.start.cards_view import CardsView
from casare.ui.panels.start.folder_feed import FolderFeed, ScanEnd, Scanner, folder_scanner
from casare.ui.panels.start.page_head import PageHead
from casare.ui.panels.start.side_column import SideColumn
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import icon
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_L, SPACE_XXL
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.search_field import SearchField
from casare.ui.widgets.toast import Toast

_MARGIN = 48


class StartPage(QWidget):
    """Show what can be opened. Files are read off the UI thread while the page is on show, and only then."""

    command_chosen = Signal(str)
    """The id of a command to run, such as `file.open`."""
    file_chosen = Signal(Path)
    template_chosen = Signal(Path)
    status_changed = Signal(str)
    """What the status bar says about the page."""

    def __init__(
        self,
        session: Session,
        paint_picture: PicturePainter,
        parent: QWidget | None = None,
        *,
        read: Reader | None = None,
        scanner: Scanner | None = None,
        find_templates: Callable[[], list[Template]] = templates,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Start")
        self._session = session
        self._find_templates: Callable[[], list[Template]] | None = find_templates
        self._templates: list[Template] = []
        self._model = CardsModel(self)
        self._view = CardsView(self._model, paint_picture)
        self._side = SideColumn()
        self._side.follow(session.keymap)
        self._head = PageHead()
        self._field = self._head.field
        self._search_due = False
        """Whether the cursor shall go into the search field once there is something to search."""
        self._folder: Path | None = None
        self._found: set[Path] = set()
        self._scan_end: ScanEnd | None = None
        """How the scan of the folder ended, None while it is under way."""
        self._empty = EmptyState("search", "Nothing fits")
        self._stack = QStackedWidget()
        self._toast = Toast(self)
        self._feed = FolderFeed(scanner or folder_scanner(session.catalog), self)
        self._build()
        self._connect()
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_results)
        self._service = PreviewService(read or preview_reader(session.catalog), self._inbox.post)
        # The first painting of the window does not wait for files.
        self._start_reading = OncePerTurn(self._want, self, delay=1)
        session.recents.changed.connect(self._reload)
        self._reload()

    @property
    def view(self) -> CardsView:
        """The grid of cards."""
        return self._view

    @property
    def model(self) -> CardsModel:
        """The cards."""
        return self._model

    @property
    def field(self) -> SearchField:
        """The search field."""
        return self._field

    @property
    def side(self) -> SideColumn:
        """The left column."""
        return self._side

    @property
    def head(self) -> PageHead:
        """What stands over the cards."""
        return self._head

    @property
    def empty(self) -> EmptyState:
        """What is shown where there are no cards."""
        return self._empty

    @property
    def folder(self) -> Path | None:
        """The folder whose workflows are shown, None for the recent ones."""
        return self._folder

    @property
    def toast(self) -> Toast:
        """What tells that a card was removed."""
        return self._toast

    @property
    def status(self) -> str:
        """What the status bar says about the page."""
        count = self._model.total if self._folder is not None else len(self._session.recents.entries())
        if not count and self._folder is None:
            return "No recent workflows"
        shown = self._model.rowCount()
        total = _counted(count, "workflow")
        return f"{shown} of {total}" if self._model.query else total

    def show_folder(self, folder: Path) -> None:
        """Show the workflows of a folder and of the folders in it as they are found."""
        self._folder = folder.absolute()
        self._service.want(())
        self._field.clear()
        self._model.set_cards([])
        self._scan()

    def show_recent(self) -> None:
        """Show the recent workflows again."""
        self._folder = None
        self._feed.stop()
        self._field.clear()
        self._model.set_cards([])
        self._reload()

    def focus_search(self) -> None:
        """Put the cursor into the search field, as soon as there is something to search."""
        self._search_due = self._field.isHidden()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def close_service(self) -> None:
        """End the reading threads; the page reads nothing any more."""
        self._start_reading.cancel()
        self._service.close()
        self._inbox.close()
        self._feed.close()

    def remove(self, card: Card) -> None:
        """Take a card off the list and offer to put it back."""
        at = self._view.currentIndex().row()
        entry = Recent(card.path, card.opened_at or 0.0)
        self._session.recents.remove(card.path)
        self._view.setCurrentIndex(self._model.index(min(at, self._model.rowCount() - 1)))
        self._toast.show_message(
            f"{card.title} was taken off the list", "Undo", lambda: self._session.recents.restore(entry)
        )

    def menu_for(self, card: Card) -> QMenu:
        """Return the menu of a card; it is deleted when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        there = card.state is not CardState.MISSING
        theme = current_theme()
        menu.addAction(icon("folder-open", theme), "Open", lambda: self._open(card)).setEnabled(there)
        if card.opened_at is not None:
            menu.addAction(icon("x", theme), "Remove from list", lambda: self.remove(card))
        menu.addSeparator()
        menu.addAction(icon("folder", theme), "Show in folder", lambda: _show_folder(card.path))
        menu.addAction(icon("copy", theme), "Copy path", lambda: QGuiApplication.clipboard().setText(str(card.path)))
        return menu

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the files again, as they may have changed."""
        super().showEvent(event)
        if self._folder is not None:
            self._scan()
        self._start_reading.request()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop reading for nobody."""
        super().hideEvent(event)
        self._start_reading.cancel()
        self._service.want(())
        self._feed.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back from a folder with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._folder is not None:
            self.show_recent()
            self._view.setFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(current_theme().canvas))
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search field to the cards with Down and Enter."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            first = self._model.index(0)
            if event.key() == Qt.Key.Key_Down and first.isValid():
                self._view.setFocus(Qt.FocusReason.TabFocusReason)
                self._view.setCurrentIndex(first)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._model.query and first.isValid():
                self._open(self._model.cards()[0])
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        head = self._head.layout()
        assert head is not None
        # Flush with the last card: its cell ends with a gap, and room is kept for the scroll bar.
        head.setContentsMargins(2, 0, GAP + self._view.verticalScrollBar().sizeHint().width() + 3, 0)
        right = QVBoxLayout()
        right.setSpacing(SPACE_L)
        right.addWidget(self._head)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN - 8, SPACE_XXL, _MARGIN - GAP - 10, 0)
        row.setSpacing(SPACE_XXL)
        row.addWidget(self._side)
        row.addLayout(right, 1)
        self.setFocusProxy(self._view)

    def _connect(self) -> None:
        self._side.command_chosen.connect(self.command_chosen)
        self._side.template_chosen.connect(self.template_chosen)
        self._view.card_chosen.connect(self._open)
        self._view.remove_requested.connect(self.remove)
        self._view.menu_requested.connect(self._show_menu)
        self._head.back_requested.connect(self.show_recent)
        self._feed.found.connect(self._on_found)
        self._feed.ended.connect(self._on_scan_end)
        self._field.textChanged.connect(self._on_query)
        self._field.installEventFilter(self)
        self._empty.action_triggered.connect(self._on_empty_action)

    def _scan(self) -> None:
        assert self._folder is not None
        self._found = set()
        self._scan_end = None
        self._feed.start(self._folder)
        self._show_state()

    def _on_found(self, entries: Sequence[Entry]) -> None:
        chosen = self._model.card(self._view.currentIndex())
        self._found.update(entry.path for entry in entries)
        self._model.merge(folder_card(entry) for entry in entries)
        self._choose(chosen)
        self._show_state()

    def _on_scan_end(self, end: ScanEnd) -> None:
        self._scan_end = end
        chosen = self._model.card(self._view.currentIndex())
        # A second look at a folder takes away what is not there any more.
        self._model.keep_only(self._found)
        self._choose(chosen)
        self._show_state()

    def _choose(self, card: Card | None) -> None:
        index = self._model.index_of(card.path) if card is not None else self._model.index(0)
        index = index if index.isValid() else self._model.index(0)
        if index != self._view.currentIndex():
            self._view.setCurrentIndex(index)

    def _reload(self) -> None:
        if self._folder is not None:
            return
        chosen = self._model.card(self._view.currentIndex())
        entries = self._session.recents.entries()
        cards = [recent_card(entry) for entry in entries] or [template_card(one) for one in self._templates]
        self._head.show_list("Start with a template" if cards and not entries else "Recent")
        self._model.set_cards(cards)
        self._choose(chosen)
        self._show_state()
        if self.isVisible():
            self._start_reading.request()

    def _want(self) -> None:
        if self._find_templates is not None:
            self._templates, self._find_templates = self._find_templates(), None
            self._side.set_templates(self._templates)
            if not self._session.recents.entries():
                self._reload()
        if self._folder is None:
            self._service.want(card.path for card in self._model.cards())

    def _on_results(self, results: list[PreviewResult]) -> None:
        self._model.tell(results)
        self._show_state()

    def _on_query(self, text: str) -> None:
        self._model.set_query(text)
        self._view.setCurrentIndex(self._model.index(0))
        self._view.scrollToTop()
        self._show_state()

    def _on_empty_action(self) -> None:
        if self._model.query:
            self._field.clear()
            self._field.setFocus()
        elif self._folder is not None:
            self.show_recent()
        else:
            self.command_chosen.emit("file.open")

    def _show_state(self) -> None:
        shown = self._model.rowCount() > 0
        self._field.setVisible(self._model.total > 0)
        if self._search_due and self._model.total:
            self._search_due = False
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._folder is not None:
            self._head.show_folder(self._folder, self._scan_note())
        if not shown and self._model.query:
            self._empty.set_content(
                f"Nothing fits “{self._model.query}”", "Names, node types and variables were searched.", "Clear search"
            )
        elif not shown and self._folder is not None:
            self._show_empty_folder()
        elif not shown:
            self._empty.set_content(
                "Your workflows will appear here",
                "Open one, drop files onto the window, or begin with a new workflow.",
                "Open a workflow…",
            )
        self._stack.setCurrentWidget(self._view if shown else self._empty)
        self.status_changed.emit(self.status)

    def _show_empty_folder(self) -> None:
        end = self._scan_end
        if end is None:
            self._empty.set_content("Looking for workflows…", "The folder and those in it are gone through.")
        elif end.error is not None:
            self._empty.set_content(end.error.what, end.error.mend, "Back to recent")
        else:
            passed = f" {_counted(end.skipped, 'other file')} passed over." if end.skipped else ""
            self._empty.set_content(
                "No workflows in this folder",
                f"Files that end in .json, .json.gz or .json.zst were looked at.{passed}",
                "Back to recent",
            )

    def _scan_note(self) -> str:
        end = self._scan_end
        if end is None:
            return "looking…"
        if end.truncated:
            return "the folder holds more than is shown"
        return f"{_counted(end.skipped, 'other file')} passed over" if end.skipped else ""

    def _open(self, card: Card) -> None:
        if card.is_template:
            self.template_chosen.emit(card.path)
        elif card.state is CardState.MISSING and card.opened_at is not None:
            entry = Recent(card.path, card.opened_at)
            self._toast.show_message(
                f"{card.path.name} is not there any more", "Remove", lambda: self._session.recents.remove(entry.path)
            )
        else:
            self.file_chosen.emit(card.path)

    def _show_menu(self, card: Card, at: QPoint) -> None:
        self.menu_for(card).popup(at)


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
