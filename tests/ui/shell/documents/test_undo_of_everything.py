"""Every command that edits, chosen at random in the real window at every level, then undone to the last one."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QApplication

from casare.app.commands import COMMANDS
from casare.app.commands.when import one_instance
from casare.app.documents.document import Document
from casare.app.subgraphs import INSTANCE
from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.model import Graph
from casare.storage import encode, load_bytes
from casare.ui.shell.frame.main_window import MainWindow

_ASKING = {"edit.history", "node.add", "node.rename", "node.replace", "arrange.grab", "wire.portal", "wire.portals"}
_ASKING |= {"subgraph.save"}
_AREAS = ("edit", "select", "node", "subgraph", "arrange", "walk", "wire")
_EDITS = [one.id for one in COMMANDS if one.id.partition(".")[0] in _AREAS and one.id not in _ASKING]
"""Commands that act at once; those that first ask for a word or a place are tested where they stand."""
_BUILDING = ["subgraph.make", "subgraph.enter", "node.frame", "node.collapse", "edit.duplicate", "arrange.tidy"]
"""What makes the things the other commands then meet, chosen more often."""
_MOST_NODES, _DEEPEST = 60, 4


def _choose(document: Document, chance: random.Random) -> None:
    """Select a few nodes, wires, frames and notes of the level in front."""
    level = document.front
    graph: Graph = level.graph
    nodes = chance.sample(sorted(graph.nodes), min(len(graph.nodes), chance.randint(0, 4)))
    instances = [one for one in nodes if graph.nodes[one].type == INSTANCE]
    if instances and chance.random() < 0.6:
        nodes = instances[:1]
    wires = chance.sample(sorted(graph.connections), min(len(graph.connections), chance.randint(0, 2)))
    frames = [one for one in graph.frames if chance.random() < 0.2]
    notes = [one for one in graph.notes if chance.random() < 0.2]
    level.selection.set(nodes, wires, frames, notes)


def _command(document: Document, chance: random.Random) -> str:
    """Return what to do next: a command of any area, or one that goes deeper or keeps the graph small."""
    level = document.front
    if len(level.graph.nodes) > _MOST_NODES:
        return "edit.delete"
    if one_instance(level) and len(document.way) < _DEEPEST and chance.random() < 0.5:
        return "subgraph.enter"
    return chance.choice(_EDITS + 4 * _BUILDING)


@pytest.mark.parametrize("seed", range(4))
def test_undoing_random_commands_at_every_level_gives_the_identical_file(
    window: MainWindow, catalog: Catalog, seed: int
) -> None:
    chance = random.Random(seed)
    document = window.session.open(samples() / "text-report.json")
    before = encode(document.graph)
    deepest = 0
    for _ in range(150):
        _choose(document, chance)
        window.actions_table.run(_command(document, chance))
        QApplication.processEvents()
        deepest = max(deepest, len(document.way))
    assert deepest >= 2, "the commands never met a subgraph in a subgraph"
    after = encode(document.graph)
    assert encode(load_bytes(after, catalog).graph) == after
    steps = 0
    while document.undo() is not None:
        steps += 1
        QApplication.processEvents()
    assert encode(document.graph) == before
    for _ in range(steps):
        document.redo()
    assert encode(document.graph) == after
