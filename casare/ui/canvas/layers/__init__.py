"""What is painted, from the back to the front: frames, wires, cards, their states in a run, what is in
the hand, and gesture marks.

Each layer is one graphics item that paints what the view exposes, so the number of items does not grow with the graph.
"""

from casare.ui.canvas.layers.base import Layer
from casare.ui.canvas.layers.cards import CardLayer
from casare.ui.canvas.layers.decor import DecorLayer
from casare.ui.canvas.layers.lifted import LiftedLayer
from casare.ui.canvas.layers.overlay import OverlayLayer
from casare.ui.canvas.layers.status import StatusLayer
from casare.ui.canvas.layers.wires import WireLayer

__all__ = ["CardLayer", "DecorLayer", "Layer", "LiftedLayer", "OverlayLayer", "StatusLayer", "WireLayer"]
