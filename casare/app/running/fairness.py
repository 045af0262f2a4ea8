"""Keep the window fluid while a run computes: shorter turns of the interpreter while any run is under way."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

TURN_S: Final = 0.0001
"""How long a thread may hold the interpreter when another wants it. One frame asks for it dozens of times: at the usual
5 ms each the window would stand still. While nobody else wants the interpreter it costs a run nothing."""

_lock = threading.Lock()
_under_way = 0
_before = 0.0


@contextmanager
def fair_turns() -> Iterator[None]:
    """Hold the short turns for as long as the block runs; nested and parallel uses share them."""
    global _under_way, _before
    with _lock:
        _under_way += 1
        if _under_way == 1:
            _before = sys.getswitchinterval()
            sys.setswitchinterval(min(TURN_S, _before))
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if _under_way == 0:
                sys.setswitchinterval(_before)
