"""Read a run's measurements for an open document, on a thread, and learn from them what types take on this machine."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from casare.app.latest import Latest
from casare.app.profiler.basis import Basis
from casare.app.profiler.calibration_file import CalibrationFile
from casare.app.profiler.measured import MeasuredRun, measured_run
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.foundation.signal import Signal
from casare.model import Graph
from casare.profiling.studies.calibration import estimate_errors, typical_error

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


class Measured(NamedTuple):
    """A run that was read, and the factor by which half of its estimates were off at most; None without estimates."""

    measured: MeasuredRun
    error: float | None


def learn(
    measured: MeasuredRun, graph: Graph, catalog: Catalog, calibration: CalibrationFile, basis: Basis | None = None
) -> Measured:
    """Return how far off the estimates were, going by `basis`, and keep what the run says of its types."""
    declared = Basis().profiler(catalog)
    declared.analyze(graph)
    assert declared.evidence is not None
    judged = declared
    if basis is not None and basis.tables.types:
        judged = Basis(tables=basis.tables).profiler(catalog)
        judged.analyze(graph)
    assert judged.evidence is not None
    error = typical_error(estimate_errors(judged.evidence, measured.records))
    calibration.learn(measured.run.id, declared.evidence, measured.records)
    return Measured(measured, error)


class Measuring:
    """Read runs one at a time. `done` is emitted with a Measured, or the CasareError that told why there is none.

    It is emitted **on the thread that read**: whoever shows it must carry it over to its own.
    """

    def __init__(self, catalog: Catalog, calibration: CalibrationFile | None = None) -> None:
        self.done: Signal[[Measured | CasareError]] = Signal()
        self._catalog = catalog
        self._calibration = calibration
        self._latest: Latest[Measured | CasareError] = Latest(self.done.emit, "casare-measured")

    def read(self, which: str, path: Path | None, graph: Graph, basis: Basis) -> None:
        """Read a run of the workflow in `path`; `graph` must not be edited meanwhile."""

        def work() -> Measured | CasareError:
            try:
                calibration = self._calibration or CalibrationFile()
                return learn(measured_run(which, path), graph, self._catalog, calibration, basis)
            except CasareError as error:
                return error
            except Exception as error:
                _log.exception("the measurements of a run could not be read")
                return CasareError(f"the run could not be read: {error}", mend="Run the workflow again.")

        self._latest.submit(work)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is being read; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s)

    def close(self) -> None:
        """Deliver nothing more."""
        self._latest.close()
