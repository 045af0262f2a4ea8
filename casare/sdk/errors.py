"""The error a node raises when it fails for a reason the person who runs the workflow can understand."""

from __future__ import annotations

from casare.foundation.errors import CasareError


class NodeError(CasareError):
    """Fail the running node: `what` happened, and how to `mend` it. The engine adds where.

    Any other exception fails the node just as well, and its message is shown the same way, so a ValueError or a
    FileNotFoundError that says what is wrong is as good. Use NodeError where there is something to say on how to mend
    it, or where no built-in exception fits. A Catch chooses by the name of the exception's type: raise the built-in one
    that people expect to find there. The coercions of this package raise TypeError and ValueError.
    """
