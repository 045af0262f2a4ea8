"""The portals of a document in a list: choosing one goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from casare.app.documents.document import Document
from casare.app.documents.faces import face_of
from casare.app.editing import portals
from casare.app.files.search import Fields, SearchIndex
from casare.model import WireKey
from casare.ui.dialogs.name_rows import NameDelegate, NameRow
from casare.ui.dialogs.pick_list import PickModel, PickSheet


class Portal(NamedTuple):
    """A portal by its name, and one of its wires."""

    name: str
    wire: WireKey
    words: str


class PortalSheet(PickSheet):
    """Find a portal by its name or by the nodes at its ends; `chosen` carries a NameRow whose item is a Portal."""

    def __init__(self, host: QWidget, document: Document) -> None:
        def title(node_id: str) -> str:
            return face_of(document.graph.nodes[node_id], document.catalog).title

        found = [
            Portal(name, key, f"{title(key[0])} → {title(key[2])}")
            for name, keys in sorted(portals(document.graph).items())
            for key in keys
        ]
        self._index = SearchIndex(found, lambda one: Fields(one.name, (one.words,)))
        super().__init__(host, "Portals", "Go to a portal", PickModel(), NameDelegate())

    def matches(self, query: str) -> Sequence[NameRow]:
        """Return the portals that fit."""
        return [NameRow(one.name, one.words, one) for one in self._index.find(query)]
