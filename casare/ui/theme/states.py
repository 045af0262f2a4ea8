"""How the states of a run look, wherever one is shown: a colour, an icon and a word each, never a colour alone."""

from __future__ import annotations

from typing import Final, NamedTuple


class StateLook(NamedTuple):
    """The token of the colour, the icon, and what to call it."""

    token: str
    icon: str
    word: str


_UNKNOWN: Final = StateLook("text_muted", "circle", "Unknown")

STATES: Final[dict[str, StateLook]] = {
    "pending": StateLook("text_muted", "clock", "Waiting"),
    "running": StateLook("running", "loader-circle", "Running"),
    "paused": StateLook("accent", "pause", "Paused here"),
    "completed": StateLook("ok", "circle-check", "Completed"),
    "failed": StateLook("error", "circle-x", "Failed"),
    "skipped": StateLook("stale", "skip-forward", "Skipped"),
    "bypassed": StateLook("stale", "circle-slash", "Not on the way taken"),
    "cached": StateLook("accent", "archive", "Reused"),
    "cancelled": StateLook("stale", "ban", "Stopped"),
    "degraded": StateLook("warning", "triangle-alert", "Completed with failures"),
}
"""By the name of the status, of a node as of a run."""


def state_look(status: str) -> StateLook:
    """Return how a status looks."""
    return STATES.get(status, _UNKNOWN)
