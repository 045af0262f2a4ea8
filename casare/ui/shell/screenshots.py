"""Draw the window in its typical states, in both themes.

`python -m casare.ui.shell.screenshots FOLDER [NAME...]`

The pictures are what the README shows and what a person looks at after a change of the look. The real window is driven,
in a home folder of its own.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from casare.app import editing
from casare.app.session import Session
from casare.app.subgraphs import group, place_instance, promote
from casare.foundation.folders import data_folder
from casare.foundation.resources import samples
from casare.storage import generate, save
from casare.ui.shell.frame.docks import DATA, LOG, OUTLINE, PROFILER, RUNS
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.frame.window_state import state_file
from casare.ui.shell.scenes_safety import SAFETY_SCENES
from casare.ui.shell.starting.application import make_application
from casare.ui.theme.appearance import Appearance, Mode

WIDTH, HEIGHT = 1600, 1000
_MODES: tuple[Mode, ...] = ("dark", "light")
_SAMPLE = "orders-daily.json"


def main(folder: Path, names: Sequence[str] = ()) -> None:
    """Write the pictures of the scenes with these names, or of all, into `folder`. Raises KeyError for another name."""
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory() as home:
        os.environ["CASARE_HOME"] = home
        os.environ["CASARE_REDUCED_MOTION"] = "1"
        files = _prepared_files(Path(home))
        for mode in _MODES:
            for name in names or _SCENES:
                act = _SCENES[name]
                with _window(application, mode, files) as window:
                    act(window, files)
                    settle(window)
                    window.grab().save(str(folder / f"{name}-{mode}.png"))


def settle(window: MainWindow, milliseconds: int = 400) -> None:
    """Let the window finish what it has begun: reading, analysing, painting."""
    if window.session.active is not None:
        window.session.profiles.of(window.session.active).wait(20)
    deadline = QDeadlineTimer(milliseconds)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


@contextmanager
def _window(application: QApplication, mode: Mode, files: list[Path]) -> Iterator[MainWindow]:
    state_file().unlink(missing_ok=True)
    (data_folder() / "views.json").unlink(missing_ok=True)
    session = Session()
    appearance = Appearance(mode)
    appearance.apply(application)
    for path in reversed(files):
        session.recents.add(path)
    window = MainWindow(session, appearance)
    window.resize(WIDTH, HEIGHT)
    window.show()
    settle(window, 200)
    try:
        yield window
    finally:
        for document in list(session.documents):
            session.close(document)
        window.close()
        window.deleteLater()
        settle(window, 20)


def _prepared_files(home: Path) -> list[Path]:
    """Return the shipped samples, two of them compressed, and two big ones made up."""
    session = Session()
    made: list[Path] = []
    for number, path in enumerate(sorted(samples().glob("*.json"))):
        document = session.open(path)
        profile = session.profiles.of(document)
        profile.wait(20)
        suffix = (".json", ".json.zst", ".json.gz")[number % 3]
        target = home / "workflows" / f"{path.stem}{suffix}"
        target.parent.mkdir(exist_ok=True)
        save(document.graph, target, grade=document.grade, catalog=session.catalog)
        made.append(target)
    shutil.copytree(samples() / "data", home / "workflows" / "data")
    for count, name in ((204, "nightly-etl"), (10_000, "genome-batch")):
        target = home / "workflows" / f"{name}.json.zst"
        save(generate(count, seed=count), target, grade="B", catalog=session.catalog)
        made.append(target)
    session.profiles.close()
    made.sort(key=lambda path: not path.name.startswith("orders"))
    return made


def _open(window: MainWindow, path: Path) -> None:
    window.files.open([path])
    while window.files.arrivals.under_way:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    settle(window, 200)


def _main(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[0])
    document = window.session.active
    if document is not None:
        node_id = list(document.graph.nodes)[2]
        document.selection.set([node_id])


def _profiler(window: MainWindow, files: list[Path]) -> None:
    _open(window, next(path for path in files if path.name.startswith("text-report")))
    window.show_dock(PROFILER)
    if window.canvas is not None:
        window.canvas.fit()


def _palette(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[0])
    panel = window.workspace.palette_panel if window.workspace is not None else None
    if panel is not None:
        panel.focus_search()
        panel.field.setText("rea")


def _subgraph(window: MainWindow, files: list[Path]) -> None:
    """Show two instances of a subgraph, one of them selected."""
    _open(window, next(path for path in files if path.name.startswith("text-report")))
    level = window.session.front
    if level is None or window.canvas is None:
        return
    made = group(level.graph, level.catalog, list(level.graph.nodes)[2:6], name="Clean rows")
    if made is None:
        return
    level.do(made.change)
    subflow = level.graph.subflows[made.definition_id]
    x, y = level.graph.nodes[made.node_id].position
    level.do(place_instance(level.graph, subflow, (x, y + 260)).change)
    first = next(iter(subflow.graph.nodes.values()))
    shown = [one.name for one in level.catalog.params(first.type, first.config) if one.name in first.config]
    for name in shown[:1]:
        level.do(promote(subflow, level.catalog, first.id, name))
    level.selection.set([made.node_id])
    window.canvas.fit([made.node_id])


def _breadcrumbs(window: MainWindow, files: list[Path]) -> None:
    """Show the inside of a subgraph inside another one."""
    _subgraph(window, files)
    document = window.session.active
    if document is None or not document.enter(next(iter(document.selection.nodes))):
        return
    level = document.front
    made = group(level.graph, level.catalog, list(level.graph.nodes)[:2], name="Normalise")
    if made is not None:
        level.do(made.change)
        document.enter(made.node_id)
        settle(window, 100)
        if window.canvas is not None:
            window.canvas.fit()


def _empty(window: MainWindow, _files: list[Path]) -> None:
    window.session.new()


def _huge(window: MainWindow, files: list[Path]) -> None:
    _open(window, next(path for path in files if path.name.startswith("genome")))
    if window.canvas is not None:
        window.canvas.fit()
        # From afar the canvas shows pictures that a thread draws, which takes longer on a busy machine.
        while window.canvas.canvas_scene.sheets.overview is None:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _problems(window: MainWindow, files: list[Path]) -> None:
    _open(window, next(path for path in files if path.name.startswith("feedback")))
    window.show_dock("problems")


def _log(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[0])
    window.files.open([Path("missing.json")])
    window.tell_defect("Something went wrong inside casare (ValueError). Your work is still open: save it.", "details")
    window.show_dock(LOG)


def _first_run(window: MainWindow, _files: list[Path]) -> None:
    for entry in window.session.recents.entries():
        window.session.recents.remove(entry.path)


def _states(window: MainWindow, files: list[Path]) -> None:
    broken = files[0].parent / "broken.json"
    broken.write_text("[1, 2, 3]")
    window.session.recents.add(broken)
    window.session.recents.add(files[0].parent / "moved-away.json")
    window.start_page.remove(window.start_page.model.cards()[3])


def _unsaved(window: MainWindow, files: list[Path]) -> None:
    for path in files[:2]:
        _open(window, path)
        if window.canvas is not None:
            window.canvas.edit.add_note()
            window.canvas.setFocus()
    window.close()


def _commands(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[0])
    window.overlays.commands()


def _switch(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[1])
    window.overlays.switch()


def _add_node(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[0])
    document = window.session.active
    if document is not None:
        document.selection.set(list(document.graph.nodes)[2:3])
    window.actions_table.run("node.add")


def _authoring(window: MainWindow, files: list[Path]) -> None:
    """Show what a person can do with nodes and wires: bent, faint and portal wires, bypassed and collapsed nodes."""
    _open(window, next(path for path in files if path.name.startswith("etl-with-retries")))
    document, canvas = window.session.active, window.canvas
    if document is None or canvas is None:
        return
    graph = document.graph
    order = sorted(graph.nodes, key=lambda one: graph.nodes[one].position)
    wires = [key for one in order for key in graph.outgoing(one)]
    x, y = canvas.stage.geometry.course_of(wires[0]).middle()
    document.do(editing.add_waypoint(graph, {wires[0]: (0, (x, y + 70))}))
    document.do(editing.set_display(graph, wires[1:2], editing.Display.FAINT))
    document.do(editing.set_portal(graph, wires[4:5], "measures"))
    document.do(editing.set_bypassed(graph, order[2:3], True))
    document.do(editing.set_disabled(graph, order[3:4], True))
    document.do(editing.toggle_collapsed(graph, order[5:6]))
    document.selection.set(order[6:8])
    canvas.edit.frame_around_selection()
    canvas.typing.close(keep=True)
    canvas.show_as.toggle_collapsed()
    canvas.fit(order[:8])
    canvas.zoom_to(0.72)


def _history(window: MainWindow, files: list[Path]) -> None:
    _authoring(window, files)
    window.actions_table.run("edit.history")


def _run_to_end(window: MainWindow) -> None:
    window.actions_table.run("run.start")
    document = window.session.active
    if document is not None:
        run = window.session.runs.of(document).run
        while run is not None and not run.is_over:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    settle(window, 200)


def _running(window: MainWindow, files: list[Path]) -> None:
    _open(window, next(path for path in files if path.name.startswith("nested")))
    document = window.session.active
    if window.canvas is None or document is None:
        return
    document.selection.set(["tell"])
    window.actions_table.run("run.breakpoint")
    document.selection.clear()
    window.actions_table.run("run.start")
    settle(window, 300)
    window.canvas.fit()


def _run_failed(window: MainWindow, files: list[Path]) -> None:
    _open(window, next(path for path in files if path.name.startswith("feedback")))
    _run_to_end(window)
    window.show_dock("problems")


def _find(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[0])
    finding = window.finding
    if finding is not None:
        finding.open()
        finding.bar.field.setText("order")
        settle(window, 200)
        finding.step(1)


def _outline(window: MainWindow, files: list[Path]) -> None:
    _main(window, files)
    window.show_dock(OUTLINE)


def _split(window: MainWindow, files: list[Path]) -> None:
    _main(window, files)
    window.actions_table.run("view.split")
    if window.canvas is not None:
        window.canvas.fit()


def _data(window: MainWindow, files: list[Path]) -> None:
    _open(window, next(path for path in files if path.name.startswith("orders")))
    _run_to_end(window)
    document = window.session.active
    if document is not None and window.canvas is not None:
        document.selection.set(["paid"])
        window.canvas.fit()
    window.show_dock(DATA)


def _runs(window: MainWindow, files: list[Path]) -> None:
    _open(window, files[0])
    _run_to_end(window)
    _run_to_end(window)
    window.show_dock(RUNS)


def _keymap(window: MainWindow, files: list[Path]) -> None:
    from casare.ui.dialogs.keymap_editor import KeymapEditor

    _main(window, files)
    window.overlays.edit_keys()
    sheet = window.overlays.sheet
    if isinstance(sheet, KeymapEditor):
        sheet.choose("edit.duplicate")
        sheet.recorder.recorded.emit("Ctrl+C")


_SCENES: dict[str, Callable[[MainWindow, list[Path]], object]] = {
    "start": lambda window, files: None,
    "start-first-run": _first_run,
    "start-states": _states,
    "main": _main,
    "profiler": _profiler,
    "palette": _palette,
    "problems": _problems,
    "log": _log,
    "subgraph": _subgraph,
    "breadcrumbs": _breadcrumbs,
    "empty": _empty,
    "huge": _huge,
    "commands": _commands,
    "keys": lambda window, files: window.overlays.keys(),
    "about": lambda window, files: window.overlays.about(),
    "switch": _switch,
    "add-node": _add_node,
    "unsaved": _unsaved,
    **SAFETY_SCENES,
    "authoring": _authoring,
    "history": _history,
    "running": _running,
    "run-failed": _run_failed,
    "data": _data,
    "runs": _runs,
    "find": _find,
    "keymap": _keymap,
    "outline": _outline,
    "split": _split,
}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("screenshots"), sys.argv[2:])
