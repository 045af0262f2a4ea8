"""Facts: what has happened, as frozen values named in the past tense.

They travel upwards through signals. Nothing here acts, and nothing here knows who listens.
"""

from casare.events.graph_changed import GraphChanged
from casare.events.run_facts import (
    LineLogged,
    NodeFinished,
    NodeProgressed,
    NodeRetried,
    NodeStarted,
    NodeStatus,
    RunFact,
    RunFinished,
    RunPaused,
    RunResumed,
    RunStarted,
    RunStatus,
    WorkflowCompiled,
)

__all__ = [
    "GraphChanged",
    "LineLogged",
    "NodeFinished",
    "NodeProgressed",
    "NodeRetried",
    "NodeStarted",
    "NodeStatus",
    "RunFact",
    "RunFinished",
    "RunPaused",
    "RunResumed",
    "RunStarted",
    "RunStatus",
    "WorkflowCompiled",
]
