"""The sheets that commands lay over the window, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casare.app.commands import Command
from casare.ui.dialogs.sheet import Sheet

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasTarget
    from casare.ui.dialogs.quick_switcher import Place
    from casare.ui.shell.frame.main_window import MainWindow


class Overlays(QObject):
    """Open the sheets. Their modules are loaded when first asked for; asking for another one replaces the one open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._sheet: Sheet | None = None

    @property
    def sheet(self) -> Sheet | None:
        """The sheet on show."""
        return self._sheet

    def commands(self) -> None:
        """Find a command."""
        from casare.ui.dialogs.command_palette import CommandPalette

        actions = self._window.actions_table
        actions.flush()
        sheet = CommandPalette(
            self._window, actions.refusal, actions.recent, self._window.session.keymap.current.commands()
        )
        sheet.chosen.connect(self._run)
        self._show(sheet)

    def keys(self) -> None:
        """Show the shortcuts."""
        from casare.ui.dialogs.cheat_sheet import CheatSheet

        sheet = CheatSheet(self._window, self._window.session.keymap)
        sheet.edit_requested.connect(self.edit_keys)
        self._show(sheet)

    def edit_keys(self) -> None:
        """Change the shortcuts."""
        from casare.ui.dialogs.keymap_editor import KeymapEditor

        self._show(KeymapEditor(self._window, self._window.session.keymap))

    def about(self) -> None:
        """Show the versions."""
        from casare.ui.dialogs.about import AboutSheet

        self._show(AboutSheet(self._window))

    def switch(self) -> None:
        """Go to another workflow."""
        from casare.app.files.previews import preview_reader
        from casare.ui.dialogs.quick_switcher import QuickSwitcher

        session = self._window.session
        sheet = QuickSwitcher(self._window, session, self._window.paint_picture, preview_reader(session.catalog))
        sheet.chosen.connect(self._go)
        self._show(sheet)

    def add_node(self, target: CanvasTarget) -> None:
        """Add a node where `target` says, found by typing."""
        from casare.ui.shell.finding.quick_adding import popup_to_add

        canvas = self._window.canvas
        if canvas is not None:
            self._show(popup_to_add(self._window, canvas, target))

    def replace_nodes(self) -> None:
        """Make the selected nodes another type, found by typing."""
        from casare.ui.shell.finding.quick_adding import popup_to_replace

        canvas = self._window.canvas
        if canvas is not None and canvas.document.selection.nodes:
            self._show(popup_to_replace(self._window, canvas, canvas.document.selection.nodes))

    def history(self) -> None:
        """Show the edits, to go back or forward to one."""
        from casare.ui.dialogs.history_sheet import HistorySheet, Moment

        document = self._window.session.front
        if document is None:
            return
        sheet = HistorySheet(self._window, document)

        def go(moment: Moment) -> None:
            for _ in range(abs(moment.steps)):
                document.redo() if moment.steps > 0 else document.undo()

        sheet.chosen.connect(go)
        self._show(sheet)

    def portals(self) -> None:
        """Go to a portal by its name."""
        from casare.ui.dialogs.name_rows import NameRow
        from casare.ui.dialogs.portal_sheet import Portal, PortalSheet

        document = self._window.session.active
        if document is None:
            return
        sheet = PortalSheet(self._window, document)

        def go(row: NameRow) -> None:
            assert isinstance(row.item, Portal)
            document.reveal((), [row.item.wire])

        sheet.chosen.connect(go)
        self._show(sheet)

    def _show(self, sheet: Sheet) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()
        self._sheet = sheet
        sheet.finished.connect(lambda: self._on_finished(sheet))
        sheet.open()

    def _on_finished(self, sheet: Sheet) -> None:
        if self._sheet is sheet:
            self._sheet = None

    def _run(self, command: Command) -> None:
        self._window.actions_table.run(command.id)

    def _go(self, place: Place) -> None:
        if place.document is not None:
            self._window.session.activate(place.document)
        elif place.path is not None:
            self._window.files.open([place.path])
