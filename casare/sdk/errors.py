"""The error a node raises when it fails for a reason the person who runs the workflow can understand."""

from __future__ import annotations

from casare.foundation.errors import CasareError


class NodeError(CasareError):
    """Fail the running node: `what` happened, and how to `mend` it. The engine adds where.

    Any other exception fails the node as well, but is shown with its Python name and counts as a defect of the node.
    """
