"""How the nodes fare in a run, painted at every zoom."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from casare.app.running.board import NodeView, StatusBoard
from casare.ui.canvas.paint.status import badge_text, error_rect
from casare.ui.canvas.stage import RunPicture
from casare.ui.theme.states import STATES, state_look
from casare.ui.theme.tokens import DARK, LIGHT, Theme, contrast
from tests.ui.canvas.conftest import Hand


def board(**states: NodeView) -> StatusBoard:
    made = StatusBoard()
    made.restore(states)
    return made


def shot(hand: Hand) -> QImage:
    image = QImage(1200, 800, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    hand.canvas.render(painter)
    painter.end()
    return image


def settled(hand: Hand) -> QImage:
    """Return the picture once every card is drawn sharply: a busy frame leaves some for the next."""
    before = shot(hand)
    for _ in range(50):
        now = shot(hand)
        if now == before:
            return now
        before = now
    return before


def test_there_is_no_layer_for_states_while_no_run_is_shown(hand: Hand) -> None:
    scene = hand.canvas.canvas_scene
    before = len(scene.items())
    hand.canvas.set_run(RunPicture(board(set=NodeView("completed", 1, 2.0, 2.0))))
    assert len(scene.items()) == before + 1
    hand.canvas.set_run(None)
    assert len(scene.items()) == before


@pytest.mark.parametrize("zoom", [0.1, 0.3, 0.6, 1.0])
def test_every_state_is_seen_at_every_zoom(hand: Hand, zoom: float) -> None:
    hand.canvas.zoom_to(zoom)
    hand.canvas.centerOn(500, 0)
    plain = settled(hand)
    for status in ("running", "completed", "failed", "skipped", "cached", "cancelled"):
        hand.canvas.set_run(RunPicture(board(compare=NodeView(status, 1, 2.0, 2.0)), live=True))
        assert shot(hand) != plain, status
        hand.canvas.set_run(None)
    assert settled(hand) == plain


def test_two_states_differ_by_more_than_their_colour() -> None:
    icons = [one.icon for one in STATES.values()]
    words = [one.word for one in STATES.values()]
    assert len(set(icons)) == len(icons)
    assert len(set(words)) == len(words)
    assert state_look("nobody knows").word == "Unknown"


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_state_stands_out_from_the_canvas_and_the_card(theme: Theme) -> None:
    for one in STATES.values():
        colour = getattr(theme, one.token)
        assert contrast(colour, theme.canvas) >= 3, one
        assert contrast(colour, theme.node_body) >= 3, one


def test_a_run_of_an_earlier_state_is_grey(hand: Hand) -> None:
    hand.canvas.zoom_to(0.3)
    hand.canvas.centerOn(500, 0)
    hand.canvas.set_run(RunPicture(board(compare=NodeView("completed", 1)), stale=True))
    image = shot(hand)
    place = hand.to_screen((300, 4))
    stale = QColor(hand.canvas.stage.look.theme.stale)
    assert QColor(image.pixel(place)) == stale


def test_the_badge_says_how_long_how_often_and_with_how_many_retries() -> None:
    assert badge_text(NodeView("completed", 1, 12.0, 12.0), 0) == "12 ms"
    assert badge_text(NodeView("completed", 20, 1.0, 20.0), 0) == "20 ms  ×20"
    assert badge_text(NodeView("failed", 1, 5.0, 5.0, "no", 2), 0) == "5 ms  2 retries"
    assert badge_text(NodeView("running", 0), 2500) == "2.5 s"
    assert badge_text(NodeView("skipped"), 0) == ""


def test_the_message_of_a_failure_can_be_hit_below_its_card(hand: Hand) -> None:
    hand.canvas.set_run(RunPicture(board(compare=NodeView("failed", 1, 1.0, 1.0, "it went wrong"))))
    status = hand.canvas.canvas_scene.status
    assert status is not None
    middle = error_rect(hand.canvas.stage.geometry.cards["compare"]).center()
    assert status.problem_at(middle.x(), middle.y(), 1.0) == "compare"
    assert status.problem_at(middle.x(), middle.y() + 60, 1.0) is None
    assert status.problem_at(middle.x(), middle.y(), 0.2) is None


def test_kept_pictures_are_shared_by_equal_states(hand: Hand) -> None:
    hand.canvas.zoom_to(1.0)
    hand.canvas.centerOn(400, 0)
    same = {node_id: NodeView("completed", 1, 2.0, 2.0) for node_id in ("set", "compare", "if", "yes", "no")}
    hand.canvas.set_run(RunPicture(board(**same)))
    shot(hand)
    status = hand.canvas.canvas_scene.status
    assert status is not None
    shapes = {hand.canvas.stage.geometry.cards[one].shape.height for one in same}
    assert len(status._kept) <= len(shapes) + 1
