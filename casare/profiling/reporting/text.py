"""Durations and sizes as a person reads them."""

from __future__ import annotations

import math


def duration_text(ms: float) -> str:
    """Return a duration given in ms as short text: `0.4 ms`, `412 ms`, `1.5 s`, `2 m 03 s`, `1 h 05 m`."""
    if not 0 <= ms < math.inf:
        return "–"
    # What rounds up to the next unit is shown in it, so that no text ever reads "1000 ms" or "60.0 s".
    if round(ms) < 1000:
        return _short_ms(ms)
    if round(ms / 1000, 1) < 60:
        return f"{ms / 1000:.1f} s"
    seconds = round(ms / 1000)
    minutes = round(seconds / 60)
    return f"{seconds // 60} m {seconds % 60:02d} s" if seconds < 3600 else f"{minutes // 60} h {minutes % 60:02d} m"


def _short_ms(ms: float) -> str:
    if 0 < ms < 0.01:
        return "< 0.01 ms"
    if ms < 1:
        return f"{ms:.2g} ms"
    return f"{ms:.1f} ms".replace(".0 ms", " ms") if round(ms, 1) < 10 else f"{round(ms)} ms"


def memory_text(mb: float) -> str:
    """Return a size given in MB (1 GB = 1024 MB) as short text: `0.5 MB`, `312 MB`, `1.2 GB`."""
    if not 0 <= mb < math.inf:
        return "–"
    if mb == 0:
        return "0 MB"
    if mb < 0.05:
        return "< 0.1 MB"
    if round(mb, 1) < 10:
        return f"{mb:.1f} MB".replace(".0 MB", " MB")
    if round(mb) < 1024:
        return f"{round(mb)} MB"
    return f"{mb / 1024:.1f} GB"
