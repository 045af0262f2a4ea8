"""Where the files that ship beside the code are: icons, fonts, templates, samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def _shipped(name: str) -> Path:
    # A wheel carries the folder inside the package; a checkout has it beside the package.
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resource(path: str) -> Path:
    """Return the path of a file or folder below `resources/`; it need not exist."""
    return _shipped("resources") / path


def samples() -> Path:
    """Return the folder of the sample workflows that ship with casare."""
    return _shipped("workflows_samples")
