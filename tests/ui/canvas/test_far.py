"""What a card shows from afar."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("zoom", "texts"), [(0.3, True), (0.05, False)])
def test_titles_are_written_while_there_is_room_for_them(hand, monkeypatch, zoom, texts):
    from casare.ui.canvas.paint import card

    written = []
    monkeypatch.setattr(card, "draw_text", lambda painter, rect, text, *rest: written.append(text))
    hand.canvas.zoom_to(zoom)
    hand.canvas.fit(["if"])
    hand.canvas.zoom_to(zoom)
    hand.canvas.grab()
    assert ("If" in written) == texts
