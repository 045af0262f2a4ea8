"""The small marks a stylesheet shows by file (arrows, check marks), written once per colour to the cache folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from casare.foundation.folders import cache_folder
from casare.ui.theme.icons import icon_svg


@cache
def glyph_file(name: str, color: str, stroke: float = 2.0, inset: int = 0) -> Path:
    """Return an SVG file of an icon in `color`, lines `stroke` wide on a 24-unit square, `inset` units of air around.

    The name holds a digest of the content and the file appears in one rename, so several processes and versions
    share the folder safely. An unwritable cache folder gives way to one for this process alone.
    """
    edge = 24 + 2 * inset
    content = icon_svg(name, color, stroke).replace(b"0 0 24 24", f"{-inset} {-inset} {edge} {edge}".encode())
    file_name = f"{name}-{hashlib.sha256(content).hexdigest()[:16]}.svg"
    try:
        return _written(cache_folder() / "glyphs" / file_name, content)
    except OSError:
        return _written(_own_folder() / file_name, content)


@cache
def _own_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="casare-glyphs-"))


def _written(path: Path, content: bytes) -> Path:
    if path.is_file() and path.stat().st_size == len(content):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".glyph-", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)
    return path
