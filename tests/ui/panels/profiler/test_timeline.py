"""The timeline: bars that are few, true and can be clicked."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import delete
from casare.catalog import Catalog, default_catalog
from casare.model import Connection, Graph, Node
from casare.profiling import Profiler
from casare.profiling.schedule.workers import Span
from casare.profiling.studies.records import Record
from casare.storage.synthetic.generate import generate
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.panels.profiler.timeline import MOST_BARS, bars_of, timeline_of
from casare.ui.panels.profiler.timeline_chart import TimelineChart

TIMELINE = 2


def shown(panel: ProfilerPanel, qtbot: QtBot) -> TimelineChart:
    """Show the timeline and wait for its run."""
    panel.pages.tabs.setCurrentIndex(TIMELINE)
    qtbot.waitUntil(lambda: panel.pages.timeline.settled)
    chart = panel.pages.timeline.chart
    assert chart is not None
    return chart


def point_of(chart: TimelineChart, ms: float, lane: int) -> QPoint:
    """Return the place of a moment on a lane, in the viewport of the upper chart (px)."""
    view: Any = chart.run.getViewBox()
    return QPoint(chart.run.mapFromScene(view.mapViewToScene(QPointF(ms, lane))))


def test_charts_are_not_loaded_before_the_timeline_is_looked_at() -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
from casare.app.documents.document import Document
from casare.app.session import Session
from casare.catalog import default_catalog
from casare.storage.synthetic.generate import generate
from casare.ui.panels.profiler import ProfilerPanel
app = QApplication([])
session = Session(default_catalog())
document = Document(generate(20), catalog=session.catalog)
session.documents.append(document)
session.activate(document)
panel = ProfilerPanel(session)
panel.show()
panel.pages.tabs.setCurrentIndex(1)
app.processEvents()
print('pyqtgraph' in sys.modules, end=' ')
panel.pages.tabs.setCurrentIndex(2)
print(panel.pages.timeline.chart is not None, end=' ')
while panel.pages.timeline.chart is None:
    app.processEvents()
print('pyqtgraph' in sys.modules)
panel.pages.timeline.wait()
session.profiles.close()
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False False True"


def test_no_menu_lies_over_the_charts(panel: ProfilerPanel, qtbot: QtBot) -> None:
    chart = shown(panel, qtbot)
    assert not [menu for menu in chart.findChildren(QMenu) if menu.isVisible()]
    qtbot.mouseClick(chart.run.viewport(), Qt.MouseButton.RightButton, pos=point_of(chart, 1000, 0))
    assert not [menu for menu in chart.findChildren(QMenu) if menu.isVisible()]


def test_every_node_that_takes_time_has_its_bar(panel: ProfilerPanel, qtbot: QtBot) -> None:
    chart = shown(panel, qtbot)
    line = chart._line
    assert line is not None
    assert [bar.nodes for bar in line.bars] == [("n0",), ("n1",), ("n2",), ("n3",)]
    assert all(bar.critical for bar in line.bars)
    assert panel.pages.timeline.total.text().endswith("no faster than one")


def test_pointing_at_a_bar_tells_its_times_and_a_click_shows_its_node(
    panel: ProfilerPanel, document: Document, qtbot: QtBot
) -> None:
    chart = shown(panel, qtbot)
    place = point_of(chart, 1000, 0)
    qtbot.mouseMove(chart.run.viewport(), QPoint(5, 5))
    qtbot.mouseMove(chart.run.viewport(), place)
    qtbot.waitUntil(lambda: panel.pages.timeline.hint.text().startswith("Step 1 · 2.0 s"))
    assert "critical path" in panel.pages.timeline.hint.text()
    qtbot.mouseClick(chart.run.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.selection.nodes == {"n1"}


def test_other_workers_are_simulated_and_marked_on_the_curve(panel: ProfilerPanel, qtbot: QtBot) -> None:
    chart = shown(panel, qtbot)
    assert panel.pages.timeline.workers.value() == 4
    panel.pages.timeline.workers.setFocus()
    qtbot.keyClick(panel.pages.timeline.workers, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: panel.pages.timeline.settled)
    assert chart._line is not None
    assert chart._line.workers == 5
    assert list(chart._now.getData()[0]) == [5]
    assert list(chart._points.getData()[0]) == list(range(1, 17))


def test_the_timeline_follows_edits(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    chart = shown(panel, qtbot)
    document.do(delete(document.graph, nodes=["n3"]))
    qtbot.waitUntil(lambda: chart._line is not None and len(chart._line.bars) == 3)
    assert panel.pages.timeline.settled


def test_the_charts_follow_the_theme(panel: ProfilerPanel, look: Any, qtbot: QtBot) -> None:
    chart = shown(panel, qtbot)
    dark = chart.run.grab().toImage().pixelColor(2, 2)
    look.mode = "light"
    light = chart.run.grab().toImage().pixelColor(2, 2)
    assert dark.lightnessF() < 0.3
    assert light.lightnessF() > 0.8


@pytest.mark.parametrize("workers", [1, 3, 16])
def test_a_run_on_other_workers_is_the_run_the_profiler_simulates(catalog: Catalog, workers: int) -> None:
    graph = generate(120, seed=5, shape="tree")
    profiler, wanted = Profiler(catalog, workers=4), Profiler(catalog, workers=workers)
    report, direct = profiler.analyze(graph), wanted.analyze(graph)
    assert profiler.evidence is not None
    line = timeline_of(profiler.evidence, report, workers)
    assert line.wall_ms == direct.totals.wall_ms
    assert line.curve[workers - 1].wall_ms <= line.wall_ms
    assert {bar.lane for bar in line.bars} <= set(range(workers))


lengths = st.lists(st.tuples(st.integers(0, 3), st.floats(0.1, 50)), min_size=1, max_size=300)


@given(taken=lengths, most=st.integers(16, 100))
def test_merged_bars_are_few_keep_every_node_and_stay_apart(taken: list[tuple[int, float]], most: int) -> None:
    ends: dict[int, float] = {}
    spans = []
    for at, (lane, length) in enumerate(taken):
        begin = ends.get(lane, 0.0)
        ends[lane] = begin + length
        spans.append(Span(f"n{at}", begin, begin + length, lane))
    bars = bars_of(spans, frozenset({"n0"}), most)
    assert len(bars) <= most
    assert sorted(one for bar in bars for one in bar.nodes) == sorted(span.node_id for span in spans)
    assert sum(bar.critical for bar in bars) == 1
    for lane, end_ms in ends.items():
        held = sorted((bar.begin_ms, bar.end_ms) for bar in bars if bar.lane == lane)
        assert max(end for _, end in held) == pytest.approx(end_ms)
        assert all(low[0] >= high[0] for high, low in pairwise(held))


def test_ten_thousand_nodes_are_drawn_with_few_bars(catalog: Catalog) -> None:
    graph = generate(10_000, seed=1)
    profiler = Profiler(catalog)
    report = profiler.analyze(graph)
    assert profiler.evidence is not None
    line = timeline_of(profiler.evidence, report, 4)
    assert 4 < len(line.bars) <= MOST_BARS


def test_arrow_keys_walk_along_the_bars_and_enter_shows_the_node(panel: ProfilerPanel, qtbot: QtBot) -> None:
    panel.pages.tabs.setCurrentIndex(2)
    page = panel.pages.timeline
    qtbot.waitUntil(lambda: page.settled and page.chart is not None)
    chart = page.chart
    assert chart is not None
    chart.setFocus()
    for _ in range(2):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert page.hint.text().startswith("Step 1")
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    with qtbot.waitSignal(page.nodes_chosen) as chosen:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert chosen.args == [("n0",)]
    assert page.wait(20)


def test_the_slider_and_the_field_tell_the_same_workers(panel: ProfilerPanel, qtbot: QtBot) -> None:
    panel.pages.tabs.setCurrentIndex(2)
    page = panel.pages.timeline
    qtbot.waitUntil(lambda: page.settled and page.chart is not None)
    page.slider.setValue(7)
    assert page.workers.value() == 7
    qtbot.waitUntil(lambda: page.settled)
    page.workers.setValue(2)
    assert page.slider.value() == 2
    qtbot.waitUntil(lambda: page.settled)
    assert page.wait(20)


def test_a_measured_run_is_drawn_where_it_was_measured_and_not_where_it_is_simulated() -> None:
    nodes = [Node("a", "LogNode"), Node("b", "LogNode"), Node("c", "LogNode")]
    graph = Graph(nodes, [Connection("a", "exec_out", "b", "exec_in"), Connection("a", "exec_out", "c", "exec_in")])
    profiler = Profiler(default_catalog())
    report = profiler.analyze(graph)
    assert profiler.evidence is not None
    records = [Record("a", 5.0, 10.0), Record("b", 12.0, 30.0), Record("c", 13.0, 20.0), Record("gone", 1.0, 2.0)]
    line = timeline_of(profiler.evidence, report, 4, records)
    assert [(bar.nodes, bar.begin_ms, bar.end_ms, bar.lane) for bar in line.bars] == [
        (("a",), 5.0, 10.0, 0),
        (("b",), 12.0, 30.0, 0),
        (("c",), 13.0, 20.0, 1),
    ]
    assert (line.wall_ms, line.lanes, line.measured) == (30.0, 2, True)


def test_a_node_that_waits_for_a_worker_says_how_long_and_has_a_line_for_it(catalog: Catalog) -> None:
    # Two branches of one length and one worker: the second waits as long as the first takes.
    nodes = [Node("s", "StartNode"), *(Node(one, "WaitNode", {"duration": 2}) for one in ("a", "b"))]
    wires = [Connection("s", "exec_out", one, "exec_in") for one in ("a", "b")]
    profiler = Profiler(catalog, workers=1)
    report = profiler.analyze(Graph(nodes, wires))
    assert profiler.evidence is not None
    alone = timeline_of(profiler.evidence, report, 1)
    waited = {bar.nodes[0]: bar.wait_ms for bar in alone.bars if bar.wait_ms}
    lengths = {bar.nodes[0]: bar.end_ms - bar.begin_ms for bar in alone.bars}
    assert len(waited) == 1
    late = next(iter(waited))
    assert waited[late] == pytest.approx(lengths["b" if late == "a" else "a"])
    assert any("waited" in alone.describe(bar) for bar in alone.bars)
    assert not any(bar.wait_ms for bar in timeline_of(profiler.evidence, report, 2).bars)
