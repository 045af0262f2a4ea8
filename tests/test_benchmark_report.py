"""The benchmark report is made from raw results, and what it says of them is true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tests_performance
from tests_performance import harness
from tests_performance.__main__ import HERE, Run, write_report
from tests_performance.harness import Bench, Figure, as_raw, growth, machine
from tests_performance.reasons import Reason, read_reasons, targets_text
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
    assert shaken.median == steady.median
    assert shaken.spread[0] == steady.spread[0]


def test_work_is_run_once_unmeasured_and_then_as_often_as_it_was_timed(capsys: pytest.CaptureFixture[str]) -> None:
    calls = {"work": 0, "before": 0}

    def count(what: str) -> None:
        calls[what] += 1

    bench = Bench(quick=True)
    figure = bench.measure("work", lambda: count("work"), before=lambda: count("before"))
    assert calls == {"work": len(figure.values) + 1, "before": len(figure.values) + 1}
    assert "work" in capsys.readouterr().out


def test_the_report_holds_medians_targets_ratios_growth_and_the_machine() -> None:
    figures = [
        Figure("Files", "peer", [10.0, 10.0, 10.0], 100),
        Figure("Files", "load", [4.0, 5.0, 6.0], 100, target=10.0, against="peer"),
        Figure("Files", "load", [40.0, 50.0, 60.0], 1_000, target=20.0),
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
    assert raw["figures"][0]["values"] == [3.0, 1.0, 2.0]
    assert set(raw["machine"]) >= {"processor", "cores", "python", "libraries"}


def test_a_module_that_fails_is_named_with_its_error_and_does_not_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, body in (
        (
            "bench_broken",
            "def run(bench):\n    bench.note('first', [3.0], 'MB')\n    raise ValueError('no such peer')\n",
        ),
        ("bench_sound", "def run(bench):\n    bench.note('second', [4.0], 'MB')\n"),
    ):
        (tmp_path / f"{name}.py").write_text(body)
    monkeypatch.setattr(tests_performance, "__path__", [*tests_performance.__path__, str(tmp_path)])
    run = Run(tmp_path / "out", Bench(quick=True))
    run.module(tmp_path / "bench_broken.py", ["Sound"])
    text = (tmp_path / "out" / "REPORT.md").read_text()
    assert "**Broken**\n\n```text\nValueError: no such peer" in text
    assert "| first |" in text
    assert "## Left out of this run" in text
    run.module(tmp_path / "bench_sound.py", [])
    raw = json.loads((tmp_path / "out" / "results.json").read_text())
    assert [figure["name"] for figure in raw["figures"]] == ["first", "second"]
    assert (list(raw["failed"]), list(raw["seconds"])) == (["Broken"], ["Broken", "Sound"])
    assert "1 more to come" in capsys.readouterr().out
    whole = (tmp_path / "out" / "REPORT.md").read_text()
    (tmp_path / "out" / "REPORT.md").unlink()
    write_report(tmp_path / "out")
    assert (tmp_path / "out" / "REPORT.md").read_text() == whole


MET = Figure("Files", "load", [4.0, 5.0, 6.0], 100, target=10.0)
MISSED = Figure("Files", "load", [40.0, 50.0, 60.0], 1_000, target=20.0)
WHY = Reason("Files", "load", 1_000, "The disk\nturns slowly.", "py-spy, which shows it waiting.")


def test_the_report_begins_with_the_targets_that_are_met_and_why_the_others_are_not() -> None:
    text = report_text([MET, MISSED], machine(), {}, "2026-01-31", [WHY])
    assert text.index("## Targets") < text.index("## Files")
    assert "1 of 2 targets are met." in text
    assert "**Files: load, 1,000 nodes**: 50 ms where 20 ms is the target, 250%." in text
    assert "The disk turns slowly. Found with: py-spy, which shows it waiting." in text


def test_a_target_that_is_missed_without_a_reason_is_said_to_be() -> None:
    told = "\n".join(targets_text([MET, MISSED], []))
    assert "No reason has been found yet" in told
    other = Reason("Files", "load", 10, "It is not about this size.", "nothing")
    assert "No reason has been found yet" in "\n".join(targets_text([MET, MISSED], [other]))


def test_a_reason_whose_target_is_met_is_to_be_taken_out() -> None:
    told = "\n".join(targets_text([MET], [Reason("Files", "load", 100, "It was slow once.", "py-spy")]))
    assert "Reasons without a miss" in told
    assert "- Files: load, 100 nodes" in told
    assert "Reasons without a miss" not in "\n".join(targets_text([MISSED], [WHY]))


def test_a_reason_for_a_figure_nobody_knows_is_named_unless_its_whole_module_was_left_out() -> None:
    elsewhere = Reason("Window", "painted", 10_000, "It is in another module.", "py-spy")
    assert "Window" not in "\n".join(targets_text([MET], [elsewhere]))
    mistyped = Reason("Files", "laod", 1_000, "The disk turns slowly.", "py-spy")
    told = "\n".join(targets_text([MET], [mistyped]))
    assert "this run did not measure:\n\n- Files: laod, 1,000 nodes" in told


def test_figures_that_are_no_times_keep_their_unit_and_have_no_cost_per_node() -> None:
    memory = Figure("Window", "memory", [70.0], 10_000, target=150.0, unit="MB")
    row = next(line for line in report_text([memory], machine(), {}, "2026-01-31").splitlines() if "| memory" in line)
    assert [cell.strip() for cell in row.split("|")][3:9] == ["70.00", "70.00 to 70.00", "MB", "1", "", "150"]
    assert as_raw([memory], machine(), {})["figures"][0]["unit"] == "MB"


def test_every_reason_in_the_file_says_why_and_how_it_was_found() -> None:
    for reason in read_reasons(HERE / "reasons.toml"):
        assert len(reason.why) > 20
        assert len(reason.found) > 10


def test_slow_work_is_run_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(harness.time, "perf_counter", lambda: clock[0])

    def work(seconds: float) -> None:
        clock[0] += seconds

    runs = {took: len(Bench().measure("work", lambda took=took: work(took)).values) for took in (0.1, 0.5, 2.0)}  # type: ignore[misc]
    assert runs == {0.1: 9, 0.5: 5, 2.0: 3}
