"""The canvas: a view onto one document that paints it and turns what the hands do into changes.

gestures know what a hand does; layers know what is painted in which order; paint knows how a thing looks. Where things
are is geometry's; what an edit means is app's. No item stands for a node: layers paint what is in view, so that ten
thousand nodes cost what the visible ones cost.
"""

from casare.ui.canvas.target import CanvasTarget
from casare.ui.canvas.view import CanvasView

__all__ = ["CanvasTarget", "CanvasView"]
