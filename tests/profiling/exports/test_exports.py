"""Reports for others: pages, traces, gates; and two reports side by side."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.model import Graph, Node
from casare.profiling import Profiler, analyze
from casare.profiling.exports import chrome_trace, html_page, junit_xml, sarif
from casare.profiling.reporting.digest import digest_of
from casare.profiling.schedule.workers import makespan_curve, time_line
from casare.profiling.scoring.budget import budget_of, checks
from casare.profiling.scoring.specimens import specimen
from casare.profiling.studies.compare import compare

BuildGraph = Callable[..., Graph]


def _profiled(graph: Graph, catalog: Catalog) -> Profiler:
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    return profiler


class _Page(HTMLParser):
    """Collects the tags of a page and whatever would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "onload", "onclick")]


def test_the_page_has_charts_and_fetches_nothing_and_nothing_in_it_can_act(catalog: Catalog, build: BuildGraph) -> None:
    evil = "<script>alert(1)</script>"
    graph = build({"a": "Fetch", "b": "Fetch"}, "a -> b")
    graph.nodes["a"] = graph.nodes["a"]._replace(name=evil)
    profiler = _profiled(graph, catalog)
    assert profiler.evidence is not None
    text = html_page(evil, profiler.analyze(graph), time_line(profiler.evidence), makespan_curve(profiler.evidence, 4))
    page = _Page()
    page.feed(text)
    assert {"svg", "rect", "polyline", "table"} <= page.tags
    assert "script" not in page.tags
    assert page.fetched == []
    assert "url(" not in text
    assert "@import" not in text


def test_the_page_of_an_empty_workflow_is_one(catalog: Catalog) -> None:
    assert html_page("nothing", analyze(Graph(), catalog)).endswith("</html>\n")


def test_the_trace_has_an_event_for_each_node_that_takes_time(catalog: Catalog, build: BuildGraph) -> None:
    profiler = _profiled(build({"a": "Fetch", "b": "Work", "i": "If"}, "a -> b", "b -> i"), catalog)
    assert profiler.evidence is not None
    report = profiler.analyze(profiler.evidence.graph)
    held = orjson.loads(chrome_trace(report, time_line(profiler.evidence)))
    events = [event for event in held["traceEvents"] if event["ph"] == "X"]
    assert [(event["name"], event["ts"], event["dur"]) for event in events] == [
        ("Fetch", 0, 200_000),
        ("Work", 200_000, 10_000),
    ]


def test_the_ledger_is_told_as_sarif_with_its_rules(catalog: Catalog) -> None:
    report = analyze(specimen(3, 9), catalog)
    run = orjson.loads(sarif(report, "flows/a.json", "1.0"))["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == [entry.rule for entry in report.ledger]
    assert {result["ruleId"] for result in run["results"]} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert all(result["level"] in ("error", "warning", "note") for result in run["results"])


def test_a_gate_is_told_as_junit_with_a_failure_for_each_line_that_is_not_kept(
    catalog: Catalog, build: BuildGraph
) -> None:
    report = analyze(build({"a": "Fetch"}), catalog)
    budget = budget_of({"profile_budget": {"min_grade": "b", "max_wall_ms": 100, "max_peak_memory_mb": 50}})
    suite = ElementTree.fromstring(junit_xml('a "b" <c>\x00', checks(report, budget)))
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert [case.get("name") for case in suite if len(case)] == ["max_wall_ms"]


def test_a_least_grade_from_outside_stands_above_the_one_of_the_file(catalog: Catalog, build: BuildGraph) -> None:
    report = analyze(build({"a": "Fetch", "b": "Nobody"}), catalog)
    assert report.grade == "A"
    assert checks(report, budget_of({}, "A"))[0].kept
    assert not checks(analyze(Graph(), catalog), budget_of({"profile_budget": {"min_grade": "A"}}, "F"))[0].kept
    assert checks(report, budget_of({})) == ()


@pytest.mark.parametrize("budget", [3, {"min_grad": "A"}, {"min_grade": "E"}, {"min_score": "much"}, {"min_grade": 1}])
def test_a_budget_that_checks_nothing_is_refused(budget: object) -> None:
    with pytest.raises(CasareError, match="budget"):
        budget_of({"profile_budget": budget})


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 500), defects=st.integers(0, 8))
def test_comparing_is_the_difference_and_turns_round(seed: int, defects: int, catalog: Catalog) -> None:
    one, other = analyze(specimen(seed), catalog), analyze(specimen(seed, defects), catalog)
    there, back = compare(one, other), compare(other, one)
    assert compare(one, one)[0] == 0
    assert compare(one, one).nodes == ()
    assert there.score == -(back.score or 0) or there.score == back.score == 0
    assert there.wall_ms == pytest.approx(-back.wall_ms)
    assert sum(points for _, points in there.rules) == pytest.approx(-sum(points for _, points in back.rules))
    assert {node.node_id for node in there.nodes} == {node.node_id for node in back.nodes}


def test_reports_by_different_rules_are_not_compared(catalog: Catalog) -> None:
    graph = Graph([Node("a", "Work")])
    with pytest.raises(ValueError, match="different rules"):
        compare(analyze(graph, catalog), analyze(graph, catalog, scoring="nodetool"))


def test_the_digest_is_the_same_in_every_process_and_tells_graphs_apart(catalog: Catalog) -> None:
    code = (
        "from casare.catalog import default_catalog; from casare.profiling import analyze;"
        "from casare.profiling.reporting.digest import digest_of;"
        "from casare.profiling.scoring.specimens import specimen;"
        "print(digest_of(analyze(specimen(5, 9), default_catalog())))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
    digests = {digest_of(analyze(specimen(seed, 4), catalog)) for seed in range(10)}
    assert len(digests) == 10
