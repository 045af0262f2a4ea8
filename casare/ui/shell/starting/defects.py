"""What happens to an error nobody caught: it is logged and told, and the window goes on."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from casare.app.log_book import Level, LogBook
from casare.foundation.errors import CasareError

Told = Callable[[str, str], object]
"""Gets what happened in one line, and the details to copy."""


class DefectHook:
    """Stand in for `sys.excepthook` while installed. Ctrl+C still ends the process."""

    def __init__(self, book: LogBook, tell: Told) -> None:
        self._book = book
        self._tell = tell
        self._before = sys.excepthook

    def install(self) -> None:
        """Catch from now on."""
        self._before = sys.excepthook
        sys.excepthook = self.handle

    def remove(self) -> None:
        """Put the hook that was there before back."""
        if sys.excepthook == self.handle:
            sys.excepthook = self._before

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an error with its traceback and tell about it once."""
        if not issubclass(kind, Exception):
            self._before(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        self._book.add(Level.ERROR, "casare", f"{kind.__name__}: {error}", details)
        if isinstance(error, CasareError):
            # Nothing is broken: an act met something it cannot do, such as an edit of what is frozen.
            self._tell(" ".join(part for part in (error.what, error.mend) if part), details)
            return
        self._tell(f"Something went wrong inside casare ({kind.__name__}). Your work is still open: save it.", details)
