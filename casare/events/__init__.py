"""Facts: what has happened, as frozen values named in the past tense.

They travel upwards through signals. Nothing here acts, and nothing here knows who listens.
"""

from casare.events.graph_changed import GraphChanged

__all__ = ["GraphChanged"]
