"""The canvas as a screen reader sees it: a tree of nodes, their ports and wires, frames and notes.

No widget stands for a node, so Qt has nothing to tell about them by itself. Here each gets an accessible interface:
name, role, state, rectangle, and what can be done to it. They are made when somebody asks and not before; without a
screen reader nobody does. Does not live here: how things look or are edited (`ui.canvas`), and the names of ordinary
widgets, which say themselves what they are.
"""

from casare.ui.accessibility.announcing import announce
from casare.ui.accessibility.canvas_interface import CanvasInterface, install, interface_of
from casare.ui.accessibility.telling import FocusTeller

__all__ = ["CanvasInterface", "FocusTeller", "announce", "install", "interface_of"]
