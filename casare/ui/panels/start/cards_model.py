"""The cards as Qt's views want them, filtered by a search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.app.files.previews import PreviewResult
from casare.app.files.search import SearchIndex
from casare.ui.panels.start.cards import Card, CardState

CARD_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CardsModel(QAbstractListModel):
    """Serve the cards that fit the search, in the order given when there is none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Card] = []
        self._shown: list[Card] = []
        self._query = ""
        self._index: SearchIndex[Card] | None = None

    @property
    def query(self) -> str:
        """The text searched for."""
        return self._query

    @property
    def total(self) -> int:
        """Return how many cards there are, shown or not."""
        return len(self._all)

    def set_cards(self, cards: Iterable[Card]) -> None:
        """Serve other cards; what is known of a file already is kept."""
        known = {card.path: card for card in self._all}
        self._all = [_kept(card, known.get(card.path)) for card in cards]
        self._index = None
        self._refilter()

    def merge(self, cards: Iterable[Card]) -> None:
        """Serve more cards after those that are there; one of a file that has a card takes its place."""
        places = {card.path: at for at, card in enumerate(self._all)}
        fresh: list[Card] = []
        for card in cards:
            at = places.get(card.path)
            if at is None:
                places[card.path] = len(self._all) + len(fresh)
                fresh.append(card)
            elif self._all[at] != card:
                self._all[at] = card
                if not self._query:
                    self._shown[at] = card
                    self.dataChanged.emit(self.index(at), self.index(at))
        self._index = None
        if self._query:
            self._all.extend(fresh)
            self._refilter()
        elif fresh:
            first = len(self._shown)
            self.beginInsertRows(_ROOT, first, first + len(fresh) - 1)
            self._all.extend(fresh)
            self._shown.extend(fresh)
            self.endInsertRows()

    def keep_only(self, paths: Collection[Path]) -> None:
        """Give up the cards of all other files."""
        kept = [card for card in self._all if card.path in paths]
        if len(kept) != len(self._all):
            self._all = kept
            self._index = None
            self._refilter()

    def set_query(self, query: str) -> None:
        """Serve only what fits."""
        self._query = query.strip()
        self._refilter()

    def tell(self, results: Sequence[PreviewResult]) -> None:
        """Take in what was found out about some files."""
        by_path = {result.path: result for result in results}
        self._all = [card.told(by_path[card.path]) if card.path in by_path else card for card in self._all]
        self._index = None
        if self._query:
            self._refilter()
            return
        self._shown = list(self._all)
        for at, card in enumerate(self._shown):
            if card.path in by_path:
                self.dataChanged.emit(self.index(at), self.index(at))

    def card(self, index: Index) -> Card | None:
        """Return the card at an index."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def cards(self) -> Sequence[Card]:
        """Return the cards that are shown."""
        return self._shown

    def index_of(self, path: Path) -> QModelIndex:
        """Return where the card of a file stands, or an invalid index."""
        at = next((at for at, card in enumerate(self._shown) if card.path == path), -1)
        return self.index(at) if at >= 0 else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many cards are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the path as a tool tip, or the card itself."""
        card = self.card(index)
        if card is None:
            return None
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            grade = f", grade {card.grade}" if card.grade else ""
            return f"{card.title}, {card.counts}{grade}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{card.path}\n{card.reason}" if card.reason else str(card.path)
        return None

    def _refilter(self) -> None:
        self.beginResetModel()
        if self._query and self._index is None:
            self._index = SearchIndex(self._all, Card.fields)
        self._shown = self._index.find(self._query) if self._query and self._index is not None else list(self._all)
        self.endResetModel()


def _kept(card: Card, known: Card | None) -> Card:
    if known is None or known.state is CardState.READING:
        return card
    return replace(card, state=known.state, seen=known.seen, reason=known.reason)
