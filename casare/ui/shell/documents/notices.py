"""Banners about what went wrong, over what they are about; nothing stops because of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from casare.foundation.errors import CasareError
from casare.ui.widgets.banner import Banner, BannerKind

if TYPE_CHECKING:
    from casare.app.documents.document import Document

_MOST = 3


class Act(NamedTuple):
    """A button of a banner; pressing it also closes the banner unless `stays`."""

    title: str
    act: Callable[[], object]
    stays: bool = False


class Notices(QWidget):
    """Hold up to three banners, the newest on top; the same message is shown once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._shown: list[tuple[str, Banner]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def banners(self) -> list[Banner]:
        """The banners on show, newest first."""
        return [banner for _, banner in self._shown]

    @property
    def texts(self) -> list[str]:
        """What the banners say, newest first."""
        return [text for text, _ in self._shown]

    def show_error(self, error: CasareError, *acts: Act) -> Banner:
        """Say what happened, where, and how to mend it."""
        return self.show_message(error_text(error), "error", *acts)

    def show_message(self, text: str, kind: BannerKind, *acts: Act) -> Banner:
        """Show a message with buttons."""
        for shown, banner in list(self._shown):
            if shown == text:
                self._drop(banner)
        banner = Banner(text, kind)
        for one in acts:
            banner.add_action(one.title, partial(self._answer, banner, one))
        banner.closed.connect(lambda: self._drop(banner))
        self._column.insertWidget(0, banner)
        self._shown.insert(0, (text, banner))
        for _, oldest in self._shown[_MOST:]:
            self._drop(oldest)
        self.show()
        return banner

    def clear(self) -> None:
        """Take all banners away."""
        for banner in self.banners:
            self._drop(banner)

    def _answer(self, banner: Banner, one: Act) -> None:
        if not one.stays:
            self._drop(banner)
        one.act()

    def _drop(self, banner: Banner) -> None:
        self._shown = [(text, shown) for text, shown in self._shown if shown is not banner]
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self.setVisible(bool(self._shown))


NoticesOf = Callable[["Document | None"], Notices]
"""Finds the banners of a document, or those of the window for None."""


def error_text(error: CasareError) -> str:
    """Return an error as a banner says it: one line for what and where, one for how to mend it."""
    return f"{log_line(error)}\n{error.mend}" if error.mend else log_line(error)


def log_line(error: CasareError) -> str:
    """Return an error as the log says it: what and where in one line."""
    what = error.what[:1].upper() + error.what[1:]
    return f"{what.rstrip('.')}: {error.where}" if error.where else what


def copy_act(title: str, text: str) -> Act:
    """Return a button that puts a text on the clipboard and leaves the banner on show."""
    return Act(title, lambda: QGuiApplication.clipboard().setText(text), stays=True)
