"""Keep what was made of a report: a thread makes ahead what the window's thread then only looks up. Qt-free."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Concatenate, Final, ParamSpec, TypeVar

from casare.profiling import Report

MOST_KEPT: Final = 8
"""Reports times ways to look at them; one report of 10,000 nodes is a few MB."""

Rest = ParamSpec("Rest")
Made = TypeVar("Made")


def remembered(work: Callable[Concatenate[Report, Rest], Made]) -> Callable[Concatenate[Report, Rest], Made]:
    """Return `work` with a memory: the same report, the very same object, is looked at once. Any thread may call it."""
    kept: OrderedDict[Hashable, tuple[Report, Made]] = OrderedDict()
    lock = threading.Lock()

    def look_up(report: Report, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Made:
        # The report is kept with what was made of it, so its number cannot come to mean another one.
        key = (id(report), args, tuple(sorted(kwargs.items())))
        with lock:
            held = kept.get(key)
        if held is not None:
            return held[1]
        made = work(report, *args, **kwargs)
        with lock:
            kept[key] = (report, made)
            while len(kept) > MOST_KEPT:
                kept.popitem(last=False)
        return made

    update_wrapper(look_up, work)
    return look_up
