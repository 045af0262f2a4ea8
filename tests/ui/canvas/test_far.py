"""What a card shows from afar."""

from __future__ import annotations

import pytest

from casare.storage import generate


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


def test_no_far_picture_is_begun_for_a_zoom_that_still_moves(open_canvas, qtbot):
    hand = open_canvas(generate(400, 3))
    sheets = hand.canvas.canvas_scene.sheets
    hand.canvas.zoom_to(0.1)
    qtbot.waitUntil(lambda: sheets.close_up is not None and sheets.close_up.scale == hand.canvas.zoom)
    begun = sheets.close_up
    for zoom in (0.12, 0.14, 0.17, 0.2):
        hand.canvas.zoom_to(zoom)
        hand.canvas.viewport().repaint()
        assert not sheets._busy
        assert sheets.close_up is begun
    qtbot.waitUntil(lambda: sheets.close_up.scale == 0.2)
