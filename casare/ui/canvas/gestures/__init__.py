"""What hands do: each gesture is an object that begins when it is made, follows the pointer, and finishes or cancels.

While it runs it writes to the stage only. The document changes once, when it finishes; so cancelling needs no undo.
"""

from casare.ui.canvas.gestures.base import Gesture, Hands, Pointer
from casare.ui.canvas.gestures.choose import gesture_for, right_gesture_for

__all__ = ["Gesture", "Hands", "Pointer", "gesture_for", "right_gesture_for"]
