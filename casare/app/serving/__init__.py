"""Workflows that begin by themselves: triggers listened to, their runs in turn, until somebody stops it all.

Lives here: finding the triggers of a workflow, the lane each of them has for its runs (queue, skip, parallel), the door
for HTTP, and the `Serving` that holds them together on one event loop. Does not live here: what each trigger waits for
(the class of its node type, a `casare.sdk.Trigger`), running (`engine`), what is printed (`cli`).
"""

from casare.app.serving.news import News, Tell
from casare.app.serving.serving import Serving, ServingOptions
from casare.app.serving.spots import Spot, spots_in

__all__ = ["News", "Serving", "ServingOptions", "Spot", "Tell", "spots_in"]
