"""Help with writing `{{…}}`: what may stand in it, and what it comes to with what is known.

`completion` offers variables, outputs of nodes upstream and functions for what has been typed; `known` says what their
values are, as far as anybody knows before a run; `trial` works an expression out with them. Does not live here: the
language itself (`expressions`), the fields it is typed into (`ui`), runs.
"""

from casare.app.templating.completion import Completion, Offer, completion_at
from casare.app.templating.known import Known, Outputs, known_names
from casare.app.templating.trial import Trial, try_out

__all__ = ["Completion", "Known", "Offer", "Outputs", "Trial", "completion_at", "known_names", "try_out"]
