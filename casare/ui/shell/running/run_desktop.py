"""The window as running nodes know it: questions one after the other, messages, the clipboard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from casare.sdk import Question, Reply
from casare.ui.background import Inbox

if TYPE_CHECKING:
    from casare.ui.dialogs.question import QuestionSheet
    from casare.ui.shell.frame.main_window import MainWindow

Given = TypeVar("Given")


class WindowDesktop(QObject):
    """A `casare.sdk.Desktop`. What nodes ask on their threads is done on that of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._do)
        self._waiting: deque[tuple[Question, Future[Reply]]] = deque()
        self._sheet: QuestionSheet | None = None

    def ask(self, question: Question) -> Future[Reply]:
        """Ask the person; other questions wait until this one is answered."""
        future: Future[Reply] = Future()
        self._inbox.post(lambda: self._take(question, future))
        return future

    def tell(self, message: str) -> Future[None]:
        """Show a message that goes away by itself."""
        return self._done(lambda: self._window.toast.show_message(message))

    def copy(self, text: str) -> Future[None]:
        """Put a text on the clipboard; an empty one clears it."""
        board = QGuiApplication.clipboard
        return self._done(lambda: board().setText(text) if text else board().clear())

    def paste(self) -> Future[str]:
        """Return the text on the clipboard."""
        return self._done(lambda: QGuiApplication.clipboard().text())

    def close(self) -> None:
        """Ask nothing any more."""
        self._inbox.close()

    def _done(self, act: Callable[[], Given]) -> Future[Given]:
        future: Future[Given] = Future()

        def do() -> None:
            if future.set_running_or_notify_cancel():
                future.set_result(act())

        self._inbox.post(do)
        return future

    def _do(self, works: list[Callable[[], Any]]) -> None:
        for work in works:
            work()

    def _take(self, question: Question, future: Future[Reply]) -> None:
        self._waiting.append((question, future))
        # The run may be stopped meanwhile, which is told on its own thread.
        future.add_done_callback(lambda done: self._inbox.post(self._drop) if done.cancelled() else None)
        self._next()

    def _next(self) -> None:
        from casare.ui.dialogs.question import QuestionSheet

        while self._sheet is None and self._waiting:
            question, future = self._waiting[0]
            if future.cancelled():
                self._waiting.popleft()
                continue
            self._sheet = QuestionSheet(self._window, question)
            self._sheet.answered.connect(self._on_answered)
            self._sheet.open()

    def _on_answered(self, reply: Reply) -> None:
        self._sheet = None
        _, future = self._waiting.popleft()
        if future.set_running_or_notify_cancel():
            future.set_result(reply)
        self._next()

    def _drop(self) -> None:
        """Take the question away when nobody waits for its answer."""
        if self._sheet is not None and self._waiting[0][1].cancelled():
            sheet, self._sheet = self._sheet, None
            self._waiting.popleft()
            sheet.withdraw()
        self._next()
