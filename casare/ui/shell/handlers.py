"""What every command does, by area. The table of commands says what there is; here each id meets its act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casare.ui.shell.actions import Handler
from casare.ui.shell.arrange_handlers import ACTS
from casare.ui.shell.docks import INSPECTOR, LOG, PALETTE, PROBLEMS, PROFILER
from casare.ui.shell.file_dialogs import ask_for_folder

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView
    from casare.ui.shell.main_window import MainWindow

_DOCKS = {
    "view.palette": PALETTE,
    "view.inspector": INSPECTOR,
    "view.profiler": PROFILER,
    "view.problems": PROBLEMS,
    "view.log": LOG,
}


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the act of every command."""
    return {
        **_file_handlers(window),
        **_edit_handlers(window),
        **_node_handlers(window),
        **_view_handlers(window),
        **_run_handlers(window),
        **_help_handlers(window),
    }


def checks(window: MainWindow) -> dict[str, Callable[[], bool]]:
    """Return what tells whether a checkable command is on."""

    def shown(dock: str) -> Callable[[], bool]:
        return lambda: window.dock_is_front(dock)

    found = {command_id: shown(dock) for command_id, dock in _DOCKS.items()}
    found["view.minimap"] = lambda: window.session.settings.current.minimap
    found["view.full_screen"] = window.isFullScreen
    return found


def _file_handlers(window: MainWindow) -> dict[str, Handler]:
    files = window.files
    return {
        "file.new": window.session.new,
        "file.open": files.ask_to_open,
        "file.open_folder": lambda: _ask_for_folder(window),
        "file.switch": window.overlays.switch,
        "file.save": files.save,
        "file.save_as": files.save_as,
        "file.export_image": _on_canvas(window, files.export_image),
        "file.close": files.close,
        "file.start": lambda: window.session.activate(None),
        "file.quit": window.close,
    }


def _edit_handlers(window: MainWindow) -> dict[str, Handler]:
    def on_document(act: Callable[[Any], object]) -> Handler:
        def run() -> None:
            document = window.session.active
            if document is not None:
                act(document)

        return run

    return {
        "edit.undo": on_document(lambda document: document.undo()),
        "edit.redo": on_document(lambda document: document.redo()),
        "edit.cut": _on_canvas(window, lambda canvas: canvas.edit.cut()),
        "edit.copy": _on_canvas(window, lambda canvas: canvas.edit.copy()),
        "edit.paste": _on_canvas(window, lambda canvas: _paste(window, canvas)),
        "edit.duplicate": _on_canvas(window, lambda canvas: canvas.edit.duplicate()),
        "edit.delete": _on_canvas(window, lambda canvas: canvas.edit.delete()),
        "select.all": _on_canvas(window, lambda canvas: canvas.edit.select_all()),
        "select.none": on_document(lambda document: document.selection.clear()),
        "select.invert": _on_canvas(window, lambda canvas: canvas.edit.invert_selection()),
    }


def _node_handlers(window: MainWindow) -> dict[str, Handler]:
    return {
        "node.rename": _on_canvas(window, _rename),
        "node.disable": _on_canvas(window, lambda canvas: canvas.edit.toggle_disabled()),
        "node.frame": _on_canvas(window, lambda canvas: canvas.edit.frame_around_selection()),
        "node.note": _on_canvas(window, lambda canvas: canvas.edit.add_note()),
        "node.add": _on_canvas(window, lambda canvas: canvas.quick_add()),
        **{command_id: _on_canvas(window, act) for command_id, act in ACTS.items()},
    }


def _view_handlers(window: MainWindow) -> dict[str, Handler]:
    def dock(name: str) -> Handler:
        return lambda: window.toggle_dock(name)

    settings = window.session.settings

    def theme(mode: str) -> Handler:
        return lambda: settings.update(theme=mode)

    return {
        **{command_id: dock(name) for command_id, name in _DOCKS.items()},
        "view.frame_selection": _on_canvas(window, lambda canvas: canvas.fit(canvas.document.selection.nodes)),
        "view.fit": _on_canvas(window, lambda canvas: canvas.fit()),
        "view.zoom_in": _on_canvas(window, lambda canvas: canvas.zoom_step(1)),
        "view.zoom_out": _on_canvas(window, lambda canvas: canvas.zoom_step(-1)),
        "view.zoom_actual": _on_canvas(window, lambda canvas: canvas.zoom_to(1.0)),
        "view.minimap": lambda: settings.update(minimap=not settings.current.minimap),
        "view.theme_system": theme("system"),
        "view.theme_dark": theme("dark"),
        "view.theme_light": theme("light"),
        "view.full_screen": window.toggle_full_screen,
    }


def _run_handlers(window: MainWindow) -> dict[str, Handler]:
    return {"profile.analyze": window.analyze, "profile.export": window.files.export_profile}


def _help_handlers(window: MainWindow) -> dict[str, Handler]:
    overlays = window.overlays
    return {"help.commands": overlays.commands, "help.keys": overlays.keys, "help.about": overlays.about}


def _on_canvas(window: MainWindow, act: Callable[[CanvasView], object]) -> Handler:
    def run() -> None:
        canvas = window.canvas
        if canvas is not None:
            act(canvas)

    return run


def _ask_for_folder(window: MainWindow) -> None:
    page = window.start_page
    active = window.session.active
    recent = next((entry.path.parent for entry in window.session.recents.entries()), None)
    known = page.folder or (active.path.parent if active is not None and active.path is not None else recent)

    def show(folder: Path) -> None:
        page.show_folder(folder)
        window.session.activate(None)

    ask_for_folder(window, known, show)


def _rename(canvas: CanvasView) -> None:
    chosen = canvas.document.selection.nodes
    if len(chosen) == 1:
        canvas.typing.rename_node(next(iter(chosen)))


def _paste(window: MainWindow, canvas: CanvasView) -> None:
    if not canvas.edit.paste():
        window.toast.show_message("The clipboard holds no nodes to paste")
