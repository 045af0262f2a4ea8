"""Why a target is missed: read from `reasons.toml`, where each reason stands beside how it was found."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests_performance.harness import Figure


@dataclass(frozen=True)
class Reason:
    """Why one figure misses its target, and what shows it."""

    group: str
    figure: str
    size: int | None
    why: str
    found: str
    """With which tool, and what it showed."""

    def is_about(self, figure: Figure) -> bool:
        """Tell whether this is the reason for a figure."""
        return (self.group, self.figure, self.size) == (figure.group, figure.name, figure.size)


def read_reasons(path: Path) -> list[Reason]:
    """Return the reasons in a file of `[[missed]]` tables. Raises KeyError or TypeError when one is not complete."""
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("missed", [])
    return [Reason(one["group"], one["figure"], one.get("size"), one["why"], one["found"]) for one in tables]


def targets_text(figures: Sequence[Figure], reasons: Sequence[Reason]) -> list[str]:
    """Return the summary of all targets as Markdown: how many are met, each that is missed and why, what is amiss.

    A miss without a reason is said to have none; so is a reason without a miss, among the groups that were measured.
    """
    aimed = [figure for figure in figures if figure.target is not None]
    if not aimed:
        return []
    missed = [figure for figure in aimed if figure.is_missed]
    lines = ["## Targets", "", f"{len(aimed) - len(missed)} of {len(aimed)} targets are met.", ""]
    if missed:
        lines += ["Missed:", "", *(line for figure in missed for line in _missed(figure, reasons)), ""]
    met = [figure for figure in aimed if not figure.is_missed]
    for title, idle in (
        (
            "Reasons without a miss, to be taken out of `reasons.toml`:",
            _about(reasons, met),
        ),
        ("Reasons for what this run did not measure:", _unmeasured(reasons, figures)),
    ):
        if idle:
            lines += [title, "", *(f"- {_title(one.group, one.figure, one.size)}" for one in idle), ""]
    return lines


def _about(reasons: Sequence[Reason], figures: Sequence[Figure]) -> list[Reason]:
    return [reason for reason in reasons if any(reason.is_about(figure) for figure in figures)]


def _unmeasured(reasons: Sequence[Reason], figures: Sequence[Figure]) -> list[Reason]:
    """Return the reasons about no figure at all, of groups that were measured: perhaps the figure has another name."""
    groups = {figure.group for figure in figures}
    known = _about(reasons, figures)
    return [reason for reason in reasons if reason.group in groups and reason not in known]


def _missed(figure: Figure, reasons: Sequence[Reason]) -> list[str]:
    target = figure.target or 0.0
    past = f", {figure.median / target:.0%}" if target else ""
    head = (
        f"- **{_title(figure.group, figure.name, figure.size)}**: "
        f"{figure.median:.3g} {figure.unit} where {target:g} {figure.unit} is the target{past}."
    )
    reason = next((one for one in reasons if one.is_about(figure)), None)
    if reason is None:
        return [head, "  **No reason has been found yet.**"]
    return [head, f"  {' '.join(reason.why.split())} Found with: {' '.join(reason.found.split())}"]


def _title(group: str, name: str, size: int | None) -> str:
    return f"{group}: {name}" + (f", {size:,} nodes" if size is not None else "")
