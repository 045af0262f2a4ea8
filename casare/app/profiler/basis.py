"""Everything an analysis rests on besides the workflow, as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casare.catalog import Catalog
from casare.profiling.costs.nesting import Resolve
from casare.profiling.costs.tables import NO_TABLES, CostTables
from casare.profiling.scoring.rule_choices import NO_CHOICES, RuleChoices

if TYPE_CHECKING:
    from casare.profiling import Profiler


@dataclass(frozen=True)
class Basis:
    """Workers, known costs, rules, and where inner workflows are found. Two that are equal lead to equal reports.

    Raises ValueError for fewer than one worker.
    """

    workers: int = 4
    tables: CostTables = NO_TABLES
    choices: RuleChoices = NO_CHOICES
    resolve: Resolve | None = None

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise ValueError("a run needs at least one worker")

    def profiler(self, catalog: Catalog, pulse: Callable[[], None] | None = None) -> Profiler:
        """Return a profiler that rests on this; `pulse` as `Profiler` has it."""
        from casare.profiling import Profiler

        return Profiler(
            catalog, workers=self.workers, tables=self.tables, choices=self.choices, resolve=self.resolve, pulse=pulse
        )
