"""The measures of the canvas, in scene px at 100 %. Everything sits on a 20 px grid."""

from typing import Final

GRID: Final = 20
CARD_WIDTH: Final = 200
HEADER_HEIGHT: Final = 28
HEADLINE_HEIGHT: Final = 24
"""The first row of a card: its most telling value, and the plain control ports at both ends."""
ROW_HEIGHT: Final = 20
CARD_PADDING: Final = 8
CARD_RADIUS: Final = 8
PORT_RADIUS: Final = 4.5
PORTS_FROM: Final = 0.4
"""The zoom from which a card shows its ports, and from which they can be taken hold of."""
PORT_REACH: Final = 11
"""How far from a port's centre a press still means the port."""
WIRE_REACH: Final = 6
"""How far from a wire a press still means the wire."""
FRAME_TITLE_HEIGHT: Final = 28
CORNER_REACH: Final = 16
"""The square at the lower right corner of a frame or note that resizes it."""
WIRE_HANDLE_MIN: Final = 28
WIRE_HANDLE_MAX: Final = 180
DETOUR: Final = 28
"""How far round a card a wire that runs backwards keeps."""
WIRE_CORNER: Final = 14
"""The radius of its corners."""
FOLDED_WIDTH: Final = 240
"""How wide a frame is that is folded to a box."""
TAG_HEIGHT: Final = 18
"""The tags by which a portal is shown at both of its ends."""
TAG_GAP: Final = 14
WAYPOINT_RADIUS: Final = 4.0
