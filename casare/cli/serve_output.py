"""What `casare serve --json` prints: one line for each thing that happens."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from casare.app.serving import News
from casare.cli.outputs import Output


class ServeOutput(Output):
    """One thing that happened."""

    at: float = Field(description="When, in seconds since 1970.")
    kind: Literal["listening", "began", "ended", "refused", "broke", "log"]
    workflow: str
    trigger: str = Field(description="The id of the trigger's node; empty for what is about none.")
    message: str = ""
    level: str = "info"
    run_id: str = ""
    status: str = Field("", description="How the run ended: completed, degraded, failed or cancelled.")
    elapsed_ms: float = 0.0

    @classmethod
    def from_news(cls, news: News, at: float) -> ServeOutput:
        """Return what happened in the form of the contract."""
        told = news._replace(elapsed_ms=round(news.elapsed_ms, 3))
        return cls(at=round(at, 3), **told._asdict())
