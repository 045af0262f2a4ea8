"""Scenes for the screenshots: work to recover, a file changed by another program, earlier versions."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from casare.app.recovery.places import journals_folder
from casare.catalog import default_catalog
from casare.model import AddNodes, Connect, Connection, Graph, MoveNodes, Node, RenameNode, SetConfig
from casare.storage import Stamp, load, save
from casare.storage.keeping.journal import Identity, JournalFile
from casare.storage.keeping.stamps import read_stamp
from casare.ui.shell.frame.main_window import MainWindow

Scene = Callable[[MainWindow, list[Path]], object]


def _recovery(window: MainWindow, files: list[Path]) -> None:
    _crash(files)
    window.files.safety.recovery.review()
    _until(lambda: window.files.safety.recovery.sheet is not None)


def _recovery_banner(window: MainWindow, files: list[Path]) -> None:
    _crash(files)
    window.files.safety.recovery.search()
    _until(lambda: bool(window.notices.banners))


def _recovery_preview(window: MainWindow, files: list[Path]) -> None:
    _recovery_banner(window, files)
    recovery = window.files.safety.recovery
    recovery.preview(recovery.found[0])
    _until(lambda: window.session.active is not None)
    if window.canvas is not None:
        window.canvas.fit()


def _changed_on_disk(window: MainWindow, files: list[Path]) -> None:
    path = _copied(files[0])
    window.files.open([path])
    _change(path)
    window.files.safety.disk.check()
    _until(lambda: any(window.notices_of(one).banners for one in window.session.documents))


def _conflict(window: MainWindow, files: list[Path]) -> None:
    path = _copied(files[0])
    window.files.open([path])
    document = window.session.active
    if document is not None:
        document.do(_edit(document.graph))
    _change(path)
    window.files.save()
    _until(lambda: window.files.safety.disk.sheet is not None)


def _versions(window: MainWindow, files: list[Path]) -> None:
    shutil.rmtree(journals_folder().parent / "generations", ignore_errors=True)
    path = _copied(files[0])
    window.files.open([path])
    document = window.session.active
    if document is None:
        return
    for number, hours in enumerate((26, 5, 0)):
        document.do(_edit(document.graph, number))
        window.session.save(document)
        window.files.safety.versions.versions.wait()
        _age(path, hours)
    window.actions_table.run("file.versions")
    _until(lambda: window.files.safety.versions.sheet is not None)


def _age(path: Path, hours: float) -> None:
    """Let the newest version of a file be some hours old."""
    import orjson

    for listing in (journals_folder().parent / "generations").glob("*/versions.json"):
        content = orjson.loads(listing.read_bytes())
        if content["path"] == str(path):
            content["versions"][0]["saved_at"] = time.time() - hours * 3600
            listing.write_bytes(orjson.dumps(content))


def _crash(files: list[Path]) -> None:
    """Leave behind what an editor that was killed leaves behind."""
    folder = journals_folder() / "crashed"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "owner.lock").touch()
    untitled = Graph([Node("a", "FileSystemSuperNode", {}, (0, 0)), Node("b", "LogNode", {}, (320, 0))])
    for number, (path, seconds) in enumerate(((files[0], 180), (files[1], 4000), (None, 90_000))):
        graph = load(path, default_catalog()).graph if path is not None else untitled
        stamp = read_stamp(path) if path is not None else None
        if number == 1 and stamp is not None:
            stamp = Stamp(stamp.size - 1, stamp.mtime_ns - 10**9, "")
        for edit in range(number + 1):
            graph.apply(_edit(graph, edit))
        title = path.name.split(".")[0] if path is not None else "Untitled 1"
        identity = Identity(title, path, stamp)
        file = JournalFile(folder / f"{number}.journal")
        file.begin(identity, graph, edits=(24, 7, 112)[number], at=time.time() - seconds)
        file.append([_more(graph)], edits=1, at=time.time() - seconds)
        file.close()


def _edit(graph: Graph, number: int = 0) -> AddNodes:
    right = max((node.position[0] for node in graph.nodes.values()), default=0)
    return AddNodes((Node(f"added_{number}", "LogNode", {"message": "Done"}, (right + 300, 40 + 90 * number)),))


def _more(graph: Graph) -> SetConfig:
    node = next(iter(graph.nodes.values()))
    return SetConfig(node.id, {**node.config, "path": "orders-2026.csv"}, "path")


def _change(path: Path) -> None:
    """Write a file as another program would."""
    catalog = default_catalog()
    graph = load(path, catalog).graph
    first, second, *_ = graph.nodes.values()
    graph.apply(MoveNodes({first.id: (first.position[0] - 40, first.position[1] + 10)}))
    graph.apply(RenameNode(second.id, "Renamed elsewhere"))
    graph.apply(AddNodes((Node("theirs", "LogNode", {}, (0, 400)),)))
    graph.apply(Connect((Connection(first.id, "exec_out", "theirs", "exec_in"),)))
    save(graph, path, catalog=catalog)


def _copied(path: Path) -> Path:
    folder = path.parent / "shared"
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(path, folder))


def _until(reached: Callable[[], bool]) -> None:
    while not reached():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


SAFETY_SCENES: Final[dict[str, Scene]] = {
    "recovery": _recovery,
    "recovery-banner": _recovery_banner,
    "recovery-preview": _recovery_preview,
    "changed-on-disk": _changed_on_disk,
    "conflict": _conflict,
    "versions": _versions,
}
"""The scenes by name."""
