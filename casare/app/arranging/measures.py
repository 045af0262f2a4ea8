"""The measures of a tidy canvas. Layouts are worked out in whole steps of the grid, so that nothing is ever rounded."""

from __future__ import annotations

from math import ceil, floor
from typing import Final

GRID: Final = 20
"""The distance of grid lines, scene px; one step."""
COLUMN_GAP: Final = 4
"""Steps between two columns of cards (80 px)."""
ROW_GAP: Final = 2
"""Steps between two cards in a column (40 px)."""
PART_GAP: Final = 4
"""Steps between two parts of a workflow that no wire joins (80 px)."""
CARD_SIZE: Final = (200.0, 80.0)
"""What a card is taken to measure when nobody says, scene px."""
CONTROL_ROW: Final = 2
"""Steps from the top of a card to its plain control ports: cards with level tops have a level control wire."""
FRAME_INSET: Final = 2
"""Steps kept free around the cards of a frame, on each side, for its border."""
FRAME_TITLE: Final = 1
"""Steps kept free above that for the title of a frame."""


def steps_up(length: float) -> int:
    """Return how many steps hold a length in scene px."""
    return ceil(length / GRID)


def on_grid(length: float) -> int:
    """Return the grid line next to a place, scene px; half-way goes up."""
    return floor(length / GRID + 0.5) * GRID
