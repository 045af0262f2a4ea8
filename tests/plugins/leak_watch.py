"""Record where threads, timers, single shots and windows are started, and find those that are still there."""

from __future__ import annotations

import sys
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import shiboken6
from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_QT_OWN_WINDOWS = ("QTipLabel", "QComboBoxPrivateContainer", "QRollEffect", "QAlphaWidget", "QDesktopWidget")
_JOIN_S = 1.0
_DEPTH = 6
_HERE = __file__
_OUTSIDE = ("/site-packages/", "/lib/python", "<frozen")

Place = tuple[str, int, str]


class Leak(NamedTuple):
    """One thing left behind, and the places in our code that led to it, innermost first."""

    what: str
    places: list[str]


def places_of_call(frame: FrameType | None) -> list[Place]:
    """Return the innermost callers outside of libraries, as (file, line, function)."""
    found: list[Place] = []
    while frame is not None and len(found) < _DEPTH:
        file = frame.f_code.co_filename
        if file != _HERE and not any(part in file for part in _OUTSIDE):
            found.append((file, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return found


def told(places: list[Place], verb: str) -> list[str]:
    """Return the places as lines for a person."""
    if not places:
        return [f"{verb} by a library; nothing of ours was on the stack"]
    first, *others = [f"{_short(file)}:{line} in {name}" for file, line, name in places]
    return [f"{verb} at {first}", *(f"called from {other}" for other in others)]


def _short(file: str) -> str:
    path = Path(file)
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return file


class ThreadWatch:
    """Python threads, by `threading.Thread.start`."""

    def __init__(self) -> None:
        self._before: set[threading.Thread] = set()
        self._started: weakref.WeakKeyDictionary[threading.Thread, list[Place]] = weakref.WeakKeyDictionary()

    def install(self) -> None:
        """Wrap `Thread.start` for the rest of the process."""
        original = threading.Thread.start
        started = self._started

        def start(thread: threading.Thread) -> None:
            started[thread] = places_of_call(sys._getframe(1))
            original(thread)

        threading.Thread.start = start  # type: ignore[method-assign]

    def begin(self) -> None:
        """Take what runs now for granted."""
        self._before = set(threading.enumerate())

    def left_behind(self) -> list[Leak]:
        """Return the threads that run on although they had a moment to end."""
        leaks = []
        for thread in threading.enumerate():
            # A dummy stands for a thread that Qt made; a pool keeps those for later, as it should.
            if thread in self._before or isinstance(thread, threading._DummyThread):
                continue
            thread.join(_JOIN_S)
            if thread.is_alive():
                leaks.append(Leak(f"thread {thread.name!r}", told(self._started.get(thread, []), "started")))
        return leaks


class _Recorded(NamedTuple):
    thing: weakref.ref[Any]
    places: list[Place]


class _Shot(NamedTuple):
    due: float
    owner: weakref.ref[Any] | None
    places: list[Place]


class QtWatch:
    """Qt timers, QThreads and top-level windows made from Python."""

    def __init__(self) -> None:
        self._windows_before: set[int] = set()
        self._made: dict[int, list[Place]] = {}
        self._active: dict[int, _Recorded] = {}
        self._shots: list[_Shot] = []

    def install(self) -> None:
        """Wrap the constructors and starters for the rest of the process."""
        # PySide makes its classes when they are first named, so vars() would show only those in use so far.
        for cls in (getattr(QtWidgets, name) for name in dir(QtWidgets)):
            if isinstance(cls, type) and issubclass(cls, QWidget) and "__init__" in vars(cls):
                self._watch_constructor(cls)
        for cls, method in ((QTimer, "start"), (QThread, "start")):
            self._watch_start(cls, method)
        self._watch_single_shot()

    def begin(self) -> None:
        """Take what is there now for granted."""
        self._made.clear()
        self._active.clear()
        self._shots.clear()
        self._windows_before = {id(window) for window in _windows()}

    def left_behind(self) -> list[Leak]:
        """Return what is still there after Qt has deleted what it was asked to delete."""
        if QCoreApplication.instance() is None:
            return []
        _delete_later_now()
        return [*self._running(), *self._waiting(), *self._open_windows()]

    def clean_up(self) -> None:
        """Take away what was left, so that only the guilty test fails."""
        for recorded in self._active.values():
            thing = recorded.thing()
            if isinstance(thing, QTimer) and shiboken6.isValid(thing):
                thing.stop()
        left = [window for window in _windows() if id(window) not in self._windows_before]
        for window in left:
            window.hide()
            window.deleteLater()
        if left:
            _delete_later_now()
        self._made.clear()
        self._active.clear()

    def _watch_constructor(self, cls: type) -> None:
        original = cls.__init__
        made = self._made

        def construct(widget: QWidget, *args: Any, **kwargs: Any) -> None:
            # The outermost constructor is reached first; what it was called from is what a person looks for.
            made[id(widget)] = places_of_call(sys._getframe(1))
            original(widget, *args, **kwargs)

        cls.__init__ = construct  # type: ignore[misc]

    def _watch_start(self, cls: type[QObject], method: str) -> None:
        original: Callable[..., Any] = getattr(cls, method)
        active = self._active

        def start(thing: QObject, *args: Any, **kwargs: Any) -> Any:
            active[id(thing)] = _Recorded(weakref.ref(thing), places_of_call(sys._getframe(1)))
            return original(thing, *args, **kwargs)

        setattr(cls, method, start)

    def _watch_single_shot(self) -> None:
        original: Callable[..., Any] = QTimer.singleShot
        shots = self._shots

        def single_shot(ms: int, *args: Any) -> Any:
            owner = getattr(args[-1], "__self__", None) or (args[0] if isinstance(args[0], QObject) else None)
            held = weakref.ref(owner) if isinstance(owner, QObject) else None
            shots.append(_Shot(time.monotonic() + ms / 1000, held, places_of_call(sys._getframe(1))))
            return original(ms, *args)

        QTimer.singleShot = staticmethod(single_shot)  # type: ignore[method-assign]

    def _running(self) -> list[Leak]:
        leaks = []
        for recorded in self._active.values():
            thing = recorded.thing()
            if thing is None or not shiboken6.isValid(thing):
                continue
            if isinstance(thing, QTimer) and thing.isActive():
                kind = "single-shot timer" if thing.isSingleShot() else "timer"
                leaks.append(
                    Leak(f"active {kind} of {thing.interval()} ms{_named(thing)}", told(recorded.places, "started"))
                )
            elif isinstance(thing, QThread) and not thing.wait(int(_JOIN_S * 1000)):
                leaks.append(Leak(f"QThread{_named(thing)}", told(recorded.places, "started")))
        return leaks

    def _waiting(self) -> list[Leak]:
        now = time.monotonic()
        leaks = []
        for shot in self._shots:
            owner = shot.owner() if shot.owner is not None else None
            dead = shot.owner is not None and (owner is None or not shiboken6.isValid(owner))
            if shot.due > now and not dead:
                left = f"{(shot.due - now) * 1000:.0f} ms"
                leaks.append(Leak(f"QTimer.singleShot that fires in {left}", told(shot.places, "started")))
        return leaks

    def _open_windows(self) -> list[Leak]:
        leaks = []
        for window in _windows():
            if id(window) in self._windows_before:
                continue
            title = f" {window.windowTitle()!r}" if window.windowTitle() else ""
            state = "visible" if window.isVisible() else "hidden"
            leaks.append(
                Leak(
                    f"{state} window {type(window).__name__}{title}{_named(window)}",
                    told(self._made.get(id(window), []), "made"),
                )
            )
        return leaks


def _named(thing: QObject) -> str:
    return f" named {thing.objectName()!r}" if thing.objectName() else ""


def _windows() -> list[QWidget]:
    if not isinstance(QCoreApplication.instance(), QApplication):
        return []
    return [
        window
        for window in QApplication.topLevelWidgets()
        # A window with a parent goes when its parent goes, and only the parent is worth naming.
        if window.parent() is None and window.metaObject().className() not in _QT_OWN_WINDOWS
    ]


def _delete_later_now() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # type: ignore[arg-type]
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # type: ignore[arg-type]
