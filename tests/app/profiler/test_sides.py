"""What a report can be compared with, found and read from the disk."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from casare.app.profiler.basis import Basis
from casare.app.profiler.sides import Side, SideKind, SideReader, file_side, past_sides
from casare.app.recovery.versions import Versions
from casare.app.running.runs import run_file
from casare.catalog import default_catalog
from casare.engine.keeping.records import RunBook
from casare.foundation.errors import CasareError
from casare.model import Connection, Graph, Node
from casare.storage import prepare, save


def _graph(*messages: str) -> Graph:
    nodes = [Node("a", "StartNode"), *(Node(f"n{at}", "LogNode", {"message": one}) for at, one in enumerate(messages))]
    wires = [Connection(one.id, "exec_out", other.id, "exec_in") for one, other in pairwise(nodes)]
    return Graph(nodes, wires)


def test_a_workflow_that_was_never_saved_has_no_past() -> None:
    assert past_sides(None, default_catalog()) == ()


def test_earlier_saves_and_runs_are_offered_newest_first(tmp_path: Path) -> None:
    catalog, path = default_catalog(), tmp_path / "w.json"
    versions = Versions(catalog)
    for messages in (("x",), ("x", "y")):
        versions.write(prepare(_graph(*messages), path, catalog=catalog), path)
        versions.wait()
        run_file(path)
    sides = past_sides(path, catalog)
    assert [one.kind for one in sides] == [SideKind.SAVED, SideKind.VERSION, SideKind.RUN, SideKind.RUN]
    assert "2 nodes" in sides[1].title
    reader = SideReader(catalog)
    assert [len(reader.report(one, Basis()).nodes) for one in sides] == [3, 2, 3, 2]


def test_a_run_rests_on_what_it_measured(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    save(_graph("x"), path)
    run_file(path)
    side = next(one for one in past_sides(path, default_catalog()) if one.kind is SideKind.RUN)
    report = SideReader(default_catalog()).report(side, Basis())
    assert {node.provenance for node in report.nodes if node.id == "n0"} == {"measured"}


def test_a_file_is_read_again_only_after_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    save(_graph("x"), path)
    reader, side = SideReader(default_catalog()), file_side(path)
    first = reader.report(side, Basis())
    assert reader.report(side, Basis()) is first
    assert reader.report(side, Basis(workers=1)) is not first
    save(_graph("x", "y"), path)
    assert len(reader.report(side, Basis()).nodes) == 3


@pytest.mark.parametrize("kind", [SideKind.FILE, SideKind.RUN])
def test_what_is_gone_is_an_error_for_people(tmp_path: Path, kind: SideKind) -> None:
    side = Side(kind, "gone", "no-such-run", tmp_path / "gone.json")
    with pytest.raises(CasareError):
        SideReader(default_catalog(), RunBook(tmp_path / "runs.sqlite")).report(side, Basis())
