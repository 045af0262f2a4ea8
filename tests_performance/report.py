"""From raw results to REPORT.md. Every figure in the report comes from here; none is typed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests_performance.harness import Figure, growth
from tests_performance.reasons import Reason, targets_text


def report_text(
    figures: Sequence[Figure],
    about: dict[str, Any],
    printed: dict[str, str],
    when: str,
    reasons: Sequence[Reason] = (),
    *,
    failed: Mapping[str, str] | None = None,
    seconds: Mapping[str, float] | None = None,
) -> str:
    """Return the report as Markdown."""
    lines = [
        "# How fast casare is",
        "",
        f"Made by `make bench` on {when} from `results.json`; do not edit.",
        "",
        *_machine(about),
        "",
        "*Median* of the runs, *spread* between the first and the third quartile, in ms, MB, B (bytes) or x (times).",
        "*Per node* is the median over the size. *Target* is the design's; *of target* up to 100 % meets it. *Beside*",
        "is the ratio to another figure of the same run.",
        "",
        *_failures(failed or {}),
        *targets_text(figures, reasons),
    ]
    for group in dict.fromkeys(figure.group for figure in figures):
        mine = [figure for figure in figures if figure.group == group]
        lines += [f"## {group}", "", *_table(mine), "", *_growth(mine)]
    for name, text in printed.items():
        lines += [f"## {name}", "", "As the script prints it:", "", "```text", text.rstrip(), "```", ""]
    if seconds:
        lines += ["## How long each module took", "", *(f"- {title}: {took:.0f} s" for title, took in seconds.items())]
    return "\n".join(lines).rstrip() + "\n"


def _failures(failed: Mapping[str, str]) -> list[str]:
    if not failed:
        return []
    lines = ["## Failed", "", "These modules ended with an error; what they measured before it is below.", ""]
    for title, error in failed.items():
        lines += [f"**{title}**", "", "```text", error.rstrip(), "```", ""]
    return lines


def _machine(about: dict[str, Any]) -> list[str]:
    libraries = ", ".join(f"{name} {version}" for name, version in about["libraries"].items())
    load = about.get("load_before")
    told = f"; load before the run {load[0]:.1f}" if load else ""
    return [
        f"- Machine: {about['processor']}, {about['cores']} cores, {about['memory_gb']} GB, {about['system']}{told}",
        f"- {about['python']}; {libraries}",
    ]


def _table(figures: Sequence[Figure]) -> list[str]:
    rows = [
        "| what | nodes | median | spread | unit | runs | per node us | target | of target | beside |",
        "|---|---:|---:|---:|---|---:|---:|---:|---:|---|",
    ]
    for figure in figures:
        low, high = figure.spread
        cells = [
            figure.name,
            f"{figure.size:,}" if figure.size is not None else "",
            _number(figure.median),
            f"{_number(low)} to {_number(high)}",
            figure.unit,
            str(len(figure.values)),
            _number(figure.median * 1000 / figure.size) if figure.size and figure.unit == "ms" else "",
            _number(figure.target) if figure.target is not None else "",
            f"{figure.median / figure.target:.0%}" if figure.target else "",
            _beside(figure, figures),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _beside(figure: Figure, figures: Iterable[Figure]) -> str:
    for other in figures:
        if other.name == figure.against and other.size == figure.size and other.median:
            return f"{figure.median / other.median:.2f} x {other.name}"
    return ""


def _growth(figures: Sequence[Figure]) -> list[str]:
    told = []
    for name in dict.fromkeys(figure.name for figure in figures):
        exponent = growth([figure for figure in figures if figure.name == name])
        if exponent is not None:
            told.append(f"- {name}: cost grows with size to the power of {exponent:.2f}")
    return [*told, ""] if told else []


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.3g}"
