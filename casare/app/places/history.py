"""The places a view has rested at, to go back and forth among them."""

from __future__ import annotations

from casare.app.places.place import Place

_LIMIT = 100


class PlaceHistory:
    """Remember where a view rested. A place near the last one takes its stead, so that small pans make no history."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def __len__(self) -> int:
        return len(self._places)

    @property
    def current(self) -> Place | None:
        """The place that was noted or gone to last."""
        return self._places[self._at] if self._places else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether a place was gone back from."""
        return self._at + 1 < len(self._places)

    def note(self, place: Place) -> None:
        """Take down where the view rests now; what was gone back from is forgotten when this is somewhere else."""
        current = self.current
        if current is not None and place.is_near(current):
            self._places[self._at] = place
            return
        self._places = [*self._places[: self._at + 1], place][-_LIMIT:]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """Go to the place before, and return it; None at the beginning."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        """Go to the place after, and return it; None at the end."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self._places[self._at]
