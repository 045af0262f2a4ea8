"""Which rows the palette shows, without Qt: categories with their entries, or what a search found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from casare.app.files.search import Fields, SearchIndex
from casare.catalog import PaletteEntry

_TITLES = {"models": "Language models", "maths": "Maths", "system": "System", "dates": "Dates and times"}


class CategoryRow(NamedTuple):
    """The heading of a category: its name, how many entries it has, and whether they are shown."""

    category: str
    size: int
    opened: bool

    @property
    def title(self) -> str:
        """Return the category in words."""
        return category_title(self.category)


class EntryRow(NamedTuple):
    """One entry; `found` tells that it stands in the results of a search, without a heading over it."""

    entry: PaletteEntry
    found: bool = False


Row = CategoryRow | EntryRow


class PaletteRows:
    """Hold the entries, the query and which categories are folded; answer with the rows to show."""

    def __init__(self, entries: Sequence[PaletteEntry] = ()) -> None:
        self.query = ""
        self.folded: set[str] = set()
        self._entries: list[PaletteEntry] = []
        self._index: SearchIndex[PaletteEntry] | None = None
        self.set_entries(entries)

    @property
    def total(self) -> int:
        """Return how many entries there are."""
        return len(self._entries)

    def set_entries(self, entries: Iterable[PaletteEntry]) -> None:
        """Show other entries; their order within a category is kept."""
        self._entries = list(entries)
        self._index = None

    def toggle(self, category: str) -> None:
        """Fold a category, or unfold it."""
        self.folded ^= {category}

    def rows(self) -> list[Row]:
        """Return what to show now."""
        if self.query.strip():
            return [EntryRow(entry, True) for entry in self._search().find(self.query)]
        groups: dict[str, list[PaletteEntry]] = {}
        for entry in self._entries:
            groups.setdefault(entry.category, []).append(entry)
        rows: list[Row] = []
        for category, entries in groups.items():
            opened = category not in self.folded
            rows.append(CategoryRow(category, len(entries), opened))
            if opened:
                rows.extend(EntryRow(entry) for entry in entries)
        return rows

    def _search(self) -> SearchIndex[PaletteEntry]:
        # Made at the first key press: a start-up that is never searched need not pay for it.
        if self._index is None:
            self._index = SearchIndex(self._entries, entry_fields)
        return self._index


def entry_fields(entry: PaletteEntry) -> Fields:
    """Return what of an entry may be searched."""
    return Fields(entry.title, entry.keywords, entry.type_id, category_title(entry.category), entry.summary)


def category_title(category: str) -> str:
    """Return a category's name as it is shown."""
    return _TITLES.get(category) or category.replace("_", " ").capitalize()
