"""The way from working threads back to the window, and what is kept true in the background.

Lives here: the inbox that carries values over to the UI thread, one wake-up for a batch; errands, which are short works
with an answer; the call that is made once after a burst; the search that follows a document. Does not live here: the
threads and the work themselves, which are Qt-free and belong to `app`.
"""

from casare.ui.background.errands import Errands
from casare.ui.background.inbox import Inbox
from casare.ui.background.once_per_turn import OncePerTurn

__all__ = ["Errands", "Inbox", "OncePerTurn"]
