"""Hold the garbage collector off while thousands of values are made, none of which is garbage, and afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MANY: Final = 5000
"""New values that take about a millisecond to look through.

Fewer are left to the collector: to let values age puts the next full collection off, and the cycles it would free."""


@contextmanager
def without_collection() -> Iterator[None]:
    """Run a block without cyclic collection; it is on again afterwards if it was on before.

    Collecting during a load of 10,000 nodes takes a tenth of it, and frees nothing. When two threads are inside at once
    the one that found the collector on switches it on again, so it never stays off.

    Of very many new values those that are left become old ones at the end. Else the next value that anybody makes, most
    likely the window, would wait until all of them have been looked through: 40 ms after an analysis of 10,000 nodes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > MANY:
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def spare_the_young() -> None:
    """Let the collector take what was made so far as looked through; for after work that makes much and no garbage.

    Else the next few containers anybody makes, on whatever thread, set off a search through all of it: 10 ms after an
    analysis of 10,000 nodes, and 200 ms for a full one, with all threads standing still. What is a cycle among it is
    found by a later full collection.
    """
    gc.freeze()
    gc.unfreeze()
