"""What types take on this machine, kept from one run to the next in the folder for data."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import orjson

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import data_folder
from casare.profiling.costs.tables import CostTables
from casare.profiling.evidence import Evidence
from casare.profiling.studies.calibration import Sample, figures_of, samples_of
from casare.profiling.studies.records import Record

FILE_NAME: Final = "calibration.json"
MOST_SAMPLES: Final = 50
"""So many samples of each type are kept, the newest; enough for a median, and old machines are forgotten."""
_MOST_RUNS: Final = 200


class CalibrationFile:
    """Samples by type, and which runs they came from. A file that is damaged or cannot be written counts as empty."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or data_folder() / FILE_NAME
        self._samples, self._runs = _read(self._path)

    @property
    def tables(self) -> CostTables:
        """Return what types take, for those that were measured often enough."""
        return figures_of(self._samples)

    def learn(self, run_id: str, evidence: Evidence, records: Iterable[Record]) -> bool:
        """Take in a run once; tell whether it is new. `evidence` is to be made from declared figures alone."""
        if run_id in self._runs:
            return False
        for type_id, fresh in samples_of(evidence, records).items():
            # One run of a loop with a million turns must not push out what all other runs say.
            share = fresh[:: max(1, len(fresh) // (MOST_SAMPLES // 5))]
            self._samples[type_id] = [*self._samples.get(type_id, ()), *share][-MOST_SAMPLES:]
        self._runs = [*self._runs, run_id][-_MOST_RUNS:]
        samples = {type_id: [tuple(one) for one in held] for type_id, held in self._samples.items()}
        held = {"samples": samples, "runs": self._runs}
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._path, orjson.dumps(held))
        return True


def _read(path: Path) -> tuple[dict[str, list[Sample]], list[str]]:
    try:
        held: Any = orjson.loads(path.read_bytes())
        samples = {
            str(type_id): [Sample(float(taken), None if size is None else float(size)) for taken, size in found]
            for type_id, found in held["samples"].items()
        }
        return samples, [str(one) for one in held["runs"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}, []
