"""Add a node by typing a few letters of its name, where the hand is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casare.app.search import SearchIndex
from casare.catalog import PaletteEntry
from casare.ui.dialogs.pick_list import PickModel, PickSheet
from casare.ui.panels.palette.row_delegate import RowDelegate
from casare.ui.panels.palette.rows import EntryRow, entry_fields


class AddNodeSheet(PickSheet):
    """Find one of some node types; `chosen` carries its EntryRow. It ranks as the palette does."""

    def __init__(self, host: QWidget, entries: Sequence[PaletteEntry]) -> None:
        super().__init__(host, "Add node", "Add a node", _EntryModel(), RowDelegate())
        self._entries = list(entries)
        self._index = SearchIndex(self._entries, entry_fields)

    def matches(self, query: str) -> Sequence[EntryRow]:
        """Return the entries that fit; all of them without a query."""
        return [EntryRow(entry, True) for entry in self._index.find(query)]


class _EntryModel(PickModel[EntryRow]):
    def text(self, item: EntryRow) -> str:
        return item.entry.title
