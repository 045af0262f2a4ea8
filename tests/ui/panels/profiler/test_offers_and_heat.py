"""Improvements that can be applied in the panel, and the heat it hands to the canvas."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import delete, set_disabled
from casare.app.session import Session
from casare.catalog import default_catalog
from casare.profiling import analyze
from casare.profiling.scoring.specimens import specimen
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.panels.profiler.heat import HeatPicture, heat_of, legend_of


@pytest.fixture
def flawed(session: Session, panel: ProfilerPanel, qtbot: QtBot) -> Document:
    """Return an open document with much to improve, its offers on show."""
    document = Document(specimen(4, 9), catalog=default_catalog())
    session.documents.append(document)
    session.activate(document)
    offered(panel, qtbot)
    return document


def offered(panel: ProfilerPanel, qtbot: QtBot) -> None:
    """Wait until there are offers that can be applied."""
    qtbot.waitUntil(lambda: any(row.isVisible() and row.apply.isEnabled() for row in panel.pages.overview.improvements))


def test_the_apply_button_leads_to_the_promised_score_and_one_undo_takes_it_back(
    panel: ProfilerPanel, flawed: Document, qtbot: QtBot
) -> None:
    before = flawed.graph.copy()
    score = panel.header.score.text()
    row = panel.pages.overview.improvements[0]
    assert panel.profile is not None
    promised = panel.profile.improvements.found[0]
    assert f"{promised.score_before:g} → {promised.score:g}  {promised.grade}" in row.accessibleName()
    panel.pages.overview.ensureWidgetVisible(row)
    qtbot.mouseClick(row.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.header.score.text() == f"{promised.score:g} of 100")
    assert panel.header.chip.grade == promised.grade
    flawed.undo()
    assert flawed.graph == before
    qtbot.waitUntil(lambda: panel.header.score.text() == score)


def test_an_offer_cannot_be_applied_while_it_is_about_an_earlier_state(
    panel: ProfilerPanel, flawed: Document, qtbot: QtBot
) -> None:
    apply = panel.pages.overview.improvements[0].apply
    flawed.do(set_disabled(flawed.graph, [next(iter(flawed.graph.nodes))], True))
    edited = flawed.graph.copy()
    qtbot.mouseClick(apply, Qt.MouseButton.LeftButton)
    assert flawed.graph == edited
    qtbot.waitUntil(lambda: not apply.isEnabled())
    offered(panel, qtbot)
    found = panel.profile.improvements.found if panel.profile else ()
    assert found[0].score_before == analyze(flawed.graph, flawed.catalog).score


def test_a_click_beside_the_button_shows_the_nodes_and_changes_nothing(
    panel: ProfilerPanel, flawed: Document, qtbot: QtBot
) -> None:
    row = next(row for row in panel.pages.overview.improvements if row.isVisible() and row.nodes)
    before = flawed.graph.copy()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().topLeft() + row.rect().center() / 4)
    assert flawed.selection.nodes == set(row.nodes)
    assert flawed.graph == before


def test_advice_stays_for_what_no_edit_can_mend(panel: ProfilerPanel, flawed: Document) -> None:
    titles = [row.accessibleName() for row in panel.pages.overview.steps if row.isVisible()]
    assert titles
    assert not any("iterations a limit" in title for title in titles)
    kinds = {one.kind for one in panel.profile.improvements.found} if panel.profile else set()
    assert "loop-limit" in kinds


def test_cards_keep_apart_at_every_width(panel: ProfilerPanel, flawed: Document, qtbot: QtBot) -> None:
    def apart() -> bool:
        rows = [row for row in (*panel.pages.overview.improvements, *panel.pages.overview.steps) if row.isVisible()]
        fits = all(row.height() == row._row.totalHeightForWidth(row.width()) for row in rows)
        return fits and all(low.geometry().top() > high.geometry().bottom() for high, low in pairwise(rows))

    for width in (280, 320, 420, 300):
        panel.resize(width, 1000)
        qtbot.waitUntil(apart)


def test_heat_is_told_with_its_values_and_taken_back(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    told: list[HeatPicture | None] = []
    panel.heat_shown.connect(told.append)
    panel.heat.choice.setFocus()
    qtbot.keyClick(panel.heat.choice, Qt.Key.Key_Down)
    picture = told[-1]
    assert picture is not None
    assert picture.shares["n1"] == 1
    assert 0 < picture.shares["n0"] < 0.2
    assert picture.badges["n1"] == "2.0 s"
    assert not picture.stale
    assert panel.heat.legend.isVisible()
    assert (panel.heat.legend.values[0], panel.heat.legend.values[-1]) == ("0 ms", "2.0 s")
    qtbot.keyClick(panel.heat.choice, Qt.Key.Key_Down)
    assert told[-1] is not None
    assert told[-1].badges["n0"] == "200 MB"
    qtbot.keyClick(panel.heat.choice, Qt.Key.Key_Home)
    assert told[-1] is None
    assert not panel.heat.legend.isVisible()


def test_heat_follows_edits(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    panel.heat.choice.setCurrentIndex(1)
    told: list[HeatPicture | None] = []
    panel.heat_shown.connect(told.append)
    document.do(delete(document.graph, nodes=["n1"]))
    qtbot.waitUntil(lambda: bool(told) and told[-1] is not None and "n1" not in told[-1].shares)


def test_heat_is_grey_while_it_is_about_an_earlier_state(
    panel: ProfilerPanel, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casare.app.profiler import live_profile

    panel.heat.choice.setCurrentIndex(1)
    told: list[HeatPicture | None] = []
    panel.heat_shown.connect(told.append)
    monkeypatch.setattr(live_profile, "AT_ONCE_MS", -1.0)
    assert panel.profile is not None
    panel.profile.refresh()
    panel._show()
    assert panel.profile.wait(60)
    qtbot.waitUntil(lambda: bool(told) and told[-1] is not None and not told[-1].stale)
    assert panel.heat.legend.accessibleName() == "Time from 0 ms to 2.0 s"


def test_heat_goes_with_the_panel_and_with_the_document(
    panel: ProfilerPanel, session: Session, document: Document
) -> None:
    panel.heat.choice.setCurrentIndex(3)
    told: list[HeatPicture | None] = []
    panel.heat_shown.connect(told.append)
    panel.hide()
    assert told == [None]
    panel.show()
    assert told[-1] is not None
    session.new()
    assert told[-1] is None


def test_without_costs_nothing_is_hot(session: Session) -> None:
    from casare.model import Graph, Node

    report = analyze(Graph([Node("a", "CommentNode")]), session.catalog)
    picture = heat_of(report, "time", stale=False)
    assert set(picture.shares.values()) == {0.0}
    assert picture.badges == {}
    assert legend_of(report, "time", 7) == ("0 ms",) * 8
