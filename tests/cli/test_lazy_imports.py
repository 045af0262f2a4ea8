"""What a command does not import: start-up stays short, and headless work needs no Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from casare.foundation.resources import samples

HEAVY = ["PySide6", "networkx", "numpy", "pydantic", "typer", "rich", "orjson", "pyqtgraph"]
SAMPLE = str(samples() / "orders-daily.json")


def modules_after(words: list[str], home: Path) -> tuple[int, set[str]]:
    """Run casare in a fresh process; return its exit code and the top-level modules it has imported."""
    script = (
        "import json, sys\n"
        "from casare.cli.entry import main\n"
        f"code = main({words!r})\n"
        "print('\\n@' + json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]))\n"
    )
    environ = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environ | {"CASARE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, names = json.loads(done.stdout.rpartition("@")[2])
    return code, set(names)


def test_the_version_is_told_without_importing_anything_heavy(tmp_path: Path) -> None:
    code, names = modules_after(["--version"], tmp_path)
    assert code == 0
    assert names.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "words",
    [
        ["preview", SAMPLE],
        ["preview", SAMPLE, "--json"],
        ["validate", SAMPLE],
        ["profile", SAMPLE],
        ["profile", SAMPLE, "--json"],
        ["profile", SAMPLE, "--scoring", "nodetool"],
        ["nodes"],
        ["generate", "20", "-o", "OUT.json"],
        ["convert", SAMPLE, "OUT.json.zst"],
    ],
    ids=lambda words: " ".join(Path(word).name for word in words),
)
def test_headless_commands_never_import_qt(words: list[str], tmp_path: Path) -> None:
    words = [str(tmp_path / word) if word.startswith("OUT") else word for word in words]
    code, names = modules_after(words, tmp_path / "home")
    assert code == 0
    assert "PySide6" not in names
    assert "pyqtgraph" not in names
    assert "numpy" not in names
