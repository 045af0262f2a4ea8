"""The benchmark report is made from raw results, and what it says of them is true."""

from __future__ import annotations

import json

import pytest

from tests_performance.harness import Bench, Figure, as_raw, growth, machine
from tests_performance.report import report_text


@pytest.mark.parametrize("exponent", [0.0, 1.0, 1.5, 2.0])
def test_growth_is_the_power_by_which_the_cost_rises(exponent: float) -> None:
    figures = [Figure("g", "work", [0.01 * size**exponent], size) for size in (10, 100, 1_000)]
    assert growth(figures) == pytest.approx(exponent)


def test_growth_of_a_single_size_is_not_known() -> None:
    assert growth([Figure("g", "work", [1.0], 10)]) is None
    assert growth([Figure("g", "work", [1.0])]) is None


def test_one_slow_run_moves_neither_median_nor_spread() -> None:
    steady = Figure("g", "work", [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6])
    shaken = Figure("g", "work", [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 900.0])
    assert shaken.median_ms == steady.median_ms
    assert shaken.spread[0] == steady.spread[0]


def test_work_is_run_once_unmeasured_and_then_as_often_as_it_was_timed(capsys: pytest.CaptureFixture[str]) -> None:
    calls = {"work": 0, "before": 0}

    def count(what: str) -> None:
        calls[what] += 1

    bench = Bench(quick=True)
    figure = bench.measure("work", lambda: count("work"), before=lambda: count("before"))
    assert calls == {"work": len(figure.times_ms) + 1, "before": len(figure.times_ms) + 1}
    assert "work" in capsys.readouterr().out


def test_the_report_holds_medians_targets_ratios_growth_and_the_machine() -> None:
    figures = [
        Figure("Files", "peer", [10.0, 10.0, 10.0], 100),
        Figure("Files", "load", [4.0, 5.0, 6.0], 100, target_ms=10.0, against="peer"),
        Figure("Files", "load", [40.0, 50.0, 60.0], 1_000, target_ms=20.0),
    ]
    text = report_text(figures, machine(), {"Old script": "what it printed\n"}, "2026-01-31")
    rows = [line for line in text.splitlines() if line.startswith("| load")]
    assert "| 5.00 |" in rows[0]
    assert "| 50% |" in rows[0]
    assert "0.50 x peer" in rows[0]
    assert "| 250% |" in rows[1]
    assert "to the power of 1.00" in text
    assert "what it printed" in text
    assert str(machine()["cores"]) in text
    assert "2026-01-31" in text


def test_the_raw_results_keep_every_single_time() -> None:
    figure = Figure("g", "work", [3.0, 1.0, 2.0], 7)
    raw = json.loads(json.dumps(as_raw([figure], machine(), {})))
    assert raw["figures"][0]["times_ms"] == [3.0, 1.0, 2.0]
    assert set(raw["machine"]) >= {"processor", "cores", "python", "libraries"}
