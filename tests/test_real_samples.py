"""Tests that need the real files never pass, and never are left out, in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from real_samples import NAMES

INNER = """
def test_with_each_file(sample_file):
    assert sample_file.is_file()

def test_with_all_files(sample_files):
    assert len(sample_files) == 17

def test_without_any():
    assert True
"""


def run(folder: Path, samples: Path) -> str:
    (folder / "test_inner.py").write_text(INNER)
    (folder / "pytest.ini").write_text("[pytest]\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "real_samples", "-p", "no:cacheprovider", "-p", "no:xdist", "."],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent / "plugins"), "CASARE_SAMPLES": str(samples)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_absent_files_are_announced_at_the_end_with_the_number_of_tests(tmp_path: Path) -> None:
    text = run(tmp_path, tmp_path / "nowhere")
    assert "REAL SAMPLE FILES ARE ABSENT" in text
    assert "18 tests COULD NOT RUN" in text
    assert "CASARE_SAMPLES" in text


def test_files_that_are_there_make_no_noise(tmp_path: Path) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    for name in NAMES:
        (samples / name).write_text("{}")
    text = run(tmp_path, samples)
    assert "ABSENT" not in text
    assert "19 passed" in text
