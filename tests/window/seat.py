"""Where an act sits: a running program with its files, a hand on its screen, and an eye on what comes of it."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import orjson

from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.model import Graph, WireKey
from casare.storage import load, save
from tests.window.hand import Hand, Place
from tests.window.screen import Screen

ROOT: Final = Path(__file__).parents[2]
_PATIENCE_S: Final = 6.0
_START_S: Final = 30.0
_POLL_S: Final = 0.03
_MOST_UNDOS: Final = 60
_MOST_SAID: Final = 600

State = dict[str, Any]


class Failed(AssertionError):  # noqa: N818 - an act has failed, as a test fails
    """An act did not do what it should have."""


class Seat:
    """One program in its own home folder, and everything an act needs. Ends the program when closed."""

    def __init__(self, screen: Screen, folder: Path, catalog: Catalog, pictures: Path, theme: str = "dark") -> None:
        self.screen = screen
        self.folder = folder
        self.pictures = pictures
        self.home = folder / "home"
        self.hand = Hand(screen)
        self.file = folder / "work.json"
        self._catalog = catalog
        self._others: list[Seat] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self.set_settings(theme=theme, restore_tabs=False)

    def set_settings(self, **values: object) -> None:
        """Write preferences into the home folder; the next start reads them."""
        config = self.home / "config"
        config.mkdir(parents=True, exist_ok=True)
        file = config / "settings.json"
        known = orjson.loads(file.read_bytes()) if file.exists() else {}
        file.write_bytes(orjson.dumps(known | values))

    def put(self, graph: Graph | str, file: Path | None = None) -> Path:
        """Write a workflow to a file, `work.json` when None: a graph, or the sample of this name."""
        at = file or self.file
        at.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(graph, str):
            shutil.copy(samples() / graph, at)
        else:
            save(graph, at, catalog=self._catalog)
        return at

    def beside(self, name: str) -> Seat:
        """Return a seat at another program on the same screen, with the same home folder, for a file of this name."""
        other = Seat(self.screen, self.folder, self._catalog, self.pictures)
        other.file = self.folder / name
        self._others.append(other)
        return other

    def start(
        self, *files: Path, env: dict[str, str] | None = None, shown: Callable[[State], bool] | None = None
    ) -> None:
        """Start the program on these files and wait until `shown` holds: until the file in front is open."""
        ours, theirs = socket.socketpair()
        self._socket = ours
        ours.settimeout(_START_S)
        log = (self.folder / "program.log").open("ab")
        with theirs, log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.window.program", str(theirs.fileno()), *map(str, files)],
                env={**self.screen.env, "CASARE_HOME": str(self.home), "PYTHONPATH": str(ROOT), **(env or {})},
                cwd=ROOT,
                pass_fds=(theirs.fileno(),),
                stdout=log,
                stderr=log,
            )
        wanted = shown or ((lambda state: "zoom" in state) if files else (lambda state: True))
        self.until(wanted, "the window to be there", patience=_START_S)
        self.come_to_front()

    def quit(self, *, timeout: float = 10) -> int:
        """Wait until the program has ended by itself and return its exit code."""
        assert self._process is not None
        code = self._process.wait(timeout)
        self._forget()
        return code

    def kill(self) -> None:
        """Kill the program as a crash or the system would: it has no time for a word."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._forget()

    def close(self) -> None:
        """End the program, if it still runs, and those beside it."""
        for other in self._others:
            other.kill()
        self.kill()

    def ask(self, question: str, /, **words: object) -> Any:
        """Ask the eye. Raises Failed when it has no answer."""
        assert self._socket is not None
        self._socket.sendall(orjson.dumps([question, words]) + b"\n")
        data = b""
        while not data.endswith(b"\n"):
            part = self._socket.recv(1 << 16)
            if not part:
                raise Failed("the program has ended")
            data += part
        told = orjson.loads(data)
        if "error" in told:
            raise Failed(told["error"])
        return told["answer"]

    @property
    def state(self) -> State:
        """What is to be seen now."""
        return self.ask("state")

    def port(self, node: str, port: str, *, output: bool = False) -> Place:
        """Return where a port is."""
        return self.ask("port", node=node, port=port, output=output)

    def node(self, node: str, **words: float) -> Place:
        """Return where the title of a card is, or another place on it."""
        return self.ask("node", node=node, **words)

    def place(self, x: float, y: float) -> Place:
        """Return where a place of the canvas is."""
        return self.ask("place", x=x, y=y)

    def wire(self, *key: str) -> Place:
        """Return where a wire can be pressed."""
        return self.ask("wire", key=key)

    def widget(self, name: str, **words: float) -> Place:
        """Return where a widget is, by its name or its label."""
        return self.find(lambda: self.ask("widget", name=name, **words))

    def find(self, ask: Callable[[], Any]) -> Any:
        """Ask until there is an answer."""
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return ask()
            except Failed:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_POLL_S)

    def until(self, holds: Callable[[State], object], what: str, patience: float = _PATIENCE_S) -> State:
        """Look until something holds and return what was seen. Raises Failed, saying what was waited for."""
        deadline = time.monotonic() + patience
        while True:
            try:
                state = self.state
            except Failed as failed:
                if "StopIteration" not in str(failed) and "has ended" in str(failed):
                    raise
                state = {}
            if state and holds(state):
                return state
            if time.monotonic() > deadline:
                keys = ("undo", "nodes", "sheet", "focus", "toast", "hint", "dialog", "popup")
                raise Failed(f"waited for {what}; " + ", ".join(f"{key}={state.get(key)!r}" for key in keys))
            time.sleep(_POLL_S)

    def until_text(self, part: str) -> None:
        """Look until a text in sight holds `part`. Raises Failed."""
        self.until(lambda _: any(part in text for text in self.ask("texts")), f"the words “{part}”")

    def until_true(self, holds: Callable[[], object], what: str, patience: float = _PATIENCE_S) -> None:
        """Look until something outside the window holds. Raises Failed."""
        deadline = time.monotonic() + patience
        while not holds():
            if time.monotonic() > deadline:
                raise Failed(f"waited for {what}")
            time.sleep(_POLL_S)

    def saved(self, file: Path | None = None) -> Graph:
        """Save with Ctrl+S and return what the file holds then."""
        self.hand.key("ctrl+s")
        self.until(lambda state: not state["modified"], "the save")
        return self.read(file)

    def read(self, file: Path | None = None) -> Graph:
        """Return what a file holds now."""
        return load(file or self.file, self._catalog).graph

    def did(self, label: str) -> State:
        """Wait until the last edit is called so (its beginning is enough)."""
        return self.until(lambda state: (state["undo"] or "").startswith(label), f"the edit “{label}”")

    def selected(self, *nodes: str) -> State:
        """Wait until just these nodes are selected."""
        return self.until(lambda state: state["nodes"] == sorted(nodes), f"{nodes} to be selected")

    def select(self, *nodes: str) -> None:
        """Select nodes by clicking them, the others with Shift."""
        for number, node in enumerate(nodes):
            self.hand.click(self.node(node), held=("shift",) if number else ())
        self.selected(*nodes)

    def select_wire(self, *key: str) -> None:
        """Select a wire by clicking it."""
        self.hand.click(self.wire(*key))
        self.until(lambda state: state["wires"] == [list(key)], f"the wire {key} to be selected")

    def run(self, title: str) -> None:
        """Run a command from the palette."""
        self.hand.key("ctrl+shift+p")
        self.until(lambda state: state["sheet"] == "CommandPalette", "the command palette")
        self.hand.type(title)
        self.hand.key("Return")
        self.until(lambda state: state["sheet"] != "CommandPalette", f"“{title}” to be chosen")

    def quick_add(self, words: str, *, enter: str = "Return") -> State:
        """Type into the open quick-add, take the first hit, and return what is seen then."""
        self.until(lambda state: state["sheet"] == "QuickAdd", "quick-add")
        self.hand.type(words)
        self.hand.key(enter)
        return self.until(lambda state: not state["sheet"] and len(state["nodes"]) == 1, "the new node")

    def answer_dialog(self, file: Path) -> None:
        """Give the open file dialog a path."""
        self.until(lambda state: state["dialog"] == "QFileDialog" and "LineEdit" in state["focus"], "the file dialog")
        self.hand.key("ctrl+a")
        self.hand.type(str(file))
        self.hand.key("Return")
        self.until(lambda state: not state["dialog"], "the file dialog to close")

    def complaints(self) -> str:
        """Return the end of what the program wrote to its standard error: of a sound one, nothing."""
        log = self.folder / "program.log"
        return log.read_text(errors="replace").strip()[-_MOST_SAID:] if log.exists() else ""

    def calm(self) -> None:
        """Leave whatever is open: popups, sheets, subgraphs, typing; then take every edit back and show everything."""
        for _ in range(8):
            state = self.state
            if not (state["sheet"] or state["popup"] or state["dialog"] or state.get("depth")):
                break
            self.hand.key("Escape")
            time.sleep(_POLL_S)
        self.focus_canvas()
        for _ in range(_MOST_UNDOS):
            state = self.state
            if not state["undo"]:
                break
            self.hand.key("ctrl+z")
            self.until(lambda now, before=state: now["edits"] < before["edits"], "undo")
        self.hand.key("Escape", "Escape", "Home")
        self.until(lambda state: not state["nodes"] and not state["depth"], "nothing to be selected")
        self.settle()

    def settle(self) -> None:
        """Wait until the view has come to rest after a key that moves it."""
        before: object = None
        while (now := self.state["seen"]) != before:
            before = now
            time.sleep(2 * _POLL_S)

    def focus_canvas(self) -> None:
        """Give the canvas the focus by a click where nothing is."""
        if self.state["focus"] != "CanvasView":
            x, y = self.widget("Workflow canvas", right=0.04, down=0.96)
            self.hand.click((x, y))
            self.until(lambda state: state["focus"] == "CanvasView", "the canvas to have the focus")

    def come_to_front(self) -> None:
        """Bring the window to the front, as a click on its bar does."""
        self.screen.xdotool("windowactivate", "--sync", self.ask("window"))
        self.until(lambda state: state["active"], "the window to be active")

    def _forget(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._process = self._socket = None


def wires(graph: Graph) -> set[WireKey]:
    """Return the keys of all wires."""
    return set(graph.connections)


def expect(holds: object, what: str) -> None:
    """Raise Failed with these words unless something holds."""
    if not holds:
        raise Failed(what)


def only(found: Iterable[str], what: str = "one new thing") -> str:
    """Return the only one. Raises Failed."""
    listed = list(found)
    expect(len(listed) == 1, f"{what}: {listed}")
    return listed[0]
