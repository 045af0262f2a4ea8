"""The environments of the other editors: made once under `out/peers`, from the package index pip is set up for."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).resolve().parent
FOLDER: Final = HERE.parent.parent / "out" / "peers"


class Peer(NamedTuple):
    """Another editor or engine: what it is called, what to install, and which script drives it."""

    name: str
    packages: tuple[str, ...]
    script: str


PEERS: Final = (
    # It needs distutils, which setuptools brings back, and PySide6 6.12 aborts on CPython 3.11.
    Peer(
        "NodeGraphQt 0.6.44",
        ("NodeGraphQt==0.6.44", "PySide6-Essentials>=6.9,<6.12", "setuptools"),
        "nodegraphqt_editor.py",
    ),
    Peer("orange-canvas-core 0.2.9", ("orange-canvas-core==0.2.9", "PyQt6", "setuptools"), "orange_editor.py"),
)


ENGINES: Final = (
    Peer("PocketFlow 0.0.3", ("pocketflow==0.0.3",), "pocketflow_engine.py"),
    Peer("LangGraph", ("langgraph",), "langgraph_engine.py"),
    Peer("Hamilton", ("sf-hamilton",), "hamilton_engine.py"),
    Peer("Dask, local scheduler", ("dask",), "dask_engine.py"),
)
"""Those that run graphs of plain functions; their scripts take sizes in place of a file."""


def interpreter(peer: Peer) -> Path:
    """Return the Python of an editor's environment, which may not exist yet."""
    folder = FOLDER / peer.script.partition("_")[0]
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def ready(peer: Peer) -> bool:
    """Tell whether an editor's environment is complete."""
    return _stamp(peer).exists()


def make(peer: Peer) -> None:
    """Make an editor's environment anew. Raises CalledProcessError when a package cannot be installed."""
    python = interpreter(peer)
    venv.create(python.parent.parent, with_pip=True, clear=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *peer.packages]
    subprocess.run(command, check=True)
    _stamp(peer).write_text("\n".join(peer.packages), encoding="utf-8")


def _stamp(peer: Peer) -> Path:
    return interpreter(peer).parent.parent / "complete"


def run(python: Path, script: str, graph: Path | str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run an editor's script on a graph, without a screen; its figures are on the last line it prints."""
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CASARE_HOME": str(home), "QT_LOGGING_RULES": "*=false"}
    return subprocess.run(
        [str(python), str(HERE / script), str(graph)],
        env=environ,
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
