"""Learn from each run what types take on this machine, on the thread that ran it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from casare.foundation.errors import CasareError

if TYPE_CHECKING:
    from casare.app.profiler.calibration_file import CalibrationFile
    from casare.app.running.live_run import LiveRun
    from casare.catalog import Catalog
    from casare.engine.keeping.records import RunBook

_log = logging.getLogger(__name__)


def learn_from(
    run: LiveRun, catalog: Catalog, calibration: CalibrationFile | None = None, book: RunBook | None = None
) -> bool:
    """Keep what a run that went well says of its types; tell whether estimates may be others from now on.

    Waits, loads the engine's book and analyses the graph of the run: not for the thread of a window.
    """
    from casare.app.profiler.calibration_file import CalibrationFile
    from casare.app.profiler.measured import measured_run
    from casare.app.profiler.measuring import learn

    if run.status != "completed" or not run.id:
        return False
    held = calibration or CalibrationFile()
    before = held.tables
    try:
        learn(measured_run(run.id, run.path, book), run.graph, catalog, held)
    except CasareError:
        # Nothing was written down of this run, so there is nothing to learn.
        return False
    except Exception:
        _log.exception("nothing could be learned from a run")
        return False
    return held.tables != before
