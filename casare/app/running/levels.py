"""The levels of a document as its runs know them: one flat graph, in which inner nodes are `instance/inner`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from casare.app.running.places import Place, Way, graph_at, path_of, place_of, prefix_of, words_for
from casare.app.subgraphs.boundary import definition_of
from casare.model import Node

if TYPE_CHECKING:
    from casare.app.documents.document import Document
    from casare.app.running.board import News, StatusBoard
    from casare.app.running.level_board import LevelBoard


class RunLevels:
    """Translate between the nodes of a run and those of the levels of its document."""

    def __init__(self, document: Document, board: Callable[[], StatusBoard | None]) -> None:
        """Look at the run that `board` is of."""
        self.document = document
        self._board = board
        self._held: dict[Way, LevelBoard] = {}

    @property
    def way(self) -> Way:
        """Return the instances that lead to the level in front."""
        return tuple(step.instance for step in self.document.way)

    @property
    def chosen(self) -> list[str]:
        """Return the nodes that are selected on the level in front, as a run calls them."""
        way = self.way
        return [path_of(way, one) for one in self.document.front.selection.nodes]

    def board(self, way: Way) -> StatusBoard | LevelBoard | None:
        """Return the board to look at on the level to which `way` leads."""
        board, graph = self._board(), self.document.graph
        level = graph_at(graph, way)
        if board is None or level is None or (not way and not graph.subflows):
            return board
        # The engine comes along with it, which only a document that ran needs.
        from casare.app.running.level_board import LevelBoard

        held = self._held.get(way)
        if held is None or held.whole is not board or held.level is not level:
            held = self._held[way] = LevelBoard(board, graph, level, way)
        return held

    def touched(self, way: Way, news: News) -> frozenset[str]:
        """Return which nodes of a level look different after these news, and let its board take note of them."""
        board, whole = self.board(way), self._board()
        if board is None or board is whole:
            return news.nodes
        held = self._held[way]
        if news.everything:
            held.forget()
        return held.followed(news.nodes)

    def marked(self, paths: Collection[str], way: Way) -> frozenset[str]:
        """Return which nodes of a level are among these."""
        prefix = prefix_of(way)
        level = graph_at(self.document.graph, way)
        if level is None:
            return frozenset()
        return frozenset(end for one in paths if one.startswith(prefix) and (end := one[len(prefix) :]) in level.nodes)

    def called(self, path: str) -> str:
        """Return what to call a node of a run, with what is around it; empty for one that is gone."""
        place = place_of(self.document.graph, path)
        return self._words(place) if place is not None else ""

    def reveal(self, path: str) -> None:
        """Look at the level that holds a node of a run, and bring the node into view."""
        place = place_of(self.document.graph, path)
        if place is None:
            return
        if place.way != self.way:
            self.document.show_level("")
            for instance in place.way:
                self.document.enter(instance)
        self.document.front.reveal([place.node_id])

    def is_instance(self, path: str) -> bool:
        """Tell whether a node stands for a subgraph."""
        place = place_of(self.document.graph, path)
        return place is not None and definition_of(self.document.graph, self.node(place)) is not None

    def node(self, place: Place) -> Node:
        """Return the node at a place. Raises KeyError for one that is not there."""
        level = graph_at(self.document.graph, place.way)
        if level is None:
            raise KeyError(place)
        return level.nodes[place.node_id]

    def _words(self, place: Place) -> str:
        node = self.node(place)
        found = self.document.catalog.find(node.type)
        return words_for(self.document.graph, place, [node.name or (found.title if found is not None else node.type)])
