"""Fail a test that leaves a thread, an active timer, a waiting single shot or a window behind, and say where it began.

What a test leaves behind fires into the next test, which then fails for no reason of its own. The guard is set up
before every other fixture and looks after they have all been torn down; pytest-qt has closed what `qtbot` was given by
then. Things made by Qt itself (a tool tip, a completer's pop-up) are not counted.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from leak_watch import Leak, QtWatch, ThreadWatch

_failed = pytest.StashKey[bool]()
_threads = ThreadWatch()
_qt = QtWatch()


def pytest_configure() -> None:
    """Start to record where threads, timers and windows come from."""
    _threads.install()
    _qt.install()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test itself failed: then its traceback keeps its widgets alive, which is no leak."""
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def _leak_guard(request: pytest.FixtureRequest) -> Iterator[None]:
    _threads.begin()
    _qt.begin()
    yield
    failed = request.node.stash.get(_failed, False)
    found = _threads.left_behind() + _qt.left_behind()
    if found and not failed:
        # A cycle that nobody holds is not a leak; it is only collected later than it could be.
        gc.collect()
        found = _threads.left_behind() + _qt.left_behind()
    _qt.clean_up()
    if found and not failed:
        pytest.fail(_message(found), pytrace=False)


def _message(leaks: list[Leak]) -> str:
    lines = [f"the test left {len(leaks)} thing{'s' if len(leaks) > 1 else ''} behind:"]
    for leak in leaks:
        lines.append(f"  {leak.what}")
        lines.extend(f"    {place}" for place in leak.places)
    return "\n".join(lines)
