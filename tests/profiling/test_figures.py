"""Where figures come from: measurements, calibration, a person's own table, and how sure each is."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog, default_catalog
from casare.foundation.errors import FileError
from casare.foundation.folders import config_folder
from casare.model import Connection, Graph, Node
from casare.profiling import Profiler, analyze
from casare.profiling.costs.gpu_memory import context_cache_mb, gpu_memory_mb, weights_mb
from casare.profiling.costs.tables import CostTables
from casare.profiling.costs.user_costs import user_costs
from casare.profiling.evidence import Evidence
from casare.profiling.studies.calibration import calibrated, estimate_errors, typical_error
from casare.profiling.studies.outlook import outlook, probabilities
from casare.profiling.studies.records import Record, measured_tables, read_records

RECORDED = Path(__file__).parent / "recorded_run.jsonl"


def _evidence(graph: Graph, catalog: Catalog, tables: CostTables | None = None) -> Evidence:
    profiler = Profiler(catalog, tables=tables or CostTables())
    profiler.analyze(graph)
    assert profiler.evidence is not None
    return profiler.evidence


def _graph() -> Graph:
    return Graph([Node("a", "Fetch"), Node("b", "Fetch", {"iterations": 2}), Node("c", "Work")])


def test_a_recorded_run_is_read_with_everything_it_measured() -> None:
    records = read_records(RECORDED.read_bytes().splitlines())
    assert len(records) == 6
    assert records[0] == Record("a", 0, 310, 20.5, 1.5, 12.25, 100, 4096, False, 0)
    assert [record.cached for record in records] == [False, False, False, False, True, False]
    assert records[-1].cpu_ms is None


def test_a_line_cut_off_by_a_crash_is_passed_over_and_any_other_is_named() -> None:
    good = b'{"node": "a", "start": 1, "end": 2}'
    assert len(read_records([good, b"", b'{"node": "a", "sta'])) == 1
    with pytest.raises(FileError, match="line 2"):
        read_records([good, b"{}", good], where="run.jsonl")
    with pytest.raises(FileError, match="line 1"):
        read_records([b"nonsense"])


@pytest.mark.parametrize(
    "held",
    [
        {"node": "a", "start": 2, "end": 1},
        {"node": "a", "start": -1, "end": 1},
        {"node": "", "start": 0, "end": 1},
        {"node": "a", "start": 0, "end": True},
        {"node": "a", "start": 0, "end": 1, "cpu": "much"},
        [1],
    ],
)
def test_what_is_no_record_is_refused(held: object) -> None:
    with pytest.raises(FileError):
        read_records([orjson.dumps(held)])


def test_measured_beats_calibrated_beats_declared(catalog: Catalog) -> None:
    records = read_records(RECORDED.read_bytes().splitlines())
    learned = calibrated([(_evidence(_graph(), catalog), records)])
    assert learned.types["Fetch"].runtime_ms == pytest.approx(300)
    assert "Work" not in learned.types
    plain, taught = analyze(_graph(), catalog), Profiler(catalog, tables=learned).analyze(_graph())
    both = Profiler(catalog, tables=measured_tables(records[:1]).over(learned)).analyze(_graph())
    assert [node.runtime_ms for node in plain.nodes] == [200, 400, 10]
    assert [node.runtime_ms for node in taught.nodes] == pytest.approx([300, 600, 10])
    assert [node.provenance for node in taught.nodes] == ["calibrated", "calibrated", "declared"]
    assert [node.runtime_ms for node in both.nodes] == pytest.approx([310, 600, 10])
    assert both.nodes[0].provenance == "measured"
    assert both.nodes[0].memory_mb == 12.25


def test_the_error_of_past_estimates_is_told_worst_first(catalog: Catalog) -> None:
    records = [Record("a", 0, 400), Record("b", 0, 400), Record("c", 0, 1), Record("gone", 0, 1)]
    errors = estimate_errors(_evidence(_graph(), catalog), records)
    assert [(error.node_id, round(error.factor, 3)) for error in errors] == [("c", 0.1), ("a", 2), ("b", 1)]
    assert typical_error(errors) == pytest.approx(2)
    assert typical_error([]) is None


@given(odd=st.floats(0, 1e9))
def test_one_odd_measurement_does_not_decide(odd: float) -> None:
    from casare.sdk import Cost, NodeType

    catalog = Catalog(lambda: ())
    catalog.register(NodeType("T", "T", "data", cost=Cost(1, 10, 1)))
    graph = Graph([Node(f"n{number}", "T") for number in range(5)])
    records = [Record(f"n{number}", 0, 20) for number in range(4)] + [Record("n4", 0, odd)]
    assert calibrated([(_evidence(graph, catalog), records)]).types["T"].runtime_ms == 20


def test_a_person_can_give_costs_of_own_types(catalog: Catalog) -> None:
    assert user_costs(catalog) == CostTables()
    path = config_folder() / "costs.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[types.Mine]\nruntime_ms = 250\ncomplexity = 6\n", encoding="utf-8")
    node = Profiler(catalog, tables=user_costs(catalog)).analyze(Graph([Node("n", "Mine")])).nodes[0]
    assert (node.runtime_ms, node.memory_mb, node.complexity, node.provenance) == (250, 10, 6, "declared")


@pytest.mark.parametrize(
    "text",
    [
        "[types.LogNode]\nruntime_ms = 1",
        "[types.Mine]\nruntime_ms = -1",
        "[types.Mine]\nruntime_ms = true",
        "[types.Mine]\ncolour = 1",
        "types = 3",
        "not toml",
    ],
)
def test_costs_that_cannot_be_used_are_refused_with_a_way_to_mend(text: str, tmp_path: Path) -> None:
    path = tmp_path / "costs.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        user_costs(default_catalog(), path)
    assert caught.value.mend


def test_gpu_memory_is_weights_and_context() -> None:
    assert weights_mb(7) == pytest.approx(13351, rel=0.001)
    assert gpu_memory_mb({"model": "some-7b", "quantization": "4bit", "n_ctx": 2048}) == pytest.approx(
        weights_mb(7, 4) + context_cache_mb(7, 2048)
    )
    # A model of 7 billion has about 32 layers of width 4096, whose cache of 2048 tokens takes 1 GB.
    assert context_cache_mb(7, 2048) == pytest.approx(1024, rel=0.15)
    assert gpu_memory_mb({"model": "gpt-4"}) is None


@given(small=st.floats(0.5, 100), factor=st.floats(1, 10), tokens=st.integers(0, 100_000))
def test_a_larger_model_never_takes_less(small: float, factor: float, tokens: int) -> None:
    assert weights_mb(small * factor) >= weights_mb(small)
    assert context_cache_mb(small * factor, tokens) >= context_cache_mb(small, tokens)


def _branching(config: dict[str, object]) -> Graph:
    wires = [Connection("i", "true", "yes", "exec_in"), Connection("i", "false", "no", "exec_in")]
    return Graph([Node("i", "If", config), Node("yes", "Work"), Node("no", "Fetch")], wires)


@pytest.mark.parametrize(
    ("config", "work"),
    [({}, 105), ({"_probability": 0.9}, 29), ({"_probability": {"true": 0.9, "false": 0.1}}, 29)],
)
def test_branches_are_weighted_by_probability(catalog: Catalog, config: dict[str, object], work: float) -> None:
    found = outlook(_evidence(_branching(config), catalog))
    assert found.expected_work_ms == pytest.approx(work)
    assert found.worst_work_ms == 200


def test_the_outlook_brackets_what_is_likely_and_a_loop_nobody_knows_widens_it(catalog: Catalog) -> None:
    wires = [Connection("f", "body", "a", "exec_in")]
    known = outlook(_evidence(Graph([Node("f", "For", {"items": [1] * 10}), Node("a", "Work")], wires), catalog))
    unknown = outlook(_evidence(Graph([Node("f", "For"), Node("a", "Work")], wires), catalog))
    assert known.low_ms < known.likely_ms < known.high_ms
    assert known.likely_ms == unknown.likely_ms
    assert unknown.low_ms < known.low_ms
    assert unknown.high_ms > 5 * known.high_ms


def test_probabilities_of_the_ways_of_a_branch_add_up_to_one(catalog: Catalog) -> None:
    assert sorted(probabilities(_evidence(_branching({}), catalog))) == [0.5, 0.5, 1.0]


def test_the_row_of_a_node_tells_what_its_model_takes_on_a_graphics_card(catalog: Catalog) -> None:
    local = {"model": {"id": "some-7b"}, "n_ctx": 2048}
    nodes = [
        Node("local", "Work", local),
        Node("service", "Work", {"model": "gpt-4"}),
        Node("off", "Work", {**local, "_disabled": True}),
        Node("plain", "Work"),
    ]
    rows = analyze(Graph(nodes), catalog).nodes
    assert rows[0].gpu_memory_mb == gpu_memory_mb(local)
    assert [row.gpu_memory_mb for row in rows[1:]] == [None, None, None]
