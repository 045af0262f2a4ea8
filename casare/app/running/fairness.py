"""Keep the window fluid while a thread computes: shorter turns of the interpreter, and rarer full garbage collections.

For runs, and for whatever else is worked out beside the window: analyses, checks, searches.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

TURN_S: Final = 0.0001
"""How long a thread may hold the interpreter when another wants it. One frame asks for it dozens of times: at the usual
5 ms each the window would stand still. While nobody else wants the interpreter it costs a run nothing."""
FULL_AFTER: Final = 2000
"""How many collections of the middle generation come before a full one meanwhile. A full one goes through all that an
open workflow of 10,000 nodes and its run are made of, for a third of a second in which every thread stands still; not
having any would let a run of hours keep its cyclic garbage."""

_lock = threading.Lock()
_under_way = 0
_before = 0.0
_thresholds = (700, 10, 10)


@contextmanager
def fair_turns() -> Iterator[None]:
    """Hold both for as long as the block runs; nested and parallel uses share them."""
    global _under_way, _before, _thresholds
    with _lock:
        _under_way += 1
        if _under_way == 1:
            _before = sys.getswitchinterval()
            sys.setswitchinterval(min(TURN_S, _before))
            _thresholds = gc.get_threshold()
            gc.set_threshold(*_thresholds[:2], max(FULL_AFTER, _thresholds[2]))
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if _under_way == 0:
                sys.setswitchinterval(_before)
                # There and back, which begins the count anew: else a full collection would be due at this very moment.
                gc.freeze()
                gc.unfreeze()
                gc.set_threshold(*_thresholds)
