"""The 17 real CasareRPA workflows: the fixtures that hand them out, and the noise that is made when they are absent.

They lie outside the repository (../shared/samples/casarerpa, or wherever CASARE_SAMPLES points). A test that needs one
cannot pass without it, and must not pass in silence either: it is skipped, and the end of the run says so in capitals.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

NAMES = (
    "batch_1_1_variables.json",
    "batch_1_3_strings.json",
    "batch_1_5_control_flow.json",
    "batch_2_1_files.json",
    "batch_3_1_browser_core.json",
    "batch_5_1_utility.json",
    "batch_6_1_triggers.json",
    "batch_7_1_dict.json",
    "batch_7_3_ftp.json",
    "batch_7_6_email.json",
    "batch_8_2_sheets.json",
    "simple_notepad_workflow.json",
    "task_1.json",
    "task_2.json",
    "task_3.json",
    "task_4.json",
    "task_5.json",
)
ABSENT = "the real sample workflows are absent"


def folder() -> Path:
    """Return where the real files are looked for; the folder need not exist."""
    told = os.environ.get("CASARE_SAMPLES")
    return Path(told) if told else Path(__file__).resolve().parents[3] / "shared" / "samples" / "casarerpa"


def sample(name: str) -> Path:
    """Return the path of one real file, or skip the test loudly."""
    path = folder() / name
    if not path.is_file():
        pytest.skip(f"{ABSENT}: {path}")
    return path


@pytest.fixture
def sample_files() -> list[Path]:
    """Return the paths of all 17 real files."""
    return [sample(name) for name in NAMES]


@pytest.fixture(params=NAMES, ids=lambda name: name.removesuffix(".json"))
def sample_file(request: pytest.FixtureRequest) -> Path:
    """Return the path of one real file; the test runs once for each of the 17."""
    return sample(request.param)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of the run how many tests could not be run for want of the files."""
    hit = [report for report in terminalreporter.stats.get("skipped", []) if ABSENT in str(report.longrepr)]
    if hit:
        terminalreporter.section("REAL SAMPLE FILES ARE ABSENT", sep="=", red=True, bold=True)
        terminalreporter.line(f"{len(hit)} tests COULD NOT RUN: {folder()} does not hold the 17 files of CasareRPA.")
        terminalreporter.line("Put them there, or set CASARE_SAMPLES to the folder that holds them.")
