"""The words casare knows as its first argument, without importing what they do."""

from __future__ import annotations

import os
from typing import Final

COMMANDS: Final[dict[str, str]] = {
    "preview": "Show what a workflow holds, without opening it",
    "validate": "Check a workflow and list its problems",
    "profile": "Grade a workflow: critical path, bottlenecks, what to change",
    "run": "Run a workflow to its end, without a window",
    "serve": "Wait for the triggers of workflows and run what they begin",
    "convert": "Write a workflow in another format (.json, .json.gz, .json.zst)",
    "render": "Draw a workflow into a PNG or SVG file",
    "nodes": "List the node types",
    "generate": "Write a synthetic workflow for tests and benchmarks",
    "schema": "Print the JSON schema of a command's --json output",
}
"""Each command with the line that explains it."""

SUFFIXES: Final = (".json", ".json.gz", ".json.zst", ".gz", ".zst")


def is_file_word(word: str) -> bool:
    """Tell whether a first word means a file: it exists, or it is called like a workflow, or it is a path."""
    return word.lower().endswith(SUFFIXES) or os.sep in word or os.path.exists(word)  # noqa: PTH110


def nearest(word: str) -> str | None:
    """Return the command that is spelled most like `word`, or None when none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), COMMANDS, n=1, cutoff=0.5)
    if found:
        return found[0]
    return next((command for command in COMMANDS if command.startswith(word.lower())), None)
