"""A signal for Qt-free code: listeners are called directly, in the order they connected."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Generic, ParamSpec

P = ParamSpec("P")


class Signal(Generic[P]):
    """Call every connected listener when emitted.

    A bound method is held weakly, so that a closed panel is not kept alive by the document it watched; a plain function
    or a lambda is held strongly until disconnected. Emission is direct: no queue, no thread, no timer. A listener that
    connects or disconnects during an emission takes effect with the next one. An error in a listener is raised to the
    emitter after every other listener has been called, so that one broken panel cannot starve the rest.
    """

    __slots__ = ("__weakref__", "_listeners")

    def __init__(self) -> None:
        self._listeners: list[Callable[[], Callable[P, Any] | None]] = []

    def connect(self, listener: Callable[P, Any]) -> Callable[P, Any]:
        """Add `listener` and return it, so that it can be used as a decorator and handed to `disconnect`."""
        if hasattr(listener, "__self__") and hasattr(listener, "__func__"):
            self._listeners.append(weakref.WeakMethod(listener))
        else:
            self._listeners.append(lambda: listener)
        return listener

    def disconnect(self, listener: Callable[P, Any]) -> None:
        """Remove `listener`; do nothing when it is not connected."""
        self._listeners = [held for held in self._listeners if held() not in (None, listener)]

    def emit(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call the listeners with these arguments.

        Raises the first error a listener raised, after all have been called.
        """
        first_error: Exception | None = None
        dead = False
        for held in tuple(self._listeners):
            listener = held()
            if listener is None:
                dead = True
                continue
            try:
                listener(*args, **kwargs)
            except Exception as error:
                first_error = first_error or error
        if dead:
            self._listeners = [held for held in self._listeners if held() is not None]
        if first_error is not None:
            raise first_error

    def __len__(self) -> int:
        return sum(held() is not None for held in self._listeners)
