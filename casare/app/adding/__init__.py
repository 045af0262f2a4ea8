"""Which node a person wants next: what was typed, weighed with what was added lately and with what usually follows.

Does not live here: the words of the search (`app/search`), the change that adds a node (`app/editing`), the popup.
"""

from casare.app.adding.context import Context, ports_in_words
from casare.app.adding.finder import NodeFinder
from casare.app.adding.habits import Habits

__all__ = ["Context", "Habits", "NodeFinder", "ports_in_words"]
